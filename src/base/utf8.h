/* Reads characters in UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>

#include "base/text.h"

/* Reads the character at the start of `text`, which must not be empty, into *character and returns
 * its length in bytes.  0 when the bytes are not valid UTF-8: cut off, longer than needed, a
 * surrogate, or beyond U+10FFFF (section 3). */
size_t utf8_read(struct text text, uint32_t *character);

/* Whether all of it is valid UTF-8; an empty text is. */
bool utf8_is_valid(struct text text);

#endif
