/*
 * Session ids in URLs.  A page with another session id is still the same page, so the ids are not
 * part of the key under which the crawler remembers a URL.  The URL that is requested is the first
 * one found.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "base/buf.h"

/* Removes session ids from a seen key (see url_write_seen_key()), in place.  In the path these are
 * ;jsessionid=X and (S(X)); in the query PHPSESSID, JSESSIONID, ASPSESSIONID*, CFID, CFTOKEN,
 * osCsid and zenid with any value, and sid and s with 32 hexadecimal digits. */
void session_strip(struct buf *key);

#endif
