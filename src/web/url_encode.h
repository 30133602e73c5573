/*
 * Percent-encoding in addresses (WHATWG URL Standard, section 1.3).
 */
#ifndef WEB_URL_ENCODE_H
#define WEB_URL_ENCODE_H

#include "base/buf.h"
#include "base/text.h"

/* The part of an address that the text goes into; each has its own set of bytes to encode. */
enum url_place { URL_IN_FRAGMENT = 1, URL_IN_QUERY = 2, URL_IN_PATH = 4, URL_IN_USER = 8 };

void url_escape(struct buf *out, unsigned char c); /* "%XX" */

/* `text` is UTF-8; bytes that are not become U+FFFD. */
void url_encode(struct buf *out, struct text text, enum url_place place);

/* The query of an address that stands in a document: its characters are encoded in the document's
 * own encoding, and what that can't express becomes a character reference.  `query` itself is
 * UTF-8; `encoding` as in charset.h, empty or unknown: UTF-8. */
void url_encode_query(struct buf *out, struct text query, struct text encoding);

#endif
