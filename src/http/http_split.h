/*
 * The block of an HTTP record, as it passes in pieces of any size, split into head and body, and
 * the body's payload, without its chunk framing, told from the body as it is stored.
 */
#ifndef HTTP_HTTP_SPLIT_H
#define HTTP_HTTP_SPLIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/http_body.h"
#include "http/http_message.h"

struct http_split {
    struct buf head;         /* its octets, gathered */
    struct http_head parsed; /* once in_body */
    bool in_body;            /* the head has ended */
    bool readable;           /* and could be parsed */
    bool chunked;
    /* private: */
    bool request;
    struct dechunker dechunker;
};

void http_split_init(struct http_split *split);
void http_split_release(struct http_split *split);

/* Begins with a message; memory is kept. */
void http_split_begin(struct http_split *split, bool request);

/* Takes octets off the front of *input; gives what of them is body, as it is stored, and what is
 * payload, either of which may be empty.  Call until *input is empty. */
void http_split_take(struct http_split *split, struct text *input, struct text *body,
                     struct text *payload);

/* Takes no more than what belongs to the head; one of more than 1 MiB ends there.  Call until
 * in_body or until *input is empty. */
void http_split_take_head(struct http_split *split, struct text *input);

/* The block has ended: a head without its empty line is one all the same. */
void http_split_end(struct http_split *split);

#endif
