/* RSS, Atom and RDF feeds; JSON feeds are read in links_json.c. */
#include <config.h>

#include "html/xml_text.h"
#include "links/extract.h"

enum { TEXT_MOST = 16 * 1024 * 1024, EMBEDDED_DEPTH = 2, BASES_MOST = 8 };

struct feed {
    struct extract *extract;
    struct tokenizer t;
    struct buf text;
    int depth;
    bool in_image;
    struct { /* the base before, set aside by xml:base */
        int depth;
        struct url outer;
    } bases[BASES_MOST];
    int base_count;
    struct { /* the page of the current item */
        struct url url;
        bool known, looked_for;
    } item;
};

/* ---- bases ---- */

/* False: the base stays as it is. */
static bool enter_base(struct feed *feed, const struct url *url)
{
    struct url inner;
    url_init(&inner);
    if (feed->base_count == BASES_MOST)
        return false;
    if (!url_copy(&inner, url)) {
        feed->extract->failed = true;
        url_release(&inner);
        return false;
    }
    feed->bases[feed->base_count].depth = feed->depth;
    feed->bases[feed->base_count++].outer = feed->extract->base;
    feed->extract->base = inner;
    extract_settle_place(feed->extract);
    return true;
}

static void leave_base(struct feed *feed)
{
    url_release(&feed->extract->base);
    feed->extract->base = feed->bases[--feed->base_count].outer;
    extract_settle_place(feed->extract);
}

/* ---- elements ---- */

static void give(struct feed *feed, struct text raw, enum link_class class,
                 enum link_certainty certainty, const char *element, const char *attribute)
{
    extract_address(feed->extract, raw, class, certainty, element, attribute);
}

static struct text attribute(struct feed *feed, const char *name)
{
    return xml_attribute(&feed->t, name, &feed->text);
}

static struct text content(struct feed *feed)
{
    return feed->t.self_closing ? TEXT("") : xml_element_text(&feed->t, &feed->text);
}

static const char *const item_names[] = {"item", "entry", NULL};

static bool is_named(struct text name, const char *const *wanted)
{
    for (; *wanted; wanted++)
        if (text_equal_nocase(name, text_of(*wanted)))
            return true;
    return false;
}

/* Keeps the page of the current item: the first link that tells it. */
static void keep_item(struct feed *feed, struct text page)
{
    if (page.length && !feed->item.known)
        feed->item.known = extract_resolve(feed->extract, text_trim(page)) &&
                           extract_copy(feed->extract, &feed->item.url);
}

static bool is_alternate(struct tokenizer *t)
{
    struct text rel = text_trim(tokenizer_attribute(t, "rel"));
    return !rel.length || text_equal_nocase(rel, TEXT("alternate"));
}

/* The item's link stands after its content. Reads on to it, at most to the end of the item, so
 * each byte of the feed is read at most twice. */
static void look_for_item(struct feed *feed)
{
    struct tokenizer ahead;
    struct buf value;
    tokenizer_init(&ahead, text_skip(feed->t.input, feed->t.at));
    buf_init(&value, URL_LONGEST);
    for (enum token_kind kind; !feed->item.known && (kind = tokenizer_next(&ahead)) != TOKEN_END;) {
        struct text name = xml_local(ahead.text);
        ahead.raw = TEXT("");
        if ((kind == TOKEN_START || kind == TOKEN_CLOSE) && is_named(name, item_names))
            break;
        if (kind != TOKEN_START || !text_equal_nocase(name, TEXT("link")))
            continue;
        if (!tokenizer_attribute(&ahead, "href").at)
            keep_item(feed, ahead.self_closing ? TEXT("") : xml_element_text(&ahead, &value));
        else if (is_alternate(&ahead))
            keep_item(feed, xml_attribute(&ahead, "href", &value));
    }
    feed->item.looked_for = true;
    extract_release(feed->extract, &value);
}

