/* Takes the chunk framing off a response, for archives whose readers expect the payload right after
 * the head. */
#ifndef CAPTURE_DECHUNK_H
#define CAPTURE_DECHUNK_H

#include "base/result.h"
#include "capture/payload_identity.h"
#include "web/exchange.h"

/* Whether only framing would be lost: chunked is the only transfer coding, no Content-Length
 * contradicts it, and there is nothing besides the payload. */
bool dechunk_may(const struct http_head *head, enum payload_besides besides);

/* Using `reader`, removes the Transfer-Encoding lines and the framing from exchange->response.
 * `head` is the present head.  On failure, and when that is given
 * up, the response stays as it was. */
MUST_CHECK enum result dechunk(struct payload_reader *reader, struct exchange *exchange,
                               const struct http_head *head, struct trouble *trouble);

#endif
