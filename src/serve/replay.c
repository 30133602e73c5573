/* The way of a request: what it is for, the capture that is shown, its body, its fields. */
#include <config.h>

#include "serve/replay.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "http/http_date.h"
#include "serve/byte_range.h"
#include "serve/page_line.h"
#include "serve/replay_fields.h"
#include "serve/replay_scripts.h"
#include "web/location.h"
#include "web/surt.h"

/* A request for a capture. */
struct replay {
    struct archive_set *set;
    const struct archived_host *host;
    const struct served_request *request;
    struct served_response *response;
    struct url url; /* that is asked for */
    enum replay_way way;
    bool worker;
    struct archive_find find;
};

/* ---- what the browser says ---- */

static struct text field(const struct replay *r, const char *name)
{
    return served_request_field(r->request, name);
}

static bool is_navigation(const struct replay *r)
{
    return text_equal(field(r, "Sec-Fetch-Mode"), TEXT("navigate"));
}

/* A page comes by a navigation, by the worker, which passes one on, or by a program that tells
 * nothing. */
static enum replay_way way_of(const struct replay *r)
{
    return r->worker || is_navigation(r) || !field(r, "Sec-Fetch-Mode").length ? REPLAY_DOCUMENT
                                                                               : REPLAY_PART;
}

static bool is_html(struct text type)
{
    return text_starts_nocase(type, TEXT("text/html")) ||
           text_starts_nocase(type, TEXT("application/xhtml+xml"));
}

/* Whether a page is to be loaded that the worker cannot see yet. */
static bool lacks_worker(const struct replay *r)
{
    return is_navigation(r) && !r->worker &&
           text_find(field(r, "Cookie"), TEXT(REPLAY_PLAIN_COOKIE)) < 0;
}

/* ---- pages of our own ---- */

static void say(struct replay *r, int status, const char *title, const char *words)
{
    served_page_say(r->response, status, text_of(title), "%.*s: %s", TEXT_ARGS(url_href(&r->url)),
                    words);
}

static void say_missing(struct replay *r)
{
    struct buf *body = &r->response->body;
    served_page_begin(r->response, 404, TEXT("Not in the archive"));
    buf_add(body, "<p>There is no capture of ");
    served_add_escaped(body, url_href(&r->url));
    buf_printf(body,
               ".</p>\n<p><a href=\"http://%s/\">The archive</a>. Why it is not there: "
               "<code>warccap why</code></p>\n",
               r->host->local);
    served_page_end(r->response);
}

static void send_start_page(struct replay *r)
{
    r->response->status = 200;
    served_response_add(r->response, "Content-Type", TEXT("text/html; charset=utf-8"));
    served_response_add(r->response, "Cache-Control", TEXT("no-store"));
    served_response_add(r->response, "Content-Security-Policy",
                        TEXT("default-src 'none'; script-src 'self'; connect-src 'self'; "
                             "worker-src 'self'; base-uri 'none'"));
    buf_add_text(&r->response->body, replay_start_page());
    r->response->length = (int64_t)r->response->body.length;
}

/* ---- redirects ---- */

/* Where a Location field leads, as the browser is to go there.  False: nowhere. */
static bool write_location(struct replay *r, const struct url *target, struct buf *out)
{
    if (r->way == REPLAY_OTHER) {
        buf_add(out, REPLAY_GET);
        buf_add_text(out, url_resource(target));
        return true;
    }
    if (r->way == REPLAY_PROXIED) {
        buf_add(out, "http://");
        buf_add_text(out, url_authority(target));
        buf_add_text(out, text_skip(url_href(target), target->path));
        return true;
    }
    bool good = archived_host_write(target, text_of(r->host->date), text_of(r->host->local), out);
    buf_add_text(out, text_skip(url_href(target), target->path));
    return good;
}

/* Whether a capture sends the browser to where it is. */
static bool leads_to_itself(const struct url *target, const struct url *from)
{
    return text_equal(url_authority(target), url_authority(from)) &&
           text_equal(url_target(target), url_target(from));
}

