/*
 * From a message body as it crossed the wire to what it means: transfer coding off (RFC 9112, 7.1),
 * which gives the payload that digests cover; then content coding off (RFC 9110, 8.4), which gives
 * what a reader sees.
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

/* Appends the payload of a whole framed body to *payload (for bodies that are in memory); a body
 * that is not chunked is copied.  The state tells whether the framing was whole. */
enum body_state http_body_payload(const struct http_head *head, struct text body,
                                  struct buf *payload);

enum decode_result {
    DECODE_OK,
    DECODE_CUT /* ended early or at the limit: what is there is good */,
    DECODE_BAD,
    DECODE_UNKNOWN /* a coding that is not known here: out is left as it was */
};

/* Undoes the Content-Encoding list named in `codings` (see http_coding.h; at most three) and
 * appends the result to *out, whose limit is kept (DECODE_CUT). */
enum decode_result http_body_decode(struct text codings, struct text payload, struct buf *out);

#endif
