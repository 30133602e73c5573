/* Which character encoding a document has, and the way from there to UTF-8.  Private to this room.
 */
#ifndef HTML_ENCODING_H
#define HTML_ENCODING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "web/media_type.h"

/* The name of the encoding of a document of that kind; empty for UTF-8.  A byte order mark decides,
 * then `charset` (from HTTP; empty: it said none), then what the document says of itself (HTML
 * Standard, 13.2.3).  Moves *body past a byte order mark.  The result is static, or points into
 * `charset` or *body. */
struct text encoding_of(enum media_kind kind, struct text charset, struct text *body);

/* Appends `from` in UTF-8; false when nobody knows the encoding. */
MUST_CHECK bool encoding_convert(struct text from, const char *encoding, struct buf *out);

#endif