static void atom_link(struct feed *feed)
{
    /* Pages of the feed itself (RFC 5005). */
    static const char *const feeds[] = {"self",  "next",         "previous",
                                        "prev",  "prev-archive", "next-archive",
                                        "first", "last",         "current",
                                        NULL};
    struct text rel = text_trim(tokenizer_attribute(&feed->t, "rel")),
                href = attribute(feed, "href");
    if (is_named(rel, feeds))
        give(feed, href, LINK_FEED, LINK_CERTAIN, "link", "href");
    else if (is_alternate(&feed->t)) {
        keep_item(feed, href);
        give(feed, href, LINK_PAGE, LINK_CERTAIN, "link", "href");
    } else if (text_equal_nocase(rel, TEXT("enclosure")))
        give(feed, href, LINK_MEDIA, LINK_CERTAIN, "link", "href");
}

static void page_in_text(struct feed *feed, const char *element)
{
    struct text text = content(feed);
    if (text_equal_nocase(xml_local(feed->t.text), TEXT("link")))
        keep_item(feed, text);
    give(feed, text, LINK_PAGE, LINK_CERTAIN, element, NULL);
}

static void markup(struct feed *feed, struct text html)
{
    /* Relative URLs in an item are relative to its xml:base (RFC 4287, 2). Without one, writers
     * mean the item's page, and readers take them so. */
    bool alone = !feed->base_count;
    if (alone && !feed->item.known && !feed->item.looked_for)
        look_for_item(feed);
    bool by_item = alone && feed->item.known && enter_base(feed, &feed->item.url);
    feed->extract->container = TEXT("entry ");
    extract_html(feed->extract, html, EMBEDDED_DEPTH);
    feed->extract->container = TEXT("");
    if (by_item)
        leave_base(feed);
}

/* The body of an entry: escaped markup, or markup as it is. */
static void body(struct feed *feed)
{
    struct tokenizer *t = &feed->t;
    struct text name = t->text, src = attribute(feed, "src"),
                type = text_trim(tokenizer_attribute(t, "type"));
    if (src.length) {
        bool picture = text_starts_nocase(type, TEXT("image/"));
        give(feed, src, picture ? LINK_REQUISITE : LINK_PAGE, LINK_CERTAIN, "content", "src");
    } else if (text_equal_nocase(type, TEXT("xhtml")) && !t->self_closing) {
        struct text rest = text_skip(t->input, t->at), inside = rest;
        for (;;) { /* up to the end tag of this element */
            ptrdiff_t end = text_find(inside, TEXT("</"));
            inside =
                end < 0 ? text_skip(inside, inside.length) : text_skip(inside, (size_t)end + 2);
            if (end < 0 || text_starts_nocase(inside, name))
                break;
        }
        size_t length = (size_t)(inside.at - rest.at) - (inside.length ? 2 : 0);
        t->at += length;
        markup(feed, text_first(rest, length));
    } else {
        struct text text = content(feed);
        if (text_find_char(text, '<') >= 0)
            markup(feed, text);
    }
}

/* media:content and the like: pictures are shown, audio and video are not. */
static void media(struct feed *feed, struct text name)
{
    struct text medium = text_trim(tokenizer_attribute(&feed->t, "medium"));
    struct text type = text_trim(tokenizer_attribute(&feed->t, "type"));
    bool plays =
        text_equal_nocase(medium, TEXT("video")) || text_equal_nocase(medium, TEXT("audio")) ||
        text_starts_nocase(type, TEXT("video/")) || text_starts_nocase(type, TEXT("audio/"));
    if (text_equal_nocase(name, TEXT("player")))
        give(feed, attribute(feed, "url"), LINK_PAGE, LINK_POSSIBLE, "media", "url");
    else if (plays)
        give(feed, attribute(feed, "url"), LINK_MEDIA, LINK_CERTAIN, "media", "url");
    else
        give(feed, attribute(feed, "url"), LINK_REQUISITE, LINK_POSSIBLE, "media", "url");
}

