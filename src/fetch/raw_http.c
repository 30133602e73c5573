/* Sends a request again over a bare connection, and reads whatever comes back. */
#include <config.h>

#include "fetch/raw_http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fetch/transfer_info.h"
#include "fetch/transfer_limits.h"
#include "http/http_framing.h"

enum { RECEIVE_BYTES = 64 * 1024, RECEIVES_A_TURN = 16 };

struct raw_http {
    CURLM *multi;
    CURL *easy;
    struct exchange *exchange;
    struct host_set *hosts;
    const struct fetch_options *options;
    struct http_framing framing;
    struct transfer_limits limits;
    curl_socket_t socket; /* CURL_SOCKET_BAD until connected */
    size_t sent;          /* bytes of the request */
    bool busy;            /* more may be ready to receive */
    bool ended, failed;
    char words[CURL_ERROR_SIZE];
    char bytes[RECEIVE_BYTES];
};

struct raw_http *raw_http_start(CURLM *multi, CURL *easy, struct exchange *exchange,
                                struct host_set *hosts, const struct transfer_limits *limits)
{
    struct raw_http *raw_http = calloc(1, sizeof *raw_http);
    if (!raw_http) {
        curl_easy_cleanup(easy);
        return NULL;
    }
    *raw_http = (struct raw_http){.multi = multi,
                                  .easy = easy,
                                  .exchange = exchange,
                                  .hosts = hosts,
                                  .options = limits->options,
                                  .socket = CURL_SOCKET_BAD};
    http_framing_init(&raw_http->framing);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, raw_http->words);
    curl_easy_setopt(easy, CURLOPT_URL, exchange->url.data);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    /* a kept connection may be dead, and has reported its TLS before */
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    exchange_clear_response(exchange);
    exchange->began_ms = clock_wall_ms();
    raw_http->limits = *limits;
    if (curl_multi_add_handle(multi, easy) == CURLM_OK)
        return raw_http;
    raw_http_free(raw_http);
    return NULL;
}

void raw_http_free(struct raw_http *raw_http)
{
    if (!raw_http)
        return;
    curl_multi_remove_handle(raw_http->multi, raw_http->easy);
    curl_easy_cleanup(raw_http->easy);
    http_framing_release(&raw_http->framing);
    free(raw_http);
}

/* ---- ends ---- */

static bool end(struct raw_http *raw_http, enum exchange_cut cut, const char *words)
{
    struct exchange *exchange = raw_http->exchange;
    exchange->cut = cut;
    if (words && !exchange->error[0])
        snprintf(exchange->error, sizeof exchange->error, "%s", words);
    exchange->status = raw_http->framing.status;
    transfer_info_note(raw_http->easy, exchange);
    return raw_http->ended = true;
}

static bool end_for_good(struct raw_http *raw_http, enum exchange_cut cut, const char *words)
{
    raw_http->exchange->facts.cut_for_good = true;
    return end(raw_http, cut, words);
}

static bool end_with_connection(struct raw_http *raw_http, CURLcode result)
{
    bool whole = result == CURLE_OK && http_framing_may_end(&raw_http->framing);
    const char *words = raw_http->words[0]   ? raw_http->words
                        : result != CURLE_OK ? curl_easy_strerror(result)
                                             : "the connection ended before the response did";
    return end(raw_http, whole ? CUT_NONE : CUT_DISCONNECT, whole ? NULL : words);
}

bool raw_http_takes(struct raw_http *raw_http, const CURL *easy, CURLcode result,
                    const void *connection)
{
    char *ip = NULL;
    if (!raw_http || raw_http->easy != easy)
        return false;
    curl_easy_getinfo(raw_http->easy, CURLINFO_PRIMARY_IP, &ip);
    snprintf(raw_http->exchange->ip, sizeof raw_http->exchange->ip, "%s", ip ? ip : "");
    if (result == CURLE_OK) {
        tls_info_note(raw_http->hosts, connection, raw_http->exchange);
        result = curl_easy_getinfo(raw_http->easy, CURLINFO_ACTIVESOCKET, &raw_http->socket);
    }
    if (result != CURLE_OK)
        end_with_connection(raw_http, result);
    return true;
}

enum fetch_end raw_http_end(const struct raw_http *raw_http)
{
    if (raw_http->failed || !raw_http->exchange->response.length)
        return FETCH_FAILED;
    return raw_http->framing.state == FRAMING_NO_HTTP ? FETCH_NOT_HTTP : FETCH_RESPONSE;
}

/* ---- bytes ---- */

static bool keep(struct raw_http *raw_http, struct text piece)
{
    struct trouble trouble;
    if (spool_append(&raw_http->exchange->response, piece.at, piece.length, &trouble) == RESULT_OK)
        return true;
    snprintf(raw_http->exchange->error, sizeof raw_http->exchange->error, "%.250s", trouble.words);
    raw_http->failed = raw_http->ended = true;
    return false;
}

