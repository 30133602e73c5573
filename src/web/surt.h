/*
 * SURT keys as Python's surt 0.3.1 computes them with its defaults, because pywb looks addresses up
 * by exactly these
 * ("com,example)/path?query"): lower-cased, www removed, session ids removed, query sorted, scheme
 * dropped.
 */
#ifndef WEB_SURT_H
#define WEB_SURT_H

#include "base/buf.h"
#include "base/text.h"

/* Appends the key of `url`, any bytes, not only http. */
void surt_write(struct text url, struct buf *out);

#endif
