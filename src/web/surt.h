/*
 * SURT keys ("com,example)/path?query"), exactly as Python's surt 0.3.1 computes them with its
 * defaults, because pywb looks URLs up by them.  The host is reversed, everything is in lower case,
 * the query is sorted, and scheme, "www." and session ids are dropped.
 */
#ifndef WEB_SURT_H
#define WEB_SURT_H

#include "base/buf.h"
#include "base/text.h"

/* Appends the key of `url`, which may be any bytes and have any scheme.  Every URL has a key,
 * without blanks or line ends; out's limit is the only failure (see buf_ok()). */
void surt_write(struct text url, struct buf *out);

#endif
