/*
 * Groups URLs into series: the pages of one list have the same key (/blog/page/2, /blog/page/3 ...;
 * /events/2026-11/, /events/2026-12/ ...).  Only the URLs are used for this.
 */
#ifndef SERIES_SERIES_KEY_H
#define SERIES_SERIES_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "web/url.h"

/* Appends the key of the series that a URL belongs to.  The key is the URL without what differs
 * between pages of a list:
 * - the digits in the last segment of the path that has any, or all numbers of a date at its end;
 * - the value of every parameter that counts pages or gives a date.
 * Any other difference makes another series.  `period` is the first day (20180600) of a date
 * archive whose pages are a series of their own; 0 for none. */
void series_key_write(const struct url *url, int period, struct buf *out);

/* Whether the URLs of this series differ in a date: /events/2026-11/, ?month=11-2026. */
bool series_key_is_dated(const struct url *url);

#endif
