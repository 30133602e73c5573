/*
 * Pages: every attribute that holds an address (the table below), srcset, style, meta refresh, base, and the bodies of
 * templates and noscript.  Scripting is off, so noscript is markup; a script that is no script (text/template) and a
 * srcdoc are read as pages of their own, a few levels deep.
 *
 * There is no tree.  What a pager link needs to know of the elements around it is kept in a short stack of names.
 */
#include <config.h>

#include <string.h>

#include "discover/entities.h"
#include "discover/extract.h"
#include "discover/series.h"
#include "discover/tokenizer.h"

enum { NESTED_MOST = 3, STACK_MOST = 128, ANCESTORS = 4, PEEK_BYTES = 600, TEXT_BYTES = 120 };

struct open_element {
    char name[12];
    bool pager, archive;
};

struct page {
    struct extract *extract;
    struct tokenizer tokenizer;
    struct open_element stack[STACK_MOST];
    int open;
    int noscript, template; /* depths */
    struct text container;  /* of the page this one is nested in */
    int depth;
};

/* ---- attributes that hold one address ---------------------------------------------------------------------- */

static const struct {
    const char *element, *attribute;
    enum link_class class;
    enum link_certainty certainty;
    bool document;
} addresses[] = {
    {"img", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "lowsrc", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "dynsrc", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "data-src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "data-original", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "data-lazy-src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "data-lazy", LINK_REQUISITE, LINK_POSSIBLE, false},
    {"img", "data-hi-res-src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"img", "data-full", LINK_REQUISITE, LINK_POSSIBLE, false},
    {"img", "longdesc", LINK_PAGE, LINK_CERTAIN, false},
    {"source", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"source", "data-src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"video", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"video", "poster", LINK_REQUISITE, LINK_CERTAIN, false},
    {"audio", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"track", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"embed", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"object", "data", LINK_REQUISITE, LINK_CERTAIN, false},
    {"applet", "archive", LINK_REQUISITE, LINK_CERTAIN, false},
    {"script", "src", LINK_REQUISITE, LINK_CERTAIN, false},
    {"iframe", "src", LINK_REQUISITE, LINK_CERTAIN, true},
    {"iframe", "data-src", LINK_REQUISITE, LINK_CERTAIN, true},
    {"frame", "src", LINK_REQUISITE, LINK_CERTAIN, true},
    {"body", "background", LINK_REQUISITE, LINK_CERTAIN, false},
    {"table", "background", LINK_REQUISITE, LINK_CERTAIN, false},
    {"td", "background", LINK_REQUISITE, LINK_CERTAIN, false},
    {"th", "background", LINK_REQUISITE, LINK_CERTAIN, false},
    {"tr", "background", LINK_REQUISITE, LINK_CERTAIN, false},
    {"image", "href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"image", "xlink:href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"use", "href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"use", "xlink:href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"feimage", "href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"feimage", "xlink:href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"script", "href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"script", "xlink:href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"font-face-uri", "href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"font-face-uri", "xlink:href", LINK_REQUISITE, LINK_CERTAIN, false},
    {"blockquote", "cite", LINK_PAGE, LINK_POSSIBLE, false},
    {"q", "cite", LINK_PAGE, LINK_POSSIBLE, false},
    {"ins", "cite", LINK_PAGE, LINK_POSSIBLE, false},
    {"del", "cite", LINK_PAGE, LINK_POSSIBLE, false},
    {"html", "manifest", LINK_REQUISITE, LINK_POSSIBLE, false},
};

static const struct {
    const char *element, *attribute;
} address_sets[] = {{"img", "srcset"}, {"img", "data-srcset"}, {"source", "srcset"}, {"source", "data-srcset"},
                    {"link", "imagesrcset"}};

/* ---- values ------------------------------------------------------------------------------------------------ */

/* The attribute's value with references decoded; at == NULL when it is not there.  Lives in extract->value if it had
 * any, so one at a time. */
static struct text value_of(struct page *page, const char *attribute)
{
    struct text value = tokenizer_attribute(&page->tokenizer, attribute);
    if (!value.at || text_find_char(value, '&') < 0)
        return value;
    buf_clear(&page->extract->value);
    entities_decode(value, true, &page->extract->value);
    return buf_text(&page->extract->value);
}

/* Values that a script is to fill in. */
static bool is_template_value(struct text value)
{
    static const char *const marks[] = {"{{", "<%", "${", "[[", "%s", "<?"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_find(value, text_of(marks[i])) >= 0)
            return true;
    return false;
}

static void give(struct page *page, struct text raw, const char *element, const char *attribute, enum link_class class,
                 enum link_certainty certainty, bool document)
{
    struct found found = {.raw = raw, .class = class, .certainty = certainty, .element = element,
                          .attribute = attribute, .document = document};
    raw = text_trim(raw);
    /* "#x" alone names a place in this page. */
    if (raw.length && raw.at[0] != '#' && !is_template_value(raw))
        extract_give(page->extract, &found);
}

bool srcset_next(struct text *rest, struct text *url)
{
    while (rest->length && (ascii_is_space(rest->at[0]) || rest->at[0] == ','))
        *rest = text_skip(*rest, 1);
    size_t length = 0;
    while (length < rest->length && !ascii_is_space(rest->at[length]))
        length++;
    if (!length)
        return false;
    *url = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    if (url->at[url->length - 1] == ',') {
        while (url->length && url->at[url->length - 1] == ',')
            url->length--;
        return true;
    }
    int brackets = 0;
    while (rest->length && (rest->at[0] != ',' || brackets)) {
        brackets += rest->at[0] == '(' ? 1 : rest->at[0] == ')' && brackets ? -1 : 0;
        *rest = text_skip(*rest, 1);
    }
    return true;
}

/* ---- link elements ----------------------------------------------------------------------------------------- */

static bool has_word(struct text words, const char *wanted)
{
    struct text word;
    while (words.at && text_split(&words, ' ', &word))
        if (text_equal_nocase(text_trim(word), text_of(wanted)))
            return true;
    return false;
}

static bool has_any_word(struct text words, const char *const *wanted)
{
    for (; *wanted; wanted++)
        if (has_word(words, *wanted))
            return true;
    return false;
}

static bool is_feed_type(struct text type)
{
    static const char *const types[] = {"application/rss+xml", "application/atom+xml", "application/rdf+xml",
                                        "application/feed+json", "application/json+feed", "text/rss"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_starts_nocase(type, text_of(types[i])))
            return true;
    return false;
}

static void link_element(struct page *page)
{
    static const char *const requisites[] = {"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed",
                                             "mask-icon", "apple-touch-startup-image", "fluid-icon", "manifest",
                                             "preload", "modulepreload", "image_src", NULL};
    static const char *const never[] = {"pingback", "webmention", "edituri", "wlwmanifest", "service.post", "edit",
                                        "dns-prefetch", "preconnect", "prerender", "prefetch", "profile", "me", "hub",
                                        "openid.server", "openid.delegate", "openid2.provider", "https://api.w.org/",
                                        "search", "replies", NULL};
    static const char *const series[] = {"next", "prev", "previous", NULL};
    struct text rel = tokenizer_attribute(&page->tokenizer, "rel"), type = tokenizer_attribute(&page->tokenizer, "type");
    struct text href = value_of(page, "href");
    enum link_class class = LINK_PAGE;
    enum link_certainty certainty = LINK_CERTAIN;
    if (!href.length || has_any_word(rel, never) || text_starts_nocase(type, TEXT("application/json+oembed")) ||
        text_starts_nocase(type, TEXT("text/xml+oembed")))
        return;
    if (has_any_word(rel, requisites))
        class = LINK_REQUISITE;
    else if (has_word(rel, "alternate") && is_feed_type(type))
        class = LINK_FEED;
    else if (has_word(rel, "sitemap"))
        class = LINK_SITEMAP;
    else if (has_any_word(rel, series))
        class = LINK_PAGER;
    else if (has_word(rel, "archives"))
        class = LINK_ARCHIVE;
    if (class == LINK_PAGER || class == LINK_ARCHIVE) {
        /* The neighbours of a post carry rel=next too: the address decides. */
        struct anchor anchor = {.text = TEXT(""), .rel = rel, .title = TEXT(""), .class = TEXT(""), .id = TEXT("")};
        if (!extract_resolve(page->extract, text_trim(href)))
            return;
        class = series_judge(page->extract->source->url, &page->extract->url, &anchor, page->extract->source->year,
                             &certainty);
        href = value_of(page, "href");
    }
    give(page, href, "link", "href", class, certainty, false);
}

static void meta_element(struct page *page)
{
    static const char *const images[] = {"og:image", "og:image:url", "og:image:secure_url", "og:video", "og:audio",
                                         "twitter:image", "twitter:image:src", "msapplication-tileimage",
                                         "msapplication-square150x150logo", "thumbnail", NULL};
    struct text name = tokenizer_attribute(&page->tokenizer, "property");
    struct text content = value_of(page, "content");
    if (!content.length)
        return;
    if (text_equal_nocase(tokenizer_attribute(&page->tokenizer, "http-equiv"), TEXT("refresh"))) {
        ptrdiff_t at = text_find_nocase(content, TEXT("url"));
        size_t digits = 0;
        while (digits < content.length && (ascii_is_digit(content.at[digits]) || strchr(" .;,", content.at[digits])))
            digits++;
        struct text target = text_skip(content, at >= 0 ? (size_t)at + 3 : digits);
        while (target.length && strchr(" ='\"", target.at[0]))
            target = text_skip(target, 1);
        while (target.length && strchr(" '\"", target.at[target.length - 1]))
            target.length--;
        give(page, target, "meta", "refresh", LINK_PAGE, LINK_CERTAIN, false);
        return;
    }
    if (!name.length)
        name = tokenizer_attribute(&page->tokenizer, "name");
    if (!name.length)
        name = tokenizer_attribute(&page->tokenizer, "itemprop");
    for (size_t i = 0; images[i]; i++)
        if (text_equal_nocase(name, text_of(images[i])))
            give(page, content, "meta", "content", LINK_REQUISITE, LINK_POSSIBLE, false);
    if (text_equal_nocase(name, TEXT("og:url")))
        give(page, content, "meta", "content", LINK_PAGE, LINK_POSSIBLE, false);
}

/* ---- anchors ----------------------------------------------------------------------------------------------- */

/* The anchor's text, or the alt text of an image in it, looked up ahead without moving the tokenizer. */
static struct text anchor_text(struct page *page, char out[TEXT_BYTES])
{
    struct text ahead = text_first(text_skip(page->tokenizer.input, page->tokenizer.at), PEEK_BYTES);
    size_t length = 0;
    struct text alt = TEXT("");
    while (ahead.length && length + 1 < TEXT_BYTES && !text_starts_nocase(ahead, TEXT("</a"))) {
        if (ahead.at[0] == '<') {
            ptrdiff_t end = text_find_char(ahead, '>');
            size_t size = end < 0 ? ahead.length : (size_t)end + 1;
            ptrdiff_t at = text_find_nocase(text_first(ahead, size), TEXT(" alt=\""));
            if (at >= 0) {
                alt = text_skip(text_first(ahead, size), (size_t)at + 6);
                ptrdiff_t quote = text_find_char(alt, '"');
                alt = text_first(alt, quote < 0 ? 0 : (size_t)quote);
            }
            ahead = text_skip(ahead, size);
            continue;
        }
        bool space = ascii_is_space(ahead.at[0]);
        if (!space || (length && out[length - 1] != ' '))
            out[length++] = space ? ' ' : ahead.at[0];
        ahead = text_skip(ahead, 1);
    }
    struct text text = text_trim((struct text){out, length});
    if (text_find_char(text, '&') >= 0) {
        struct buf decoded;
        buf_init(&decoded, TEXT_BYTES);
        entities_decode(text, false, &decoded);
        if (buf_ok(&decoded)) {
            memcpy(out, decoded.data, decoded.length);
            text = text_trim((struct text){out, decoded.length});
        }
        buf_release(&decoded);
    }
    return text.length ? text : text_trim(alt);
}

static bool path_has_ending(struct text path, const char *const *endings)
{
    for (; *endings; endings++)
        if (text_ends_nocase(path, text_of(*endings)))
            return true;
    return false;
}

static bool is_media_path(struct text path)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico",
                                          ".tif", ".tiff", ".mp3", ".ogg", ".oga", ".m4a", ".flac", ".wav", ".mp4",
                                          ".webm", ".ogv", ".mov", ".avi", ".mkv", ".pdf", ".zip", ".gz", ".tgz", ".bz2",
                                          ".xz", ".7z", ".rar", ".epub", ".mobi", ".doc", ".docx", ".xls", ".xlsx",
                                          ".ppt", ".pptx", ".odt", ".ods", ".odp", ".ps", ".djvu", ".exe", ".dmg",
                                          ".apk", ".iso", NULL};
    return path_has_ending(path, endings);
}

static bool is_feed_address(const struct url *url)
{
    static const char *const endings[] = {"/atom.xml", "/rss.xml", "/feed.xml", "/index.rdf", "/feed/", "/feed", "/rss",
                                          "/rss/", "/feed/atom/", "/feed.json", "/feeds/posts/default",
                                          "/feeds/posts/summary", NULL};
    return path_has_ending(url_path(url), endings);
}

static bool is_ancestor(const struct page *page, bool archive)
{
    int from = page->open > ANCESTORS ? page->open - ANCESTORS : 0;
    for (int i = from; i < page->open && i < STACK_MOST; i++)
        if (archive ? page->stack[i].archive : page->stack[i].pager)
            return true;
    return false;
}

static void anchor_element(struct page *page, const char *element)
{
    char words[TEXT_BYTES];
    struct text href = text_trim(value_of(page, "href"));
    if (!href.at)
        href = text_trim(value_of(page, "xlink:href"));
    if (!href.length || href.at[0] == '#' || is_template_value(href) || !extract_resolve(page->extract, href))
        return;
    const struct url *url = &page->extract->url;
    struct found found = {.class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = element, .attribute = "href"};
    if (is_media_path(url_path(url)))
        found.class = LINK_MEDIA;
    else if (is_feed_address(url))
        found.class = LINK_FEED;
    else {
        const struct tokenizer *t = &page->tokenizer;
        struct anchor anchor = {.text = anchor_text(page, words),
                                .rel = tokenizer_attribute(t, "rel"),
                                .title = tokenizer_attribute(t, "title"),
                                .class = tokenizer_attribute(t, "class"),
                                .id = tokenizer_attribute(t, "id"),
                                .in_pager = is_ancestor(page, false),
                                .in_archive = is_ancestor(page, true)};
        if (!anchor.title.length)
            anchor.title = tokenizer_attribute(t, "aria-label");
        found.class = series_judge(page->extract->source->url, url, &anchor, page->extract->source->year,
                                   &found.certainty);
    }
    extract_give_resolved(page->extract, &found);
}

/* A drop-down of archives: <option value="http://...">. */
static void option_element(struct page *page)
{
    struct text value = text_trim(value_of(page, "value"));
    bool address = text_starts_nocase(value, TEXT("http://")) || text_starts_nocase(value, TEXT("https://")) ||
                   text_starts(value, TEXT("/"));
    enum link_certainty certainty;
    struct anchor anchor = {.text = TEXT(""), .rel = TEXT(""), .title = TEXT(""), .class = TEXT(""), .id = TEXT("")};
    if (!address || value.length < 2 || is_template_value(value) || !extract_resolve(page->extract, value))
        return;
    enum link_class class = series_judge(page->extract->source->url, &page->extract->url, &anchor,
                                         page->extract->source->year, &certainty);
    struct found found = {.class = class, .certainty = class == LINK_PAGE ? LINK_POSSIBLE : certainty,
                          .element = "option", .attribute = "value"};
    extract_give_resolved(page->extract, &found);
}

/* ---- elements ---------------------------------------------------------------------------------------------- */

static bool is_void(struct text name)
{
    static const char *const names[] = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                                        "param", "source", "track", "wbr", "frame", "image"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(name, text_of(names[i])))
            return true;
    return false;
}

