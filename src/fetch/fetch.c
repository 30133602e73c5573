/*
 * Starts, drives and ends transfers.  libcurl does connections, TLS and reading.  Transfer decoding
 * is off, so HEADERFUNCTION and WRITEFUNCTION together give the bytes of the response;
 * DEBUGFUNCTION's HEADER_OUT gives those of the request.  Each request has an easy handle of its
 * own; waiting URLs stay outside libcurl.
 */
#include <config.h>

#include "fetch/fetch.h"
#include "fetch/fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/plain_text.h"
#include "fetch/raw_response.h"
#include "fetch/transfer_info.h"
#include "http/http_framing.h"
#include "http/http_message.h"
#include "web/secrets.h"

enum {
    PIECE_MS = 200, /* of a wait */
    AWAY_MS = 500,  /* so long may nobody listen, and it counts all the same */
};

/* ---- running ---- */

bool fetch_has_room(const struct fetch *fetch)
{
    return fetch->free != NULL;
}

int fetch_running(const struct fetch *fetch)
{
    return fetch->running;
}

/* ---- requests ---- */

static bool add_header(struct slot *slot, struct text line)
{
    char *copy = text_copy(line);
    struct curl_slist *longer = copy ? curl_slist_append(slot->headers, copy) : NULL;
    slot->headers = longer ? longer : slot->headers;
    free(copy);
    return longer != NULL;
}

/* The header lines of every request, the user's for this host, and those that make this request
 * conditional. */
static bool set_headers(struct slot *slot)
{
    struct fetch *fetch = slot->fetch;
    struct text lines = buf_text(&slot->exchange->conditions), line;
    curl_slist_free_all(slot->headers);
    slot->headers = NULL;
    /* Not by CURLOPT_ACCEPT_ENCODING, which would decode.  Only gzip replays everywhere (docs:
     * warcinfo). */
    bool ok = add_header(slot, TEXT("Accept: */*")) &&
              add_header(slot, TEXT("Accept-Encoding: gzip")) &&
              url_parse(&fetch->asked, buf_text(&slot->exchange->url), NULL, TEXT("")) == URL_OK &&
              request_headers_write(&fetch->headers, &fetch->asked, &slot->headers);
    while (ok && lines.length && text_split(&lines, '\n', &line))
        ok = !line.length || add_header(slot, line);
    return ok && cookie_jar_lend(&fetch->cookies, slot->easy, slot->headers) &&
           curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER, slot->headers) == CURLE_OK;
}

/* Gives one half of "USER:PASSWORD" to libcurl, decoded; NULL: there is none. */
static bool set_secret(CURL *easy, CURLoption option, struct text part)
{
    int length;
    char *decoded = part.at ? curl_easy_unescape(easy, part.at, (int)part.length, &length) : NULL;
    bool ok = (decoded || !part.at) && curl_easy_setopt(easy, option, decoded) == CURLE_OK;
    curl_free(decoded);
    return ok;
}

/* Sets the user name and password that the seeds give for this origin. */
static bool set_user(struct slot *slot)
{
    struct text users = slot->fetch->users, url = buf_text(&slot->exchange->url), line, origin;
    struct text name = {NULL, 0}, password = {NULL, 0};
    if (!users.length)
        return true;
    while (!name.at && text_split(&users, '\n', &line))
        if (text_split(&line, ' ', &origin) && text_starts(url, origin) &&
            text_starts(text_skip(url, origin.length), TEXT("/"))) {
            text_split(&line, ':', &name);
            password = line.at ? line : TEXT("");
        }
    return set_secret(slot->easy, CURLOPT_USERNAME, name) &&
           set_secret(slot->easy, CURLOPT_PASSWORD, password);
}

/* The slot stays free: it has no exchange that fetch_abandon() would end. */
static enum result fail_start(struct slot *slot, const char *words, struct trouble *trouble)
{
    slot->exchange = NULL;
    return trouble_say(trouble, RESULT_BROKEN, "%s", words);
}

