/* Feeds, sitemaps, robots.txt, HTTP heads, scripts and manifests: the links of everything that is neither page nor
 * sheet.  XML is read by the HTML tokenizer, which forgives what XML parsers do not and expands nothing. */
#include <config.h>

#include <string.h>

#include "discover/entities.h"
#include "discover/extract.h"
#include "discover/series.h"
#include "discover/tokenizer.h"

enum { SCRIPT_STRING_MOST = 2083, EMBEDDED_DEPTH = 2 };

static void give(struct extract *extract, struct text raw, enum link_class class, enum link_certainty certainty,
                 const char *element, const char *attribute)
{
    struct found found = {.raw = raw, .class = class, .certainty = certainty, .element = element, .attribute = attribute};
    extract_give(extract, &found);
}

/* Without the namespace's prefix. */
static struct text local(struct text name)
{
    ptrdiff_t colon = text_find_char(name, ':');
    return colon < 0 ? name : text_skip(name, (size_t)colon + 1);
}

static struct text attribute(struct extract *extract, const struct tokenizer *t, const char *name)
{
    struct text value = tokenizer_attribute(t, name);
    if (!value.at || text_find_char(value, '&') < 0)
        return value;
    buf_clear(&extract->value);
    entities_decode(value, true, &extract->value);
    return buf_text(&extract->value);
}

/* Character data up to the next tag, CDATA sections and references read, into extract->converted. */
static struct text element_text(struct extract *extract, struct tokenizer *t)
{
    buf_clear(&extract->converted);
    for (;;) {
        struct text ahead = text_skip(t->input, t->at);
        if (text_starts(ahead, TEXT("<![CDATA["))) {
            ptrdiff_t end = text_find(ahead, TEXT("]]>"));
            size_t length = end < 0 ? ahead.length : (size_t)end;
            buf_add_text(&extract->converted, text_skip(text_first(ahead, length), 9));
            t->at += end < 0 ? ahead.length : (size_t)end + 3;
        } else if (ahead.length && ahead.at[0] != '<') {
            ptrdiff_t end = text_find_char(ahead, '<');
            struct text data = end < 0 ? ahead : text_first(ahead, (size_t)end);
            entities_decode(data, false, &extract->converted);
            t->at += data.length;
        } else
            break;
    }
    return text_trim(buf_text(&extract->converted));
}

/* ---- feeds ------------------------------------------------------------------------------------------------- */

static void atom_link(struct extract *extract, const struct tokenizer *t)
{
    static const char *const feeds[] = {"self", "next", "previous", "prev-archive", "next-archive", "first", "last", "current"};
    struct text rel = tokenizer_attribute(t, "rel"), href = attribute(extract, t, "href");
    if (!href.length)
        return;
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        if (text_equal_nocase(rel, text_of(feeds[i]))) {
            give(extract, href, LINK_FEED, LINK_CERTAIN, "link", "href");
            return;
        }
    if (!rel.length || text_equal_nocase(rel, TEXT("alternate")))
        give(extract, href, LINK_PAGE, LINK_CERTAIN, "link", "href");
    else if (text_equal_nocase(rel, TEXT("enclosure")))
        give(extract, href, LINK_MEDIA, LINK_CERTAIN, "link", "href");
}

/* Markup carried as text: the body of an entry. */
static void embedded_markup(struct extract *extract, struct tokenizer *t)
{
    struct text text = element_text(extract, t);
    struct buf markup;
    if (text_find_char(text, '<') < 0)
        return;
    buf_init(&markup, 16 * 1024 * 1024);
    buf_add_text(&markup, text);
    extract->container = TEXT("entry ");
    extract_html(extract, buf_text(&markup), EMBEDDED_DEPTH);
    extract->container = TEXT("");
    buf_release(&markup);
}

