/*
 * libcurl is used for connections, TLS and reading; transfer decoding is off, so that HEADERFUNCTION and WRITEFUNCTION
 * together give the octets of the response, and DEBUGFUNCTION's HEADER_OUT those of the request.  A fixed set of easy
 * handles is made once and used again; waiting addresses are kept outside libcurl.
 */
#include <config.h>

#include "crawl/fetch.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/text.h"
#include "crawl/bare.h"
#include "crawl/facts.h"
#include "crawl/patience.h"
#include "crawl/private_address.h"
#include "crawl/tls.h"
#include "http/http_framing.h"
#include "web/secrets.h"

enum {
    SLOTS = 64,
    CONNECT_CACHE = 128,
    RECEIVE_BYTES = 64 * 1024,
};

struct slot {
    struct fetch *fetch;
    CURL *easy;
    struct exchange *exchange;
    void *context;
    struct patience patience;
    struct curl_slist *headers; /* the request's own; NULL: those of all */
    struct bare *bare;   /* the second way, when it is gone */
    const char *too_slow; /* why it was given up; NULL: it was not */
    bool in_head;        /* the head of the present response is still coming */
    bool forbidden;      /* the address is private and none of the seeds is */
    bool cut_by_size;
    bool out_of_disk;
    bool afresh;         /* kept connections were dead: this time it gets one of its own */
    char curl_words[CURL_ERROR_SIZE];
    struct slot *next;   /* in the list of free or of ended ones */
    CURLcode result;
};

struct fetch {
    CURLM *multi;
    struct slot slots[SLOTS];
    struct slot *free, *ended;
    struct curl_slist *headers, *resolve;
    const struct crawl_options *options;
    struct tls_hosts hosts;
    bool private_allowed;
    int running, bare; /* how many; how many of these go the second way */
};

/* ---- what libcurl calls ------------------------------------------------------------------------------------ */

/* The one place where every connection passes, whatever a page, a redirect or a name server said. */
static curl_socket_t on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct slot *slot = context;
    (void)purpose;
    if (!slot->fetch->private_allowed && is_private_address(&address->addr)) {
        slot->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t keep(struct slot *slot, const char *bytes, size_t length)
{
    struct trouble trouble;
    if (spool_append(&slot->exchange->response, bytes, length, &trouble) == ANSWER_OK)
        return length;
    slot->out_of_disk = true;
    snprintf(slot->exchange->error, sizeof slot->exchange->error, "%.250s", trouble.words);
    return 0;
}

static size_t on_header(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    struct text line = {bytes, length};
    (void)one;
    if (!slot->in_head) {
        /* A status line: what came before was an interim answer. */
        if (exchange->response.length)
            exchange_keep_interim(exchange);
        slot->in_head = true;
        if (!exchange->facts.tls)
            tls_note(&slot->fetch->hosts, slot->easy, exchange);
        if (facts_is_http2(exchange)) {
            line = facts_behind_version(line);
            keep(slot, "HTTP/1.1", 8);
        }
    }
    if (exchange->response.length + (int64_t)length > HTTP_HEAD_MOST)
        return 0;
    if (length == 2 ? memcmp(bytes, "\r\n", 2) == 0 : length == 1 && bytes[0] == '\n')
        slot->in_head = false;
    bool kept = keep(slot, line.at, line.length) == line.length;
    exchange->head_length = (size_t)exchange->response.length;
    return kept ? length : 0;
}

static size_t on_body(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    int64_t limit = slot->fetch->options->url_size_limit;
    int64_t have = exchange->response.length - (int64_t)exchange->head_length;
    (void)one;
    if (limit && have + (int64_t)length > limit) {
        slot->cut_by_size = true;
        keep(slot, bytes, (size_t)(limit - have));
        return 0;
    }
    patience_heard(&slot->patience);
    slot->too_slow = patience_over(&slot->patience, have + (int64_t)length);
    return slot->too_slow ? 0 : keep(slot, bytes, length);
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t length, void *context)
{
    struct slot *slot = context;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && slot->exchange) {
        /* libcurl sends again by itself when a kept connection turns out dead: the last sending counts. */
        if (text_starts((struct text){bytes, length}, TEXT("GET ")))
            buf_clear(&slot->exchange->request);
        buf_append(&slot->exchange->request, bytes, length);
    }
    return 0;
}

