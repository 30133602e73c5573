/* Makes the fetcher: its handles, their options, and the callbacks that libcurl calls while it
 * reads. */
#include <config.h>

#include "fetch/fetch.h"
#include "fetch/fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/entropy.h"
#include "base/system.h"
#include "fetch/transfer_info.h"
#include "http/http_framing.h"
#include "http/http_message.h"
#include "web/limit.h"
#include "web/private_address.h"

enum {
    RECEIVE_BYTES = 64 * 1024,
};

/* ---- what libcurl calls ---- */

/* Whether the request may use this address.  Behind a proxy it is the proxy's, and does not
 * count. */
static bool is_allowed(struct slot *slot, const struct sockaddr *address)
{
    struct address_guard *guard = &slot->fetch->guard;
    struct text url = buf_text(&slot->exchange->url);
    bool allowed = slot->way.proxied ? address_guard_allows_proxied(guard, url)
                                     : address_guard_allows(guard, url, address);
    if (allowed)
        slot->way.opened = true;
    else
        slot->way.refused = true;
    return allowed;
}

bool fetch_is_forbidden(const struct slot *slot)
{
    return slot->way.refused && !slot->way.opened;
}

/* Every new connection passes here, whatever a page, a redirect or a name server said. */
static curl_socket_t on_open_socket(void *context, curlsocktype purpose,
                                    struct curl_sockaddr *address)
{
    const struct slot *slot = context;
    struct fetch *fetch = slot->fetch;
    (void)purpose;
    /* Only a name that libcurl has found is looked up again: a name server that does not respond
     * would delay the others. */
    struct text name =
        slot->way.proxied ? TEXT("") : dns_lookup_host_of(slot->exchange, fetch->options);
    if (name.length)
        dns_lookup_ask(fetch->names, name);
    return is_allowed(context, &address->addr)
               ? system_socket(address->family, address->socktype, address->protocol)
               : CURL_SOCKET_BAD;
}

/* Every request passes here, also one over a kept connection.  That to a proxy is used for many
 * hosts; any other is of the host that it was made for. */
static int on_request(void *context, char *unused, char *unused2, int unused3, int unused4)
{
    struct slot *slot = context;
    (void)unused, (void)unused2, (void)unused3, (void)unused4;
    if (!slot->way.proxied || is_allowed(slot, NULL))
        return CURL_PREREQFUNC_OK;
    slot->way = (struct slot_way){.proxied = slot->way.proxied, .refused = true};
    return CURL_PREREQFUNC_ABORT;
}

static size_t keep(struct slot *slot, const char *bytes, size_t length)
{
    struct trouble trouble;
    if (spool_append(&slot->exchange->response, bytes, length, &trouble) == RESULT_OK)
        return length;
    slot->out_of_disk = true;
    snprintf(slot->exchange->error, sizeof slot->exchange->error, "%.250s", trouble.words);
    return 0;
}

static void on_made(void *context, const void *ssl)
{
    struct slot *slot = context;
    slot->tls.made = ssl;
}

/* The connection may be in use by another slot than the one that made it. */
static void on_told(void *context, const void *ssl)
{
    struct fetch *fetch = ((struct slot *)context)->fetch;
    for (int i = 0; i < SLOTS; i++)
        fetch->slots[i].tls.close_notified |= fetch->slots[i].tls.ssl == ssl;
}

static size_t on_header(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    struct text line = {bytes, length};
    (void)one;
    if (!slot->in_head && exchange->response.length && !text_starts_nocase(line, TEXT("HTTP/"))) {
        if (length > exchange->trailers.limit - exchange->trailers.length) {
            slot->cut = (struct transfer_cut){.words = limit_words(LIMIT_TRAILERS),
                                              .kind = CUT_LENGTH,
                                              .for_good = true};
            return 0;
        }
        buf_add_text(&exchange->trailers, line);
        return length;
    }
    if (!slot->in_head) {
        /* A status line: what came before was an interim response. */
        if (exchange->response.length && !exchange_keep_interim(exchange)) {
            slot->cut = (struct transfer_cut){.words = limit_words(LIMIT_INTERIM)};
            return 0;
        }
        slot->in_head = true;
        slot->tls.ssl = tls_connection(slot->easy);
        if (!exchange->facts.tls)
            tls_info_note(&slot->fetch->certified, slot->tls.ssl, exchange);
        if (transfer_info_is_http2(exchange)) {
            line = transfer_info_after_version(line);
            keep(slot, "HTTP/1.1", 8);
        }
    }
    if (exchange->response.length + (int64_t)length > HTTP_HEAD_MOST)
        return 0;
    if (length == 2 ? memcmp(bytes, "\r\n", 2) == 0 : length == 1 && bytes[0] == '\n')
        slot->in_head = false;
    bool kept = keep(slot, line.at, line.length) == line.length;
    exchange->head_length = (size_t)exchange->response.length;
    if (!slot->in_head && kept)
        transfer_limits_read_head(&slot->limits, spool_bytes(&exchange->response));
    return kept ? length : 0;
}

