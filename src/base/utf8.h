/* Characters in UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text.h"

/* Length of the sequence that begins `text` (not empty), its character in *character; 0 when it is
 * none: cut, longer than needed, a surrogate, or beyond U+10FFFF. */
size_t utf8_read(struct text text, uint32_t *character);

#endif
