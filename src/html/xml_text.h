/* XML read by the HTML tokenizer, which forgives what XML parsers do not and expands nothing.
 * Private to this room. */
#ifndef HTML_XML_TEXT_H
#define HTML_XML_TEXT_H

#include "base/buf.h"
#include "html/tokenizer.h"

/* A name without the namespace's prefix. */
struct text xml_local(struct text name);

/* The attribute's value with references decoded, in `out` when it had any; at == NULL when it is
 * not there. */
struct text xml_attribute(const struct tokenizer *t, const char *name, struct buf *out);

/* Character data up to the next tag, CDATA sections and references read, in `out` when there was
 * anything to read. */
struct text xml_element_text(struct tokenizer *t, struct buf *out);

/* What the element called `name`, without prefix or attributes, says of the entry that begins here,
 * as a date; 0 when there is none close by, or the entry called `entry` ends before it. */
int64_t xml_date_ahead(const struct tokenizer *t, struct text name, struct text entry);

#endif