/* Reads the capture's own redirect.  False: it has none that can be followed. */
static bool read_redirect(const struct served_body *body, struct text from, struct url *target)
{
    const struct http_head *head = served_body_head(body);
    struct url base;
    struct text location = head ? http_field(head, "Location") : TEXT("");
    if (!head || !http_status_redirects(head->status) || !location.at)
        return false;
    url_init(&base);
    bool good = url_parse(&base, from, NULL, TEXT("")) == URL_OK &&
                location_parse(target, location, &base) == URL_OK;
    url_release(&base);
    return good;
}

static void add_redirect(struct replay *r, const struct url *target)
{
    struct buf location;
    buf_init(&location, 2 * URL_LONGEST);
    if (write_location(r, target, &location) && buf_ok(&location))
        served_response_add(r->response, "Location", buf_text(&location));
    buf_release(&location);
}

/* Sends the browser to the URL of the capture, if that is another one: its relative URLs are read
 * against it. */
static bool sends_elsewhere(struct replay *r)
{
    struct url captured;
    if (r->way == REPLAY_PART)
        return false;
    url_init(&captured);
    bool elsewhere = url_parse(&captured, r->find.entry.url, NULL, TEXT("")) == URL_OK &&
                     (!text_equal(url_authority(&captured), url_authority(&r->url)) ||
                      !text_equal(url_path(&captured), url_path(&r->url)));
    if (elsewhere) {
        r->response->status = 302;
        r->response->length = 0;
        add_redirect(r, &captured);
    }
    url_release(&captured);
    return elsewhere;
}

/* ---- the body ---- */

/* The beginning of a page, with the line; the rest follows as it is. */
static void add_line(struct replay *r)
{
    struct buf page;
    struct text piece;
    buf_init(&page, SERVED_BODY_MOST);
    while (page.length < PAGE_LINE_LOOKED_AT &&
           served_body_next(r->response->rest, &piece) == RESULT_OK)
        buf_add_text(&page, piece);
    page_line_add(buf_text(&page), &r->response->body);
    buf_release(&page);
    r->response->length = -1;
}

/* Opens the capture again, because counting has read it. */
static int64_t count_body(struct replay *r)
{
    struct trouble trouble;
    int64_t length = served_body_count(r->response->rest);
    served_body_close(r->response->rest);
    r->response->rest = NULL;
    if (served_body_open(&r->response->rest, &r->find.place, &trouble) == RESULT_OK)
        return length;
    return -1;
}

/* Sends a part, if a part of a whole capture is asked for. */
static void cut_range(struct replay *r)
{
    struct byte_range range;
    struct text wanted = field(r, "Range");
    char words[96];
    served_response_add(r->response, "Accept-Ranges", TEXT("bytes"));
    if (!wanted.length || r->response->status != 200)
        return;
    if (r->response->length < 0)
        r->response->length = count_body(r);
    switch (byte_range_read(wanted, r->response->length, &range)) {
    case RANGE_PART:
        snprintf(words, sizeof words, "bytes %lld-%lld/%lld", (long long)range.first,
                 (long long)(range.first + range.length - 1), (long long)r->response->length);
        served_body_limit(r->response->rest, range.first, range.length);
        r->response->status = 206;
        r->response->length = range.length;
        break;
    case RANGE_NONE:
        snprintf(words, sizeof words, "bytes */%lld", (long long)r->response->length);
        served_body_limit(r->response->rest, 0, 0);
        r->response->status = 416;
        r->response->length = 0;
        break;
    default:
        return;
    }
    served_response_add(r->response, "Content-Range", text_of(words));
}

/* ---- the capture ---- */

/* Whether the record is the one that the index means. */
static bool is_expected(const struct replay *r, const struct served_body *body)
{
    bool revisit = text_equal(r->find.entry.mime, TEXT("warc/revisit"));
    struct buf one, other;
    buf_init(&one, 2 * URL_LONGEST);
    buf_init(&other, 2 * URL_LONGEST);
    surt_write(served_body_url(body), &one);
    surt_write(r->find.entry.url, &other);
    bool same = text_equal(buf_text(&one), buf_text(&other));
    buf_release(&one);
    buf_release(&other);
    return same || revisit; /* a revisit may have its body from another URL */
}

