/*
 * Percent-encoding in URLs (WHATWG URL Standard, section 1.3).
 */
#ifndef WEB_URL_ENCODE_H
#define WEB_URL_ENCODE_H

#include "base/buf.h"
#include "base/text.h"

/* The part of a URL that the text goes into.  Each part has its own set of bytes to encode. */
enum url_place { URL_IN_FRAGMENT = 1, URL_IN_QUERY = 2, URL_IN_PATH = 4, URL_IN_USER = 8 };

/* Appends "%XX". */
void url_escape(struct buf *out, unsigned char c);

/* Appends `text`, which is UTF-8, with the bytes escaped that must be in this part.  Bytes that are
 * not UTF-8 become U+FFFD. */
void url_encode(struct buf *out, struct text text, enum url_place place);

/* Appends the query of a URL found in a document.  Its characters are encoded in the document's
 * encoding. Those that the encoding lacks become character references (WHATWG URL Standard,
 * section 4.4, query state).  `query` itself is UTF-8.  `encoding` is a label as in charset.h;
 * empty or unknown means UTF-8. */
void url_encode_query(struct buf *out, struct text query, struct text encoding);

#endif
