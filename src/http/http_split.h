/*
 * Splits the block of an HTTP record, which arrives in pieces of any size, into head, body and
 * payload.  The payload is the body without chunk framing (WARC 1.1, section 6.3.2).
 */
#ifndef HTTP_HTTP_SPLIT_H
#define HTTP_HTTP_SPLIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/http_body.h"
#include "http/http_message.h"

struct http_split {
    struct buf head;         /* the bytes of the head */
    struct http_head parsed; /* once in_body is true; points into `head` */
    bool in_body;            /* the head has ended */
    bool readable;           /* the head could be parsed */
    bool chunked;
    bool no_memory; /* for the head: nothing of it is known */
    /* private: */
    bool request;
    struct dechunker dechunker;
};

/* Release it when done. */
void http_split_init(struct http_split *split);
void http_split_release(struct http_split *split);

/* Begins a message, a request or a response; keeps memory for reuse. */
void http_split_begin(struct http_split *split, bool request);

/* Takes bytes from the front of *input.  *body is the part of them that belongs to the stored body,
 * *payload the part that is payload.  Both point into the input, and either may be empty.  Call it
 * until *input is empty. */
void http_split_take(struct http_split *split, struct text *input, struct text *body,
                     struct text *payload);

/* Takes only bytes that belong to the head.  A head longer than 1 MiB ends there.  Call it until
 * in_body is true or *input is empty. */
void http_split_take_head(struct http_split *split, struct text *input);

/* Tells that the block has ended.  A head without the empty line ends here too. */
void http_split_end(struct http_split *split);

#endif