/* Reads received bytes.  True: the response ends with them. */
static bool take(struct raw_http *raw_http, struct text input)
{
    struct exchange *exchange = raw_http->exchange;
    int64_t limit = raw_http->limits.size_limit;
    while (input.length) {
        struct text piece;
        bool in_head =
            raw_http->framing.state == FRAMING_HEAD || raw_http->framing.state == FRAMING_INTERIM;
        enum framing_state state = http_framing_take(&raw_http->framing, &input, &piece);
        if (state == FRAMING_NO_HTTP) { /* what looked like a head is not one */
            exchange->head_length = 0;
            in_head = false;
        }
        int64_t body = exchange->response.length - (int64_t)exchange->head_length;
        bool too_long = !in_head && limit && body + (int64_t)piece.length > limit;
        if (state == FRAMING_TOO_LONG) /* no longer than what readers take for a head */
            piece = text_first(piece, HTTP_HEAD_MOST - (size_t)exchange->response.length);
        if (!keep(raw_http, too_long ? text_first(piece, (size_t)(limit - body)) : piece))
            return true;
        if (in_head)
            exchange->head_length = (size_t)exchange->response.length;
        if (in_head || (state == FRAMING_NO_HTTP && !raw_http->limits.head_read))
            transfer_limits_read_head(&raw_http->limits,
                                      text_first(spool_bytes(&exchange->response), HTTP_HEAD_MOST));
        if (state == FRAMING_INTERIM && !exchange_keep_interim(exchange))
            return end(raw_http, CUT_NONE, "too many interim responses came");
        if (too_long)
            return end_for_good(raw_http, CUT_LENGTH,
                                "the response is longer than the size limit for one URL");
        if (state == FRAMING_TOO_LONG)
            return end(raw_http, CUT_LENGTH, "the head of the response is longer than a megabyte");
        if (state == FRAMING_WHOLE)
            return end(raw_http, CUT_NONE, NULL);
    }
    return false;
}

/* libcurl does not know when the first byte came. */
static void note_first_byte(struct raw_http *raw_http)
{
    struct exchange_facts *facts = &raw_http->exchange->facts;
    if (facts->first_octet_us)
        return;
    transfer_info_note(raw_http->easy, raw_http->exchange);
    int64_t since_us = (clock_steady_ms() - raw_http->limits.began_ms) * 1000;
    int64_t ready_us = facts->secured_us ? facts->secured_us : facts->connected_us;
    facts->first_octet_us = since_us > ready_us ? since_us : ready_us + 1;
}

static bool receive(struct raw_http *raw_http)
{
    struct text input = {raw_http->bytes, 0};
    raw_http->busy = false;
    for (int i = 0; i < RECEIVES_A_TURN; i++) {
        CURLcode result =
            curl_easy_recv(raw_http->easy, raw_http->bytes, sizeof raw_http->bytes, &input.length);
        if (result == CURLE_AGAIN)
            return false;
        if (result != CURLE_OK || !input.length)
            return end_with_connection(raw_http, result);
        transfer_limits_heard(&raw_http->limits);
        note_first_byte(raw_http);
        if (take(raw_http, input))
            return true;
    }
    raw_http->busy = true;
    return false;
}

/* True: the whole request has been sent. */
static bool send_request(struct raw_http *raw_http)
{
    struct text rest = text_skip(buf_text(&raw_http->exchange->request), raw_http->sent);
    size_t length = 0;
    CURLcode result =
        rest.length ? curl_easy_send(raw_http->easy, rest.at, rest.length, &length) : CURLE_OK;
    raw_http->sent += length;
    if (result != CURLE_OK && result != CURLE_AGAIN)
        end_with_connection(raw_http, result);
    return raw_http->sent == raw_http->exchange->request.length;
}

bool raw_http_go_on(struct raw_http *raw_http)
{
    if (raw_http->ended || raw_http->socket == CURL_SOCKET_BAD)
        return raw_http->ended;
    if (send_request(raw_http) && receive(raw_http))
        return true;
    struct transfer_cut cut;
    if (raw_http->ended ||
        !transfer_limits_over(&raw_http->limits, raw_http->exchange->response.length, &cut))
        return raw_http->ended;
    raw_http->exchange->facts.cut_for_good = cut.for_good;
    return end(raw_http, cut.kind, cut.words);
}

bool raw_http_cut(struct raw_http *raw_http, const struct transfer_cut *cut)
{
    bool in_body =
        raw_http->framing.state == FRAMING_BODY || raw_http->framing.state == FRAMING_NO_HTTP;
    if (raw_http->ended || !in_body)
        return false;
    raw_http->exchange->facts.cut_for_good = cut->for_good;
    return end(raw_http, cut->kind, cut->words);
}

struct curl_waitfd raw_http_waits_for(const struct raw_http *raw_http, bool *at_once)
{
    bool sending = raw_http->sent < raw_http->exchange->request.length;
    *at_once = raw_http->busy || raw_http->ended;
    return (struct curl_waitfd){.fd = raw_http->socket,
                                .events = sending ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN};
}
