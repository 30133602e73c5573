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
    struct transfer_limits patience;
    curl_socket_t socket; /* CURL_SOCKET_BAD until connected */
    size_t sent;          /* octets of the request */
    int64_t interim;      /* octets of interim answers so far */
    bool busy;            /* there may be more to receive already */
    bool ended, failed;
    char words[CURL_ERROR_SIZE];
    char octets[RECEIVE_BYTES];
};

struct raw_http *raw_http_start(CURLM *multi, CURL *easy, struct exchange *exchange,
                                struct host_set *hosts, const struct fetch_options *options)
{
    struct raw_http *bare = calloc(1, sizeof *bare);
    if (!bare) {
        curl_easy_cleanup(easy);
        return NULL;
    }
    *bare = (struct raw_http){.multi = multi,
                              .easy = easy,
                              .exchange = exchange,
                              .hosts = hosts,
                              .options = options,
                              .socket = CURL_SOCKET_BAD};
    http_framing_init(&bare->framing);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, bare->words);
    curl_easy_setopt(easy, CURLOPT_URL, exchange->url.data);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT,
                     1L); /* one that was kept may be dead, and has told of its TLS before */
    exchange_clear_response(exchange);
    exchange->began_ms = clock_wall_ms();
    transfer_limits_begin(&bare->patience, options);
    if (curl_multi_add_handle(multi, easy) == CURLM_OK)
        return bare;
    raw_http_free(bare);
    return NULL;
}

void raw_http_free(struct raw_http *bare)
{
    if (!bare)
        return;
    curl_multi_remove_handle(bare->multi, bare->easy);
    curl_easy_cleanup(bare->easy);
    http_framing_release(&bare->framing);
    free(bare);
}

/* ---- ends
 * --------------------------------------------------------------------------------------------------
 */

static bool end(struct raw_http *bare, enum exchange_cut cut, const char *words)
{
    struct exchange *exchange = bare->exchange;
    exchange->cut = cut;
    if (words && !exchange->error[0])
        snprintf(exchange->error, sizeof exchange->error, "%s", words);
    exchange->status = bare->framing.status;
    transfer_info_note(bare->easy, exchange);
    return bare->ended = true;
}

static bool end_with_connection(struct raw_http *bare, CURLcode result)
{
    bool whole = result == CURLE_OK && http_framing_may_end(&bare->framing);
    const char *words = bare->words[0]       ? bare->words
                        : result != CURLE_OK ? curl_easy_strerror(result)
                                             : "the connection ended before the answer did";
    return end(bare, whole ? CUT_NONE : CUT_DISCONNECT, whole ? NULL : words);
}

bool raw_http_takes(struct raw_http *bare, const CURL *easy, CURLcode result,
                    const void *connection)
{
    char *ip = NULL;
    if (!bare || bare->easy != easy)
        return false;
    curl_easy_getinfo(bare->easy, CURLINFO_PRIMARY_IP, &ip);
    snprintf(bare->exchange->ip, sizeof bare->exchange->ip, "%s", ip ? ip : "");
    if (result == CURLE_OK) {
        tls_info_note(bare->hosts, connection, bare->exchange);
        result = curl_easy_getinfo(bare->easy, CURLINFO_ACTIVESOCKET, &bare->socket);
    }
    if (result != CURLE_OK)
        end_with_connection(bare, result);
    return true;
}

enum fetch_end raw_http_end(const struct raw_http *bare)
{
    if (bare->failed || !bare->exchange->response.length)
        return FETCH_FAILED;
    return bare->framing.state == FRAMING_NO_HTTP ? FETCH_NOT_HTTP : FETCH_RESPONSE;
}

/* ---- octets
 * ------------------------------------------------------------------------------------------------
 */

static bool keep(struct raw_http *bare, struct text piece)
{
    struct trouble trouble;
    if (spool_append(&bare->exchange->response, piece.at, piece.length, &trouble) == RESULT_OK)
        return true;
    snprintf(bare->exchange->error, sizeof bare->exchange->error, "%.250s", trouble.words);
    bare->failed = bare->ended = true;
    return false;
}

