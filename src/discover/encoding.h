/*
 * Character encodings of documents (HTML Standard, 13.2.3; Encoding Standard, 4.2): which one the bytes are in, and the
 * way from there to UTF-8, in which everything else here thinks.
 */
#ifndef DISCOVER_ENCODING_H
#define DISCOVER_ENCODING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/media_type.h"

enum { ENCODING_NAME = 40 };

struct encoding {
    char label[ENCODING_NAME]; /* as the document calls it, lower case; empty: UTF-8 */
    char iconv[ENCODING_NAME]; /* as iconv calls it; empty when nothing needs to be converted */
};

/* Byte order mark, then `charset` from HTTP, then what the document says of itself, then UTF-8 if it is that, then
 * windows-1252.  *body loses its mark. */
struct encoding encoding_find(struct text *body, enum media_kind kind, struct text charset);

/* Appends `body` in UTF-8; what can't be read becomes U+FFFD.  False when the encoding is not known here. */
bool encoding_convert(const struct encoding *encoding, struct text body, struct buf *out);

#endif
