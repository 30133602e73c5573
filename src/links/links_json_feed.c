/*
 * JSON Feed 1.1 (jsonfeed.org).  It says that URLs should be absolute, and nothing about others.
 * Readers of feeds take those of the feed for relative to its home page, and those in an item's
 * content for relative to the item's page.
 */
#include <config.h>

#include "html/json_strings.h"
#include "links/extract.h"

enum { EMBEDDED_DEPTH = 2, TOP = 1, ITEM = 3 /* {"items": [{ */ };

struct json_feed {
    struct extract *extract;
    struct json_strings s;
    struct url home, item; /* the bases */
    bool has_home;
    unsigned item_number; /* of the item whose page is in `item`; 0: none */
};

struct member {
    const char *name;
    enum link_class class;
    enum link_certainty certainty;
};

static const struct member *find_member(struct text name)
{
    static const struct member members[] = {
        {"next_url", LINK_FEED, LINK_CERTAIN},          {"feed_url", LINK_FEED, LINK_CERTAIN},
        {"home_page_url", LINK_PAGE, LINK_CERTAIN},     {"url", LINK_PAGE, LINK_CERTAIN},
        {"external_url", LINK_PAGE, LINK_CERTAIN},      {"image", LINK_REQUISITE, LINK_CERTAIN},
        {"banner_image", LINK_REQUISITE, LINK_CERTAIN}, {"icon", LINK_REQUISITE, LINK_CERTAIN},
        {"favicon", LINK_REQUISITE, LINK_CERTAIN},      {"avatar", LINK_REQUISITE, LINK_POSSIBLE},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (text_equal_nocase(name, text_of(members[i].name)))
            return &members[i];
    return NULL;
}

/* Exchanges the base with another URL, for a while; the second call puts both back. */
static void exchange_base(struct extract *extract, struct url *other)
{
    struct url base = extract->base;
    extract->base = *other;
    *other = base;
    extract_settle_place(extract);
}

/* ---- bases ---- */

static void find_home(struct json_feed *feed)
{
    struct json_strings s;
    json_strings_init(&s, feed->s.rest);
    while (!feed->has_home && json_strings_next(&s))
        feed->has_home = s.depth == TOP && text_equal_nocase(s.name, TEXT("home_page_url")) &&
                         extract_resolve(feed->extract, s.value) &&
                         extract_copy(feed->extract, &feed->home);
    feed->extract->failed = feed->extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
}

/* The number of the item that the string is in, or is a member of; 0: it is in none. */
static unsigned item_of(const struct json_strings *s)
{
    return s->depth >= ITEM && text_equal_nocase(s->names[TOP], TEXT("items")) ? s->numbers[ITEM]
                                                                               : 0;
}

/* Keeps the page of the item, if the string is its URL. */
static void keep_item(struct json_feed *feed, const struct json_strings *s)
{
    if (s->depth == ITEM && text_equal_nocase(s->name, TEXT("url")) &&
        feed->item_number != item_of(s) && extract_resolve(feed->extract, s->value) &&
        extract_copy(feed->extract, &feed->item))
        feed->item_number = item_of(s);
}

/* The item's URL may stand behind its content.  Reads on to it, at most to the end of the item. */
static void look_for_item(struct json_feed *feed)
{
    struct json_strings ahead = feed->s;
    unsigned number = item_of(&feed->s);
    buf_init(&ahead.unescaped, URL_LONGEST);
    while (feed->item_number != number && json_strings_next(&ahead) && item_of(&ahead) == number)
        keep_item(feed, &ahead);
    extract_release(feed->extract, &ahead.unescaped);
}

/* ---- members ---- */

static void give_markup(struct json_feed *feed)
{
    unsigned number = item_of(&feed->s);
    if (number && feed->item_number != number)
        look_for_item(feed);
    bool by_item = number && feed->item_number == number;
    if (by_item)
        exchange_base(feed->extract, &feed->item);
    feed->extract->container = TEXT("entry ");
    extract_html(feed->extract, feed->s.value, EMBEDDED_DEPTH);
    feed->extract->container = TEXT("");
    if (by_item)
        exchange_base(feed->extract, &feed->item);
}

static void give_member(struct json_feed *feed, const struct member *member)
{
    struct extract *extract = feed->extract;
    const struct json_strings *s = &feed->s;
    bool url = text_equal_nocase(s->name, TEXT("url"));
    if (url && json_strings_within(s, TEXT("attachments")))
        extract_address(extract, s->value, LINK_MEDIA, LINK_CERTAIN, "json", "url");
    else if (url &&
             (json_strings_within(s, TEXT("authors")) || json_strings_within(s, TEXT("author"))))
        extract_address(extract, s->value, LINK_PAGE, LINK_POSSIBLE, "json", "url");
    else
        extract_address(extract, s->value, member->class, member->certainty, "json", member->name);
}

static void read_string(struct json_feed *feed)
{
    const struct json_strings *s = &feed->s;
    const struct member *member = find_member(s->name);
    bool of_home = feed->has_home && member && member->class != LINK_FEED &&
                   !text_equal_nocase(s->name, TEXT("home_page_url"));
    bool markup = text_equal_nocase(s->name, TEXT("content_html"));
    if ((!member && !markup) || json_strings_within(s, TEXT("hubs")))
        return;
    if (of_home || (markup && feed->has_home))
        exchange_base(feed->extract, &feed->home);
    keep_item(feed, s);
    if (markup)
        give_markup(feed);
    else
        give_member(feed, member);
    if (of_home || (markup && feed->has_home))
        exchange_base(feed->extract, &feed->home);
}

void extract_json_feed(struct extract *extract, struct text text)
{
    struct json_feed feed = {.extract = extract};
    json_strings_init(&feed.s, text);
    url_init(&feed.home);
    url_init(&feed.item);
    find_home(&feed);
    while (json_strings_next(&feed.s))
        read_string(&feed);
    extract->failed = extract->failed || buf_is_out_of_memory(&feed.s.unescaped);
    json_strings_release(&feed.s);
    url_release(&feed.home);
    url_release(&feed.item);
}
