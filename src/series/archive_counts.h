/*
 * The counts that archive widgets show, "June 2021 (27)", against the posts that are there: a
 * completeness oracle that costs nothing.  A post belongs to the month that its address names
 * (/2021/06/name.html); a site whose addresses bear no dates can't be compared.
 */
#ifndef SERIES_ARCHIVE_COUNTS_H
#define SERIES_ARCHIVE_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

enum { ARCHIVE_FIRST_YEAR = 1990, ARCHIVE_YEARS = 160 };

struct archive_counts {
    int listed[ARCHIVE_YEARS][13]; /* by year and month, [0]: the whole year */
    int present[ARCHIVE_YEARS][13];
    bool comparable; /* some page's address bears a date */
};

/* The site says that the period which begins on this day (20210600, 20210000) holds so many posts.
 */
void archive_counts_list(struct archive_counts *archive_counts, int first_day, int posts);
/* What archive_counts_list() was told last of the period; 0: nothing. */
int archive_counts_listed(const struct archive_counts *archive_counts, int first_day);
/* A page is there. */
void archive_counts_page(struct archive_counts *archive_counts, const struct url *url);

/* Whether the address is that of a post of the period (20210600, 20210000). */
bool archive_counts_hold(int period, const struct url *url);

/* Adds the periods up: months, and years of which no month is promised.  `each`, which may be NULL,
 * is called for those of which something is missing.  What is more than promised does not make up
 * for what is less elsewhere. */
void archive_counts_compare(const struct archive_counts *archive_counts, uint64_t *listed,
                            uint64_t *present,
                            void (*each)(void *context, int first_day, int listed, int present),
                            void *context);

#endif