static bool open_body(struct replay *r)
{
    struct trouble trouble;
    char words[PATH_MAX + 1024];
    enum result result = served_body_open(&r->response->rest, &r->find.place, &trouble);
    if (result == RESULT_OK && is_expected(r, r->response->rest))
        return true;
    if (result == RESULT_OK)
        trouble_say(&trouble, RESULT_LOST, "it is the record of another URL");
    served_body_close(r->response->rest);
    r->response->rest = NULL;
    snprintf(words, sizeof words,
             "the record that the index names cannot be shown (%s, offset %lld: %s). See warccap "
             "verify; warccap index rebuilds the index",
             r->find.place.path, (long long)r->find.place.offset, trouble.words);
    say(r, 502, "Damaged in the archive", words);
    return false;
}

/* The date is that of the host's name, or else of Accept-Datetime (RFC 7089, section 2.1.1).
 *
 * Here http and https are one, so a redirect from one to the other leads to itself. Its target is
 * shown instead, if the archive has it. */
static enum result find_capture(struct replay *r, bool no_redirects)
{
    struct trouble trouble;
    char date[DATE_14_SIZE] = "";
    int64_t ms;
    struct text negotiated = r->host->date[0] ? TEXT("") : field(r, "Accept-Datetime");
    if (negotiated.length && !http_date_read(negotiated, &ms)) {
        say(r, 400, "Not a date",
            "Accept-Datetime is written as in \"Sun, 06 Nov 1994 08:49:37 GMT\"");
        return RESULT_LOST;
    }
    if (negotiated.length)
        date_write_14(ms, date);
    const struct archive_wish wish = {.url = url_resource(&r->url),
                                      .date = text_of(*date ? date : r->host->date),
                                      .no_redirects = no_redirects,
                                      .nearest = *date};
    enum result result = archive_set_find(r->set, &wish, &r->find, &trouble);
    if (result == RESULT_END)
        say_missing(r);
    else if (result != RESULT_OK)
        say(r, 502, "Damaged in the archive", trouble.words);
    return result;
}

/* Where the capture that was negotiated is always found. */
static void add_content_location(struct replay *r)
{
    struct url captured;
    struct buf address;
    url_init(&captured);
    buf_init(&address, 2 * URL_LONGEST);
    if (archived_date_is(r->find.entry.timestamp) &&
        url_parse(&captured, r->find.entry.url, NULL, TEXT("")) == URL_OK &&
        archived_host_write(&captured, r->find.entry.timestamp, text_of(r->host->local),
                            &address)) {
        buf_add_text(&address, text_skip(url_resource(&captured), captured.path));
        served_response_add(r->response, "Content-Location", buf_text(&address));
    }
    buf_release(&address);
    url_release(&captured);
}

static void send_capture(struct replay *r, const struct url *redirect)
{
    struct served_response *response = r->response;
    const struct http_head *head = served_body_head(response->rest);
    struct text coding = served_body_coding(response->rest);
    struct text type = head ? http_field(head, "Content-Type") : served_body_type(response->rest);
    const struct replay_policy policy = {r->host, r->worker, r->way != REPLAY_OTHER,
                                         r->way == REPLAY_PROXIED};
    response->status = head ? head->status : 200;
    replay_fields_copy(head, response);
    if (!head && type.length)
        served_response_add(response, "Content-Type", type);
    if (coding.length)
        served_response_add(response, "Content-Encoding", coding);
    replay_fields_add(r->request, &policy, response);
    const struct replay_memento memento = {r->find.entry.url, r->find.entry.timestamp,
                                           r->host->local};
    replay_fields_add_memento(&memento, response);
    if (!r->host->date[0] && r->way != REPLAY_PROXIED)
        add_content_location(r);
    if (redirect)
        add_redirect(r, redirect);
    response->length = served_body_length(response->rest);
    if (!http_status_has_body(response->status) || response->status < 200) {
        served_body_limit(response->rest, 0, 0);
        response->status = response->status < 200 ? 502 : response->status;
        response->length = 0;
    } else if (r->way == REPLAY_DOCUMENT && is_html(type) && !coding.length)
        add_line(r);
    else
        cut_range(r);
}

