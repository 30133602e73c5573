/* Both go through the lines of the index that begin with a key. */
#include <config.h>

#include "serve/capture_lists.h"

#include <stdio.h>

#include "serve/archived_host.h"
#include "serve/query_field.h"
#include "serve/replay_fields.h"
#include "web/surt.h"
#include "web/url.h"

enum { KEY_MOST = 1 << 20, CDX_LINES_MOST = 20000 };

/* What is asked for. */
struct cdx_query {
    struct buf url, start, from, to;
    bool domain; /* what follows the start is ')' or ',' */
    bool json;
    uint64_t limit;
};

struct capture_list {
    struct archive_set *set;
    struct buf *body;
    const char *local;
    struct text url;
    uint64_t count;
};

/* ---- /cdx ---- */

static bool parameter_is(struct text target, const char *name, const char *value)
{
    struct buf found;
    buf_init(&found, 256);
    bool is =
        query_field_read(target, name, &found) && text_equal(buf_text(&found), text_of(value));
    buf_release(&found);
    return is;
}

/* Reads the URL and how it is to be matched.  NULL, or what is wrong. */
static const char *read_match(struct text target, struct cdx_query *query)
{
    struct text url;
    bool prefix = parameter_is(target, "matchType", "prefix");
    bool host = parameter_is(target, "matchType", "host");
    query->domain = parameter_is(target, "matchType", "domain");
    bool exact = parameter_is(target, "matchType", "exact");
    if (!query_field_read(target, "url", &query->url) || !query->url.length)
        return "the parameter url is missing";
    url = buf_text(&query->url);
    if (url.at[url.length - 1] == '*' && !exact) {
        prefix = true;
        url.length--;
    }
    surt_write(url, &query->start);
    if (prefix && url.length && url.at[url.length - 1] == '/' && query->start.length &&
        query->start.data[query->start.length - 1] != '/')
        buf_add_char(&query->start, '/');
    ptrdiff_t end = text_find_char(buf_text(&query->start), ')');
    if ((host || query->domain) && end >= 0)
        query->start.length = (size_t)end + host;
    else if (!prefix)
        buf_add_char(&query->start, ' ');
    return NULL;
}

static const char *read_query(struct text target, struct cdx_query *query)
{
    static const char *const others[] = {"filter", "collapse", "page", "closest", "fl", "sort"};
    struct buf value;
    const char *wrong = read_match(target, query);
    buf_init(&value, 64);
    query->limit = CDX_LINES_MOST;
    if (query_field_read(target, "limit", &value) &&
        (!text_to_number(buf_text(&value), &query->limit) || query->limit > CDX_LINES_MOST))
        wrong = "limit is a number up to 20000";
    query_field_read(target, "from", &query->from);
    query_field_read(target, "to", &query->to);
    query->json = parameter_is(target, "output", "json");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        buf_clear(&value);
        if (query_field_read(target, others[i], &value))
            wrong = "filter, collapse, page, closest, fl and sort are not supported";
    }
    buf_release(&value);
    return buf_ok(&query->start) ? wrong : "the URL is too long";
}

/* Whether the date is in the range, of which only the given digits count. */
static bool is_wanted(const struct cdx_query *query, const struct cdxj_entry *entry)
{
    struct text from = buf_text(&query->from), to = buf_text(&query->to), date = entry->timestamp;
    if (query->domain && entry->key.length > query->start.length &&
        entry->key.at[query->start.length] != ')' && entry->key.at[query->start.length] != ',')
        return false;
    return text_compare(text_first(date, from.length), from) >= 0 &&
           (!to.length || text_compare(text_first(date, to.length), to) <= 0);
}

static void add_line(const struct cdx_query *query, const struct cdxj_entry *entry,
                     struct text line, struct buf *out)
{
    ptrdiff_t json = text_find_char(line, '{');
    if (query->json && json >= 0) {
        buf_printf(out, "{\"urlkey\": \"%.*s\", \"timestamp\": \"%.*s\", ", TEXT_ARGS(entry->key),
                   TEXT_ARGS(entry->timestamp));
        line = text_skip(line, (size_t)json + 1);
    }
    buf_add_text(out, line);
    buf_add_char(out, '\n');
}

static void list_lines(struct capture_list *list, size_t archive, const struct cdx_query *query)
{
    struct cdxj_lookup *lookup = archive_set_index(list->set, archive);
    struct cdxj_entry entry;
    struct text line;
    int64_t place;
    cdxj_lookup_seek(lookup, buf_text(&query->start));
    while (list->count < query->limit) {
        enum result got = cdxj_lookup_next(lookup, &entry, &line, &place);
        if (got == RESULT_END || !text_starts(line, buf_text(&query->start)))
            return;
        if (got != RESULT_OK || !is_wanted(query, &entry))
            continue;
        add_line(query, &entry, line, list->body);
        list->count++;
    }
}

