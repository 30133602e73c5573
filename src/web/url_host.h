/*
 * Hosts as browsers read them (WHATWG URL Standard, section 3.5): names, and addresses in every
 * form they may take.
 */
#ifndef WEB_URL_HOST_H
#define WEB_URL_HOST_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Appends the host in its serialised form; false when it is none, with a part of it appended
 * perhaps. */
MUST_CHECK bool url_write_host(struct buf *out, struct text host);

#endif
