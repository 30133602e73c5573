/* Gathers the head of a message, then passes its body through. */
#include <config.h>

#include "http/http_split.h"

#include <string.h>

enum { HEAD_MOST = 1 << 20, HEAD_STEP = 1024 };

void http_split_init(struct http_split *split)
{
    memset(split, 0, sizeof *split);
    buf_init(&split->head, HEAD_MOST);
}

void http_split_release(struct http_split *split)
{
    http_head_release(&split->parsed);
    buf_release(&split->head);
}

void http_split_begin(struct http_split *split, bool request)
{
    http_head_release(&split->parsed);
    buf_clear(&split->head);
    split->request = request;
    split->in_body = split->readable = split->chunked = split->no_memory = false;
}

void http_split_end(struct http_split *split)
{
    if (split->in_body)
        return;
    split->in_body = true;
    split->readable = split->request ? http_request_read(&split->parsed, buf_text(&split->head))
                                     : http_response_read(&split->parsed, buf_text(&split->head));
    split->no_memory = split->parsed.no_memory;
    split->chunked = split->readable && http_body_is_chunked(&split->parsed);
    dechunker_init(&split->dechunker);
}

/* Takes the next bytes of the head off *input. Most heads end in the first of these steps, so that
 * little of the body is copied with them. */
static void take_piece(struct http_split *split, struct text *input)
{
    size_t before = split->head.length, room = HEAD_MOST - before;
    struct text piece = text_first(*input, room < HEAD_STEP ? room : HEAD_STEP);
    buf_add_text(&split->head, piece);
    if (!buf_ok(&split->head)) { /* then nothing of it is known, and none of it can be read */
        buf_clear(&split->head);
        split->in_body = split->no_memory = true;
        split->readable = split->chunked = false;
        dechunker_init(&split->dechunker);
        return;
    }
    size_t end = http_head_length(buf_text(&split->head), before),
           taken = end ? end - before : piece.length;
    *input = text_skip(*input, taken);
    if (!end && split->head.length < HEAD_MOST)
        return;
    split->head.length = before + taken;
    http_split_end(split);
}

void http_split_take_head(struct http_split *split, struct text *input)
{
    while (!split->in_body && input->length)
        take_piece(split, input);
}

void http_split_take(struct http_split *split, struct text *input, struct text *body,
                     struct text *payload)
{
    http_split_take_head(split, input);
    *body = *payload = split->in_body ? *input : text_first(*input, 0);
    if (!split->in_body)
        return;
    if (split->chunked) {
        *payload = text_first(*input, 0);
        if (split->dechunker.state == BODY_MORE && input->length) {
            dechunker_take(&split->dechunker, input, payload);
            if (split->dechunker.state == BODY_MORE)
                *body = text_first(*body, body->length - input->length);
            else
                *input = text_skip(*input, input->length);
            return;
        }
    }
    *input = text_skip(*input, input->length);
}
