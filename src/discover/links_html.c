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

enum { NESTED_MOST = 3, STACK_MOST = 128, ANCESTORS = 4, PEEK_BYTES = 600, TEXT_BYTES = 120,
       ANCHOR_BYTES = 1024 /* of an anchor that is remembered */ };

/* ---- names ------------------------------------------------------------------------------------------------- */

enum element {
    E_A, E_APPLET, E_AREA, E_AUDIO, E_BASE, E_BLOCKQUOTE, E_BODY, E_DEL, E_EMBED, E_FEIMAGE, E_FONT_FACE_URI, E_FRAME,
    E_HTML, E_IFRAME, E_IMAGE, E_IMG, E_INPUT, E_INS, E_LINK, E_META, E_NOSCRIPT, E_OBJECT, E_OPTION, E_Q, E_SCRIPT,
    E_SOURCE, E_STYLE, E_TABLE, E_TD, E_TEMPLATE, E_TH, E_TR, E_TRACK, E_USE, E_VIDEO, E_BR, E_COL, E_HR, E_PARAM, E_WBR,
    ELEMENTS
};

static const struct text element_names[ELEMENTS] = {
    WORD("a"), WORD("applet"), WORD("area"), WORD("audio"), WORD("base"), WORD("blockquote"), WORD("body"), WORD("del"),
    WORD("embed"), WORD("feimage"), WORD("font-face-uri"), WORD("frame"), WORD("html"), WORD("iframe"), WORD("image"),
    WORD("img"), WORD("input"), WORD("ins"), WORD("link"), WORD("meta"), WORD("noscript"), WORD("object"),
    WORD("option"), WORD("q"), WORD("script"), WORD("source"), WORD("style"), WORD("table"), WORD("td"),
    WORD("template"), WORD("th"), WORD("tr"), WORD("track"), WORD("use"), WORD("video"), WORD("br"), WORD("col"),
    WORD("hr"), WORD("param"), WORD("wbr"),
};

enum attribute_name {
    A_ARCHIVE, A_ARIA_LABEL, A_BACKGROUND, A_CITE, A_CLASS, A_CONTENT, A_DATA, A_DATA_BG, A_DATA_BACKGROUND, A_DATA_FULL,
    A_DATA_HI_RES, A_DATA_LAZY, A_DATA_LAZY_SRC, A_DATA_ORIGINAL, A_DATA_SRC, A_DATA_SRCSET, A_DYNSRC, A_HREF,
    A_HTTP_EQUIV, A_ID, A_IMAGESRCSET, A_ITEMPROP, A_LONGDESC, A_LOWSRC, A_MANIFEST, A_NAME, A_POSTER, A_PROPERTY, A_REL,
    A_ROLE, A_SRC, A_SRCDOC, A_SRCSET, A_STYLE, A_TITLE, A_TYPE, A_VALUE, A_XLINK_HREF, ATTRIBUTE_NAMES
};

static const struct text attribute_names[ATTRIBUTE_NAMES] = {
    WORD("archive"), WORD("aria-label"), WORD("background"), WORD("cite"), WORD("class"), WORD("content"), WORD("data"),
    WORD("data-bg"), WORD("data-background-image"), WORD("data-full"), WORD("data-hi-res-src"), WORD("data-lazy"),
    WORD("data-lazy-src"), WORD("data-original"), WORD("data-src"), WORD("data-srcset"), WORD("dynsrc"), WORD("href"),
    WORD("http-equiv"), WORD("id"), WORD("imagesrcset"), WORD("itemprop"), WORD("longdesc"), WORD("lowsrc"),
    WORD("manifest"), WORD("name"), WORD("poster"), WORD("property"), WORD("rel"), WORD("role"), WORD("src"),
    WORD("srcdoc"), WORD("srcset"), WORD("style"), WORD("title"), WORD("type"), WORD("value"), WORD("xlink:href"),
};