/* Takes what was received.  True: the answer has ended with it. */
static bool take(struct raw_http *bare, struct text input)
{
    struct exchange *exchange = bare->exchange;
    int64_t limit = bare->options->url_size_limit;
    while (input.length) {
        struct text piece;
        bool in_head =
            bare->framing.state == FRAMING_HEAD || bare->framing.state == FRAMING_INTERIM;
        enum framing_state state = http_framing_take(&bare->framing, &input, &piece);
        if (state == FRAMING_NO_HTTP) { /* what looked like a head is none */
            exchange->head_length = 0;
            in_head = false;
        }
        int64_t body = exchange->response.length - (int64_t)exchange->head_length;
        bool too_long = !in_head && limit && body + (int64_t)piece.length > limit;
        if (state == FRAMING_TOO_LONG) /* no longer than what readers take for a head */
            piece = text_first(piece, HTTP_HEAD_MOST - (size_t)exchange->response.length);
        if (!keep(bare, too_long ? text_first(piece, (size_t)(limit - body)) : piece))
            return true;
        if (in_head)
            exchange->head_length = (size_t)exchange->response.length;
        if (in_head || (state == FRAMING_NO_HTTP && !bare->patience.most_ms))
            transfer_limits_read_head(&bare->patience,
                                      text_first(spool_bytes(&exchange->response), HTTP_HEAD_MOST));
        if (state == FRAMING_INTERIM) {
            bare->interim += exchange->response.length;
            exchange_keep_interim(exchange);
        }
        if (bare->interim > HTTP_HEAD_MOST)
            return end(bare, CUT_NONE, "more than a megabyte of interim answers came");
        if (too_long)
            return end(bare, CUT_LENGTH,
                       "the answer is longer than the size limit for one address");
        if (state == FRAMING_TOO_LONG)
            return end(bare, CUT_LENGTH, "the head of the answer is longer than a megabyte");
        if (state == FRAMING_WHOLE)
            return end(bare, CUT_NONE, NULL);
    }
    return false;
}

/* libcurl does not know when it came. */
static void note_first_octet(struct raw_http *bare)
{
    struct exchange_facts *facts = &bare->exchange->facts;
    if (facts->first_octet_us)
        return;
    transfer_info_note(bare->easy, bare->exchange);
    int64_t since_us = (clock_steady_ms() - bare->patience.began_ms) * 1000;
    int64_t ready_us = facts->secured_us ? facts->secured_us : facts->connected_us;
    facts->first_octet_us = since_us > ready_us ? since_us : ready_us + 1;
}

static bool receive(struct raw_http *bare)
{
    struct text input = {bare->octets, 0};
    bare->busy = false;
    for (int i = 0; i < RECEIVES_A_TURN; i++) {
        CURLcode result =
            curl_easy_recv(bare->easy, bare->octets, sizeof bare->octets, &input.length);
        if (result == CURLE_AGAIN)
            return false;
        if (result != CURLE_OK || !input.length)
            return end_with_connection(bare, result);
        transfer_limits_heard(&bare->patience);
        note_first_octet(bare);
        if (take(bare, input))
            return true;
    }
    bare->busy = true;
    return false;
}

/* True: the whole request is sent. */
static bool send_request(struct raw_http *bare)
{
    struct text rest = text_skip(buf_text(&bare->exchange->request), bare->sent);
    size_t length = 0;
    CURLcode result =
        rest.length ? curl_easy_send(bare->easy, rest.at, rest.length, &length) : CURLE_OK;
    bare->sent += length;
    if (result != CURLE_OK && result != CURLE_AGAIN)
        end_with_connection(bare, result);
    return bare->sent == bare->exchange->request.length;
}

bool raw_http_go_on(struct raw_http *bare)
{
    if (bare->ended || bare->socket == CURL_SOCKET_BAD)
        return bare->ended;
    if (send_request(bare) && receive(bare))
        return true;
    enum exchange_cut cut;
    const char *words =
        transfer_limits_over(&bare->patience, bare->exchange->response.length, &cut);
    return !bare->ended && words ? end(bare, cut, words) : bare->ended;
}

bool raw_http_cut(struct raw_http *bare, enum exchange_cut cut, const char *words)
{
    bool in_body = bare->framing.state == FRAMING_BODY || bare->framing.state == FRAMING_NO_HTTP;
    return !bare->ended && in_body && end(bare, cut, words);
}

struct curl_waitfd raw_http_waits_for(const struct raw_http *bare, bool *at_once)
{
    bool sending = bare->sent < bare->exchange->request.length;
    *at_once = bare->busy || bare->ended;
    return (struct curl_waitfd){.fd = bare->socket,
                                .events = sending ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN};
}