static void feed_element(struct feed *feed)
{
    static const char *const bodies[] = {"encoded", "content", "summary", "description", NULL};
    struct tokenizer *t = &feed->t;
    struct text name = t->text, plain = xml_local(name);
    if (text_starts_nocase(name, TEXT("media:")) && tokenizer_attribute(t, "url").length)
        media(feed, plain);
    else if (text_equal_nocase(name, TEXT("itunes:image")))
        give(feed, attribute(feed, "href"), LINK_REQUISITE, LINK_POSSIBLE, "itunes:image", "href");
    else if (text_equal_nocase(plain, TEXT("link")) && tokenizer_attribute(t, "href").at)
        atom_link(feed);
    else if (text_equal_nocase(plain, TEXT("link")) || text_equal_nocase(plain, TEXT("origLink")))
        page_in_text(feed, "link");
    else if (text_equal_nocase(plain, TEXT("guid")) &&
             !text_equal_nocase(tokenizer_attribute(t, "isPermaLink"), TEXT("false"))) {
        struct text text = content(feed);
        if (text_starts_nocase(text, TEXT("http")))
            give(feed, text, LINK_PAGE, LINK_CERTAIN, "guid", NULL);
    } else if (text_equal_nocase(plain, TEXT("enclosure")))
        give(feed, attribute(feed, "url"), LINK_MEDIA, LINK_CERTAIN, "enclosure", "url");
    else if (text_equal_nocase(plain, TEXT("logo")) || text_equal_nocase(plain, TEXT("icon")))
        give(feed, content(feed), LINK_REQUISITE, LINK_CERTAIN, "logo", NULL);
    else if (text_equal_nocase(name, TEXT("comments"))) /* in slash:comments it is a number */
        give(feed, content(feed), LINK_PAGE, LINK_POSSIBLE, "comments", NULL);
    else if (text_equal_nocase(plain, TEXT("url")) && feed->in_image)
        give(feed, content(feed), LINK_REQUISITE, LINK_CERTAIN, "image", NULL);
    else if (text_equal_nocase(plain, TEXT("image"))) {
        feed->in_image = !t->self_closing;
        give(feed, attribute(feed, "rdf:resource"), LINK_REQUISITE, LINK_CERTAIN, "image",
             "rdf:resource");
    } else if (is_named(plain, item_names)) {
        feed->item.known = false;
        feed->item.looked_for = t->self_closing;
        feed->extract->here.dated_ms = xml_date_ahead(t, TEXT("updated"), plain);
        give(feed, attribute(feed, "rdf:about"), LINK_PAGE, LINK_CERTAIN, "item", "rdf:about");
    } else if (is_named(plain, bodies))
        body(feed);
}

static void start_tag(struct feed *feed)
{
    struct text base = attribute(feed, "xml:base");
    bool self_closing = feed->t.self_closing;
    int bases = feed->base_count;
    if (base.length && extract_resolve(feed->extract, text_trim(base)))
        enter_base(feed, &feed->extract->url);
    feed->depth += !self_closing;
    feed_element(feed);
    while (self_closing && feed->base_count > bases)
        leave_base(feed);
}

static void close_tag(struct feed *feed)
{
    feed->depth -= feed->depth > 0;
    if (text_equal_nocase(xml_local(feed->t.text), TEXT("image")))
        feed->in_image = false;
    while (feed->base_count && feed->bases[feed->base_count - 1].depth >= feed->depth)
        leave_base(feed);
}

void extract_feed(struct extract *extract, struct text bytes)
{
    struct feed feed = {.extract = extract};
    if (text_starts(text_trim(text_first(bytes, 64)), TEXT("{"))) {
        extract_json_feed(extract, bytes);
        return;
    }
    tokenizer_init(&feed.t, bytes);
    buf_init(&feed.text, TEXT_MOST);
    url_init(&feed.item.url);
    feed.item.looked_for = true; /* not in an item yet */
    for (enum token_kind kind; (kind = tokenizer_next(&feed.t)) != TOKEN_END;) {
        feed.t.raw = TEXT(""); /* <title> and the like are not special in XML */
        if (kind == TOKEN_START)
            start_tag(&feed);
        else if (kind == TOKEN_CLOSE)
            close_tag(&feed);
        else if (kind == TOKEN_COMMENT)
            extract_xml_sheet(extract, feed.t.text);
    }
    while (feed.base_count)
        leave_base(&feed);
    url_release(&feed.item.url);
    extract_release(extract, &feed.text);
}