enum { NAME_BYTES = 12 }; /* of an element, what is longer is cut; compared whole, so padded with NUL */

struct open_element {
    char name[NAME_BYTES];
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
    const struct page_names *names;
    /* Of the tag at hand: */
    int element;                             /* enum element, -1 for any other */
    struct text attributes[ATTRIBUTE_NAMES]; /* references undecoded; at == NULL: not there */
    bool attributes_noted;                   /* one of them is there */
    bool names_pager, names_archive;         /* its class or id does */
};

/* ---- attributes that hold one address ---------------------------------------------------------------------- */

static const struct address {
    enum element element;
    enum attribute_name attribute;
    enum link_class class;
    enum link_certainty certainty;
    bool document;
} addresses[] = {
    {E_IMG, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_LOWSRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DYNSRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_ORIGINAL, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_LAZY_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_LAZY, LINK_REQUISITE, LINK_POSSIBLE, false},
    {E_IMG, A_DATA_HI_RES, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMG, A_DATA_FULL, LINK_REQUISITE, LINK_POSSIBLE, false},
    {E_IMG, A_LONGDESC, LINK_PAGE, LINK_CERTAIN, false},
    {E_SOURCE, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SOURCE, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_VIDEO, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_VIDEO, A_POSTER, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_AUDIO, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TRACK, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_EMBED, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_OBJECT, A_DATA, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_APPLET, A_ARCHIVE, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_SRC, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_SCRIPT, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IFRAME, A_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_IFRAME, A_DATA_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_FRAME, A_SRC, LINK_REQUISITE, LINK_CERTAIN, true},
    {E_BODY, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TABLE, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TD, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TH, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_TR, A_BACKGROUND, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMAGE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_IMAGE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_USE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_USE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FEIMAGE, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FEIMAGE, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FONT_FACE_URI, A_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_FONT_FACE_URI, A_XLINK_HREF, LINK_REQUISITE, LINK_CERTAIN, false},
    {E_BLOCKQUOTE, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_Q, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_INS, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_DEL, A_CITE, LINK_PAGE, LINK_POSSIBLE, false},
    {E_HTML, A_MANIFEST, LINK_REQUISITE, LINK_POSSIBLE, false},
};

static const struct {
    enum element element;
    enum attribute_name attribute;
} address_sets[] = {{E_IMG, A_SRCSET}, {E_IMG, A_DATA_SRCSET}, {E_SOURCE, A_SRCSET}, {E_SOURCE, A_DATA_SRCSET},
                    {E_LINK, A_IMAGESRCSET}};

/* Elements without content; `image` is img to HTML. */
static bool is_void(int element)
{
    switch (element) {
    case E_AREA: case E_BASE: case E_BR: case E_COL: case E_EMBED: case E_FRAME: case E_HR: case E_IMAGE: case E_IMG:
    case E_INPUT: case E_LINK: case E_META: case E_PARAM: case E_SOURCE: case E_TRACK: case E_WBR:
        return true;
    default:
        return false;
    }
}

/* ---- values ------------------------------------------------------------------------------------------------ */

/* The attribute's value with references decoded; at == NULL when it is not there.  Lives in extract->value if it had
 * any, so one at a time. */
static struct text value_of(struct page *page, enum attribute_name attribute)
{
    struct text value = page->attributes[attribute];
    if (!value.at || text_find_char(value, '&') < 0)
        return value;
    buf_clear(&page->extract->value);
    entities_decode(value, true, &page->extract->value);
    return buf_text(&page->extract->value);
}