static void begin_limits(struct slot *slot, int64_t size_limit)
{
    struct fetch *fetch = slot->fetch;
    transfer_limits_begin(&slot->limits, fetch->options, fetch->patience.run_ends_ms,
                          host_set_has(&fetch->patience.endless, exchange_host(slot->exchange)));
    slot->limits.size_limit = size_limit;
}

enum result fetch_start(struct fetch *fetch, struct exchange *exchange, const char *referer,
                        int64_t size_limit, void *context, struct trouble *trouble)
{
    struct slot *slot = fetch->free;
    if (!fetch_renew(slot))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a request");
    slot->exchange = exchange;
    slot->context = context;
    slot->in_head = slot->out_of_disk = slot->afresh = false;
    slot->cut = (struct transfer_cut){.words = NULL};
    slot->tls.ssl = NULL;
    slot->tls.close_notified = false;
    slot->curl_words[0] = '\0';
    exchange->began_ms = clock_wall_ms();
    exchange->certificate_unchecked = fetch->options->no_check_certificate &&
                                      text_starts(buf_text(&exchange->url), TEXT("https:"));
    begin_limits(slot, size_limit ? size_limit : fetch->options->url_size_limit);
    bool chosen = fetch_choose_proxy(slot->easy, slot);
    if (!chosen || curl_easy_setopt(slot->easy, CURLOPT_URL, exchange->url.data) != CURLE_OK ||
        !set_headers(slot) || !set_user(slot))
        return fail_start(slot, "no memory for a request", trouble);
    curl_easy_setopt(slot->easy, CURLOPT_REFERER, referer);
    curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 0L);
    bool keeps = kept_hosts_use(&fetch->kept, exchange_host(exchange), clock_steady_ms()) ||
                 slot->way.proxied;
    curl_easy_setopt(slot->easy, CURLOPT_FORBID_REUSE, keeps ? 0L : 1L);
    if (curl_multi_add_handle(fetch->multi, slot->easy) != CURLM_OK)
        return fail_start(slot, "libcurl accepts no more requests", trouble);
    fetch->free = slot->next;
    fetch->running++;
    return RESULT_OK;
}

/* Whether the transfer still goes on. */
static bool is_running(const struct slot *slot)
{
    for (const struct slot *other = slot->fetch->ended; other; other = other->next)
        if (other == slot)
            return false;
    return slot->exchange != NULL;
}

static void put_ended(struct slot *slot)
{
    slot->next = slot->fetch->ended;
    slot->fetch->ended = slot;
}

/* Whether CURLE_RECV_ERROR is about chunks, not about a lost connection: the chunks are malformed,
 * or libcurl complains although they are complete.  Its words may come from an earlier connection
 * that was dead. */
static bool is_about_chunks(struct exchange *exchange)
{
    struct http_framing framing;
    struct text bytes = spool_bytes(&exchange->response), piece;
    http_framing_init(&framing);
    while (bytes.length && framing.state != FRAMING_WHOLE && framing.state != FRAMING_TOO_LONG)
        http_framing_take(&framing, &bytes, &piece);
    bool refused = framing.broken || framing.state == FRAMING_WHOLE;
    http_framing_release(&framing);
    return refused;
}

/* Whether a server sent something that libcurl is too strict for. */
static bool is_refused_by_libcurl(const struct slot *slot)
{
    if (!slot->exchange->request.length || fetch_is_forbidden(slot) || slot->out_of_disk ||
        slot->cut.words)
        return false;
    switch (slot->result) {
    case CURLE_UNSUPPORTED_PROTOCOL: /* no status line, or one of another version */
    /* a head line that is not a field, a length that is not a number */
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING: /* an unknown Transfer-Encoding */
    case CURLE_OUT_OF_MEMORY:        /* a line of more than 100 KB */
        return true;
    /* the connection ended inside the head: libcurl keeps the incomplete line back.  Or libcurl and
     * others disagree on where the response ends. */
    case CURLE_OK:
        return slot->in_head ||
               raw_response_is_short(slot->exchange, transfer_info_is_http2(slot->exchange));
    /* a head of more than 300 KB, chunks that are broken or oddly written, or a real error */
    case CURLE_RECV_ERROR:
        return (slot->in_head && slot->exchange->response.length) ||
               strstr(slot->curl_words, "chunked-encoding") || is_about_chunks(slot->exchange);
    default: /* libcurl takes a line that begins with CR for the end of the head */
        return slot->in_head &&
               slot->exchange->response.length > (int64_t)slot->exchange->head_length;
    }
}

