/*
 * Anchors: links that a person could follow. They are judged by their URL, their text and the
 * elements around them. Those with nothing but text are remembered from page to page (see
 * anchor_cache.h).
 */
#include <config.h>

#include <string.h>

#include "html/entities.h"
#include "links/page.h"
#include "series/date_archive.h"
#include "series/pager_url.h"
#include "traps/logout.h"
#include "traps/trap_rules.h"

enum {
    ANCESTORS = 4,
    PEEK_BYTES = 1000,
    TEXT_BYTES = 120,
    NAME_MOST = 40,
    ANCHOR_BYTES = 1024 /* longest anchor that is remembered */
};

/* ---- what the anchor says ---- */

/* The text up to the next tag, if that is all there is and it needs no decoding. at == NULL:
 * anchor_text() has to look closer. */
static struct text plain_text(struct text ahead)
{
    ptrdiff_t end = text_find_char(ahead, '<');
    struct text text = end < 0 ? (struct text){NULL, 0} : text_trim(text_first(ahead, (size_t)end));
    if (!text.length || text.length + 1 >= TEXT_BYTES ||
        !text_starts_nocase(text_skip(ahead, (size_t)end), TEXT("</a")))
        return (struct text){NULL, 0};
    static const bool counts[256] = {
        ['&'] = true, [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, ['\f'] = true};
    for (size_t i = 0; i < text.length; i++)
        if (counts[(unsigned char)text.at[i]] && (text.at[i] != ' ' || text.at[i + 1] == ' '))
            return (struct text){NULL, 0};
    return text;
}

/* The content between an anchor's tags. */
struct anchor_content {
    char bytes[TEXT_BYTES], names[TEXT_BYTES];
    struct text text; /* the text, or the alt text of an image if there is none */
    /* if there is neither: classes of what is drawn there, the name of the picture's file */
    struct text inside;
    bool drawn; /* there is a picture, and no text */
};

static void add_text(struct anchor_content *content, size_t *length, struct text text)
{
    for (size_t i = 0; i < text.length && *length + 1 < TEXT_BYTES; i++) {
        bool space = ascii_is_space(text.at[i]);
        if (!space || (*length && content->bytes[*length - 1] != ' '))
            content->bytes[(*length)++] = space ? ' ' : text.at[i];
    }
}

static void add_name(struct anchor_content *content, struct text name)
{
    size_t length = content->inside.length;
    for (size_t i = 0; i < name.length && length + 1 < TEXT_BYTES; i++)
        content->names[length++] = name.at[i];
    if (name.length && length + 1 < TEXT_BYTES)
        content->names[length++] = ' ';
    content->inside = (struct text){content->names, length};
}

static void decode_text(struct extract *extract, struct anchor_content *content, size_t length)
{
    content->text = text_trim((struct text){content->bytes, length});
    if (text_find_char(content->text, '&') < 0)
        return;
    struct buf decoded;
    buf_init(&decoded, TEXT_BYTES);
    entities_decode(content->text, false, &decoded);
    if (buf_ok(&decoded)) {
        memcpy(content->bytes, decoded.data, decoded.length);
        content->text = text_trim((struct text){content->bytes, decoded.length});
    }
    extract_release(extract, &decoded);
}

/* The name of a picture's file, without its extension. */
static struct text file_name(struct text address)
{
    if (!address.length)
        return TEXT("");
    ptrdiff_t end = text_find_char(address, '?');
    address = end < 0 ? address : text_first(address, (size_t)end);
    size_t from = address.length;
    while (from && address.at[from - 1] != '/')
        from--;
    address = text_skip(address, from);
    end = text_find_char(address, '.');
    return end < 0 ? address : text_first(address, (size_t)end);
}

/* What an element in an anchor says about itself: a label first, then its appearance. Icons that a
 * script draws have their names in the last ones: <ion-icon name="arrow-forward">, <i
 * data-feather="chevron-left">. */
enum drawn {
    DRAWN_ALT,
    DRAWN_LABEL,
    DRAWN_CLASS,
    DRAWN_SRC,
    DRAWN_HREF,
    DRAWN_XLINK_HREF,
    DRAWN_ICON,
    DRAWN_NAMES = DRAWN_ICON + 5
};
static const struct text drawn_names[DRAWN_NAMES] = {
    WORD("alt"),       WORD("aria-label"),   WORD("class"),       WORD("src"),
    WORD("href"),      WORD("xlink:href"),   WORD("name"),        WORD("icon"),
    WORD("data-icon"), WORD("data-feather"), WORD("data-lucide"),
};

static struct text drawn_value(const struct tokenizer *t, int name)
{
    return t->noted >> name & 1 ? t->values[name] : TEXT("");
}

static void note_drawn(struct anchor_content *content, const struct tokenizer *t, struct text *alt)
{
    if (!t->noted)
        return;
    struct text label = text_trim(drawn_value(t, DRAWN_ALT));
    if (!label.length)
        label = text_trim(drawn_value(t, DRAWN_LABEL));
    *alt = label.length ? label : *alt;
    add_name(content, drawn_value(t, DRAWN_CLASS));
    add_name(content, text_first(file_name(drawn_value(t, DRAWN_SRC)), NAME_MOST));
    for (int icon = DRAWN_ICON; icon < DRAWN_NAMES; icon++)
        add_name(content, text_first(drawn_value(t, icon), NAME_MOST));
    if (text_equal_nocase(t->text, TEXT("use"))) {
        add_name(content, drawn_value(t, DRAWN_HREF));
        add_name(content, drawn_value(t, DRAWN_XLINK_HREF));
    }
}

/* Looks ahead without moving the page's tokenizer. */
static void read_anchor(struct page *page, struct anchor_content *content)
{
    struct text ahead =
                    text_first(text_skip(page->tokenizer.input, page->tokenizer.at), PEEK_BYTES),
                alt = TEXT("");
    struct tokenizer t;
    size_t length = 0;
    content->inside = TEXT("");
    content->drawn = false;
    content->text = plain_text(ahead);
    if (content->text.at)
        return;
    tokenizer_init(&t, ahead);
    t.wanted = &page->names->drawn;
    for (enum token_kind kind;
         (kind = tokenizer_next(&t)) != TOKEN_END && length + 1 < TEXT_BYTES;) {
        if (kind == TOKEN_TEXT)
            add_text(content, &length, t.text);
        else if (kind != TOKEN_COMMENT && text_equal_nocase(t.text, TEXT("a")))
            break; /* its end, or the beginning of another anchor */
        else if (kind == TOKEN_START)
            note_drawn(content, &t, &alt);
    }
    content->drawn = !length && (alt.length || content->inside.length);
    if (!length && alt.length)
        add_text(content, &length, alt);
    decode_text(page->extract, content, length);
    if (content->text.length)
        content->inside = TEXT("");
}

/* The text after the last dot of the path's last segment. */
static struct text extension_of(struct text path)
{
    for (size_t i = path.length; i-- > 0 && path.at[i] != '/' && path.length - i <= 8;)
        if (path.at[i] == '.')
            return text_skip(path, i + 1);
    return TEXT("");
}

static const struct text media_extensions[] = {
    WORD("png"), WORD("jpg"),  WORD("jpeg"), WORD("gif"),  WORD("webp"), WORD("avif"), WORD("svg"),
    WORD("bmp"), WORD("ico"),  WORD("tif"),  WORD("tiff"), WORD("mp3"),  WORD("ogg"),  WORD("oga"),
    WORD("m4a"), WORD("flac"), WORD("wav"),  WORD("mp4"),  WORD("webm"), WORD("ogv"),  WORD("mov"),
    WORD("avi"), WORD("mkv"),  WORD("pdf"),  WORD("zip"),  WORD("gz"),   WORD("tgz"),  WORD("bz2"),
    WORD("xz"),  WORD("7z"),   WORD("rar"),  WORD("epub"), WORD("mobi"), WORD("doc"),  WORD("docx"),
    WORD("xls"), WORD("xlsx"), WORD("ppt"),  WORD("pptx"), WORD("odt"),  WORD("ods"),  WORD("odp"),
    WORD("ps"),  WORD("djvu"), WORD("exe"),  WORD("dmg"),  WORD("apk"),  WORD("iso"),
};

/* "/wiki/File:X.png" is the page about a picture. */
static bool is_media(const struct page *page, struct text path)
{
    return word_set_equal(&page->names->media, extension_of(path)) >= 0 &&
           text_find(path, TEXT("/File:")) < 0 && text_find(path, TEXT("/Image:")) < 0;
}

/* Last segments of feed URLs, and the last two of Blogger's. */
static const struct text feed_names[] = {
    WORD("atom.xml"), WORD("rss.xml"), WORD("feed.xml"),  WORD("index.rdf"),
    WORD("feed"),     WORD("rss"),     WORD("feed.json"),
};

static bool is_feed_address(const struct page *page, const struct url *url)
{
    struct text path = url_path(url);
    if (text_ends(path, TEXT("/feeds/posts/default")) ||
        text_ends(path, TEXT("/feeds/posts/summary")) ||
        text_ends_nocase(path, TEXT("/feed/atom/")))
        return true;
    return word_set_equal(&page->names->feeds, path_segments_last(&page->extract->segments)) >= 0;
}

/* What the class names of the elements around it say. */
static struct named named_around(const struct page *page)
{
    struct named around = {.pager = false};
    int from = page->open > ANCESTORS ? page->open - ANCESTORS : 0;
    for (int i = from; i < page->open && i < STACK_MOST; i++) {
        around.pager = around.pager || page->stack[i].pager;
        around.archive = around.archive || page->stack[i].archive;
        around.calendar = around.calendar || page->stack[i].calendar;
    }
    return around;
}

/* Whether the tag at `ahead` ends the item that contains a link. *outside tells whether the anchor
 * was closed before. */
static bool ends_item(struct text ahead, bool *outside)
{
    bool closing = ahead.length > 1 && ahead.at[1] == '/';
    struct text name = text_skip(ahead, closing ? 2 : 1);
    switch (name.length ? ascii_lower(name.at[0]) : '<') {
    case 'a':
        if (closing)
            *outside = true;
        return !closing && *outside && name.length > 1 && ascii_is_space(name.at[1]);
    case 'l':
        return closing && *outside && text_starts_nocase(name, TEXT("li"));
    case 'o':
        return text_starts_nocase(name, TEXT("option"));
    default:
        return false;
    }
}

/* The number in parentheses at the end of a date archive's link or after it: "June (27)", "June</a>
 * <span>(27)</span>". */
static int posts_behind(const struct page *page, size_t from)
{
    struct text ahead = text_first(text_skip(page->tokenizer.input, from), PEEK_BYTES);
    uint64_t number;
    bool outside = false;
    while (ahead.length && ahead.at[0] != '(') {
        size_t taken = 1;
        if (ahead.at[0] == '<') {
            ptrdiff_t end = text_find_char(ahead, '>');
            if (end < 0 || ends_item(ahead, &outside))
                return 0;
            taken = (size_t)end + 1;
        } else if (outside && !ascii_is_space(ahead.at[0])) {
            if (!text_starts(ahead, TEXT("&nbsp;")))
                return 0;
            taken = 6;
        }
        while (taken < ahead.length && (outside ? ascii_is_space(ahead.at[taken])
                                                : ahead.at[taken] != '<' && ahead.at[taken] != '('))
            taken++;
        ahead = text_skip(ahead, taken);
    }
    ptrdiff_t close = text_find_char(text_first(ahead, 12), ')');
    bool is_number =
        close > 1 && text_to_number((struct text){ahead.at + 1, (size_t)close - 1}, &number);
    return is_number && number < 1000000 ? (int)number : 0;
}

/* The anchor that begins at `from` and contains only text, from its "<a" to its "</a>". Empty:
 * there is none within ANCHOR_BYTES. The caller knows whether the tag ends before the text does. */
static struct text plain_anchor(const struct page *page, size_t from)
{
    struct text here = text_first(text_skip(page->tokenizer.input, from), ANCHOR_BYTES), end;
    if (here.length < 4 || here.at[0] != '<' || ascii_lower(here.at[1]) != 'a' ||
        !ascii_is_space(here.at[2]))
        return TEXT("");
    ptrdiff_t close = text_find_char(text_skip(here, 1), '<');
    end = text_skip(here, close < 0 ? here.length : (size_t)close + 1);
    return text_starts_nocase(end, TEXT("</a>")) ? text_first(here, (size_t)close + 1 + 4)
                                                 : TEXT("");
}

/* The hash by which an anchor is recognised: of its bytes, and of everything else that its
 * judgement depends on. */
static uint64_t anchor_mark(const struct page *page, struct text anchor)
{
    struct named around = named_around(page);
    uint64_t bits = (uint64_t)(around.pager | around.archive << 1 | around.calendar << 2);
    uint64_t key = hash_mix(page->extract->anchors->key.low ^ bits, page->extract->place);
    return hash_quick(key, anchor) | 1; /* only anchors of the same site share a key */
}

/* Whether `page` may be one of the pages of the list at `address`: .../list.html,
 * .../list/index.html or .../list/, and .../list/page/2. */
static bool is_above(struct text address, struct text page)
{
    size_t point = address.length;
    while (point && address.at[point - 1] != '/' && address.at[point - 1] != '.')
        point--;
    if (point && address.at[point - 1] == '.')
        address.length = point - 1;
    if (text_ends(address, TEXT("/index")))
        address.length -= 5;
    while (address.length && address.at[address.length - 1] == '/')
        address.length--;
    return text_starts(page, address);
}

bool anchor_recall(struct page *page)
{
    struct anchor_cache *anchors = page->extract->anchors;
    if (page->tokenizer.raw.length)
        return false;
    struct text ahead = text_skip(page->tokenizer.input, page->tokenizer.at);
    if (ahead.length && ahead.at[0] != '<') {
        size_t from = page->tokenizer.at;
        tokenizer_skip_text(&page->tokenizer);
        page_shows(page, text_first(ahead, page->tokenizer.at - from));
        ahead = text_skip(page->tokenizer.input, page->tokenizer.at);
    }
    if (ahead.length < 4 || ascii_lower(ahead.at[1]) != 'a') /* nearly always */
        return false;
    struct text anchor = plain_anchor(page, page->tokenizer.at);
    struct remembered *slot =
        anchor.length ? anchor_cache_find(anchors, anchor_mark(page, anchor)) : NULL;
    if (!slot)
        return false;
    struct url parts = {.https = false};
    url_parts_view(&parts, &slot->parts, (struct text){slot->address, slot->length});
    struct known known = {.address = {slot->address, slot->length},
                          .parts = &parts,
                          .class = (enum link_class)slot->class,
                          .certainty = (enum link_certainty)slot->certainty,
                          .rule = (enum url_rule)slot->rule,
                          .element = "a",
                          .attribute = "href",
                          .hash = slot->address_hash,
                          .slot = slot};
    /* Links to the page itself and to its list are judged differently. */
    if (is_above(known.address, url_resource(page->extract->source->url)))
        return false;
    if (known.class == LINK_ARCHIVE)
        known.posts = posts_behind(page, page->tokenizer.at + slot->text_at);
    page->tokenizer.at += anchor.length;
    anchor = text_first(text_skip(anchor, slot->text_at), anchor.length - slot->text_at - 4);
    page_shows(page, anchor);
    extract_give_known(page->extract, &known);
    return true;
}

/* Remembers the anchor whose tag was just read, if its mark covers everything that counts. */
static struct remembered *keep_anchor(const struct page *page, struct text href,
                                      const struct known *known, bool counted)
{
    const struct tokenizer *t = &page->tokenizer;
    struct anchor_cache *anchors = page->extract->anchors;
    bool whole = text_starts(href, TEXT("/")) || text_starts_nocase(href, TEXT("http://")) ||
                 text_starts_nocase(href, TEXT("https://"));
    struct text anchor =
        anchors->slots && whole && !t->self_closing ? plain_anchor(page, t->tag_at) : TEXT("");
    /* A pagination link depends on the others, on whether it belongs to the page's own list, and on
     * the parameters that it adds to those of the page. Of an anchor, only where it leads is kept,
     * so one whose other attributes name URLs is read each time. */
    if (known->class == LINK_PAGER || page->extract->seen.resolved != page->resolved_before + 1 ||
        counted || known->suspect || traps_differ(url_query(known->parts)) ||
        t->at - t->tag_at + 4 > anchor.length || (t->noted & ON_ANY_ELEMENT) ||
        text_equal(known->address, url_resource(page->extract->source->url)))
        return NULL;
    struct remembered *slot = anchor_cache_take(anchors, anchor_mark(page, anchor), known->address);
    if (slot) {
        slot->text_at = (unsigned short)(t->at - t->tag_at);
        slot->address_hash = known->hash;
        slot->rule = (unsigned short)known->rule;
        url_parts_keep(&slot->parts, known->parts);
        slot->class = (unsigned char)known->class;
        slot->certainty = (unsigned char)known->certainty;
    }
    return slot;
}

/* Judges the current link by its URL, its words and the elements around it. */
static struct series_judgement judge(struct page *page, const struct anchor_content *content)
{
    struct named around = named_around(page);
    struct anchor anchor = {.text = content->text,
                            .rel = page_raw(page, A_REL),
                            .title = page_raw(page, A_TITLE),
                            .class = page_raw(page, A_CLASS),
                            .id = page_raw(page, A_ID),
                            .inside = content->inside,
                            .drawn = content->drawn,
                            .in_pager = around.pager || page->names_pager,
                            .in_archive = around.archive,
                            .in_calendar = around.calendar};
    if (!anchor.title.length)
        anchor.title = page_raw(page, A_ARIA_LABEL);
    return series_judge(&page->extract->anchors->tables->pagers, page->extract->source->url,
                        &page->extract->url, &page->extract->segments, &anchor,
                        page->extract->source->year);
}

struct series_judgement page_judge(struct page *page, struct text text)
{
    struct anchor_content content = {.text = text, .inside = TEXT("")};
    return judge(page, &content);
}

int page_posts_behind(const struct page *page)
{
    return posts_behind(page, page->tokenizer.at);
}

/* Notes a pagination link for the end of the page. */
static void note_sibling(struct page *page, ptrdiff_t entry, const struct pager_marks *marks,
                         uint64_t list_key)
{
    struct pager_row_link sibling = {.entry = entry,
                                     .list_key = list_key,
                                     .counted = marks->counted,
                                     .shape = pager_url_shape(&page->extract->url),
                                     .number = marks->number,
                                     .from = page->tokenizer.tag_at,
                                     .to = page->tokenizer.at,
                                     .leads = marks->direction == DIRECTION_ALONE,
                                     .way = marks->way};
    if (entry != NO_ENTRY && !page->depth && !pager_rows_add(&page->extract->pager_rows, &sibling))
        page->extract->failed = true;
}

/* <a href="javascript:window.open('/a')">: its rest is a script, percent-encoded. */
static void javascript_url(struct page *page, struct text href)
{
    struct buf script;
    struct text raw = text_skip(href, TEXT("javascript:").length);
    buf_init(&script, URL_LONGEST * 4);
    for (size_t i = 0; i < raw.length; i++) {
        int high = raw.at[i] == '%' && i + 2 < raw.length ? hex_value(raw.at[i + 1]) : -1,
            low = high < 0 ? -1 : hex_value(raw.at[i + 2]);
        buf_add_char(&script, low < 0 ? raw.at[i] : (char)(high << 4 | low));
        i += low < 0 ? 0 : 2;
    }
    extract_event(page->extract, buf_text(&script), "@javascript");
    extract_release(page->extract, &script);
}

void anchor_element(struct page *page, const char *element)
{
    struct text href = text_trim(page_value(page, A_HREF));
    if (!href.at)
        href = text_trim(page_value(page, A_XLINK_HREF));
    if (!extract_resolve_filled(page->extract, href)) {
        if (text_starts_nocase(href, TEXT("javascript:")))
            javascript_url(page, href);
        return;
    }
    const struct url *url = &page->extract->url;
    struct found found = {.class = LINK_PAGE,
                          .certainty = LINK_CERTAIN,
                          .element = element,
                          .attribute = "href",
                          .nofollow =
                              text_find_nocase(page_raw(page, A_REL), TEXT("nofollow")) >= 0};
    struct series_judgement judgement = {.class = LINK_PAGE};
    bool leaves = false;
    if (is_media(page, url_path(url)))
        found.class = LINK_MEDIA;
    else if (is_feed_address(page, url))
        found.class = LINK_FEED;
    else {
        struct anchor_content content;
        read_anchor(page, &content);
        judgement = judge(page, &content);
        found.class = judgement.class;
        found.certainty = judgement.certainty;
        leaves = logout_is_label(content.text);
    }
    struct known known;
    extract_know(page->extract, &found, &known);
    if (leaves && known.class == LINK_PAGE && !known.suspect)
        known.suspect = URL_RULE_LOGOUT;
    if (known.class == LINK_ARCHIVE)
        known.posts = posts_behind(page, page->tokenizer.at);
    known.slot = keep_anchor(page, href, &known, judgement.marks.named);
    uint64_t list_key = known.class == LINK_PAGER ? pager_url_list_key(url) : 0;
    ptrdiff_t entry = extract_give_known(page->extract, &known);
    if (known.class == LINK_PAGER)
        note_sibling(page, entry, &judgement.marks, list_key);
}

void anchor_names_init(struct page_names *names)
{
    tag_names_init(&names->drawn, drawn_names, DRAWN_NAMES);
    word_set_init(&names->media, media_extensions,
                  sizeof media_extensions / sizeof *media_extensions);
    word_set_init(&names->feeds, feed_names, sizeof feed_names / sizeof *feed_names);
}
