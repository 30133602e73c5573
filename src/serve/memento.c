/* What is sent as stored could be a page of any host, so browsers get it with a policy that takes
 * every right away from it. */
#include <config.h>

#include "serve/memento.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "http/http_date.h"
#include "serve/archived_host.h"
#include "serve/merged_lines.h"
#include "serve/replay_fields.h"
#include "web/location.h"
#include "web/surt.h"

enum { KEY_MOST = 1 << 20, MEMENTOS_MOST = 20000 };

struct memento {
    struct archive_set *set;
    const char *local;
    const struct served_request *request;
    struct served_response *response;
    struct url url; /* that is asked for */
    struct text date;
    struct archive_find find;
};

/* Appends the address at which the URL is shown at a date, which may be empty. */
static bool write_address(const struct memento *memento, struct text url, struct text date,
                          struct buf *out)
{
    struct url parsed;
    url_init(&parsed);
    bool good = url_parse(&parsed, url, NULL, TEXT("")) == URL_OK &&
                archived_host_write(&parsed, date, text_of(memento->local), out);
    if (good)
        buf_add_text(out, text_skip(url_resource(&parsed), parsed.path));
    url_release(&parsed);
    return good && buf_ok(out);
}

/* ---- /timemap/link/ ---- */

/* The captures of a key: how many, and their first and last dates. */
struct memento_range {
    struct buf start, end;
    uint64_t count;
    char first[ARCHIVED_DATE], last[ARCHIVED_DATE];
};

static void write_range(struct memento_range *range, struct text url)
{
    surt_write(url, &range->start);
    buf_add_text(&range->end, buf_text(&range->start));
    buf_add_char(&range->start, ' ');
    buf_add_char(&range->end, '!');
}

/* The next capture that has a date, if it is not one too many. */
static bool next_memento(struct merged_lines *lines, struct merged_line *line, uint64_t count)
{
    while (count < MEMENTOS_MOST && merged_lines_next(lines, line))
        if (archived_date_is(line->entry.timestamp))
            return true;
    return false;
}

static bool count_mementos(const struct memento *memento, struct memento_range *range)
{
    struct merged_lines lines;
    struct merged_line line;
    if (!buf_ok(&range->start) || !buf_ok(&range->end) ||
        merged_lines_begin(&lines, memento->set, buf_text(&range->start), buf_text(&range->end)) !=
            RESULT_OK)
        return false;
    while (next_memento(&lines, &line, range->count)) {
        memcpy(range->last, line.entry.timestamp.at, ARCHIVED_DATE - 1);
        if (!range->count++)
            memcpy(range->first, range->last, ARCHIVED_DATE);
    }
    merged_lines_end(&lines);
    return true;
}

static void add_date(const char *name, struct text date, struct buf *out)
{
    char words[HTTP_DATE_SIZE];
    if (replay_date_write(date, words))
        buf_printf(out, "; %s=\"%s\"", name, words);
}

static void add_mementos(const struct memento *memento, const struct memento_range *range)
{
    struct buf *out = &memento->response->body, address;
    struct merged_lines lines;
    struct merged_line line;
    uint64_t count = 0;
    if (merged_lines_begin(&lines, memento->set, buf_text(&range->start), buf_text(&range->end)) !=
        RESULT_OK)
        return;
    buf_init(&address, 2 * URL_LONGEST);
    while (next_memento(&lines, &line, count)) {
        bool first = !count++, last = count == range->count;
        buf_clear(&address);
        if (!write_address(memento, line.entry.url, line.entry.timestamp, &address))
            continue;
        buf_add(out, ",\n<");
        buf_add_text(out, buf_text(&address));
        buf_printf(out, ">; rel=\"%s%smemento\"", first ? "first " : "", last ? "last " : "");
        add_date("datetime", line.entry.timestamp, out);
    }
    buf_release(&address);
    merged_lines_end(&lines);
}

static void write_map(const struct memento *memento, const struct memento_range *range)
{
    struct buf *out = &memento->response->body;
    struct text url = url_resource(&memento->url);
    buf_add(out, "<");
    buf_add_text(out, url);
    buf_printf(out, ">; rel=\"original\",\n<http://%s/timegate/", memento->local);
    buf_add_text(out, url);
    buf_printf(out, ">; rel=\"timegate\",\n<http://%s/timemap/link/", memento->local);
    buf_add_text(out, url);
    buf_add(out, ">; rel=\"self\"; type=\"application/link-format\"");
    add_date("from", text_of(range->first), out);
    add_date("until", text_of(range->last), out);
    add_mementos(memento, range);
    buf_add_char(out, '\n');
}

