/* The parameters of a request's target, as forms send them (URL Standard, section 5). */
#ifndef SERVE_QUERY_FIELD_H
#define SERVE_QUERY_FIELD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Appends the value of the first parameter with that name, decoded.  False: there is none. */
bool query_field_read(struct text target, const char *name, struct buf *out);
/* The same for the one that comes after `number` others of that name. */
bool query_field_read_at(struct text target, const char *name, size_t number, struct buf *out);

/* Appends a text as the value of a parameter, encoded. */
void query_field_write(struct text value, struct buf *out);

#endif