static void feed_element(struct extract *extract, struct tokenizer *t)
{
    struct text name = t->text, plain = local(name);
    if (text_equal_nocase(plain, TEXT("link")) && tokenizer_attribute(t, "href").at)
        atom_link(extract, t);
    else if (text_equal_nocase(plain, TEXT("link")) || text_equal_nocase(plain, TEXT("origLink")))
        give(extract, element_text(extract, t), LINK_PAGE, LINK_CERTAIN, "link", NULL);
    else if (text_equal_nocase(plain, TEXT("guid")) &&
             !text_equal_nocase(tokenizer_attribute(t, "isPermaLink"), TEXT("false"))) {
        struct text text = element_text(extract, t);
        if (text_starts_nocase(text, TEXT("http")))
            give(extract, text, LINK_PAGE, LINK_CERTAIN, "guid", NULL);
    } else if (text_equal_nocase(plain, TEXT("enclosure")))
        give(extract, attribute(extract, t, "url"), LINK_MEDIA, LINK_CERTAIN, "enclosure", "url");
    else if (text_starts_nocase(name, TEXT("media:")) && tokenizer_attribute(t, "url").length)
        give(extract, attribute(extract, t, "url"), LINK_REQUISITE, LINK_POSSIBLE, "media", "url");
    else if (text_equal_nocase(name, TEXT("itunes:image")))
        give(extract, attribute(extract, t, "href"), LINK_REQUISITE, LINK_POSSIBLE, "itunes:image", "href");
    else if (text_equal_nocase(plain, TEXT("logo")) || text_equal_nocase(plain, TEXT("icon")))
        give(extract, element_text(extract, t), LINK_REQUISITE, LINK_CERTAIN, "logo", NULL);
    else if (text_equal_nocase(plain, TEXT("encoded")) || text_equal_nocase(plain, TEXT("content")) ||
             text_equal_nocase(plain, TEXT("summary")) || text_equal_nocase(plain, TEXT("description")))
        embedded_markup(extract, t);
}

/* "url": "https://..." members of a JSON Feed. */
static void json_feed(struct extract *extract, struct text feed)
{
    static const struct {
        const char *name;
        enum link_class class;
    } members[] = {{"\"next_url\"", LINK_FEED}, {"\"url\"", LINK_PAGE}, {"\"home_page_url\"", LINK_PAGE},
                   {"\"image\"", LINK_REQUISITE}, {"\"icon\"", LINK_REQUISITE}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct text rest = feed;
        for (ptrdiff_t at; (at = text_find(rest, text_of(members[i].name))) >= 0;) {
            rest = text_trim(text_skip(rest, (size_t)at + strlen(members[i].name)));
            if (!text_starts(rest, TEXT(":")))
                continue;
            rest = text_trim(text_skip(rest, 1));
            ptrdiff_t end = text_starts(rest, TEXT("\"")) ? text_find_char(text_skip(rest, 1), '"') : -1;
            if (end > 0)
                give(extract, text_first(text_skip(rest, 1), (size_t)end), members[i].class, LINK_CERTAIN, "json", NULL);
        }
    }
}

void extract_feed(struct extract *extract, struct text feed)
{
    struct tokenizer t;
    if (text_starts(text_trim(text_first(feed, 64)), TEXT("{"))) {
        json_feed(extract, feed);
        return;
    }
    tokenizer_init(&t, feed);
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        t.raw = TEXT(""); /* <title> and the like are nothing special in XML */
        if (kind == TOKEN_START)
            feed_element(extract, &t);
    }
}

/* ---- sitemaps ---------------------------------------------------------------------------------------------- */

static void sitemap_list(struct extract *extract, struct text list)
{
    struct text line;
    while (text_split(&list, '\n', &line))
        if (text_starts_nocase(text_trim(line), TEXT("http")))
            give(extract, line, LINK_PAGE, LINK_CERTAIN, "line", NULL);
}

/* Pages of a sitemap are judged by their address alone, for archives and the like stand in there too. */
static void sitemap_page(struct extract *extract, struct text address)
{
    static const struct anchor bare = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0}, false, false};
    struct found found = {.class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = "loc"};
    if (!extract_resolve(extract, address))
        return;
    enum link_certainty certainty;
    if (series_judge(&extract->memory->series, extract->source->url, &extract->url, &bare, extract->source->year, &certainty) == LINK_ARCHIVE)
        found.class = LINK_ARCHIVE;
    extract_give_resolved(extract, &found);
}

