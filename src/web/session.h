/*
 * Session ids in addresses: the same page under another id is the same page.  They are left out of
 * the key under which an address is remembered; what is requested is the first spelling met.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "base/buf.h"

/* Takes session ids out of a seen-key, in place: ;jsessionid=X and (S(X)) in the path; PHPSESSID,
 * ASPSESSIONID*, CFID, CFTOKEN, osCsid, zenid whatever they hold, sid and s with 32 hexadecimal
 * digits, in the query. */
void session_strip(struct buf *key);

#endif
