/* Just enough JSON (RFC 8259): writes strings safely, reads flat objects. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Appends `text` as a JSON string with its quotes (RFC 8259, section 7).  Characters outside ASCII
 * are written as \uXXXX, bytes that are not UTF-8 as U+FFFD. */
void json_write_string(struct buf *out, struct text text);

/* Reads the next member of one flat object, whose values are strings, numbers, true, false or null.
 *
 * *rest is the whole object at first, and then what is left.  Strings are given without quotes and
 * unescaped.  *name and *value point into the input, or into *scratch where they had escapes, and
 * are valid until the next call.
 *
 * Returns 1 for a member; 0 at the end of the object; -1 if the text is not a flat object, or
 * scratch is too small. */
MUST_CHECK int json_next_member(struct text *rest, struct text *name, struct text *value,
                                struct buf *scratch);

#endif