/* Layout words that hold a pager's word without being one. */
static bool is_layout_name(struct text name)
{
    return text_find_nocase(name, TEXT("page-wrap")) >= 0 || text_find_nocase(name, TEXT("page-content")) >= 0 ||
           text_find_nocase(name, TEXT("breadcrumb")) >= 0 || text_find_nocase(name, TEXT("main-navigation")) >= 0 ||
           text_find_nocase(name, TEXT("site-navigation")) >= 0 || text_find_nocase(name, TEXT("menu")) >= 0;
}

static void open_element(struct page *page, struct text name)
{
    static const char *const attributes[] = {"class", "id", "role", "aria-label"};
    struct open_element element = {.pager = false};
    for (size_t i = 0; i < sizeof element.name - 1 && i < name.length; i++)
        element.name[i] = ascii_lower(name.at[i]);
    for (size_t i = 0; page->tokenizer.attribute_count && i < sizeof attributes / sizeof *attributes; i++) {
        struct text value = tokenizer_attribute(&page->tokenizer, attributes[i]);
        if (!value.length)
            continue;
        element.pager = element.pager || (series_names_pager(value) && !is_layout_name(value));
        element.archive = element.archive || series_names_archive(value);
    }
    if (page->open < STACK_MOST)
        page->stack[page->open] = element;
    page->open++;
}

