/*
 * XML, read with the HTML tokenizer.  That accepts broken feeds and sitemaps, as XML parsers do
 * not, and it expands no entities, so a hostile document cannot grow.
 */
#ifndef HTML_XML_TEXT_H
#define HTML_XML_TEXT_H

#include "base/buf.h"
#include "html/tokenizer.h"

/* A name without its namespace prefix.  Points into `name`. */
struct text xml_local(struct text name);

/* The value of the current tag's attribute, with references decoded.  It points into `out` when
 * there were any, else into the input.  at == NULL when the tag has no such attribute. */
struct text xml_attribute(const struct tokenizer *t, const char *name, struct buf *out);

/* The text up to the next tag, trimmed, with CDATA sections and references decoded.  It points into
 * `out` when anything had to be decoded, else into the input. */
struct text xml_element_text(struct tokenizer *t, struct buf *out);

/* The date in the next element called `name` of the entry that begins here, in milliseconds since
 * 1970.  0 when there is none within 8 KiB, or none before the end of the element `entry`.  Both
 * names are without namespace prefix. */
int64_t xml_date_ahead(const struct tokenizer *t, struct text name, struct text entry);

#endif