static size_t on_body(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    int64_t limit = slot->limits.size_limit;
    int64_t have = exchange->response.length - (int64_t)exchange->head_length;
    (void)one;
    if (limit && have + (int64_t)length > limit) {
        slot->cut = (struct transfer_cut){.words = limit_words(LIMIT_URL_SIZE),
                                          .kind = CUT_LENGTH,
                                          .for_good = true};
        keep(slot, bytes, (size_t)(limit - have));
        return 0;
    }
    fetch_listens(slot->fetch);
    transfer_limits_heard(&slot->limits);
    return transfer_limits_slow(&slot->limits, have + (int64_t)length, &slot->cut)
               ? 0
               : keep(slot, bytes, length);
}

/* Called regularly, whatever arrives: a head can drip too. */
static int on_progress(void *context, curl_off_t unused, curl_off_t came, curl_off_t unused2,
                       curl_off_t unused3)
{
    struct slot *slot = context;
    (void)unused, (void)came, (void)unused2, (void)unused3;
    fetch_listens(slot->fetch);
    return slot->cut.words ||
           (slot->exchange &&
            transfer_limits_slow(&slot->limits, slot->exchange->response.length, &slot->cut));
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t length, void *context)
{
    struct slot *slot = context;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && slot->exchange) {
        /* libcurl sends again by itself when a kept connection turns out dead: the last request
         * counts. */
        if (text_starts((struct text){bytes, length}, TEXT("GET ")))
            buf_clear(&slot->exchange->request);
        buf_append(&slot->exchange->request, bytes, length);
    }
    return 0;
}

/* ---- making ---- */

long fetch_connect_patience(const struct fetch_options *options)
{
    return (long)(options->connect_timeout_ms < options->timeout_ms ? options->connect_timeout_ms
                                                                    : options->timeout_ms);
}

/* What libcurl and raw_http both need for a connection. */
static void set_up_connection(CURL *easy, struct slot *slot)
{
    struct fetch *fetch = slot->fetch;
    const struct fetch_options *options = fetch->options;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    /* a proxy's response to CONNECT is not the server's */
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    /* All handles share the addresses.  But each has to be told that there are some for "*". */
    curl_easy_setopt(easy, CURLOPT_RESOLVE,
                     fetch->resolve.told ? fetch->resolve.wildcards : fetch->resolve.all);
    fetch->resolve.told = true;
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, slot);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* libcurl looks names up in threads. When a transfer ends first, it waits for its thread. So a
     * name server that never answers would stop the whole loop, for as long as the system's
     * resolver tries.  With this option the thread is left alone and ends by itself.  (c-ares would
     * need no threads. But Debian's libcurl is built without it, and it does not use the hosts file
     * and the system's other sources of names as other programs do.) */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, slot);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, fetch_connect_patience(options));
    slot->tls.watch = (struct tls_watch){NULL, on_told, slot};
    tls_watch(easy, &slot->tls.watch);
    if (options->ca_certificate)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_certificate);
    if (options->no_check_certificate) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

bool fetch_choose_proxy(CURL *easy, struct slot *slot)
{
    struct fetch *fetch = slot->fetch;
    bool read = url_parse(&fetch->asked, buf_text(&slot->exchange->url), NULL, TEXT("")) == URL_OK;
    const char *proxy = read ? proxy_choice_of(&fetch->proxies, &fetch->asked) : "";
    slot->way = (struct slot_way){.proxied = proxy[0]};
    return read && curl_easy_setopt(easy, CURLOPT_NOPROXY, "") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_PROXY, proxy) == CURLE_OK;
}