static void close_element(struct page *page, struct text name)
{
    char short_name[12] = "";
    for (size_t i = 0; i < sizeof short_name - 1 && i < name.length; i++)
        short_name[i] = ascii_lower(name.at[i]);
    if (page->open > STACK_MOST) {
        page->open--; /* what lies deeper was only counted */
        return;
    }
    for (int i = page->open; i-- > 0 && i >= page->open - 16;)
        if (strcmp(page->stack[i].name, short_name) == 0) {
            page->open = i;
            return;
        }
}

static void base_element(struct page *page)
{
    struct text href = text_trim(value_of(page, "href"));
    /* The first one that names an address counts. */
    if (!href.length || page->extract->base_is_set || page->depth ||
        url_parse(&page->extract->url, href, page->extract->source->url, TEXT("")) != URL_OK)
        return;
    page->extract->base_is_set = url_copy(&page->extract->base, &page->extract->url);
}

static bool is_script_type(struct text type)
{
    return !type.length || text_find_nocase(type, TEXT("javascript")) >= 0 || text_equal_nocase(type, TEXT("module")) ||
           text_find_nocase(type, TEXT("ecmascript")) >= 0;
}

static bool is_markup_type(struct text type)
{
    static const char *const types[] = {"text/template", "text/html", "text/x-template", "text/x-handlebars",
                                        "text/x-mustache", "text/ng-template", "text/x-tmpl", "text/x-jquery-tmpl",
                                        "x-tmpl-mustache"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_starts_nocase(type, text_of(types[i])))
            return true;
    return false;
}