/* Finds the capture of r->url and sends it. */
static void respond(struct replay *r)
{
    struct url redirect;
    if (find_capture(r, false) != RESULT_OK || sends_elsewhere(r) || !open_body(r))
        return;
    url_init(&redirect);
    bool redirects = read_redirect(r->response->rest, r->find.entry.url, &redirect);
    if (redirects && leads_to_itself(&redirect, &r->url)) {
        served_body_close(r->response->rest);
        r->response->rest = NULL;
        redirects = false;
        if (find_capture(r, true) != RESULT_OK || !open_body(r)) {
            url_release(&redirect);
            return;
        }
    }
    const struct http_head *head = served_body_head(r->response->rest);
    if (!redirects && r->way != REPLAY_PROXIED && lacks_worker(r) && head &&
        is_html(http_field(head, "Content-Type"))) {
        served_body_close(r->response->rest);
        r->response->rest = NULL;
        send_start_page(r);
    } else
        send_capture(r, redirects ? &redirect : NULL);
    url_release(&redirect);
}

/* ---- what is not archived ---- */

static void send_script(struct replay *r, struct text script)
{
    r->response->status = 200;
    served_response_add(r->response, "Content-Type", TEXT("text/javascript; charset=utf-8"));
    served_response_add(r->response, "Service-Worker-Allowed", TEXT("/"));
    served_response_add(r->response, "Cache-Control", TEXT("no-cache"));
    buf_add_text(&r->response->body, script);
    r->response->length = (int64_t)script.length;
}

/* A URL of any host, for the worker.  As a page of this host it would have rights here that its own
 * host does not have, so a browser that asks for a page is sent to its own. */
static void respond_other(struct replay *r, struct text url)
{
    r->way = is_navigation(r) ? REPLAY_DOCUMENT : REPLAY_OTHER;
    if (url_parse(&r->url, url, NULL, TEXT("")) != URL_OK) {
        served_page_say(r->response, 400, TEXT("Not a URL"), "%.*s is not an http or https URL",
                        TEXT_ARGS(url));
    } else if (r->way == REPLAY_DOCUMENT) {
        r->response->status = 302;
        r->response->length = 0;
        add_redirect(r, &r->url);
    } else
        respond(r);
}

static void respond_own(struct replay *r, struct text name)
{
    struct text get = TEXT(REPLAY_GET), prefix = TEXT(REPLAY_PREFIX);
    struct text script = replay_script(name);
    if (script.length)
        send_script(r, script);
    else if (text_starts(r->request->target, get))
        respond_other(r, text_skip(r->request->target, get.length));
    else
        served_page_say(r->response, 404, TEXT("Not found"),
                        "There is nothing of that name below %.*s", TEXT_ARGS(prefix));
}

static bool parse_target(struct replay *r)
{
    struct buf url;
    buf_init(&url, URL_LONGEST);
    buf_printf(&url, "http://%s", r->host->authority);
    buf_add_text(&url, r->request->target);
    bool good = text_starts(r->request->target, TEXT("/")) && buf_ok(&url) &&
                url_parse(&r->url, buf_text(&url), NULL, TEXT("")) == URL_OK;
    buf_release(&url);
    return good;
}

void replay_respond(struct archive_set *set, const struct archived_host *host,
                    const struct served_request *request, struct served_response *response)
{
    struct replay r = {.set = set, .host = host, .request = request, .response = response};
    struct text prefix = TEXT(REPLAY_PREFIX);
    url_init(&r.url);
    r.worker = field(&r, REPLAY_WORKER_FIELD).length > 0;
    r.way = way_of(&r);
    if (text_starts(request->target, prefix))
        respond_own(&r, text_skip(request->target, prefix.length));
    else if (text_equal_nocase(field(&r, "Service-Worker"), TEXT("script")))
        served_page_say(
            response, 403, TEXT("No worker"),
            "Archived service workers are not sent: pages are shown with the help of our own");
    else if (!parse_target(&r))
        served_page_say(response, 400, TEXT("Not a URL"), "This is not the address of a page: %.*s",
                        TEXT_ARGS(request->target));
    else
        respond(&r);
    url_release(&r.url);
}

void replay_respond_proxied(struct archive_set *set, struct text own,
                            const struct served_request *request, struct served_response *response)
{
    struct archived_host host;
    struct replay r = {
        .set = set, .host = &host, .request = request, .response = response, .way = REPLAY_PROXIED};
    result_ignore(archived_host_read(&host, own));
    url_init(&r.url);
    if (url_parse(&r.url, request->target, NULL, TEXT("")) == URL_OK)
        respond(&r);
    else
        served_page_say(response, 400, TEXT("Not a URL"), "%.*s is not an http or https URL",
                        TEXT_ARGS(request->target));
    url_release(&r.url);
}
