/*
 * data: URLs (RFC 2397), and base64 by itself (RFC 4648).  Plugins keep whole scripts in them, so
 * that browsers run these later.
 */
#ifndef WEB_DATA_URL_H
#define WEB_DATA_URL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

/* Appends the bytes that `raw` stands for. *type gets its media type without parameters, which
 * may be empty and points into `raw`.  False: it is not a data: URL, or not a whole one. */
bool data_url_read(struct text raw, struct text *type, struct buf *bytes);

/* Appends what the base64 stands for, in the letters of either alphabet; "=" at its end may be
 * left out.  White space is skipped.  False: it has other bytes, and `bytes` may have some. */
bool base64_read(struct text raw, struct buf *bytes);

#endif
