/*
 * Traps: addresses that lead nowhere, without end, or to what a reader of the archive can do without, known by rules with
 * names.  The rules stand in tables.
 */
#ifndef DISCOVER_TRAPS_H
#define DISCOVER_TRAPS_H

#include "discover/words.h"
#include "web/url.h"

/* The tables, ready for looking up. */
struct traps {
    struct words names, parameters, marks;
};

void traps_init(struct traps *traps);

/* The rule that knows the address, found on `page`, as a trap; NULL when none does.  `year` is the present one. */
const char *traps_rule(const struct traps *traps, const struct url *page, const struct url *url, int year);

#endif
