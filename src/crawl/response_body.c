/* Gives the bytes of an exchange to the reader of bodies, and adds what only the exchange knows. */
#include <config.h>

#include "crawl/response_body.h"

#include <stdlib.h>

#include "http/http_body.h"
#include "http/http_coding.h"

enum { PIECE_BYTES = 64 * 1024 };

/* One response. */
struct read_response {
    struct exchange *exchange;
    struct page_source source; /* borrowed by the reader */
    int64_t at;                /* what was given out of its spool */
    char **room;
};

struct response_body {
    struct page_reader *reader;
    struct read_response now, expected[PAGES_AHEAD_MOST];
    int expected_count;
    char *room; /* PIECE_BYTES for a spool in a file, allocated when first needed and kept */
    enum body_error error;
};

struct response_body *response_body_new(struct jail *jail)
{
    struct response_body *body = calloc(1, sizeof *body);
    if (body && (body->reader = page_reader_new(jail)))
        return body;
    response_body_free(body);
    return NULL;
}

void response_body_free(struct response_body *body)
{
    if (!body)
        return;
    page_reader_free(body->reader);
    free(body->room);
    free(body);
}

void response_body_leave(struct response_body *body)
{
    page_reader_leave(body->reader);
}

struct page_reader *response_body_reader(const struct response_body *body)
{
    return body->reader;
}

enum body_error response_body_error(const struct response_body *body)
{
    return body->error;
}

static enum result next_piece(void *context, struct text *bytes)
{
    struct read_response *response = context;
    const struct spool *spool = &response->exchange->response;
    *bytes = TEXT("");
    if (response->at >= spool->length)
        return RESULT_END;
    if (spool->fd >= 0 && !*response->room && !(*response->room = malloc(PIECE_BYTES)))
        return RESULT_BROKEN;
    *bytes = spool_piece(spool, response->at, *response->room, PIECE_BYTES);
    response->at += (int64_t)bytes->length;
    return bytes->length ? RESULT_OK : RESULT_BROKEN;
}

static struct body_source open_pieces(void *context)
{
    struct read_response *response = context;
    response->at = (int64_t)response->exchange->head_length;
    return (struct body_source){next_piece, response};
}

static bool is_plain(const struct http_head *head)
{
    return coding_of(http_field(head, "Content-Encoding")) == CODING_NONE &&
           !http_body_is_chunked(head);
}

static void describe(struct response_body *body, struct read_response *response,
                     struct exchange *exchange, const struct http_head *head, enum page_use use)
{
    struct text bytes = spool_bytes(&exchange->response);
    response->exchange = exchange;
    response->room = &body->room;
    response->source =
        (struct page_source){.url = buf_text(&exchange->url),
                             .head = head,
                             .head_bytes = text_first(bytes, exchange->head_length),
                             .use = use,
                             .response_bytes = (uint64_t)exchange->response.length,
                             .plain = is_plain(head) ? text_skip(bytes, exchange->head_length)
                                                     : (struct text){NULL, 0},
                             .open = open_pieces,
                             .context = response,
                             .reopens = true};
}

void response_body_expect(struct response_body *body, const struct response_ahead *ahead)
{
    struct spool *spool = &ahead->exchange->response;
    if (!page_reader_is_jailed(body->reader) || body->expected_count == PAGES_AHEAD_MOST)
        return;
    struct read_response *response = &body->expected[body->expected_count++];
    describe(body, response, ahead->exchange, ahead->head, ahead->use);
    response->source.ahead = ahead->ahead;
    if (spool->fd < 0)
        response->source.ahead.bytes = text_skip(spool_bytes(spool), ahead->exchange->head_length);
    page_reader_expect(body->reader, &response->source);
}

void response_body_expect_none(struct response_body *body)
{
    page_reader_expect_none(body->reader);
    body->expected_count = 0;
}

/* The response that is read now. */
static struct read_response *find_expected(struct response_body *body,
                                           const struct exchange *exchange)
{
    for (int i = 0; i < body->expected_count; i++)
        if (body->expected[i].exchange == exchange)
            return &body->expected[i];
    return NULL;
}

enum result response_body_read(struct response_body *body, struct exchange *exchange,
                               const struct http_head *head, enum page_use use, struct text *text,
                               struct trouble *trouble)
{
    struct body_facts facts;
    struct read_response *response = find_expected(body, exchange);
    *text = TEXT("");
    if (!response) {
        response = &body->now;
        describe(body, response, exchange, head, use);
    }
    enum result result = page_reader_read(body->reader, &response->source, &facts, trouble);
    if (result != RESULT_OK)
        return result;
    body->error = facts.error;
    *text = page_reader_text(body->reader, &body->error);
    if (exchange->cut == CUT_LENGTH && body->error != BODY_UNDECODABLE)
        body->error = BODY_TOO_LONG;
    else if (exchange->cut != CUT_NONE && body->error == BODY_SOUND)
        body->error = BODY_ENDS_EARLY;
    return RESULT_OK;
}
