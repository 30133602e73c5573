/*
 * The counts that archive widgets show, "June 2021 (27)", against the posts that are there: a completeness oracle that
 * costs nothing.  A post belongs to the month that its address names (/2021/06/name.html); a site whose addresses bear
 * no dates can't be compared.
 */
#ifndef DISCOVER_PERIODS_H
#define DISCOVER_PERIODS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

enum { PERIOD_FIRST_YEAR = 1990, PERIOD_YEARS = 160 };

struct periods {
    int promised[PERIOD_YEARS][13]; /* by year and month, [0]: the whole year */
    int present[PERIOD_YEARS][13];
    bool comparable;                /* some page's address bears a date */
};

/* The site says that the period which begins on this day (20210600, 20210000) holds so many posts. */
void periods_promise(struct periods *periods, int first_day, int posts);
/* A page is there. */
void periods_page(struct periods *periods, const struct url *url);

/* Whether the address is that of a post of the period (20210600, 20210000). */
bool periods_hold(int period, const struct url *url);

/* Adds the periods up: months, and years of which no month is promised.  `each`, which may be NULL, is called for those
 * of which something is missing.  What is more than promised does not make up for what is less elsewhere. */
void periods_compare(const struct periods *periods, uint64_t *promised, uint64_t *present,
                     void (*each)(void *context, int first_day, int promised, int present), void *context);

#endif
