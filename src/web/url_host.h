/*
 * Hosts of URLs as browsers read them (WHATWG URL Standard, section 3.5): names, IPv4 addresses in
 * any notation, and IPv6 addresses in brackets.
 */
#ifndef WEB_URL_HOST_H
#define WEB_URL_HOST_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Appends the host in its serialised form (section 3.6).  `host` is UTF-8 and may have percent
 * escapes.  False when it is not a host; part of it may then have been appended. */
MUST_CHECK bool url_write_host(struct buf *out, struct text host);

#endif
