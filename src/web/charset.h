/*
 * Character encodings by the labels that documents and servers write.  Browsers read many labels as
 * a wider encoding than their name says ("iso-8859-1" is windows-1252, "shift_jis" has NEC's
 * characters too: WHATWG Encoding Standard, section 4.2), and know some that iconv does not.
 */
#ifndef WEB_CHARSET_H
#define WEB_CHARSET_H

#include <iconv.h>
#include <stdbool.h>

#include "base/text.h"

#define NO_CONVERTER ((iconv_t)-1)

/* From UTF-8 into the encoding.  NO_CONVERTER when nobody knows the label, or when browsers write
 * UTF-8 in its place (UTF-16 and UTF-8 itself). */
iconv_t charset_encoder(struct text label);

/* From the encoding into UTF-8; NO_CONVERTER when nobody knows the label. */
iconv_t charset_decoder(struct text label);

/* Whether anybody knows the label: one that nobody knows counts for nothing. */
bool charset_is_known(struct text label);

#endif