/* Values that a script is to fill in. */
static bool is_template_value(struct text value)
{
    static const bool begins[256] = {['{'] = true, ['<'] = true, ['$'] = true, ['['] = true, ['%'] = true};
    for (size_t i = 0; i + 1 < value.length; i++) {
        if (!begins[(unsigned char)value.at[i]])
            continue;
        char c = value.at[i], next = value.at[i + 1];
        if ((c == '{' && next == '{') || (c == '<' && (next == '%' || next == '?')) || (c == '$' && next == '{') ||
            (c == '[' && next == '[') || (c == '%' && next == 's'))
            return true;
    }
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
    struct text rel = page->attributes[A_REL], type = page->attributes[A_TYPE];
    struct text href = value_of(page, A_HREF);
    enum link_class class = LINK_PAGE;
    enum link_certainty certainty = LINK_CERTAIN;
    if (!href.length || !rel.length || has_any_word(rel, never) || text_starts_nocase(type, TEXT("application/json+oembed")) ||
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
        class = series_judge(&page->extract->memory->series, page->extract->source->url, &page->extract->url, &anchor, page->extract->source->year,
                             &certainty);
        href = value_of(page, A_HREF);
    }
    give(page, href, "link", "href", class, certainty, false);
}

static void meta_element(struct page *page)
{
    static const char *const images[] = {"og:image", "og:image:url", "og:image:secure_url", "og:video", "og:audio",
                                         "twitter:image", "twitter:image:src", "msapplication-tileimage",
                                         "msapplication-square150x150logo", "thumbnail", NULL};
    struct text name = page->attributes[A_PROPERTY];
    struct text content = value_of(page, A_CONTENT);
    if (!content.length)
        return;
    if (text_equal_nocase(page->attributes[A_HTTP_EQUIV], TEXT("refresh"))) {
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
        name = page->attributes[A_NAME];
    if (!name.length)
        name = page->attributes[A_ITEMPROP];
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

/* What stands behind the last dot of the path's last segment. */
static struct text extension_of(struct text path)
{
    for (size_t i = path.length; i-- > 0 && path.at[i] != '/' && path.length - i <= 8;)
        if (path.at[i] == '.')
            return text_skip(path, i + 1);
    return TEXT("");
}

static const struct text media_extensions[] = {
    WORD("png"), WORD("jpg"), WORD("jpeg"), WORD("gif"), WORD("webp"), WORD("avif"), WORD("svg"), WORD("bmp"),
    WORD("ico"), WORD("tif"), WORD("tiff"), WORD("mp3"), WORD("ogg"), WORD("oga"), WORD("m4a"), WORD("flac"),
    WORD("wav"), WORD("mp4"), WORD("webm"), WORD("ogv"), WORD("mov"), WORD("avi"), WORD("mkv"), WORD("pdf"),
    WORD("zip"), WORD("gz"), WORD("tgz"), WORD("bz2"), WORD("xz"), WORD("7z"), WORD("rar"), WORD("epub"),
    WORD("mobi"), WORD("doc"), WORD("docx"), WORD("xls"), WORD("xlsx"), WORD("ppt"), WORD("pptx"), WORD("odt"),
    WORD("ods"), WORD("odp"), WORD("ps"), WORD("djvu"), WORD("exe"), WORD("dmg"), WORD("apk"), WORD("iso"),
};

/* Last segments of feed addresses, and the last two of Blogger's. */
static const struct text feed_names[] = {
    WORD("atom.xml"), WORD("rss.xml"), WORD("feed.xml"), WORD("index.rdf"), WORD("feed"), WORD("rss"), WORD("feed.json"),
};

static bool is_feed_address(const struct page *page, const struct url *url)
{
    struct text path = url_path(url);
    if (text_ends(path, TEXT("/feeds/posts/default")) || text_ends(path, TEXT("/feeds/posts/summary")) ||
        text_ends_nocase(path, TEXT("/feed/atom/")))
        return true;
    if (path.length > 1 && path.at[path.length - 1] == '/')
        path.length--;
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    return words_equal(&page->names->feeds, text_skip(path, from)) >= 0;
}

static bool is_ancestor(const struct page *page, bool archive)
{
    int from = page->open > ANCESTORS ? page->open - ANCESTORS : 0;
    for (int i = from; i < page->open && i < STACK_MOST; i++)
        if (archive ? page->stack[i].archive : page->stack[i].pager)
            return true;
    return false;
}

/* The number in parentheses that ends an archive's link or stands behind it: "June (27)", "June</a> <span>(27)</span>". */
static int posts_behind(const struct page *page, size_t from)
{
    struct text ahead = text_first(text_skip(page->tokenizer.input, from), PEEK_BYTES);
    uint64_t number;
    bool outside = false;
    while (ahead.length && ahead.at[0] != '(') {
        ptrdiff_t end = ahead.at[0] == '<' ? text_find_char(ahead, '>') : 0;
        bool blank = ascii_is_space(ahead.at[0]);
        if (text_starts_nocase(ahead, TEXT("</option")) || text_starts_nocase(ahead, TEXT("<option")))
            return 0;
        if (end < 0 || (outside && !end && !blank && !text_starts(ahead, TEXT("&nbsp;"))))
            return 0;
        outside = outside || text_starts_nocase(ahead, TEXT("</a"));
        if (outside && (text_starts_nocase(ahead, TEXT("<a ")) || text_starts_nocase(ahead, TEXT("</li"))))
            return 0;
        ahead = text_skip(ahead, end ? (size_t)end + 1 : outside && !blank ? 6 : 1);
    }
    ptrdiff_t close = text_find_char(text_first(ahead, 12), ')');
    bool is_number = close > 1 && text_to_number((struct text){ahead.at + 1, (size_t)close - 1}, &number);
    return is_number && number < 1000000 ? (int)number : 0;
}

/* The anchor that begins at `from`, with nothing but text in it, from its "<a" to its "</a>"; empty when there is no such
 * thing within ANCHOR_BYTES.  Whether the tag ends before the text does is for the caller to know. */
static struct text plain_anchor(const struct page *page, size_t from)
{
    struct text here = text_first(text_skip(page->tokenizer.input, from), ANCHOR_BYTES), end;
    if (here.length < 4 || here.at[0] != '<' || ascii_lower(here.at[1]) != 'a' || !ascii_is_space(here.at[2]))
        return TEXT("");
    ptrdiff_t close = text_find_char(text_skip(here, 1), '<');
    end = text_skip(here, close < 0 ? here.length : (size_t)close + 1);
    return text_starts_nocase(end, TEXT("</a>")) ? text_first(here, (size_t)close + 1 + 4) : TEXT("");
}

/* The hash by which an anchor is known again: it, and all else that its judgement depends on. */
static uint64_t anchor_mark(const struct page *page, struct text anchor)
{
    struct hash_key key = {page->extract->memory->key.low ^ (is_ancestor(page, false) | is_ancestor(page, true) << 1),
                           page->extract->place};
    return hash_text(&key, anchor) | 1;
}

/* Passes over an anchor that an earlier page had too, and gives its link; false when none stands here. */
static bool recall_anchor(struct page *page)
{
    struct links_memory *memory = page->extract->memory;
    struct text anchor = memory->slots && !page->tokenizer.raw.length ? plain_anchor(page, page->tokenizer.at) : TEXT("");
    struct remembered *slot = anchor.length ? memory_find(memory, anchor_mark(page, anchor)) : NULL;
    if (!slot)
        return false;
    struct known known = {.address = {slot->address, slot->length},
                          .parts = &slot->parts,
                          .class = (enum link_class)slot->class,
                          .certainty = (enum link_certainty)slot->certainty,
                          .rule = slot->rule,
                          .element = "a",
                          .attribute = "href",
                          .hash = slot->address_hash,
                          .slot = slot};
    /* A link to the page itself is judged otherwise. */
    if (text_equal(known.address, url_resource(page->extract->source->url)))
        return false;
    if (known.class == LINK_ARCHIVE)
        known.posts = posts_behind(page, page->tokenizer.at + slot->text_at);
    page->tokenizer.at += anchor.length;
    extract_give_known(page->extract, &known);
    return true;
}

/* Remembers the anchor whose tag was just read, if all that counts is in its mark. */
static struct remembered *keep_anchor(const struct page *page, struct text href, const struct known *known)
{
    const struct tokenizer *t = &page->tokenizer;
    struct links_memory *memory = page->extract->memory;
    bool whole = text_starts(href, TEXT("/")) || text_starts_nocase(href, TEXT("http://")) ||
                 text_starts_nocase(href, TEXT("https://"));
    struct text anchor = memory->slots && whole && !t->self_closing ? plain_anchor(page, t->tag_at) : TEXT("");
    if (t->at - t->tag_at + 4 > anchor.length || page->attributes[A_STYLE].at || page->attributes[A_DATA_BG].at ||
        page->attributes[A_DATA_BACKGROUND].at || text_equal(known->address, url_resource(page->extract->source->url)))
        return NULL;
    struct remembered *slot = memory_take(memory, anchor_mark(page, anchor), known->address);
    if (slot) {
        slot->text_at = (unsigned short)(t->at - t->tag_at);
        slot->address_hash = known->hash;
        slot->rule = known->rule;
        slot->parts = *known->parts;
        slot->class = (unsigned char)known->class;
        slot->certainty = (unsigned char)known->certainty;
    }
    return slot;
}

static void anchor_element(struct page *page, const char *element)
{
    char words[TEXT_BYTES];
    struct text href = text_trim(value_of(page, A_HREF));
    if (!href.at)
        href = text_trim(value_of(page, A_XLINK_HREF));
    if (!href.length || href.at[0] == '#' || is_template_value(href) || !extract_resolve(page->extract, href))
        return;
    const struct url *url = &page->extract->url;
    struct found found = {.class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = element, .attribute = "href"};
    /* "/wiki/File:X.png" is the page about a picture. */
    bool about = text_find(url_path(url), TEXT("/File:")) >= 0 || text_find(url_path(url), TEXT("/Image:")) >= 0;
    if (!about && words_equal(&page->names->media, extension_of(url_path(url))) >= 0)
        found.class = LINK_MEDIA;
    else if (is_feed_address(page, url))
        found.class = LINK_FEED;
    else {
        struct anchor anchor = {.text = anchor_text(page, words),
                                .rel = page->attributes[A_REL],
                                .title = page->attributes[A_TITLE],
                                .class = page->attributes[A_CLASS],
                                .id = page->attributes[A_ID],
                                .in_pager = is_ancestor(page, false),
                                .in_archive = is_ancestor(page, true)};
        if (!anchor.title.length)
            anchor.title = page->attributes[A_ARIA_LABEL];
        found.class = series_judge(&page->extract->memory->series, page->extract->source->url, url, &anchor,
                                   page->extract->source->year, &found.certainty);
    }
    struct known known;
    extract_know(page->extract, &found, &known);
    if (known.class == LINK_ARCHIVE)
        known.posts = posts_behind(page, page->tokenizer.at);
    known.slot = keep_anchor(page, href, &known);
    extract_give_known(page->extract, &known);
}

/* A drop-down of archives: <option value="http://...">. */
static void option_element(struct page *page)
{
    struct text value = text_trim(value_of(page, A_VALUE));
    bool address = text_starts_nocase(value, TEXT("http://")) || text_starts_nocase(value, TEXT("https://")) ||
                   text_starts(value, TEXT("/"));
    enum link_certainty certainty;
    struct anchor anchor = {.text = TEXT(""), .rel = TEXT(""), .title = TEXT(""), .class = TEXT(""), .id = TEXT("")};
    if (!address || value.length < 2 || is_template_value(value) || !extract_resolve(page->extract, value))
        return;
    enum link_class class = series_judge(&page->extract->memory->series, page->extract->source->url, &page->extract->url, &anchor,
                                         page->extract->source->year, &certainty);
    struct found found = {.class = class, .certainty = class == LINK_PAGE ? LINK_POSSIBLE : certainty,
                          .element = "option", .attribute = "value"};
    struct known known;
    extract_know(page->extract, &found, &known);
    if (known.class == LINK_ARCHIVE)
        known.posts = posts_behind(page, page->tokenizer.at);
    extract_give_known(page->extract, &known);
}

/* ---- elements ---------------------------------------------------------------------------------------------- */

/* Whether the tag's class, id and the like name a pager or an archive list. */
static void note_names(struct page *page)
{
    static const enum attribute_name telling[] = {A_CLASS, A_ID, A_ROLE, A_ARIA_LABEL};
    page->names_pager = page->names_archive = false;
    for (size_t i = 0; page->attributes_noted && i < sizeof telling / sizeof *telling; i++) {
        struct text value = page->attributes[telling[i]];
        if (!value.length)
            continue;
        struct named named = memory_named(page->extract->memory, value);
        page->names_pager = page->names_pager || named.pager;
        page->names_archive = page->names_archive || named.archive;
    }
}

static void short_name(struct text name, char out[NAME_BYTES])
{
    memset(out, 0, NAME_BYTES);
    for (size_t i = 0; i < NAME_BYTES && i < name.length; i++)
        out[i] = ascii_lower(name.at[i]);
}

static void open_element(struct page *page, struct text name)
{
    struct open_element element = {.pager = page->names_pager, .archive = page->names_archive};
    short_name(name, element.name);
    if (page->open < STACK_MOST)
        page->stack[page->open] = element;
    page->open++;
}

static void close_element(struct page *page, struct text name)
{
    char closed[NAME_BYTES];
    short_name(name, closed);
    if (page->open > STACK_MOST) {
        page->open--; /* what lies deeper was only counted */
        return;
    }
    for (int i = page->open; i-- > 0 && i >= page->open - 16;)
        if (memcmp(page->stack[i].name, closed, NAME_BYTES) == 0) {
            page->open = i;
            return;
        }
}

static void base_element(struct page *page)
{
    struct text href = text_trim(value_of(page, A_HREF));
    /* The first one that names an address counts. */
    if (!href.length || page->extract->base_is_set || page->depth ||
        url_parse(&page->extract->url, href, page->extract->source->url, TEXT("")) != URL_OK)
        return;
    page->extract->base_is_set = url_copy(&page->extract->base, &page->extract->url);
    extract_settle_place(page->extract);
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
    struct text type = page->attributes[A_TYPE];
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

/* Finds out which of the attributes that matter the tag has; of doubles the first counts. */
static void note_attributes(struct page *page)
{
    if (page->attributes_noted)
        memset(page->attributes, 0, sizeof page->attributes);
    page->attributes_noted = page->tokenizer.attribute_count > 0;
    for (size_t i = 0; i < page->tokenizer.attribute_count; i++) {
        int name = words_equal(&page->names->attributes, page->tokenizer.attributes[i].name);
        if (name >= 0 && !page->attributes[name].at)
            page->attributes[name] = page->tokenizer.attributes[i].value;
    }
}

static void plain_addresses(struct page *page)
{
    if (page->element < 0 || !page->tokenizer.attribute_count)
        return;
    size_t first = page->names->first_address[page->element];
    for (size_t i = first ? first - 1 : sizeof addresses / sizeof *addresses;
         i < sizeof addresses / sizeof *addresses && (int)addresses[i].element == page->element; i++) {
        const struct address *row = &addresses[i];
        if (page->attributes[row->attribute].length)
            give(page, value_of(page, row->attribute), element_names[row->element].at, attribute_names[row->attribute].at,
                 row->class, row->certainty, row->document);
    }
    for (size_t i = 0; i < sizeof address_sets / sizeof *address_sets; i++) {
        struct text rest = TEXT(""), url;
        if ((int)address_sets[i].element == page->element)
            rest = value_of(page, address_sets[i].attribute);
        while (rest.length && srcset_next(&rest, &url))
            give(page, url, element_names[page->element].at, attribute_names[address_sets[i].attribute].at,
                 LINK_REQUISITE, LINK_CERTAIN, false);
    }
}

static void document_in_attribute(struct page *page)
{
    struct buf markup;
    buf_init(&markup, 1 << 20);
    entities_decode(page->attributes[A_SRCDOC], true, &markup);
    nested_page(page, buf_text(&markup), TEXT("iframe@srcdoc "));
    buf_release(&markup);
}

static void start_tag(struct page *page)
{
    struct text name = page->tokenizer.text;
    page->element = words_equal(&page->names->elements, name);
    note_attributes(page);
    note_names(page);
    if (page->attributes[A_STYLE].length)
        extract_css(page->extract, value_of(page, A_STYLE), "@style");
    plain_addresses(page);
    switch (page->element) {
    case E_A:
    case E_AREA:
        anchor_element(page, page->element == E_A ? "a" : "area");
        break;
    case E_LINK:
        link_element(page);
        break;
    case E_META:
        meta_element(page);
        break;
    case E_BASE:
        base_element(page);
        break;
    case E_OPTION:
        option_element(page);
        break;
    case E_INPUT:
        if (text_equal_nocase(page->attributes[A_TYPE], TEXT("image")))
            give(page, value_of(page, A_SRC), "input", "src", LINK_REQUISITE, LINK_CERTAIN, false);
        break;
    case E_IFRAME:
        if (page->attributes[A_SRCDOC].length)
            document_in_attribute(page);
        break;
    default:
        break;
    }
    enum attribute_name background = page->attributes[A_DATA_BG].length ? A_DATA_BG : A_DATA_BACKGROUND;
    if (page->attributes[background].length)
        give(page, value_of(page, background), "@data-bg", NULL, LINK_REQUISITE, LINK_CERTAIN, false);
    page->noscript += page->element == E_NOSCRIPT;
    page->template += page->element == E_TEMPLATE;
    if (!is_void(page->element) && !page->tokenizer.self_closing)
        open_element(page, name);
    set_container(page);
    if (page->element == E_SCRIPT || page->element == E_STYLE)
        raw_element(page, page->element == E_STYLE);
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

void page_names_init(struct page_names *names)
{
    _Static_assert(sizeof names->first_address >= ELEMENTS, "a place for each element");
    words_init(&names->elements, element_names, ELEMENTS);
    words_init(&names->attributes, attribute_names, ATTRIBUTE_NAMES);
    memset(names->first_address, 0, sizeof names->first_address);
    for (size_t i = sizeof addresses / sizeof *addresses; i-- > 0;)
        names->first_address[addresses[i].element] = (unsigned char)(i + 1);
    words_init(&names->media, media_extensions, sizeof media_extensions / sizeof *media_extensions);
    words_init(&names->feeds, feed_names, sizeof feed_names / sizeof *feed_names);
}

void extract_html(struct extract *extract, struct text html, int depth)
{
    struct page page;
    page.extract = extract;
    page.depth = depth;
    page.container = extract->container;
    page.open = page.noscript = page.template = 0;
    page.names = &extract->memory->names;
    page.attributes_noted = true; /* so that they are cleared first */
    tokenizer_init(&page.tokenizer, html);
    while (!extract->failed) {
        if (recall_anchor(&page))
            continue;
        enum token_kind kind = tokenizer_next(&page.tokenizer);
        if (kind == TOKEN_END)
            break;
        if (kind == TOKEN_START)
            start_tag(&page);
        else if (kind == TOKEN_CLOSE)
            close_tag(&page);
        else if (kind == TOKEN_COMMENT)
            comment(&page);
    }
    extract->container = page.container;
}