/* ---- making ------------------------------------------------------------------------------------------------ */

/* What both ways need for a connection. */
static void set_up_connection(CURL *easy, struct slot *slot)
{
    const struct crawl_options *options = slot->fetch->options;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_RESOLVE, slot->fetch->resolve);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, slot);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->timeout_ms);
    if (options->ca_certificate)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_certificate);
    if (options->no_check_certificate) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

static bool set_up_slot(struct fetch *fetch, struct slot *slot, const char *user_agent)
{
    const struct crawl_options *options = fetch->options;
    CURL *easy = slot->easy = curl_easy_init();
    slot->fetch = fetch;
    if (!easy)
        return false;
    set_up_connection(easy, slot);
    if (options->http2)
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->curl_words);
    curl_easy_setopt(easy, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch->headers);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, slot);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)((options->timeout_ms + 999) / 1000));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)options->url_time_limit_ms);
    if (options->limit_rate)
        curl_easy_setopt(easy, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)options->limit_rate);
    slot->next = fetch->free;
    fetch->free = slot;
    return true;
}

static bool add_header(struct fetch *fetch, const char *line)
{
    struct curl_slist *longer = curl_slist_append(fetch->headers, line);
    if (longer)
        fetch->headers = longer;
    return longer != NULL;
}

enum answer fetch_new(struct fetch **out, const struct crawl_options *options, const char *user_agent,
                      struct trouble *trouble)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);
    bool ok = fetch && (fetch->multi = curl_multi_init());
    if (ok) {
        fetch->options = options;
        fetch->private_allowed = options->allow_private;
        /* Named by hand: CURLOPT_ACCEPT_ENCODING would decode, and only gzip replays everywhere (docs: warcinfo). */
        ok = add_header(fetch, "Accept: */*") && add_header(fetch, "Accept-Encoding: gzip");
        for (int i = 0; ok && i < options->header_count; i++)
            ok = add_header(fetch, options->headers[i]);
        for (int i = 0; ok && i < options->resolve_count; i++) {
            struct curl_slist *longer = curl_slist_append(fetch->resolve, options->resolve[i]);
            ok = longer != NULL;
            fetch->resolve = ok ? longer : fetch->resolve;
        }
        entropy_fill(&fetch->hosts.key, sizeof fetch->hosts.key);
        curl_multi_setopt(fetch->multi, CURLMOPT_MAXCONNECTS, (long)CONNECT_CACHE);
        for (int i = SLOTS; ok && i-- > 0;)
            ok = set_up_slot(fetch, &fetch->slots[i], user_agent);
    }
    if (!ok) {
        fetch_free(fetch);
        fetch = NULL;
    }
    *out = fetch;
    return ok ? ANSWER_OK : trouble_say(trouble, ANSWER_BROKEN, "no memory for libcurl");
}

void fetch_free(struct fetch *fetch)
{
    if (!fetch)
        return;
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->easy && slot->exchange && fetch->multi)
            curl_multi_remove_handle(fetch->multi, slot->easy);
        slot->exchange = NULL;
        bare_free(slot->bare);
        curl_easy_cleanup(slot->easy);
        curl_slist_free_all(slot->headers);
    }
    curl_multi_cleanup(fetch->multi);
    tls_hosts_release(&fetch->hosts);
    curl_slist_free_all(fetch->headers);
    curl_slist_free_all(fetch->resolve);
    free(fetch);
}