static void say_missing(const struct memento *memento)
{
    served_page_say(memento->response, 404, TEXT("Not in the archive"),
                    "There is no capture of %.*s", TEXT_ARGS(url_href(&memento->url)));
}

static void send_map(struct memento *memento)
{
    struct memento_range range = {.count = 0};
    buf_init(&range.start, KEY_MOST);
    buf_init(&range.end, KEY_MOST);
    write_range(&range, url_resource(&memento->url));
    if (count_mementos(memento, &range) && range.count) {
        memento->response->status = 200;
        served_response_add(memento->response, "Content-Type", TEXT("application/link-format"));
        served_response_add(memento->response, "X-Content-Type-Options", TEXT("nosniff"));
        write_map(memento, &range);
        memento->response->length = (int64_t)memento->response->body.length;
    } else
        say_missing(memento);
    buf_release(&range.start);
    buf_release(&range.end);
}

/* ---- one capture ---- */

/* False: there is none, which is said. */
static bool find_capture(struct memento *memento, struct text date)
{
    struct trouble trouble;
    const struct archive_wish wish = {.url = url_resource(&memento->url),
                                      .date = date,
                                      .nearest = true};
    enum result result = archive_set_find(memento->set, &wish, &memento->find, &trouble);
    if (result == RESULT_END)
        say_missing(memento);
    else if (result != RESULT_OK)
        served_page_say(memento->response, 502, TEXT("Damaged in the archive"), "%s",
                        trouble.words);
    return result == RESULT_OK;
}

static void redirect_to(struct served_response *response, struct text address)
{
    response->status = 302;
    response->length = 0;
    served_response_add(response, "Location", address);
}

/* Sends the client to where the capture is shown. */
static void redirect_to_capture(struct memento *memento)
{
    struct buf address;
    buf_init(&address, 2 * URL_LONGEST);
    if (write_address(memento, memento->find.entry.url, memento->find.entry.timestamp, &address))
        redirect_to(memento->response, buf_text(&address));
    else
        say_missing(memento);
    buf_release(&address);
}

static void add_links(const struct memento *memento)
{
    const struct replay_memento links = {memento->find.entry.url, memento->find.entry.timestamp,
                                         memento->local};
    replay_fields_add_links(&links, memento->response);
}

static void pass_gate(struct memento *memento)
{
    char date[DATE_14_SIZE] = "";
    int64_t ms;
    struct text wanted = served_request_field(memento->request, "Accept-Datetime");
    served_response_add(memento->response, "Vary", TEXT("accept-datetime"));
    if (wanted.length && !http_date_read(wanted, &ms)) {
        served_page_say(memento->response, 400, TEXT("Not a date"),
                        "Accept-Datetime is \"%.*s\"; it is written as in \"Sun, 06 Nov 1994 "
                        "08:49:37 GMT\"",
                        TEXT_ARGS(wanted));
        return;
    }
    if (wanted.length)
        date_write_14(ms, date);
    if (!find_capture(memento, text_of(date)))
        return;
    redirect_to_capture(memento);
    add_links(memento);
}

/* ---- as stored ---- */

/* "/DATEid_/URL" */
static void write_stored(const struct memento *memento, struct text date, struct text url,
                         struct buf *out)
{
    buf_printf(out, "http://%s/%.*sid_/", memento->local, TEXT_ARGS(date));
    buf_add_text(out, url);
}

/* The site's own redirect, as one to what is stored of its target at that date. */
static void add_redirect(const struct memento *memento, const struct http_head *head)
{
    struct text location = http_field(head, "Location"), date = memento->find.entry.timestamp;
    struct url base, target;
    struct buf address;
    if (!location.at || !http_status_redirects(head->status))
        return;
    url_init(&base);
    url_init(&target);
    buf_init(&address, 2 * URL_LONGEST);
    if (url_parse(&base, memento->find.entry.url, NULL, TEXT("")) == URL_OK &&
        location_parse(&target, location, &base) == URL_OK) {
        write_stored(memento, date, url_href(&target), &address);
        if (buf_ok(&address))
            served_response_add(memento->response, "Location", buf_text(&address));
    }
    buf_release(&address);
    url_release(&base);
    url_release(&target);
}

