/*
 * The names of families: which addresses page through one list (/blog/page/2, /blog/page/3 ...;
 * /events/2026-11/, /events/2026-12/ ...), told from the addresses alone.
 */
#ifndef SERIES_SERIES_KEY_H
#define SERIES_SERIES_KEY_H

#include <stdbool.h>

#include "base/buf.h"
#include "web/url.h"

/* Appends the name of the family that an address belongs to: the address without what tells its
 * pages apart, which is the digits of the last segment of the path that has any, all numbers of a
 * closing date, and the value of every parameter that counts pages or names a date.  Everything
 * else names another list.  `period` is the first day of an archive's period (20180600) whose own
 * chain is a family; 0: none. */
void series_key_write(const struct url *url, int period, struct buf *out);

/* Whether a date is what tells this address from the others of its family: /events/2026-11/,
 * ?month=11-2026. */
bool series_key_is_dated(const struct url *url);

#endif
