/* Writing, recognizing and folding characters in UTF-8 (RFC 3629). */
#ifndef HTML_CHARACTERS_H
#define HTML_CHARACTERS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Appends one character.  A code that is not a character becomes U+FFFD. */
void utf8_add(struct buf *out, unsigned long code);

/* Whether the text is UTF-8.  A character cut off at the end is allowed. */
bool utf8_is(struct text text);

/* Writes one character in lower case and returns how many bytes that took.  Folds Latin with
 * accents, Greek, Cyrillic and Armenian; others stay as they are.  `from` is exactly one character,
 * and `out` has room for as many bytes. */
size_t utf8_fold(struct text from, char *out);

#endif
