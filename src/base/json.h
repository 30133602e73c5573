/* Just enough JSON (RFC 8259): strings written safely, flat objects read. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Appends a string with its quotes; everything outside ASCII goes out as \uXXXX, bytes that are no
 * UTF-8 as U+FFFD. */
void json_write_string(struct buf *out, struct text text);

/* Gives the members of one flat object ({"name": "value" or number or true/false/null}) one by one.
 * *rest starts as the whole object text.  String values are unescaped into *scratch when they need
 * it, else they point into the input. Returns 1 for a member, 0 at the end of the object, -1 when
 * it is no flat object. */
MUST_CHECK int json_next_member(struct text *rest, struct text *name, struct text *value,
                                struct buf *scratch);

#endif