static void set_container(struct page *page)
{
    page->extract->container = page->template ? TEXT("template ") : page->noscript ? TEXT("noscript ") : page->container;
}

static void nested_page(struct page *page, struct text markup, struct text container)
{
    if (page->depth >= NESTED_MOST)
        return;
    page->extract->container = container;
    extract_html(page->extract, markup, page->depth + 1);
    set_container(page);
}

/* Reads what stands between <script> or <style> and its end tag. */
static void raw_element(struct page *page, bool style)
{
    struct text type = tokenizer_attribute(&page->tokenizer, "type");
    char kept[64] = "";
    memcpy(kept, type.at ? type.at : "", type.length < sizeof kept - 1 ? type.length : sizeof kept - 1);
    type = text_of(kept);
    if (tokenizer_next(&page->tokenizer) != TOKEN_TEXT)
        return;
    struct text content = page->tokenizer.text;
    if (style)
        extract_css(page->extract, content, "style");
    else if (is_markup_type(type))
        nested_page(page, content, TEXT("script[text/template] "));
    else if (is_script_type(type) || text_find_nocase(type, TEXT("json")) >= 0)
        extract_script(page->extract, content, "script");
}

static void start_tag(struct page *page)
{
    struct text name = page->tokenizer.text;
    struct text style = value_of(page, "style");
    if (style.length)
        extract_css(page->extract, style, "@style");
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (ascii_lower(name.at[0]) == addresses[i].element[0] && text_equal_nocase(name, text_of(addresses[i].element))) {
            struct text value = value_of(page, addresses[i].attribute);
            if (value.length)
                give(page, value, addresses[i].element, addresses[i].attribute, addresses[i].class,
                     addresses[i].certainty, addresses[i].document);
        }
    for (size_t i = 0; i < sizeof address_sets / sizeof *address_sets; i++)
        if (text_equal_nocase(name, text_of(address_sets[i].element))) {
            struct text rest = value_of(page, address_sets[i].attribute), url;
            while (srcset_next(&rest, &url))
                give(page, url, address_sets[i].element, address_sets[i].attribute, LINK_REQUISITE, LINK_CERTAIN, false);
        }
    if (text_equal_nocase(name, TEXT("a")))
        anchor_element(page, "a");
    else if (text_equal_nocase(name, TEXT("area")))
        anchor_element(page, "area");
    else if (text_equal_nocase(name, TEXT("link")))
        link_element(page);
    else if (text_equal_nocase(name, TEXT("meta")))
        meta_element(page);
    else if (text_equal_nocase(name, TEXT("base")))
        base_element(page);
    else if (text_equal_nocase(name, TEXT("option")))
        option_element(page);
    else if (text_equal_nocase(name, TEXT("input")) &&
             text_equal_nocase(tokenizer_attribute(&page->tokenizer, "type"), TEXT("image")))
        give(page, value_of(page, "src"), "input", "src", LINK_REQUISITE, LINK_CERTAIN, false);
    struct text background = value_of(page, "data-bg");
    if (!background.length)
        background = value_of(page, "data-background-image");
    if (background.length)
        give(page, background, "@data-bg", NULL, LINK_REQUISITE, LINK_CERTAIN, false);
    if (text_equal_nocase(name, TEXT("iframe")) && tokenizer_attribute(&page->tokenizer, "srcdoc").length) {
        struct buf markup;
        buf_init(&markup, 1 << 20);
        entities_decode(tokenizer_attribute(&page->tokenizer, "srcdoc"), true, &markup);
        nested_page(page, buf_text(&markup), TEXT("iframe@srcdoc "));
        buf_release(&markup);
    }
    page->noscript += text_equal_nocase(name, TEXT("noscript"));
    page->template += text_equal_nocase(name, TEXT("template"));
    if (!is_void(name) && !page->tokenizer.self_closing)
        open_element(page, name);
    set_container(page);
    if (text_equal_nocase(name, TEXT("script")) || text_equal_nocase(name, TEXT("style")))
        raw_element(page, ascii_lower(name.at[1]) == 't');
}

