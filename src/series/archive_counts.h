/*
 * Compares the counts that archive widgets show, "June 2021 (27)", with the posts that were
 * captured.  This checks completeness without any further request.
 *
 * A post belongs to the month in its URL (/2021/06/name.html).  A site whose URLs have no dates
 * cannot be compared.  A period is given by its first day with zeros: 20210600 for a month,
 * 20210000 for a year.
 */
#ifndef SERIES_ARCHIVE_COUNTS_H
#define SERIES_ARCHIVE_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

enum { ARCHIVE_FIRST_YEAR = 1990, ARCHIVE_YEARS = 160 };

struct archive_counts {
    int listed[ARCHIVE_YEARS][13]; /* by year and month; [0] is the whole year */
    int present[ARCHIVE_YEARS][13];
    bool comparable; /* some page has a date in its URL */
};

/* Records how many posts the site lists for a period.  Other days are ignored. */
void archive_counts_list(struct archive_counts *archive_counts, int first_day, int posts);
/* The number recorded last for the period; 0 when there is none. */
int archive_counts_listed(const struct archive_counts *archive_counts, int first_day);
/* Counts a page that was captured. */
void archive_counts_page(struct archive_counts *archive_counts, const struct url *url);

/* Whether the URL is that of a post in the period. */
bool archive_counts_hold(int period, const struct url *url);

/* Adds up all periods: the listed months, and years without a listed month.  `each`, which may be
 * NULL, is called for each period with posts missing.  Extra posts in one period do not make up for
 * missing ones in another. */
void archive_counts_compare(const struct archive_counts *archive_counts, uint64_t *listed,
                            uint64_t *present,
                            void (*each)(void *context, int first_day, int listed, int present),
                            void *context);

#endif