void fetch_allow_private(struct fetch *fetch)
{
    fetch->private_allowed = true;
}

/* ---- running ----------------------------------------------------------------------------------------------- */

bool fetch_has_room(const struct fetch *fetch)
{
    return fetch->free != NULL;
}

int fetch_running(const struct fetch *fetch)
{
    return fetch->running;
}

/* The headers of all requests and those that make this one conditional. */
static bool set_headers(struct slot *slot)
{
    struct text lines = buf_text(&slot->exchange->conditions), line;
    struct curl_slist *longer = NULL;
    bool ok = true;
    curl_slist_free_all(slot->headers);
    slot->headers = NULL;
    for (const struct curl_slist *all = slot->fetch->headers; ok && lines.length && all; all = all->next) {
        longer = curl_slist_append(slot->headers, all->data);
        ok = longer != NULL;
        slot->headers = ok ? longer : slot->headers;
    }
    while (ok && lines.length && text_split(&lines, '\n', &line)) {
        char *copy = text_copy(line);
        longer = copy ? curl_slist_append(slot->headers, copy) : NULL;
        ok = longer != NULL;
        slot->headers = ok ? longer : slot->headers;
        free(copy);
    }
    return ok && curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER,
                                  slot->headers ? slot->headers : slot->fetch->headers) == CURLE_OK;
}

enum answer fetch_start(struct fetch *fetch, struct exchange *exchange, const char *referer, void *context,
                        struct trouble *trouble)
{
    struct slot *slot = fetch->free;
    slot->exchange = exchange;
    slot->context = context;
    slot->in_head = slot->forbidden = slot->cut_by_size = slot->out_of_disk = slot->afresh = false;
    slot->too_slow = NULL;
    slot->curl_words[0] = '\0';
    exchange->began_ms = clock_wall_ms();
    exchange->certificate_unchecked =
        fetch->options->no_check_certificate && text_starts(buf_text(&exchange->url), TEXT("https:"));
    patience_begin(&slot->patience, fetch->options);
    if (curl_easy_setopt(slot->easy, CURLOPT_URL, exchange->url.data) != CURLE_OK || !set_headers(slot))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for a request");
    curl_easy_setopt(slot->easy, CURLOPT_REFERER, referer);
    curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 0L);
    if (curl_multi_add_handle(fetch->multi, slot->easy) != CURLM_OK)
        return trouble_say(trouble, ANSWER_BROKEN, "libcurl takes no more requests");
    fetch->free = slot->next;
    fetch->running++;
    return ANSWER_OK;
}

static void put_ended(struct slot *slot)
{
    slot->next = slot->fetch->ended;
    slot->fetch->ended = slot;
}

/* Chunks that are none: libcurl and a lost connection end with the same code. */
static bool has_broken_framing(struct exchange *exchange)
{
    struct http_framing framing;
    struct text octets = spool_bytes(&exchange->response), piece;
    http_framing_init(&framing);
    while (octets.length && framing.state != FRAMING_WHOLE && framing.state != FRAMING_TOO_LONG)
        http_framing_take(&framing, &octets, &piece);
    bool broken = framing.broken;
    http_framing_release(&framing);
    return broken;
}

/* Whether a server answered something that libcurl is too strict for. */
static bool is_refused_by_libcurl(const struct slot *slot)
{
    if (!slot->exchange->request.length || slot->forbidden || slot->out_of_disk || slot->cut_by_size || slot->too_slow)
        return false;
    switch (slot->result) {
    case CURLE_UNSUPPORTED_PROTOCOL: /* no status line, or one of another version */
    case CURLE_WEIRD_SERVER_REPLY:   /* a line in the head that is no field, a length that is none */
    case CURLE_OUT_OF_MEMORY:        /* a line of more than 100 KB */
        return true;
    case CURLE_RECV_ERROR:           /* a head of more than 300 KB, broken chunks, or really an error */
        return (slot->in_head && slot->exchange->response.length) || has_broken_framing(slot->exchange);
    default:
        return false;
    }
}