static void send_stored(struct memento *memento)
{
    struct served_response *response = memento->response;
    const struct http_head *head = served_body_head(response->rest);
    struct text type = served_body_type(response->rest);
    const struct replay_memento found = {memento->find.entry.url, memento->find.entry.timestamp,
                                         memento->local};
    response->status = head ? head->status : 200;
    replay_fields_copy(head, response);
    if (!head && type.length)
        served_response_add(response, "Content-Type", type);
    if (head) {
        served_response_add(response, "Content-Encoding", http_field(head, "Content-Encoding"));
        add_redirect(memento, head);
    }
    replay_fields_add_memento(&found, response);
    served_response_add(response, "Content-Security-Policy",
                        TEXT("default-src 'none'; sandbox; frame-ancestors 'none'"));
    served_response_add(response, "X-Content-Type-Options", TEXT("nosniff"));
    response->length = served_body_length(response->rest);
    if (response->status < 200 || !http_status_has_body(response->status)) {
        served_body_limit(response->rest, 0, 0);
        response->status = response->status < 200 ? 502 : response->status;
        response->length = 0;
    }
}

static void send_capture(struct memento *memento)
{
    struct trouble trouble;
    struct buf address;
    buf_init(&address, 2 * URL_LONGEST);
    if (!text_equal(memento->date, memento->find.entry.timestamp)) {
        write_stored(memento, memento->find.entry.timestamp, url_resource(&memento->url), &address);
        redirect_to(memento->response, buf_text(&address));
    } else if (served_body_open_stored(&memento->response->rest, &memento->find.place, &trouble) !=
               RESULT_OK)
        served_page_say(memento->response, 502, TEXT("Damaged in the archive"),
                        "%s. See warccap verify", trouble.words);
    else
        send_stored(memento);
    buf_release(&address);
}

/* ---- which of them ---- */

/* Takes "DATE/" or "DATEid_/" off; a shorter date is the beginning of a longer one. */
static bool take_date(struct text *target, char date[ARCHIVED_DATE], bool *stored)
{
    static const char rest[] = "00000101000000"; /* the first moment of a year */
    struct text after = text_skip(*target, 1);
    size_t digits = 0;
    while (digits < after.length && ascii_is_digit(after.at[digits]))
        digits++;
    if (digits < 4 || digits > ARCHIVED_DATE - 1 || !text_starts(*target, TEXT("/")))
        return false;
    memcpy(date, rest, ARCHIVED_DATE);
    memcpy(date, after.at, digits);
    after = text_skip(after, digits);
    *stored = text_starts(after, TEXT("id_"));
    after = text_skip(after, *stored ? 3 : 0);
    if (!text_starts(after, TEXT("/")))
        return false;
    *target = text_skip(after, 1);
    return true;
}

static bool take_word(struct text *target, struct text word)
{
    if (!text_starts(*target, word))
        return false;
    *target = text_skip(*target, word.length);
    return true;
}

bool memento_respond(struct archive_set *set, const char *local,
                     const struct served_request *request, struct served_response *response)
{
    struct memento memento = {.set = set, .local = local, .request = request, .response = response};
    struct text url = request->target;
    char date[ARCHIVED_DATE] = "";
    bool stored = false, map = take_word(&url, TEXT("/timemap/link/"));
    bool gate = !map && take_word(&url, TEXT("/timegate/"));
    if (!map && !gate && !take_date(&url, date, &stored))
        return false;
    memento.date = text_of(date);
    url_init(&memento.url);
    if (url_parse(&memento.url, url, NULL, TEXT("")) != URL_OK)
        served_page_say(response, 400, TEXT("Not a URL"), "%.*s is no http or https URL",
                        TEXT_ARGS(url));
    else if (map)
        send_map(&memento);
    else if (gate)
        pass_gate(&memento);
    else if (find_capture(&memento, memento.date)) {
        if (stored)
            send_capture(&memento);
        else
            redirect_to_capture(&memento);
    }
    url_release(&memento.url);
    return true;
}
