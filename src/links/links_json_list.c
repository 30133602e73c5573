/*
 * JSON that a script requests to show more of a list: its items, and where the list goes on. Some
 * name the URL of the next part; others give its number, or a cursor, for a parameter of the URL
 * that was requested.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "html/json_strings.h"
#include "links/extract.h"
#include "links/part_name.h"
#include "series/pager_url.h"

enum { MARKUP_DEPTH = 2, CURSOR_MOST = 400, NUMBER_MOST = 1000000 };

/* What the members say about the next part. 0 or empty: nothing. */
struct next_part {
    bool has_items, has_more, is_given;
    uint64_t next, page, pages, offset, limit, total;
    char cursor[CURSOR_MOST];
    const char *cursor_parameter;
};

static const struct text next_names[] = {
    WORD("next"),        WORD("next_url"),        WORD("nextUrl"),         WORD("next_page_url"),
    WORD("nextPageUrl"), WORD("next_page"),       WORD("nextPage"),        WORD("nextLink"),
    WORD("next_link"),   WORD("next_href"),       WORD("nextHref"),        WORD("more_url"),
    WORD("moreUrl"),     WORD("load_more_url"),   WORD("@odata.nextLink"), WORD("older"),
    WORD("older_url"),   WORD("more_topics_url"), WORD("nextPageURL"),     WORD("loadMoreUrl"),
};

/* ---- items ---- */

static bool is_service(struct text path)
{
    static const struct text marks[] = {WORD("/api/"), WORD("/ajax"), WORD("/wp-json/"),
                                        WORD("/graphql")};
    return TEXT_HAS_ANY(path, marks);
}

static bool resolve_own(struct extract *extract, struct text raw)
{
    return part_is_clean(raw) && extract_resolve_filled(extract, raw) &&
           url_same_site(extract->source->url, &extract->url);
}

static void give_item(struct extract *extract, struct text raw)
{
    struct found found = {.class = LINK_PAGE, .certainty = LINK_POSSIBLE, .element = "json"};
    if (part_is_shaped(raw) && !part_of_address(raw) && resolve_own(extract, raw) &&
        !is_service(url_path(&extract->url)))
        extract_give_resolved(extract, &found);
}

static void give_markup(struct extract *extract, struct text markup)
{
    extract->container = TEXT("json ");
    extract_html(extract, markup, MARKUP_DEPTH);
    extract->container = TEXT("");
}

static bool has_markup(struct text value)
{
    ptrdiff_t open = text_find_char(value, '<');
    return open >= 0 && (size_t)open + 1 < value.length && ascii_is_alpha(value.at[open + 1]) &&
           (text_find(value, TEXT("href=")) > 0 || text_find(value, TEXT("src=")) > 0);
}

static bool is_item_name(struct text name)
{
    static const struct text names[] = {WORD("url"),          WORD("link"), WORD("permalink"),
                                        WORD("href"),         WORD("path"), WORD("canonical_url"),
                                        WORD("canonicalUrl"), WORD("uri")};
    return TEXT_IS_ANY(name, names);
}

static void read_string(struct extract *extract, const struct json_strings *s,
                        struct next_part *next)
{
    static const struct text cursors[] = {WORD("next_cursor"),   WORD("nextCursor"),
                                          WORD("nextPageToken"), WORD("next_page_token"),
                                          WORD("endCursor"),     WORD("end_cursor")};
    struct text value = s->value;
    bool within_next = json_strings_within(s, TEXT("next"));
    if (TEXT_IS_ANY(s->name, next_names) || (within_next && is_item_name(s->name))) {
        bool address = part_is_shaped(value) || text_starts(value, TEXT("?"));
        if (address && resolve_own(extract, value))
            extract_give_next(extract);
        next->is_given = next->is_given || address;
    } else if (TEXT_IS_ANY(s->name, cursors) && value.length && value.length < CURSOR_MOST) {
        memcpy(next->cursor, value.at, value.length);
        next->cursor[value.length] = '\0';
        next->cursor_parameter =
            text_find_nocase(s->name, TEXT("token")) >= 0 ? "pageToken" : "cursor";
    } else if (has_markup(value)) {
        next->has_items = true;
        give_markup(extract, value);
    } else if (is_item_name(s->name) && !json_strings_within(s, TEXT("_links"))) {
        next->has_items = true;
        give_item(extract, value);
    }
}

/* ---- numbers ---- */

