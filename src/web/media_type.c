/*
 * Servers often send feeds as HTML, sitemaps as feeds and everything as text/plain.  So the first
 * bytes decide where the Content-Type is vague, and overrule it for feeds and sitemaps.
 */
#include <config.h>

#include "web/media_type.h"

#include <string.h>

#include "base/text.h"

enum { SNIFF_BYTES = 4096 };

struct text media_type_essence(struct text content_type)
{
    ptrdiff_t end = text_find_char(content_type, ';');
    if (end < 0)
        end = text_find_char(content_type, ',');
    struct text essence = text_trim(end < 0 ? content_type : text_first(content_type, (size_t)end));
    ptrdiff_t slash = text_find_char(essence, '/');
    bool ok = slash > 0 && (size_t)slash + 1 < essence.length && text_find_char(essence, ' ') < 0;
    return ok ? essence : TEXT("");
}

struct text media_type_charset(struct text content_type)
{
    struct text rest = content_type, part;
    while (text_split(&rest, ';', &part)) {
        part = text_trim(part);
        if (!text_starts_nocase(part, TEXT("charset=")))
            continue;
        part = text_trim(text_skip(part, 8));
        if (part.length && (part.at[0] == '"' || part.at[0] == '\''))
            part = text_skip(part, 1);
        while (part.length && (part.at[part.length - 1] == '"' || part.at[part.length - 1] == '\''))
            part.length--;
        return part;
    }
    return TEXT("");
}

/* ---- by type ---- */

static const struct {
    const char *essence;
    enum media_kind kind;
} types[] = {
    {"text/html", MEDIA_HTML},
    {"application/xhtml+xml", MEDIA_HTML},
    {"text/css", MEDIA_CSS},
    {"application/rss+xml", MEDIA_FEED},
    {"application/atom+xml", MEDIA_FEED},
    {"application/rdf+xml", MEDIA_FEED},
    {"application/feed+json", MEDIA_FEED},
    {"text/javascript", MEDIA_JAVASCRIPT},
    {"application/javascript", MEDIA_JAVASCRIPT},
    {"application/x-javascript", MEDIA_JAVASCRIPT},
    {"application/ecmascript", MEDIA_JAVASCRIPT},
    {"application/json", MEDIA_JSON},
    {"application/ld+json", MEDIA_JSON},
    {"text/x-component", MEDIA_JSON},
    {"application/manifest+json", MEDIA_MANIFEST},
    {"image/svg+xml", MEDIA_SVG},
    {"application/vnd.apple.mpegurl", MEDIA_PLAYLIST},
    {"application/x-mpegurl", MEDIA_PLAYLIST},
    {"audio/mpegurl", MEDIA_PLAYLIST},
    {"audio/x-mpegurl", MEDIA_PLAYLIST},
    {"video/mpegurl", MEDIA_PLAYLIST},
    {"application/dash+xml", MEDIA_DASH},
    {"text/xsl", MEDIA_XSL},
    {"application/xslt+xml", MEDIA_XSL},
};

/* Types that say nothing about the kind, so the bytes decide. */
static bool is_vague(struct text essence)
{
    return !essence.length || text_equal_nocase(essence, TEXT("text/xml")) ||
           text_equal_nocase(essence, TEXT("application/xml")) ||
           text_equal_nocase(essence, TEXT("text/plain")) ||
           text_equal_nocase(essence, TEXT("application/octet-stream")) ||
           text_equal_nocase(essence, TEXT("application/gzip")) ||
           text_equal_nocase(essence, TEXT("application/x-gzip")) ||
           text_equal_nocase(essence, TEXT("unknown/unknown"));
}

/* ---- by bytes ---- */

/* The name of the first element after declarations, comments and white space; empty when the body
 * does not begin with markup. */