static void answer_cdx(struct capture_list *list, struct text target,
                       struct served_response *response)
{
    struct cdx_query query = {.domain = false};
    struct buf *const bufs[] = {&query.url, &query.start, &query.from, &query.to};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_init(bufs[i], KEY_MOST);
    const char *wrong = read_query(target, &query);
    if (wrong)
        served_page_say(response, 400, TEXT("Not understood"), "%s", wrong);
    for (size_t i = 0; !wrong && i < archive_set_count(list->set); i++)
        list_lines(list, i, &query);
    if (!wrong) {
        response->status = 200;
        served_response_add(response, "Content-Type",
                            query.json ? TEXT("text/x-ndjson") : TEXT("text/x-cdxj"));
    }
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
}

/* ---- /timemap/link/ ---- */

/* Adds a link to what is shown for the URL, at a date that may be empty. */
static void add_link(struct capture_list *list, struct text url, struct text date, const char *rel)
{
    struct url parsed;
    struct buf origin;
    char words[HTTP_DATE_SIZE];
    url_init(&parsed);
    buf_init(&origin, 1024);
    if (url_parse(&parsed, url, NULL, TEXT("")) == URL_OK &&
        archived_host_write(&parsed, date, text_of(list->local), &origin)) {
        buf_printf(list->body, ",\n<%s", origin.data);
        buf_add_text(list->body, url_target(&parsed));
        buf_printf(list->body, ">; rel=\"%s\"", rel);
        if (replay_date_write(date, words))
            buf_printf(list->body, "; datetime=\"%s\"", words);
    }
    url_release(&parsed);
    buf_release(&origin);
}

static void list_mementos(struct capture_list *list, size_t archive, struct text key)
{
    struct cdxj_lookup *lookup = archive_set_index(list->set, archive);
    struct cdxj_entry entry;
    struct text line;
    int64_t place;
    cdxj_lookup_seek(lookup, key);
    while (list->count < CDX_LINES_MOST) {
        enum result got = cdxj_lookup_next(lookup, &entry, &line, &place);
        if (got == RESULT_END || !text_starts(line, key))
            return;
        if (got != RESULT_OK || !archived_date_is(entry.timestamp))
            continue;
        add_link(list, entry.url, entry.timestamp, "memento");
        list->count++;
    }
}

static void answer_timemap(struct capture_list *list, struct served_response *response)
{
    struct buf key;
    struct url url;
    url_init(&url);
    buf_init(&key, KEY_MOST);
    bool good = url_parse(&url, list->url, NULL, TEXT("")) == URL_OK;
    if (good) {
        surt_write(url_resource(&url), &key);
        buf_add_char(&key, ' ');
        buf_add(list->body, "<");
        buf_add_text(list->body, url_resource(&url));
        buf_printf(list->body, ">; rel=\"original\",\n<http://%s/timemap/link/", list->local);
        buf_add_text(list->body, url_resource(&url));
        buf_add(list->body, ">; rel=\"self\"; type=\"application/link-format\"");
        add_link(list, url_resource(&url), TEXT(""), "timegate");
        for (size_t i = 0; buf_ok(&key) && i < archive_set_count(list->set); i++)
            list_mementos(list, i, buf_text(&key));
        buf_add_char(list->body, '\n');
    }
    if (list->count) {
        response->status = 200;
        served_response_add(response, "Content-Type", TEXT("application/link-format"));
    } else {
        buf_clear(list->body);
        served_page_say(response, good ? 404 : 400,
                        good ? TEXT("Not in the archive") : TEXT("Not a URL"),
                        "There is no capture of %.*s", TEXT_ARGS(list->url));
    }
    buf_release(&key);
    url_release(&url);
}

bool capture_lists_respond(struct archive_set *set, const char *local,
                           const struct served_request *request, struct served_response *response)
{
    struct text cdx = TEXT("/cdx?"), timemap = TEXT("/timemap/link/"), target = request->target;
    struct capture_list list = {.set = set, .body = &response->body, .local = local};
    if (text_starts(target, cdx))
        answer_cdx(&list, target, response);
    else if (text_starts(target, timemap)) {
        list.url = text_skip(target, timemap.length);
        answer_timemap(&list, response);
    } else
        return false;
    if (response->status == 200)
        served_response_add(response, "X-Content-Type-Options", TEXT("nosniff"));
    response->length = (int64_t)response->body.length;
    return true;
}