static void read_number(const struct json_strings *s, struct next_part *next)
{
    static const struct text nexts[] = {WORD("next"), WORD("next_page"), WORD("nextPage")};
    static const struct text pages[] = {WORD("page"), WORD("current_page"), WORD("currentPage"),
                                        WORD("pageNumber"), WORD("page_number")};
    static const struct text totals[] = {WORD("total_pages"), WORD("totalPages"), WORD("pages"),
                                         WORD("last_page"),   WORD("lastPage"),   WORD("pageCount"),
                                         WORD("page_count"),  WORD("num_pages")};
    static const struct text more[] = {WORD("has_more"),      WORD("hasMore"),
                                       WORD("has_next"),      WORD("hasNext"),
                                       WORD("more"),          WORD("hasNextPage"),
                                       WORD("has_next_page"), WORD("more_available")};
    uint64_t number = 0;
    if (TEXT_IS_ANY(s->name, more)) {
        next->has_more = next->has_more || text_equal(s->value, TEXT("true"));
        return;
    }
    if (!text_to_number(s->value, &number) || number > NUMBER_MOST)
        return;
    if (TEXT_IS_ANY(s->name, nexts))
        next->next = number;
    else if (TEXT_IS_ANY(s->name, pages))
        next->page = number;
    else if (TEXT_IS_ANY(s->name, totals))
        next->pages = number;
    else if (text_equal(s->name, TEXT("offset")))
        next->offset = number;
    else if (text_equal(s->name, TEXT("limit")))
        next->limit = number;
    else if (text_equal(s->name, TEXT("total")))
        next->total = number;
}

/* ---- the next URL ---- */

/* Writes the URL with the parameter set to `value`; at the end of its query if it has none. */
static void write_next(const struct url *url, struct text parameter, struct text value,
                       struct buf *out)
{
    struct text query = url_query(url), part, resource = url_resource(url);
    ptrdiff_t mark = text_find_char(resource, '?');
    bool done = false;
    buf_add_text(out, mark < 0 ? resource : text_first(resource, (size_t)mark));
    buf_add_char(out, '?');
    while (query.length && text_split(&query, '&', &part)) {
        bool here = text_starts(part, parameter) && part.length > parameter.length &&
                    part.at[parameter.length] == '=';
        if (out->data[out->length - 1] != '?')
            buf_add_char(out, '&');
        buf_add_text(out, here && !done ? parameter : part);
        if (here && !done) {
            buf_add_char(out, '=');
            buf_add_text(out, value);
        }
        done = done || here;
    }
    if (done)
        return;
    if (out->data[out->length - 1] != '?')
        buf_add_char(out, '&');
    buf_add_text(out, parameter);
    buf_add_char(out, '=');
    buf_add_text(out, value);
}

/* The parameter of the URL that has the number of its page, and that number. at == NULL: none. */
static struct text page_parameter(const struct url *url, bool offset, uint64_t *number)
{
    static const struct text offsets[] = {WORD("offset"), WORD("start"), WORD("skip"),
                                          WORD("from")};
    struct text query = url_query(url), part;
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = text_first(part, equals < 0 ? 0 : (size_t)equals);
        if (name.length && pager_url_parameter(part) &&
            text_to_number(text_skip(part, (size_t)equals + 1), number) &&
            TEXT_IS_ANY(name, offsets) == offset)
            return name;
    }
    return (struct text){NULL, 0};
}

static void give_with(struct extract *extract, struct text parameter, struct text value)
{
    struct buf next;
    buf_init(&next, 2 * URL_LONGEST);
    write_next(extract->source->url, parameter, value, &next);
    if (buf_ok(&next) && resolve_own(extract, buf_text(&next)))
        extract_give_next(extract);
    extract_release(extract, &next);
}

/* A cursor may have any characters. */
static void give_cursor(struct extract *extract, const char *parameter, const char *cursor)
{
    struct buf value;
    buf_init(&value, 3 * CURSOR_MOST);
    for (const char *c = cursor; *c; c++)
        if (ascii_is_alnum(*c) || strchr("-._~", *c))
            buf_add_char(&value, *c);
        else
            buf_printf(&value, "%%%02X", (unsigned char)*c);
    give_with(extract, text_of(parameter), buf_text(&value));
    extract_release(extract, &value);
}

static void give_number(struct extract *extract, struct text parameter, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    give_with(extract, parameter.length ? parameter : TEXT("page"), text_of(digits));
}

static void give_next_part(struct extract *extract, const struct next_part *next)
{
    uint64_t page = 0, offset = 0;
    const struct url *url = extract->source->url;
    struct text paged = page_parameter(url, false, &page),
                placed = page_parameter(url, true, &offset);
    if (!paged.at)
        page = next->page ? next->page : 1;
    bool more = next->has_more || (next->page && next->pages > next->page && page == next->page);
    if (next->next > 0 && (!paged.at || next->next > page))
        give_number(extract, paged, next->next);
    else if (next->cursor_parameter)
        give_cursor(extract, next->cursor_parameter, next->cursor);
    else if (next->limit && next->offset + next->limit < next->total)
        give_number(extract, placed.at ? placed : TEXT("offset"), next->offset + next->limit);
    else if (placed.at && next->has_more && next->limit)
        give_number(extract, placed, offset + next->limit);
    else if (more && !placed.at && (paged.at || next->page))
        give_number(extract, paged, page + 1);
}

void extract_json_list(struct extract *extract, struct text json)
{
    struct next_part next = {.has_items = false};
    struct json_strings s;
    json_strings_init(&s, json);
    s.scalars = true;
    while (json_strings_next(&s))
        if (s.is_scalar)
            read_number(&s, &next);
        else
            read_string(extract, &s, &next);
    extract->failed = extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
    if (next.has_items && !next.is_given)
        give_next_part(extract, &next);
}