static struct text first_element(struct text body)
{
    if (text_starts(body, TEXT("\xef\xbb\xbf")))
        body = text_skip(body, 3);
    for (;;) {
        body = text_trim(body);
        if (!text_starts(body, TEXT("<")))
            return TEXT("");
        bool comment = text_starts(body, TEXT("<!--"));
        if (!comment && body.length > 1 && body.at[1] != '?' && body.at[1] != '!')
            break;
        ptrdiff_t end =
            comment ? text_find(text_skip(body, 4), TEXT("-->")) : text_find_char(body, '>');
        if (end < 0)
            return TEXT("");
        body = text_skip(body, comment ? (size_t)end + 7 : (size_t)end + 1);
    }
    body = text_skip(body, 1);
    size_t length = 0;
    while (length < body.length && !ascii_is_space(body.at[length]) && body.at[length] != '>' &&
           body.at[length] != '/')
        length++;
    struct text name = text_first(body, length);
    ptrdiff_t colon = text_find_char(name, ':');
    return colon < 0 ? name : text_skip(name, (size_t)colon + 1);
}

static bool is_html_element(struct text name)
{
    static const char *const names[] = {"html",   "head",   "body", "title", "meta",  "link",
                                        "script", "style",  "div",  "p",     "table", "a",
                                        "h1",     "h2",     "ul",   "br",    "span",  "img",
                                        "iframe", "center", "font"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(name, text_of(names[i])))
            return true;
    return false;
}

static enum media_kind kind_of_markup(struct text body)
{
    if (text_starts(body, TEXT("#EXTM3U")))
        return MEDIA_PLAYLIST;
    /* A program's warnings may come before a sitemap. Nothing else has such an element; a page that
     * shows one writes it with "&lt;". */
    if (text_find(body, TEXT("<urlset")) >= 0 || text_find(body, TEXT("<sitemapindex")) >= 0)
        return MEDIA_SITEMAP;
    struct text name = first_element(body);
    if (text_equal_nocase(name, TEXT("urlset")) || text_equal_nocase(name, TEXT("sitemapindex")))
        return MEDIA_SITEMAP;
    if (text_equal_nocase(name, TEXT("rss")) || text_equal_nocase(name, TEXT("feed")) ||
        text_equal_nocase(name, TEXT("rdf")))
        return MEDIA_FEED;
    if (text_equal_nocase(name, TEXT("svg")))
        return MEDIA_SVG;
    if (text_equal(name, TEXT("MPD")))
        return MEDIA_DASH;
    if (text_equal(name, TEXT("stylesheet")) || text_equal(name, TEXT("transform")))
        return MEDIA_XSL;
    if (text_find(text_first(body, 1024), TEXT("<?xml-stylesheet")) >= 0)
        return MEDIA_SVG; /* whatever it shows, a style sheet makes it a drawing */
    if (is_html_element(name) ||
        text_find_nocase(text_first(text_trim(body), 200), TEXT("<!doctype html")) >= 0)
        return MEDIA_HTML;
    return MEDIA_OTHER;
}

/* Also handles UTF-16, by dropping the zero bytes. */
static enum media_kind kind_of_start(struct text body)
{
    char squeezed[SNIFF_BYTES];
    size_t length = 0;
    body = text_first(body, SNIFF_BYTES);
    if (!text_starts(body, TEXT("\xff\xfe")) && !text_starts(body, TEXT("\xfe\xff")))
        return kind_of_markup(body);
    for (size_t i = 2; i < body.length; i++)
        if (body.at[i])
            squeezed[length++] = body.at[i];
    return kind_of_markup((struct text){squeezed, length});
}

static bool looks_like_address_list(struct text body)
{
    struct text line = body;
    ptrdiff_t end = text_find_char(body, '\n');
    if (end >= 0)
        line = text_first(body, (size_t)end);
    if (text_starts(line, TEXT("\xef\xbb\xbf")))
        line = text_skip(line, 3);
    line = text_trim(line);
    return (text_starts_nocase(line, TEXT("http://")) ||
            text_starts_nocase(line, TEXT("https://"))) &&
           text_find_char(line, ' ') < 0;
}

static bool is_image_magic(struct text body)
{
    return text_starts(body, TEXT("\x89PNG")) || text_starts(body, TEXT("GIF8")) ||
           text_starts(body, TEXT("\xff\xd8\xff")) ||
           (text_starts(body, TEXT("RIFF")) && text_starts(text_skip(body, 8), TEXT("WEBP")));
}

/* A sitemap may be a gzip file, whatever its Content-Type. */
static bool is_packed_sitemap(struct text url_path, struct text body)
{
    return text_starts(body, TEXT("\x1f\x8b")) &&
           (text_ends_nocase(url_path, TEXT(".xml.gz")) ||
            text_find_nocase(url_path, TEXT("sitemap")) >= 0);
}