void fetch_set_up_raw(CURL *easy, struct slot *slot)
{
    set_up_connection(easy, slot);
    slot->tls.made = NULL;
    slot->tls.raw_watch = (struct tls_watch){on_made, on_told, slot};
    tls_watch(easy, &slot->tls.raw_watch);
}

bool fetch_renew(struct slot *slot)
{
    struct fetch *fetch = slot->fetch;
    const struct fetch_options *options = fetch->options;
    CURL *easy = curl_easy_init();
    curl_easy_cleanup(slot->easy);
    slot->easy = easy;
    if (!easy)
        return false;
    set_up_connection(easy, slot);
    if (options->http2)
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->curl_words);
    curl_easy_setopt(easy, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, fetch->user_agent);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, slot);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, slot);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)((options->timeout_ms + 999) / 1000));
    if (options->limit_rate)
        curl_easy_setopt(easy, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)options->limit_rate);
    return true;
}

static bool append(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    *list = longer ? longer : *list;
    return longer != NULL;
}

enum result fetch_new(struct fetch **out, const struct fetch_options *options,
                      const char *user_agent, struct text users, struct trouble *trouble)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);
    bool ok = fetch && (fetch->multi = curl_multi_init()) && (fetch->names = dns_lookup_new());
    enum result result;
    *out = NULL;
    if (ok) {
        fetch->options = options;
        fetch->users = users;
        fetch->guard.options = options;
        url_init(&fetch->guard.asked);
        url_init(&fetch->asked);
        fetch->user_agent = text_copy(text_of(user_agent));
        ok = fetch->user_agent && proxy_choice_init(&fetch->proxies);
        for (int i = 0; ok && i < options->resolve_count; i++) {
            struct text host = text_of(options->resolve[i]);
            ok = append(&fetch->resolve.all, options->resolve[i]) &&
                 (!text_starts(text_skip(host, text_starts(host, TEXT("+"))), TEXT("*:")) ||
                  append(&fetch->resolve.wildcards, options->resolve[i]));
        }
        entropy_fill(&fetch->certified.key, sizeof fetch->certified.key);
        entropy_fill(&fetch->kept.key, sizeof fetch->kept.key);
        entropy_fill(&fetch->patience.endless.key, sizeof fetch->patience.endless.key);
        curl_multi_setopt(fetch->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
        result = request_headers_init(&fetch->headers, options, trouble);
        if (result == RESULT_OK)
            result = cookie_jar_init(&fetch->cookies, options, trouble);
        if (result != RESULT_OK) {
            fetch_free(fetch);
            return result;
        }
        for (int i = SLOTS; i-- > 0;) {
            fetch->slots[i].fetch = fetch;
            fetch->slots[i].next = fetch->free;
            fetch->free = &fetch->slots[i];
        }
    }
    if (!ok) {
        fetch_free(fetch);
        fetch = NULL;
    }
    *out = fetch;
    return ok ? RESULT_OK : trouble_say(trouble, RESULT_BROKEN, "no memory for libcurl");
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
        raw_http_free(slot->raw_http);
        curl_easy_cleanup(slot->easy);
        curl_slist_free_all(slot->headers);
    }
    curl_multi_cleanup(fetch->multi);
    cookie_jar_release(&fetch->cookies);
    host_set_release(&fetch->certified);
    address_guard_release(&fetch->guard);
    proxy_choice_release(&fetch->proxies);
    free(fetch->user_agent);
    url_release(&fetch->asked);
    host_set_release(&fetch->patience.endless);
    dns_lookup_free(fetch->names);
    request_headers_release(&fetch->headers);
    curl_slist_free_all(fetch->resolve.all);
    curl_slist_free_all(fetch->resolve.wildcards);
    free(fetch);
}

void fetch_run_ends(struct fetch *fetch, int64_t steady_ms)
{
    fetch->patience.run_ends_ms = steady_ms;
}

enum result fetch_pass_seed(struct fetch *fetch, const struct url *seed, struct trouble *trouble)
{
    return address_guard_pass_seed(&fetch->guard, seed, trouble);
}

enum result fetch_trust_seed(struct fetch *fetch, const struct url *seed, struct trouble *trouble)
{
    return request_headers_add_site(&fetch->headers, seed, trouble);
}

bool fetch_uses_proxy(const struct fetch *fetch)
{
    return proxy_choice_has_any(&fetch->proxies);
}
