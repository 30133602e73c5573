/* Keeps the bytes of a response as they come, and sees where it ends. */
#include <config.h>

#include "fetch/raw_response.h"

#include <stdio.h>

#include "http/http_message.h"
#include "http/http_short.h"

#include "web/limit.h"

void raw_response_init(struct raw_response *response, struct exchange *exchange,
                       const struct transfer_limits *limits)
{
    *response = (struct raw_response){.exchange = exchange, .limits = *limits};
    http_framing_init(&response->framing);
}

void raw_response_release(struct raw_response *response)
{
    http_framing_release(&response->framing);
}

static bool end(struct raw_response *response, enum exchange_cut cut, const char *words)
{
    struct exchange *exchange = response->exchange;
    exchange->cut = cut;
    if (words && !exchange->error[0])
        snprintf(exchange->error, sizeof exchange->error, "%s", words);
    exchange->status = response->framing.status;
    return response->ended = true;
}

void raw_response_disconnect(struct raw_response *response, const char *words)
{
    bool whole = !words && http_framing_may_end(&response->framing);
    end(response, whole ? CUT_NONE : CUT_DISCONNECT,
        whole   ? NULL
        : words ? words
                : "the connection ended before the response did");
}

void raw_response_cut(struct raw_response *response, const struct transfer_cut *cut)
{
    response->exchange->facts.cut_for_good = cut->for_good;
    end(response, cut->kind, cut->words);
}

enum fetch_end raw_response_end(const struct raw_response *response)
{
    if (response->failed || !response->exchange->response.length)
        return FETCH_FAILED;
    return response->framing.state == FRAMING_NO_HTTP ? FETCH_NOT_HTTP : FETCH_RESPONSE;
}

static bool keep(struct raw_response *response, struct text piece)
{
    struct exchange *exchange = response->exchange;
    struct trouble trouble;
    if (spool_append(&exchange->response, piece.at, piece.length, &trouble) == RESULT_OK)
        return true;
    snprintf(exchange->error, sizeof exchange->error, "%.250s", trouble.words);
    response->failed = response->ended = true;
    return false;
}

bool raw_response_take(struct raw_response *response, struct text input)
{
    const struct transfer_cut too_large = {.words = limit_words(LIMIT_URL_SIZE),
                                           .kind = CUT_LENGTH,
                                           .for_good = true};
    struct exchange *exchange = response->exchange;
    int64_t limit = response->limits.size_limit;
    while (input.length) {
        struct text piece;
        bool in_head =
            response->framing.state == FRAMING_HEAD || response->framing.state == FRAMING_INTERIM;
        enum framing_state state = http_framing_take(&response->framing, &input, &piece);
        if (state == FRAMING_NO_HTTP) { /* what looked like a head is not one */
            exchange->head_length = 0;
            in_head = false;
        }
        int64_t body = exchange->response.length - (int64_t)exchange->head_length;
        bool too_long = !in_head && limit && body + (int64_t)piece.length > limit;
        if (state == FRAMING_TOO_LONG) /* no longer than what readers take for a head */
            piece = text_first(piece, HTTP_HEAD_MOST - (size_t)exchange->response.length);
        if (too_long) /* what looked like a head may have passed the limit */
            piece = text_first(piece, limit > body ? (size_t)(limit - body) : 0);
        if (!keep(response, piece))
            return true;
        if (in_head)
            exchange->head_length = (size_t)exchange->response.length;
        if (in_head || (state == FRAMING_NO_HTTP && !response->limits.head_read))
            transfer_limits_read_head(&response->limits,
                                      text_first(spool_bytes(&exchange->response), HTTP_HEAD_MOST));
        if (state == FRAMING_INTERIM && !exchange_keep_interim(exchange))
            return end(response, CUT_NONE, limit_words(LIMIT_INTERIM));
        if (too_long)
            raw_response_cut(response, &too_large);
        else if (state == FRAMING_TOO_LONG)
            end(response, CUT_LENGTH, limit_words(LIMIT_HEAD));
        else if (state == FRAMING_WHOLE)
            end(response, CUT_NONE, NULL);
        if (response->ended)
            return true;
    }
    return false;
}

bool raw_response_is_short(const struct exchange *exchange, bool http2)
{
    return exchange->response.length && !http2 &&
           http_short_of_spool(&exchange->response) != SHORT_NOT;
}

void raw_response_settle(struct exchange *exchange, bool http2)
{
    struct text bytes = spool_bytes(&exchange->response);
    size_t length = http_head_length(text_first(bytes, HTTP_HEAD_MOST), 0);
    size_t most = bytes.length < HTTP_HEAD_MOST ? bytes.length : HTTP_HEAD_MOST;
    exchange->head_length = length ? length : most;
    if (exchange->cut != CUT_NONE || !raw_response_is_short(exchange, http2))
        return;
    exchange->cut = CUT_DISCONNECT;
    snprintf(exchange->error, sizeof exchange->error,
             "the connection ended before the response did");
}
