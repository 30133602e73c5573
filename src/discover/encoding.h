/* Which character encoding a document has, and the way from there to UTF-8.  Private to this room. */
#ifndef DISCOVER_ENCODING_H
#define DISCOVER_ENCODING_H

#include <stdbool.h>

#include "base/buf.h"
#include "discover/links.h"

/* The document's encoding by byte order mark, HTTP, and what it says of itself; empty for UTF-8.  *body loses a byte
 * order mark. */
struct text encoding_of(const struct links_source *source, struct text *body);

/* Appends `from` in UTF-8; false when nobody knows the encoding. */
bool encoding_convert(struct text from, const char *encoding, struct buf *out);

#endif
