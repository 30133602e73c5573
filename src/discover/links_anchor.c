/*
 * Anchors: what a person could follow, judged by address, text and the elements around.  Those with nothing but text in
 * them are remembered from page to page (see memory.h).
 */
#include <config.h>

#include <string.h>

#include "discover/entities.h"
#include "discover/page.h"
#include "discover/series.h"

enum { ANCESTORS = 4, PEEK_BYTES = 600, TEXT_BYTES = 120, ANCHOR_BYTES = 1024 /* of an anchor that is remembered */ };

/* ---- what it says ------------------------------------------------------------------------------------------- */

/* The text up to the next tag, as it stands, when that is all there is and nothing in it has to be read otherwise;
 * at == NULL when anchor_text() has to look closer. */
static struct text plain_text(struct text ahead)
{
    ptrdiff_t end = text_find_char(ahead, '<');
    struct text text = end < 0 ? (struct text){NULL, 0} : text_trim(text_first(ahead, (size_t)end));
    if (!text.length || text.length + 1 >= TEXT_BYTES || !text_starts_nocase(text_skip(ahead, (size_t)end), TEXT("</a")))
        return (struct text){NULL, 0};
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == '&' || (ascii_is_space(text.at[i]) && (text.at[i] != ' ' || text.at[i + 1] == ' ')))
            return (struct text){NULL, 0};
    return text;
}

/* The anchor's text, or the alt text of an image in it, looked up ahead without moving the tokenizer. */
static struct text anchor_text(struct page *page, char out[TEXT_BYTES])
{
    struct text ahead = text_first(text_skip(page->tokenizer.input, page->tokenizer.at), PEEK_BYTES);
    size_t length = 0;
    struct text alt = TEXT(""), plain = plain_text(ahead);
    if (plain.at)
        return plain;
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

/* "/wiki/File:X.png" is the page about a picture. */
static bool is_media(const struct page *page, struct text path)
{
    return words_equal(&page->names->media, extension_of(path)) >= 0 && text_find(path, TEXT("/File:")) < 0 &&
           text_find(path, TEXT("/Image:")) < 0;
}

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
        size_t taken = 1;
        if (ahead.at[0] == '<') {
            ptrdiff_t end = text_find_char(ahead, '>');
            outside = outside || text_starts_nocase(ahead, TEXT("</a"));
            if (end < 0 || text_starts_nocase(ahead, TEXT("</option")) || text_starts_nocase(ahead, TEXT("<option")) ||
                (outside && (text_starts_nocase(ahead, TEXT("<a ")) || text_starts_nocase(ahead, TEXT("</li")))))
                return 0;
            taken = (size_t)end + 1;
        } else if (outside && !ascii_is_space(ahead.at[0])) {
            if (!text_starts(ahead, TEXT("&nbsp;")))
                return 0;
            taken = 6;
        }
        ahead = text_skip(ahead, taken);
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

bool anchor_recall(struct page *page)
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
    if (t->at - t->tag_at + 4 > anchor.length || (t->noted & ON_ANY_ELEMENT) ||
        text_equal(known->address, url_resource(page->extract->source->url)))
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

void anchor_element(struct page *page, const char *element)
{
    char words[TEXT_BYTES];
    struct text href = text_trim(page_value(page, A_HREF));
    if (!href.at)
        href = text_trim(page_value(page, A_XLINK_HREF));
    if (!href.length || href.at[0] == '#' || extract_is_template(href) || !extract_resolve(page->extract, href))
        return;
    const struct url *url = &page->extract->url;
    struct found found = {.class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = element, .attribute = "href"};
    if (is_media(page, url_path(url)))
        found.class = LINK_MEDIA;
    else if (is_feed_address(page, url))
        found.class = LINK_FEED;
    else {
        struct anchor anchor = {.text = anchor_text(page, words),
                                .rel = page_raw(page, A_REL),
                                .title = page_raw(page, A_TITLE),
                                .class = page_raw(page, A_CLASS),
                                .id = page_raw(page, A_ID),
                                .in_pager = is_ancestor(page, false),
                                .in_archive = is_ancestor(page, true)};
        if (!anchor.title.length)
            anchor.title = page_raw(page, A_ARIA_LABEL);
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
void option_element(struct page *page)
{
    struct text value = text_trim(page_value(page, A_VALUE));
    bool address = text_starts_nocase(value, TEXT("http://")) || text_starts_nocase(value, TEXT("https://")) ||
                   text_starts(value, TEXT("/")) || text_starts(value, TEXT("./")) || text_starts(value, TEXT("../"));
    enum link_certainty certainty;
    struct anchor anchor = {.text = TEXT(""), .rel = TEXT(""), .title = TEXT(""), .class = TEXT(""), .id = TEXT("")};
    if (!address || value.length < 2 || extract_is_template(value) || !extract_resolve(page->extract, value))
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

void anchor_names_init(struct page_names *names)
{
    words_init(&names->media, media_extensions, sizeof media_extensions / sizeof *media_extensions);
    words_init(&names->feeds, feed_names, sizeof feed_names / sizeof *feed_names);
}