/* Whether nothing was received, and only connections kept from earlier requests were tried.  A
 * server may close those at any time, and libcurl gives up after five dead ones.  RFC 9112, 9.3.1:
 * a request without any response may be sent again. */
static bool is_only_stale(struct slot *slot)
{
    long connects = 1;
    if (slot->afresh || slot->exchange->response.length || slot->exchange->interim.length)
        return false;
    if (slot->result != CURLE_SEND_ERROR && slot->result != CURLE_RECV_ERROR &&
        slot->result != CURLE_GOT_NOTHING)
        return false;
    return curl_easy_getinfo(slot->easy, CURLINFO_NUM_CONNECTS, &connects) == CURLE_OK &&
           connects == 0;
}

/* Tries again over a new connection. */
static bool retry_afresh(struct slot *slot)
{
    slot->afresh = true;
    slot->curl_words[0] = '\0';
    buf_clear(&slot->exchange->request);
    return curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_multi_add_handle(slot->fetch->multi, slot->easy) == CURLM_OK;
}

/* Sends the same request again, and reads the response without libcurl. */
static bool retry_raw(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    tls_info_forget(&slot->fetch->certified, exchange);
    if (transfer_info_is_http2(exchange))
        transfer_info_mend_request(&exchange->request); /* this time it really is HTTP/1.1 */
    fetch_set_up_raw(easy, slot);
    if (!fetch_choose_proxy(easy, slot)) {
        curl_easy_cleanup(easy);
        return false;
    }
    snprintf(exchange->refused, sizeof exchange->refused, "%s",
             slot->curl_words[0]        ? slot->curl_words
             : slot->result == CURLE_OK ? "a head without an end"
                                        : curl_easy_strerror(slot->result));
    begin_limits(slot, slot->limits.size_limit);
    slot->raw_http =
        raw_http_start(slot->fetch->multi, easy, exchange, &slot->fetch->certified, &slot->limits);
    slot->fetch->raw_http += slot->raw_http != NULL;
    return slot->raw_http != NULL;
}

static void collect(struct fetch *fetch)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(fetch->multi, &left));) {
        struct slot *slot;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode result = message->data.result;
        CURL *easy = message->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&slot);
        if (raw_http_takes(slot->raw_http, easy, result, slot->tls.made)) {
            slot->tls.ssl = slot->tls.made;
            slot->tls.close_notified = false;
            continue;
        }
        slot->result = result;
        bool stale = is_only_stale(slot), refused = is_refused_by_libcurl(slot);
        curl_multi_remove_handle(fetch->multi, easy);
        if (stale && retry_afresh(slot))
            continue;
        if (!refused || !retry_raw(slot))
            put_ended(slot);
    }
    for (int i = 0; fetch->raw_http && i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->raw_http && is_running(slot) && raw_http_go_on(slot->raw_http)) {
            fetch->raw_http--;
            put_ended(slot);
        }
    }
}

/* Waits for libcurl, and for the sockets of raw_http.  *happened: a socket is ready. */
static CURLMcode wait_for_something(struct fetch *fetch, int wait_ms, int *happened)
{
    struct curl_waitfd sockets[SLOTS];
    unsigned count = 0;
    for (int i = 0; fetch->raw_http && i < SLOTS; i++) {
        bool at_once;
        if (!fetch->slots[i].raw_http || !is_running(&fetch->slots[i]))
            continue;
        sockets[count] = raw_http_waits_for(fetch->slots[i].raw_http, &at_once);
        count += sockets[count].fd != CURL_SOCKET_BAD;
        wait_ms = at_once ? 0 : wait_ms;
    }
    return curl_multi_poll(fetch->multi, sockets, count, wait_ms, happened);
}

