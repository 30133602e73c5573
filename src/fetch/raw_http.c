/* Sends a request again over a bare connection; raw_response.c reads whatever comes back. */
#include <config.h>

#include "fetch/raw_http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fetch/raw_response.h"
#include "fetch/transfer_info.h"

enum { RECEIVE_BYTES = 64 * 1024, RECEIVES_A_TURN = 16 };

struct raw_http {
    CURLM *multi;
    CURL *easy;
    struct exchange *exchange;
    struct host_set *hosts;
    struct raw_response response;
    curl_socket_t socket; /* CURL_SOCKET_BAD until connected */
    size_t sent;          /* bytes of the request */
    bool busy;            /* more may be ready to receive */
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
                                  .socket = CURL_SOCKET_BAD};
    raw_response_init(&raw_http->response, exchange, limits);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, raw_http->words);
    curl_easy_setopt(easy, CURLOPT_URL, exchange->url.data);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    /* a kept connection may be dead, and has reported its TLS before */
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    exchange_clear_response(exchange);
    exchange->began_ms = clock_wall_ms();
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
    raw_response_release(&raw_http->response);
    free(raw_http);
}

/* ---- ends ---- */

/* The response has ended. */
static bool end(struct raw_http *raw_http)
{
    if (!raw_http->response.failed)
        transfer_info_note(raw_http->easy, raw_http->exchange);
    return true;
}

static bool end_with_connection(struct raw_http *raw_http, CURLcode result)
{
    const char *words = raw_http->words[0] ? raw_http->words : curl_easy_strerror(result);
    raw_response_disconnect(&raw_http->response, result == CURLE_OK ? NULL : words);
    return end(raw_http);
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
    return raw_response_end(&raw_http->response);
}

/* ---- bytes ---- */

/* libcurl does not know when the first byte came. */
static void note_first_byte(struct raw_http *raw_http)
{
    struct exchange_facts *facts = &raw_http->exchange->facts;
    if (facts->first_octet_us)
        return;
    transfer_info_note(raw_http->easy, raw_http->exchange);
    int64_t since_us = (clock_steady_ms() - raw_http->response.limits.began_ms) * 1000;
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
        transfer_limits_heard(&raw_http->response.limits);
        note_first_byte(raw_http);
        if (raw_response_take(&raw_http->response, input))
            return end(raw_http);
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

static bool cut_now(struct raw_http *raw_http, const struct transfer_cut *cut)
{
    raw_response_cut(&raw_http->response, cut);
    return end(raw_http);
}

bool raw_http_go_on(struct raw_http *raw_http)
{
    struct raw_response *response = &raw_http->response;
    if (response->ended || raw_http->socket == CURL_SOCKET_BAD)
        return response->ended;
    if (send_request(raw_http) && receive(raw_http))
        return true;
    struct transfer_cut cut;
    if (response->ended ||
        !transfer_limits_over(&response->limits, raw_http->exchange->response.length, &cut))
        return response->ended;
    return cut_now(raw_http, &cut);
}

void raw_http_excuse(struct raw_http *raw_http, int64_t away_ms)
{
    transfer_limits_excuse(&raw_http->response.limits, away_ms);
}

bool raw_http_cut(struct raw_http *raw_http, const struct transfer_cut *cut)
{
    enum framing_state state = raw_http->response.framing.state;
    bool in_body = state == FRAMING_BODY || state == FRAMING_NO_HTTP;
    return !raw_http->response.ended && in_body && cut_now(raw_http, cut);
}

struct curl_waitfd raw_http_waits_for(const struct raw_http *raw_http, bool *at_once)
{
    bool sending = raw_http->sent < raw_http->exchange->request.length;
    *at_once = raw_http->busy || raw_http->response.ended;
    return (struct curl_waitfd){.fd = raw_http->socket,
                                .events = sending ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN};
}
