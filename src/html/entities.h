/* Character references in text and attribute values (HTML Standard, 13.2.5.72-80 and 13.5). */
#ifndef HTML_ENTITIES_H
#define HTML_ENTITIES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

struct entity {
    const char *name; /* without '&', with its ';' where it has one */
    const char *text; /* UTF-8 */
};

extern const struct entity entities_table[]; /* sorted by the name's bytes */
extern const size_t entities_count;

/* Appends `text` with its references replaced.  In attribute values a reference without ';' before
 * '=' or a letter or digit stays as it is ("?a=1&copy=2"). */
void entities_decode(struct text text, bool in_attribute, struct buf *out);

#endif