/* Nobody has listened for so long.  What came meanwhile lies in the sockets, and the clocks would
 * be looked at before it. */
static void excuse_absence(struct fetch *fetch, int64_t since_ms, int64_t now_ms)
{
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (!is_running(slot))
            continue;
        int64_t began_ms = slot->limits.began_ms,
                away_ms = now_ms - (began_ms > since_ms ? began_ms : since_ms);
        transfer_limits_excuse(&slot->limits, away_ms);
        if (slot->raw_http)
            raw_http_excuse(slot->raw_http, away_ms);
        curl_easy_setopt(slot->easy, CURLOPT_CONNECTTIMEOUT_MS,
                         fetch_connect_patience(fetch->options) + (long)slot->limits.excused_ms);
    }
}

void fetch_listens(struct fetch *fetch)
{
    int64_t since_ms = fetch->listened_ms, now_ms = clock_steady_ms();
    fetch->listened_ms = now_ms;
    if (since_ms && now_ms - since_ms > AWAY_MS)
        excuse_absence(fetch, since_ms, now_ms);
}

/* Waits in short pieces: when one of them takes longer, the process stood still in it. */
static CURLMcode wait_and_listen(struct fetch *fetch, int wait_ms)
{
    int64_t until_ms = clock_steady_ms() + wait_ms, began_ms, piece_ms;
    CURLMcode result;
    int happened = 0;
    do {
        began_ms = fetch->listened_ms;
        piece_ms = until_ms - began_ms < PIECE_MS ? until_ms - began_ms : PIECE_MS;
        result = wait_for_something(fetch, piece_ms > 0 ? (int)piece_ms : 0, &happened);
        fetch_listens(fetch);
    } while (result == CURLM_OK && !happened && fetch->listened_ms - began_ms >= piece_ms &&
             fetch->listened_ms < until_ms);
    return result;
}

enum result fetch_turn(struct fetch *fetch, int wait_ms, struct trouble *trouble)
{
    int still;
    fetch_listens(fetch);
    CURLMcode result = curl_multi_perform(fetch->multi, &still);
    collect(fetch);
    if (result == CURLM_OK && !fetch->ended && wait_ms > 0) {
        result = wait_and_listen(fetch, wait_ms);
        if (result == CURLM_OK)
            result = curl_multi_perform(fetch->multi, &still);
        collect(fetch);
    }
    fetch_listens(fetch);
    return result == CURLM_OK
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "libcurl: %s", curl_multi_strerror(result));
}

/* What the end of a transfer means for an archive: everything that came of a response is kept, cut
 * or not. */
static enum fetch_end judge(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    bool in_response = exchange->response.length && exchange->status > 0;
    if (in_response && exchange->status < 200 && slot->result != CURLE_OK) {
        exchange_keep_interim(exchange);
        in_response = false;
    }
    const char *words = slot->curl_words[0] ? slot->curl_words : curl_easy_strerror(slot->result);
    if (slot->result == CURLE_OK && in_response && !slot->in_head)
        return FETCH_RESPONSE;
    if (slot->out_of_disk)
        return FETCH_FAILED;
    if (slot->result == CURLE_OK)
        words = "the connection ended before the response did";
    if (slot->cut.words)
        words = slot->cut.words;
    if (fetch_is_forbidden(slot))
        words = "the address is private, and neither a seed nor --resolve names it for this host "
                "and port: use --allow-private to allow this";
    snprintf(exchange->error, sizeof exchange->error, "%s", words);
    if (in_response) {
        exchange->facts.cut_for_good = slot->cut.for_good;
        exchange->cut = slot->cut.words                            ? slot->cut.kind
                        : slot->result == CURLE_OPERATION_TIMEDOUT ? CUT_TIME
                                                                   : CUT_DISCONNECT;
        return FETCH_RESPONSE;
    }
    bool hopeless = fetch_is_forbidden(slot) || slot->result == CURLE_PEER_FAILED_VERIFICATION ||
                    slot->result == CURLE_SSL_CACERT_BADFILE ||
                    slot->result == CURLE_URL_MALFORMAT ||
                    slot->result == CURLE_UNSUPPORTED_PROTOCOL;
    return hopeless ? FETCH_REFUSED : FETCH_FAILED;
}

