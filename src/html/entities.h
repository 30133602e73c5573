/* Character references in text and attribute values (HTML Standard, sections 13.2.5.72 to 13.2.5.80
 * and 13.5). */
#ifndef HTML_ENTITIES_H
#define HTML_ENTITIES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

struct entity {
    const char *name; /* without '&', with its ';' where it has one */
    const char *text; /* UTF-8 */
};

extern const struct entity entities_table[]; /* sorted by name, by bytes */
extern const size_t entities_count;

/* Appends `text` with its references replaced by their characters.  In an attribute value, a
 * reference without ';' that is followed by '=', a letter or a digit stays as it is
 * ("?a=1&copy=2"). */
void entities_decode(struct text text, bool in_attribute, struct buf *out);

#endif
