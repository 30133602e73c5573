/* Finds the character encoding of a document and converts it to UTF-8. */
#ifndef HTML_ENCODING_H
#define HTML_ENCODING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "web/media_type.h"

/* The name of a document's encoding; empty for UTF-8.  A byte order mark decides, then `charset`
 * (from Content-Type, may be empty), then the declaration in the document (HTML Standard, section
 * 13.2.3), then a guess: UTF-8 if the bytes are valid, else windows-1252.  Moves *body past a UTF-8
 * byte order mark.  The result is static, or points into `charset` or *body. */
struct text encoding_of(enum media_kind kind, struct text charset, struct text *body);

/* Appends `from`, converted to UTF-8.  Bytes that cannot be decoded become U+FFFD.  False when the
 * encoding is unknown. */
MUST_CHECK bool encoding_convert(struct text from, const char *encoding, struct buf *out);

#endif