static bool is_unheard(const struct slot *slot)
{
    return !fetch_is_forbidden(slot) && !slot->exchange->request.length &&
           (slot->result == CURLE_COULDNT_CONNECT || slot->result == CURLE_SSL_CONNECT_ERROR ||
            slot->result == CURLE_PEER_FAILED_VERIFICATION ||
            slot->result == CURLE_OPERATION_TIMEDOUT);
}

static enum exchange_unreached unreached_by(const struct slot *slot)
{
    if (fetch_is_forbidden(slot) || slot->exchange->request.length)
        return UNREACHED_NOT;
    switch (slot->result) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return UNREACHED_NAME;
    case CURLE_COULDNT_CONNECT:
        return UNREACHED_REFUSED;
    case CURLE_OPERATION_TIMEDOUT:
        return UNREACHED_SILENT;
    default:
        return UNREACHED_NOT;
    }
}

/* Whether only the end of the connection marks the end of the response (RFC 9112, 6.3). */
static bool ends_with_connection(struct exchange *exchange)
{
    struct http_head head;
    bool read = http_response_read(&head, text_first(spool_bytes(&exchange->response),
                                                     exchange->head_length));
    bool ends =
        !read || (http_status_has_body(head.status) && !http_field(&head, "Content-Length").at &&
                  !http_field(&head, "Transfer-Encoding").at);
    http_head_release(&head);
    return ends;
}

static enum fetch_end end_curl(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    char *ip = NULL;
    long status = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    snprintf(exchange->ip, sizeof exchange->ip, "%s", ip ? ip : "");
    exchange->status = exchange->response.length ? (int)status : 0;
    transfer_info_note(slot->easy, exchange);
    exchange->facts.unheard = is_unheard(slot);
    exchange->facts.unreached = unreached_by(slot);
    if (transfer_info_is_http2(exchange))
        transfer_info_mend_request(&exchange->request);
    return judge(slot);
}

static enum fetch_end end_raw(struct slot *slot)
{
    enum fetch_end end = raw_http_end(slot->raw_http);
    if (end == FETCH_FAILED && !slot->exchange->error[0])
        snprintf(slot->exchange->error, sizeof slot->exchange->error, "%s",
                 slot->exchange->refused);
    raw_http_free(slot->raw_http);
    slot->raw_http = NULL;
    return end;
}

bool fetch_next(struct fetch *fetch, struct exchange **exchange, enum fetch_end *end,
                void **context)
{
    struct slot *slot = fetch->ended;
    if (!slot)
        return false;
    fetch->ended = slot->next;
    slot->exchange->took_ms = clock_steady_ms() - slot->limits.began_ms;
    bool was_raw = slot->raw_http;
    *end = was_raw ? end_raw(slot) : end_curl(slot);
    if (*end == FETCH_RESPONSE)
        raw_response_settle(slot->exchange, transfer_info_is_http2(slot->exchange));
    if (*end == FETCH_RESPONSE && !was_raw) /* libcurl has not seen the others */
        cookie_jar_see(&fetch->cookies, slot->exchange);
    /* libcurl quotes what a server sent. */
    plain_text_settle(slot->exchange->error, sizeof slot->exchange->error);
    plain_text_settle(slot->exchange->refused, sizeof slot->exchange->refused);
    if (slot->exchange->facts.cut_for_good)
        host_set_add(&fetch->patience.endless, exchange_host(slot->exchange));
    dns_lookup_take(fetch->names, slot->exchange);
    if (slot->way.proxied)
        slot->exchange->ip[0] = '\0';
    slot->exchange->just_ended =
        slot->tls.ssl && !slot->tls.close_notified && slot->exchange->cut == CUT_NONE &&
        slot->exchange->response.length && !transfer_info_is_http2(slot->exchange) &&
        ends_with_connection(slot->exchange);
    /* Without memory the request is empty: it does not contain the secrets then. */
    if (fetch->options->redact_secrets)
        result_ignore(secrets_leave_out(&slot->exchange->request, buf_text(&fetch->headers.secrets),
                                        &slot->exchange->left_out));
    *exchange = slot->exchange;
    *context = slot->context;
    slot->exchange = NULL;
    slot->next = fetch->free;
    fetch->free = slot;
    fetch->running--;
    return true;
}

