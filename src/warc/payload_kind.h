/* What a payload is by its first bytes, and whether it is declared so.  Private to this room. */
#ifndef WARC_PAYLOAD_KIND_H
#define WARC_PAYLOAD_KIND_H

#include <stdbool.h>

#include "base/text.h"

/* Whether a payload that begins so can be of the declared media type.  True where nobody can tell.
 * *is (may be NULL) gets what it is instead, for a message; static. */
bool payload_kind_fits(struct text declared, struct text start, const char **is);

#endif