/* Lines of JSON, each after its number in hexadecimal or nothing, and a colon: what React sends in
 * place of a page. */
static bool looks_like_react_lines(struct text body)
{
    static const char *const starts[] = {":HL[\"", ":I[", ":\"$S", ":{\"", ":[[\"", ":[\"$"};
    size_t digits = 0;
    while (digits < body.length && digits < 8 && hex_value(body.at[digits]) >= 0)
        digits++;
    struct text rest = text_skip(body, digits);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(rest, text_of(starts[i])))
            return true;
    return false;
}

/* A JSON Feed names its version. */
static enum media_kind kind_of_json(struct text body)
{
    return text_find(text_first(body, SNIFF_BYTES), TEXT("jsonfeed.org/version/")) >= 0
               ? MEDIA_FEED
               : MEDIA_JSON;
}

static enum media_kind kind_of_bytes(struct text url_path, struct text body)
{
    struct text start = text_first(body, SNIFF_BYTES);
    enum media_kind kind = kind_of_start(start);
    if (kind != MEDIA_OTHER)
        return kind;
    if (is_packed_sitemap(url_path, body))
        return MEDIA_SITEMAP;
    if (is_image_magic(start))
        return MEDIA_IMAGE;
    if (text_ends_nocase(url_path, TEXT("/robots.txt")))
        return MEDIA_ROBOTS;
    if (looks_like_address_list(start))
        return MEDIA_SITEMAP;
    if (text_ends_nocase(url_path, TEXT(".css")))
        return MEDIA_CSS;
    if (text_ends_nocase(url_path, TEXT(".js")))
        return MEDIA_JAVASCRIPT;
    if (text_ends_nocase(url_path, TEXT(".webmanifest")) ||
        text_ends_nocase(url_path, TEXT("/manifest.json")))
        return MEDIA_MANIFEST;
    if (text_ends_nocase(url_path, TEXT(".json")))
        return kind_of_json(body);
    if (text_ends_nocase(url_path, TEXT(".txt")) && looks_like_react_lines(start))
        return MEDIA_JSON;
    if (text_ends_nocase(url_path, TEXT(".html")) || text_ends_nocase(url_path, TEXT(".htm")))
        return MEDIA_HTML;
    return MEDIA_OTHER;
}

enum media_kind media_kind_of(struct text content_type, struct text url_path, struct text body)
{
    struct text essence = media_type_essence(content_type);
    if (is_vague(essence))
        return text_equal(url_path, TEXT("/robots.txt")) && kind_of_start(body) == MEDIA_OTHER
                   ? MEDIA_ROBOTS
                   : kind_of_bytes(url_path, body);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal_nocase(essence, text_of(types[i].essence))) {
            /* Feeds and sitemaps are often sent with each other's type, or as HTML. */
            enum media_kind seen = types[i].kind == MEDIA_HTML || types[i].kind == MEDIA_FEED
                                       ? kind_of_start(body)
                                       : MEDIA_OTHER;
            if (types[i].kind == MEDIA_JSON)
                return kind_of_json(body);
            bool rules = types[i].kind == MEDIA_HTML && seen == MEDIA_OTHER &&
                         text_equal(url_path, TEXT("/robots.txt"));
            return rules                                         ? MEDIA_ROBOTS
                   : seen == MEDIA_FEED || seen == MEDIA_SITEMAP ? seen
                                                                 : types[i].kind;
        }
    if (text_ends_nocase(essence, TEXT("+json")))
        return MEDIA_JSON;
    if (text_ends_nocase(essence, TEXT("+xml")))
        return kind_of_bytes(url_path, body);
    return text_starts_nocase(essence, TEXT("image/")) ? MEDIA_IMAGE : MEDIA_OTHER;
}

/* ---- names ---- */

static const char *const names[] = {"other",  "html",       "css",  "feed",     "sitemap",
                                    "robots", "javascript", "json", "manifest", "svg",
                                    "image",  "playlist",   "dash", "xsl"};

const char *media_kind_name(enum media_kind kind)
{
    return names[kind];
}

int media_kind_from_name(struct text name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, text_of(names[i])))
            return (int)i;
    return -1;
}