void fetch_forget(struct fetch *fetch, const struct exchange *exchange)
{
    tls_info_forget(&fetch->certified, exchange);
    dns_lookup_forget(fetch->names, exchange);
}

void fetch_wake(struct fetch *fetch)
{
    curl_multi_wakeup(fetch->multi);
}

/* The length of the body so far. */
static int64_t body_length(const struct slot *slot)
{
    return slot->exchange->response.length - (int64_t)slot->exchange->head_length;
}

/* Ends a running transfer, if its body has begun. */
static bool cut_one(struct slot *slot, const struct transfer_cut *cut)
{
    if (slot->raw_http ? !raw_http_cut(slot->raw_http, cut)
                       : slot->in_head || !slot->exchange->response.length)
        return false;
    if (slot->raw_http)
        slot->fetch->raw_http--;
    else
        curl_multi_remove_handle(slot->fetch->multi, slot->easy);
    slot->result = CURLE_ABORTED_BY_CALLBACK;
    slot->cut = *cut;
    put_ended(slot);
    return true;
}

int fetch_cut(struct fetch *fetch, int64_t more_than, enum exchange_cut kind, const char *words)
{
    const struct transfer_cut cut = {.words = words, .kind = kind};
    int count = 0;
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (is_running(slot) && body_length(slot) > more_than)
            count += cut_one(slot, &cut);
    }
    return count;
}

/* The bytes that a response has, or will have as its head says. */
static int64_t expected_length(const struct slot *slot)
{
    int64_t length = slot->exchange->response.length;
    return slot->limits.length > length ? slot->limits.length : length;
}

int fetch_cut_for_room(struct fetch *fetch, int64_t room, int64_t keep, const char *words)
{
    const struct transfer_cut cut = {.words = words, .kind = CUT_LENGTH, .for_good = true};
    int count = 0;
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (!is_running(slot) || body_length(slot) <= keep || expected_length(slot) <= room ||
            !cut_one(slot, &cut))
            continue;
        spool_shorten(&slot->exchange->response, (int64_t)slot->exchange->head_length + keep);
        count++;
    }
    return count;
}

int64_t fetch_spooled(const struct fetch *fetch)
{
    int64_t bytes = 0;
    for (int i = 0; i < SLOTS; i++)
        if (fetch->slots[i].exchange && fetch->slots[i].exchange->response.fd >= 0)
            bytes += fetch->slots[i].exchange->response.length;
    return bytes;
}

void fetch_abandon(struct fetch *fetch)
{
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (!is_running(slot))
            continue;
        fetch->raw_http -= slot->raw_http != NULL;
        raw_http_free(slot->raw_http);
        slot->raw_http = NULL;
        curl_multi_remove_handle(fetch->multi, slot->easy);
        tls_info_forget(&fetch->certified, slot->exchange);
        /* No response at all is better than half of one that the site did send in full. */
        exchange_clear(slot->exchange);
        slot->result = CURLE_ABORTED_BY_CALLBACK;
        put_ended(slot);
    }
}
