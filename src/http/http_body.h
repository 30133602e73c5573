/*
 * Removes the chunked transfer coding of a message body (RFC 9112, section 7.1) while the body
 * passes through.  To read a whole body, content codings included, see http/body_reader.h.
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
    BODY_MORE,  /* well formed so far, not yet at the end */
    BODY_WHOLE, /* the last chunk and the trailer section are complete */
    BODY_BAD,   /* the chunk framing is broken at `consumed` */
};

/* Removes the chunk framing from a body that arrives in pieces of any size.  Owns no memory. */
struct dechunker {
    enum body_state state;
    int step;          /* private */
    uint64_t left;     /* private: bytes of the current chunk still to come */
    uint64_t consumed; /* bytes of the framed body taken so far */
    bool has_trailers; /* a trailer field followed the last chunk */
};

void dechunker_init(struct dechunker *dechunker);
/* Takes bytes from the front of *input and gives the next part of the payload in *piece, which
 * points into the input and may be empty.  Call it until *input is empty or the state is not
 * BODY_MORE; bytes after the end of the body stay in *input.  Returns the state. */
enum body_state dechunker_take(struct dechunker *dechunker, struct text *input, struct text *piece);

/* Whether the head says that the body is chunked: its last transfer coding is "chunked" (RFC 9112,
 * section 6.1).  Never of a response without a body (1xx, 204, 304): what follows such a head has
 * no framing of HTTP, such as the bytes of another protocol after 101 (section 6.3). */
bool http_body_is_chunked(const struct http_head *head);

#endif
