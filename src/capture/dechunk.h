/* An answer without its chunk framing, for archives whose readers take a payload for what stands
 * behind the head. */
#ifndef CAPTURE_DECHUNK_H
#define CAPTURE_DECHUNK_H

#include "base/result.h"
#include "capture/payload_identity.h"
#include "web/exchange.h"

/* Whether nothing but framing would be lost: chunked is the only transfer coding, and there is
 * nothing besides the payload. */
bool dechunk_may(const struct http_head *head, enum payload_besides besides);

/* Through `reader`, takes the lines with Transfer-Encoding and the framing out of
 * exchange->response.  `head` is of what it was.  On failure it stays that. */
MUST_CHECK enum result unchunk(struct body_reader *reader, struct exchange *exchange,
                               const struct http_head *head, struct trouble *trouble);

#endif
