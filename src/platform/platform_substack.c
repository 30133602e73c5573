/*
 * Substack. Its archive page (/archive) shows a dozen posts and requests more by script as it is
 * scrolled:
 *
 *   /api/v1/archive?sort=new&offset=12&limit=12
 *   [{"title": "One", "slug": "one", "canonical_url": "https://x.substack.com/p/one", ...}, ...]
 *
 * It goes on until a response names no post. The feed has the newest twenty, the sitemap has every
 * post.
 */
#include <config.h>

#include "platform/platforms.h"

enum { LIMIT = 12, OFFSET_MOST = 1000000 };

static const char *const marks[] = {"https://substackcdn.com/bundle/", "'substack-web'", NULL};

static const struct platform_request requests[] = {
    {WORD("/archive?sort=new"), LINK_ARCHIVE, NULL},
    {WORD("/api/v1/archive?sort=new&offset=0&limit=12"), LINK_FEED, NULL},
    {WORD("/sitemap.xml"), LINK_SITEMAP, NULL},
    {WORD("/feed"), LINK_FEED, NULL},
    {.path = WORD("")},
};

static bool is_list(const struct url *url)
{
    return text_equal(url_path(url), TEXT("/api/v1/archive"));
}

/* The value of a numeric parameter of the query; `otherwise` if it has none. */
static uint64_t number_of(struct text query, struct text name, uint64_t otherwise)
{
    struct text part;
    uint64_t number = otherwise;
    while (url_query_part(&query, &part))
        if (text_starts(part, name) && text_to_number(text_skip(part, name.length), &number))
            return number;
    return otherwise;
}

/* The next page of the same list. */
static bool next_page(struct platform_list *list, struct platform_link *link)
{
    struct text query = url_query(list->url), part;
    uint64_t limit = number_of(query, TEXT("limit="), LIMIT),
             offset = number_of(query, TEXT("offset="), 0);
    list->ended = true;
    if (!list->posts || !limit || limit > OFFSET_MOST || offset > OFFSET_MOST)
        return false;
    buf_clear(&list->value);
    buf_add_char(&list->value, '?');
    while (query.length && url_query_part(&query, &part))
        if (!text_starts(part, TEXT("offset=")) && !text_starts(part, TEXT("limit="))) {
            buf_add_text(&list->value, part);
            buf_add_char(&list->value, '&');
        }
    buf_printf(&list->value, "offset=%d&limit=%d", (int)(offset + limit), (int)limit);
    *link = (struct platform_link){.address = buf_text(&list->value),
                                   .class = LINK_FEED,
                                   .where = "substack archive"};
    return true;
}

static bool next_in_list(struct platform_list *list, struct platform_link *link)
{
    list->is_list = true;
    while (json_strings_next(&list->json))
        if (text_equal(list->json.name, TEXT("canonical_url"))) {
            list->posts++;
            *link = (struct platform_link){.address = list->json.value,
                                           .class = LINK_PAGE,
                                           .where = "substack canonical_url"};
            return true;
        }
    return next_page(list, link);
}

const struct platform platform_substack = {
    .name = "Substack",
    .marks = marks,
    .requests = requests,
    .is_list = is_list,
    .next_in_list = next_in_list,
    .list_has_pages = true,
};
