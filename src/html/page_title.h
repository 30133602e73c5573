/* A page for lists of pages: its title, and the words on it. */
#ifndef HTML_PAGE_TITLE_H
#define HTML_PAGE_TITLE_H

#include "base/buf.h"
#include "base/text.h"

/* `html` is a decoded page in any encoding, `charset` the one of its Content-Type (may be empty).
 * Appends the content of its first <title> outside SVG to *title, as UTF-8 with single blanks; a
 * title is cut at 1,000 bytes.  Unless NULL, *words gets what a visitor reads, likewise.  What the
 * buffers do not hold is left out: check buf_is_out_of_memory(). */
void page_title_read(struct text html, struct text charset, struct buf *title, struct buf *words);

#endif
