/* UTF-8 (RFC 3629), as far as the extractors need it. */
#ifndef HTML_CHARACTERS_H
#define HTML_CHARACTERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Appends one character; what is none becomes U+FFFD. */
void utf8_add(struct buf *out, unsigned long code);

/* Whether the text is UTF-8, but for a character that its end cuts. */
bool utf8_is(struct text text);

/* One character in lower case: Latin with its accents, Greek, Cyrillic; any other as it is.  `out`
 * has room for as many bytes as `from`, which holds this character alone; gives how many were
 * written. */
size_t utf8_fold(struct text from, char *out);

#endif