static void close_tag(struct page *page)
{
    struct text name = page->tokenizer.text;
    page->noscript -= page->noscript && text_equal_nocase(name, TEXT("noscript"));
    page->template -= page->template && text_equal_nocase(name, TEXT("template"));
    close_element(page, name);
    set_container(page);
}

/* <!--[if IE]> ... <![endif]-->: only old browsers read it. */
static void comment(struct page *page)
{
    struct text text = page->tokenizer.text;
    if (!text_starts_nocase(text_trim(text), TEXT("[if")) || page->depth >= NESTED_MOST)
        return;
    struct tokenizer inner;
    ptrdiff_t end = text_find_char(text, '>');
    tokenizer_init(&inner, text_skip(text, end < 0 ? text.length : (size_t)end + 1));
    for (enum token_kind kind; (kind = tokenizer_next(&inner)) != TOKEN_END;) {
        if (kind != TOKEN_START)
            continue;
        struct text src = tokenizer_attribute(&inner, text_equal_nocase(inner.text, TEXT("link")) ? "href" : "src");
        if (src.length)
            give(page, src, "comment", NULL, LINK_REQUISITE, LINK_POSSIBLE, false);
    }
}

void extract_html(struct extract *extract, struct text html, int depth)
{
    struct page page = {.extract = extract, .depth = depth, .container = extract->container};
    tokenizer_init(&page.tokenizer, html);
    for (enum token_kind kind; (kind = tokenizer_next(&page.tokenizer)) != TOKEN_END && !extract->failed;) {
        if (kind == TOKEN_START)
            start_tag(&page);
        else if (kind == TOKEN_CLOSE)
            close_tag(&page);
        else if (kind == TOKEN_COMMENT)
            comment(&page);
    }
    extract->container = page.container;
}