/* Whether nothing was heard, and only connections were tried that were kept from earlier requests: a server may close those at any
 * time, and libcurl gives up after five dead ones (RFC 9112, 9.3.1: a request that nothing came back for may be sent again). */
static bool is_only_stale(struct slot *slot)
{
    long connects = 1;
    if (slot->afresh || slot->exchange->response.length || slot->exchange->interim.length)
        return false;
    if (slot->result != CURLE_SEND_ERROR && slot->result != CURLE_RECV_ERROR && slot->result != CURLE_GOT_NOTHING)
        return false;
    return curl_easy_getinfo(slot->easy, CURLINFO_NUM_CONNECTS, &connects) == CURLE_OK && connects == 0;
}

/* Once more, over a connection of its own. */
static bool go_afresh(struct slot *slot)
{
    slot->afresh = true;
    slot->curl_words[0] = '\0';
    buf_clear(&slot->exchange->request);
    return curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_multi_add_handle(slot->fetch->multi, slot->easy) == CURLM_OK;
}

/* Once more, with the same request. */
static bool go_second_way(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    tls_forget(&slot->fetch->hosts, exchange);
    set_up_connection(easy, slot);
    snprintf(exchange->refused, sizeof exchange->refused, "%s",
             slot->curl_words[0] ? slot->curl_words : curl_easy_strerror(slot->result));
    slot->bare = bare_start(slot->fetch->multi, easy, exchange, &slot->fetch->hosts, slot->fetch->options);
    patience_begin(&slot->patience, slot->fetch->options);
    slot->fetch->bare += slot->bare != NULL;
    return slot->bare != NULL;
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
        if (bare_takes(slot->bare, easy, result))
            continue;
        slot->result = result;
        bool stale = is_only_stale(slot), refused = is_refused_by_libcurl(slot);
        curl_multi_remove_handle(fetch->multi, easy);
        if (stale && go_afresh(slot))
            continue;
        if (!refused || !go_second_way(slot))
            put_ended(slot);
    }
    for (int i = 0; fetch->bare && i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->bare && slot->exchange && bare_go_on(slot->bare)) {
            fetch->bare--;
            put_ended(slot);
        }
    }
}

/* Waits for libcurl, and for the sockets of the second way. */
static CURLMcode wait_for_something(struct fetch *fetch, int wait_ms)
{
    struct curl_waitfd sockets[SLOTS];
    unsigned count = 0;
    for (int i = 0; fetch->bare && i < SLOTS; i++) {
        bool at_once;
        if (!fetch->slots[i].bare)
            continue;
        sockets[count] = bare_waits_for(fetch->slots[i].bare, &at_once);
        count += sockets[count].fd != CURL_SOCKET_BAD;
        wait_ms = at_once ? 0 : wait_ms;
    }
    return curl_multi_poll(fetch->multi, sockets, count, wait_ms, NULL);
}

enum answer fetch_turn(struct fetch *fetch, int wait_ms, struct trouble *trouble)
{
    int still;
    CURLMcode answer = curl_multi_perform(fetch->multi, &still);
    collect(fetch);
    if (answer == CURLM_OK && !fetch->ended && wait_ms > 0) {
        answer = wait_for_something(fetch, wait_ms);
        if (answer == CURLM_OK)
            answer = curl_multi_perform(fetch->multi, &still);
        collect(fetch);
    }
    return answer == CURLM_OK ? ANSWER_OK
                              : trouble_say(trouble, ANSWER_BROKEN, "libcurl: %s", curl_multi_strerror(answer));
}

