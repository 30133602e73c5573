/*
 * Finds converters for the character encodings that documents and servers name by a label.
 *
 * Browsers read many labels as a wider encoding than the name says (WHATWG Encoding Standard,
 * section 4.2): "iso-8859-1" is windows-1252, "shift_jis" includes NEC's characters.  They also
 * know labels that iconv does not know.
 */
#ifndef WEB_CHARSET_H
#define WEB_CHARSET_H

#include <iconv.h>
#include <stdbool.h>

#include "base/text.h"

#define NO_CONVERTER ((iconv_t)-1)

/* A converter from UTF-8 to the encoding, which the caller closes with iconv_close().  NO_CONVERTER
 * when the label is unknown, or when browsers write UTF-8 instead (for UTF-16, and UTF-8 itself).
 */
iconv_t charset_encoder(struct text label);

/* A converter from the encoding to UTF-8, which the caller closes with iconv_close().  NO_CONVERTER
 * when the label is unknown. */
iconv_t charset_decoder(struct text label);

/* Loads all that browsers know, and keeps it, so that the others find it although they may no
 * longer read files.  For a process that ends soon enough without freeing it. */
void charset_load_all(void);

/* Some encodings give octets from 80 to 9F to no character. Whether browsers read these as the
 * control characters of the same number, and write those so.  They do for the code pages of
 * Windows: 81, 8D, 8F, 90 and 9D in windows-1252 (WHATWG Encoding Standard, section 9). */
bool charset_has_controls(struct text label);

/* Whether the label is known.  Callers ignore an unknown one, as browsers do. */
bool charset_is_known(struct text label);

#endif
