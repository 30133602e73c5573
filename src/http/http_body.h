/*
 * The transfer coding of a message body (RFC 9112, 7.1), taken off as octets pass.  For a body as a
 * whole, and its content codings, see http/body_reader.h.
 */
#ifndef HTTP_HTTP_BODY_H
#define HTTP_HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/http_message.h"

enum body_state {
    BODY_MORE,  /* everything so far is well formed, the end has not come */
    BODY_WHOLE, /* the last chunk and the trailer section have come */
    BODY_BAD,   /* the chunk framing is broken at `consumed` */
};

/* Takes chunk framing off a body that comes in pieces of any size. */
struct dechunker {
    enum body_state state;
    int step;          /* private */
    uint64_t left;     /* private: octets of the present chunk still to come */
    uint64_t consumed; /* octets of framed body taken so far */
    bool has_trailers; /* a trailer field came behind the last chunk */
};

void dechunker_init(struct dechunker *dechunker);
/* Takes some octets off the front of *input and gives the next run of payload in *piece (a part of
 * the input, maybe empty).  Call until *input is empty; what lies behind the end of the body stays
 * in *input with BODY_WHOLE. */
enum body_state dechunker_take(struct dechunker *dechunker, struct text *input, struct text *piece);

/* Whether the head says that the body is chunked (the last transfer coding is "chunked"). */
bool http_body_is_chunked(const struct http_head *head);

#endif