/* What the end of a transfer means for an archive: of a response all is kept that came, cut or not. */
static enum fetch_end judge(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    bool in_answer = exchange->response.length && exchange->status > 0;
    if (in_answer && exchange->status < 200 && slot->result != CURLE_OK) {
        exchange_keep_interim(exchange);
        in_answer = false;
    }
    const char *words = slot->curl_words[0] ? slot->curl_words : curl_easy_strerror(slot->result);
    if (slot->result == CURLE_OK && in_answer && !slot->in_head)
        return FETCH_ANSWERED;
    if (slot->out_of_disk)
        return FETCH_FAILED;
    if (slot->result == CURLE_OK)
        words = "the connection ended before the answer did";
    if (slot->cut_by_size)
        words = "the answer is longer than the size limit for one address";
    if (slot->too_slow)
        words = slot->too_slow;
    if (slot->forbidden)
        words = "the address is a private one, and no seed is: use --allow-private if this is meant";
    snprintf(exchange->error, sizeof exchange->error, "%s", words);
    if (in_answer) {
        exchange->cut = slot->cut_by_size                                            ? CUT_LENGTH
                        : slot->too_slow || slot->result == CURLE_OPERATION_TIMEDOUT ? CUT_TIME
                                                                                     : CUT_DISCONNECT;
        return FETCH_ANSWERED;
    }
    bool hopeless = slot->forbidden || slot->result == CURLE_PEER_FAILED_VERIFICATION ||
                    slot->result == CURLE_SSL_CACERT_BADFILE || slot->result == CURLE_URL_MALFORMAT ||
                    slot->result == CURLE_UNSUPPORTED_PROTOCOL;
    return hopeless ? FETCH_REFUSED : FETCH_FAILED;
}

static enum fetch_end end_first_way(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    char *ip = NULL;
    long status = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    snprintf(exchange->ip, sizeof exchange->ip, "%s", ip ? ip : "");
    exchange->status = exchange->response.length ? (int)status : 0;
    facts_note(slot->easy, exchange);
    if (facts_is_http2(exchange))
        facts_mend_request(&exchange->request);
    return judge(slot);
}

static enum fetch_end end_second_way(struct slot *slot)
{
    enum fetch_end end = bare_end(slot->bare);
    if (end == FETCH_FAILED && !slot->exchange->error[0])
        snprintf(slot->exchange->error, sizeof slot->exchange->error, "%s", slot->exchange->refused);
    bare_free(slot->bare);
    slot->bare = NULL;
    return end;
}

bool fetch_next(struct fetch *fetch, struct exchange **exchange, enum fetch_end *end, void **context)
{
    struct slot *slot = fetch->ended;
    if (!slot)
        return false;
    fetch->ended = slot->next;
    slot->exchange->took_ms = clock_steady_ms() - slot->patience.began_ms;
    *end = slot->bare ? end_second_way(slot) : end_first_way(slot);
    if (fetch->options->redact_secrets)
        secrets_leave_out(&slot->exchange->request, &slot->exchange->left_out);
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
    tls_forget(&fetch->hosts, exchange);
}

void fetch_wake(struct fetch *fetch)
{
    curl_multi_wakeup(fetch->multi);
}

void fetch_abandon(struct fetch *fetch)
{
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        bool ended = false;
        for (const struct slot *other = fetch->ended; other; other = other->next)
            ended = ended || other == slot;
        if (!slot->exchange || ended)
            continue;
        fetch->bare -= slot->bare != NULL;
        bare_free(slot->bare);
        slot->bare = NULL;
#if LIBCURL_VERSION_NUM >= 0x075700
        /* A name server that does not answer would be waited for, deaf to a second signal. */
        curl_easy_setopt(slot->easy, CURLOPT_QUICK_EXIT, 1L);
#endif
        curl_multi_remove_handle(fetch->multi, slot->easy);
        tls_forget(&fetch->hosts, slot->exchange);
        /* No response at all, rather than half of one that the site did send whole. */
        exchange_clear(slot->exchange);
        slot->result = CURLE_ABORTED_BY_CALLBACK;
        put_ended(slot);
    }
}
