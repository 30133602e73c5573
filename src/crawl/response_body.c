/* Gives the bytes of an exchange to the reader of bodies, and adds what only the exchange knows. */
#include <config.h>

#include "crawl/response_body.h"

#include <stdlib.h>

#include "http/http_body.h"
#include "http/http_coding.h"

enum { PIECE_BYTES = 64 * 1024 };

struct response_body {
    struct page_reader *reader;
    struct page_source source; /* borrowed by the reader */
    const struct spool *spool;
    int64_t from, at;
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
    struct response_body *body = context;
    *bytes = TEXT("");
    if (body->at >= body->spool->length)
        return RESULT_END;
    if (body->spool->fd >= 0 && !body->room && !(body->room = malloc(PIECE_BYTES)))
        return RESULT_BROKEN;
    *bytes = spool_piece(body->spool, body->at, body->room, PIECE_BYTES);
    body->at += (int64_t)bytes->length;
    return bytes->length ? RESULT_OK : RESULT_BROKEN;
}

static struct body_source open_pieces(void *context)
{
    struct response_body *body = context;
    body->at = body->from;
    return (struct body_source){next_piece, body};
}

static bool is_plain(const struct http_head *head)
{
    return coding_of(http_field(head, "Content-Encoding")) == CODING_NONE &&
           !http_body_is_chunked(head);
}

enum result response_body_read(struct response_body *body, struct exchange *exchange,
                               const struct http_head *head, enum page_use use, struct text *text,
                               struct trouble *trouble)
{
    struct body_facts facts;
    struct text bytes = spool_bytes(&exchange->response);
    *text = TEXT("");
    body->spool = &exchange->response;
    body->from = (int64_t)exchange->head_length;
    body->source =
        (struct page_source){.url = buf_text(&exchange->url),
                             .head = head,
                             .head_bytes = text_first(bytes, exchange->head_length),
                             .use = use,
                             .response_bytes = (uint64_t)exchange->response.length,
                             .plain = is_plain(head) ? text_skip(bytes, exchange->head_length)
                                                     : (struct text){NULL, 0},
                             .open = open_pieces,
                             .context = body,
                             .reopens = true};
    enum result result = page_reader_read(body->reader, &body->source, &facts, trouble);
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