void extract_sitemap(struct extract *extract, struct text sitemap)
{
    struct tokenizer t;
    bool index = false;
    if (text_find_char(text_first(sitemap, 512), '<') < 0) {
        sitemap_list(extract, sitemap);
        return;
    }
    tokenizer_init(&t, sitemap);
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        t.raw = TEXT("");
        if (kind != TOKEN_START)
            continue;
        struct text name = t.text, plain = local(name);
        if (text_equal_nocase(plain, TEXT("sitemapindex")))
            index = true;
        else if (text_equal_nocase(name, TEXT("image:loc")) || text_equal_nocase(plain, TEXT("thumbnail_loc")))
            give(extract, element_text(extract, &t), LINK_REQUISITE, LINK_POSSIBLE, "image:loc", NULL);
        else if (text_equal_nocase(plain, TEXT("content_loc")))
            give(extract, element_text(extract, &t), LINK_MEDIA, LINK_CERTAIN, "video:content_loc", NULL);
        else if (text_equal_nocase(plain, TEXT("loc")) && index)
            give(extract, element_text(extract, &t), LINK_SITEMAP, LINK_CERTAIN, "loc", NULL);
        else if (text_equal_nocase(plain, TEXT("loc")))
            sitemap_page(extract, element_text(extract, &t));
        else if (text_equal_nocase(plain, TEXT("link")) && tokenizer_attribute(&t, "href").length)
            give(extract, attribute(extract, &t, "href"), LINK_PAGE, LINK_POSSIBLE, "link", "href");
    }
}

void extract_robots(struct extract *extract, struct text robots)
{
    struct text line;
    while (text_split(&robots, '\n', &line)) {
        line = text_trim(line);
        size_t length = text_starts_nocase(line, TEXT("sitemap:")) ? 8 : text_starts_nocase(line, TEXT("site-map:")) ? 9 : 0;
        if (length)
            give(extract, text_skip(line, length), LINK_SITEMAP, LINK_CERTAIN, "Sitemap", NULL);
    }
}

/* ---- HTTP heads -------------------------------------------------------------------------------------------- */

/* One "<address>; rel=..." of a Link field (RFC 8288, 3), taken off *rest. */
static bool next_link(struct text *rest, struct text *address, struct text *parameters)
{
    ptrdiff_t open = text_find_char(*rest, '<');
    if (open < 0)
        return false;
    *rest = text_skip(*rest, (size_t)open + 1);
    ptrdiff_t close = text_find_char(*rest, '>');
    if (close < 0)
        return false;
    *address = text_first(*rest, (size_t)close);
    *rest = text_skip(*rest, (size_t)close + 1);
    size_t length = 0;
    bool quoted = false;
    while (length < rest->length && (quoted || rest->at[length] != ',')) {
        quoted = quoted != (rest->at[length] == '"');
        length++;
    }
    *parameters = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    return true;
}

static void link_field(struct extract *extract, struct text value)
{
    struct text address, parameters;
    while (next_link(&value, &address, &parameters)) {
        struct anchor anchor = {.text = TEXT(""), .rel = TEXT(""), .title = TEXT(""), .class = TEXT(""), .id = TEXT("")};
        ptrdiff_t at = text_find_nocase(parameters, TEXT("rel="));
        struct text rel = at < 0 ? TEXT("") : text_skip(parameters, (size_t)at + 4);
        if (rel.length && rel.at[0] == '"')
            rel = text_skip(rel, 1);
        size_t length = 0;
        while (length < rel.length && rel.at[length] != '"' && rel.at[length] != ';')
            length++;
        anchor.rel = text_first(rel, length);
        struct found found = {.raw = address, .class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = "Link"};
        if (text_find_nocase(anchor.rel, TEXT("stylesheet")) >= 0 || text_find_nocase(anchor.rel, TEXT("preload")) >= 0)
            found.class = LINK_REQUISITE;
        else if (text_equal_nocase(anchor.rel, TEXT("next")) || text_find_nocase(anchor.rel, TEXT("prev")) == 0) {
            if (!extract_resolve(extract, address))
                continue;
            found.class = series_judge(&extract->memory->series, extract->source->url, &extract->url, &anchor, extract->source->year,
                                       &found.certainty);
        } else if (!text_equal_nocase(anchor.rel, TEXT("canonical")) && !text_equal_nocase(anchor.rel, TEXT("alternate")))
            continue;
        extract_give(extract, &found);
    }
}

void extract_head(struct extract *extract, const struct http_head *head)
{
    for (size_t i = 0; i < head->field_count; i++) {
        struct text name = head->fields[i].name, value = head->fields[i].value;
        if (text_equal_nocase(name, TEXT("Link")))
            link_field(extract, value);
        else if (text_equal_nocase(name, TEXT("Location")))
            give(extract, value, LINK_PAGE, LINK_CERTAIN, "Location", NULL);
        else if (text_equal_nocase(name, TEXT("Content-Location")))
            give(extract, value, LINK_PAGE, LINK_POSSIBLE, "Content-Location", NULL);
        else if (text_equal_nocase(name, TEXT("Refresh"))) {
            ptrdiff_t at = text_find_nocase(value, TEXT("url="));
            if (at >= 0)
                give(extract, text_skip(value, (size_t)at + 4), LINK_PAGE, LINK_CERTAIN, "Refresh", NULL);
        }
    }
}

/* ---- scripts ----------------------------------------------------------------------------------------------- */

static bool is_static_path(struct text path)
{
    static const char *const endings[] = {".js", ".css", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg",
                                          ".woff", ".woff2", ".ttf", ".mp4", ".webm", ".mp3", ".json"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_nocase(path, text_of(endings[i])))
            return true;
    return false;
}

/* Whether the string is glued to something else by '+': then it is half an address. */
static bool is_glued(struct text script, size_t from, size_t behind)
{
    while (behind < script.length && ascii_is_space(script.at[behind]))
        behind++;
    while (from && ascii_is_space(script.at[from - 1]))
        from--;
    return (behind < script.length && script.at[behind] == '+') || (from && script.at[from - 1] == '+');
}

/* JSON and JavaScript write "\/" and "\u0026" into strings. */
static struct text unescape(struct text text, struct buf *out)
{
    if (text_find_char(text, '\\') < 0)
        return text;
    buf_clear(out);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != '\\' || i + 1 >= text.length) {
            buf_add_char(out, text.at[i]);
            continue;
        }
        i++;
        size_t digits = text.at[i] == 'u' ? 4 : text.at[i] == 'x' ? 2 : 0;
        int code = 0;
        for (size_t j = 1; j <= digits; j++)
            code = i + j < text.length && hex_value(text.at[i + j]) >= 0 && code >= 0 ? code << 4 | hex_value(text.at[i + j]) : -1;
        if (digits && code > 0 && code < 0x80) {
            buf_add_char(out, (char)code);
            i += digits;
        } else
            buf_add_char(out, text.at[i]);
    }
    return buf_text(out);
}

void extract_script(struct extract *extract, struct text script, const char *element)
{
    for (size_t at = 0; at < script.length; at++) {
        char quote = script.at[at];
        if (quote != '"' && quote != '\'')
            continue;
        struct text rest = text_skip(script, at + 1);
        /* Only what begins like an address is worth a look. */
        bool starts = text_starts(rest, TEXT("http")) || text_starts(rest, TEXT("//")) || text_starts(rest, TEXT("\\/\\/"));
        size_t length = 0;
        while (length < rest.length && length <= SCRIPT_STRING_MOST && rest.at[length] != quote && rest.at[length] != '\n')
            length++;
        bool whole = length < rest.length && rest.at[length] == quote;
        if (!whole)
            continue;
        if (starts && !is_glued(script, at, at + length + 2)) {
            struct text value = unescape(text_first(rest, length), &extract->value);
            if (text_find_char(value, '<') < 0 && text_find_char(value, ' ') < 0 && text_find_char(value, '{') < 0 &&
                extract_resolve(extract, value) && is_static_path(url_path(&extract->url)) &&
                text_find_char(url_host(&extract->url), '.') > 0) {
                struct found found = {.class = LINK_REQUISITE, .certainty = LINK_POSSIBLE, .element = element};
                extract_give_resolved(extract, &found);
            }
        }
        at += length + 1;
    }
}

void extract_manifest(struct extract *extract, struct text manifest)
{
    struct text rest = manifest;
    for (ptrdiff_t at; (at = text_find(rest, TEXT("\"src\""))) >= 0;) {
        rest = text_trim(text_skip(rest, (size_t)at + 5));
        if (!text_starts(rest, TEXT(":")))
            continue;
        rest = text_trim(text_skip(rest, 1));
        ptrdiff_t end = text_starts(rest, TEXT("\"")) ? text_find_char(text_skip(rest, 1), '"') : -1;
        if (end > 0)
            give(extract, text_first(text_skip(rest, 1), (size_t)end), LINK_REQUISITE, LINK_CERTAIN, "manifest", "src");
    }
}
