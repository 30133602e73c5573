/*
 * Series: dated archives and pagination.  Archives are told first; then points are given for the
 * marks of a pager, with one threshold for "possible" and a higher one for "certain" (pagers.h).
 */
#ifndef SERIES_DATE_ARCHIVE_H
#define SERIES_DATE_ARCHIVE_H

#include <stdbool.h>

#include "series/pagers.h"
#include "web/link.h"

/* Class and certainty of a link on `page`'s own site: LINK_PAGER, LINK_ARCHIVE or LINK_PAGE; and of
 * a pager why. */
struct series_judgement {
    enum link_class class;
    enum link_certainty certainty;
    struct pager_marks marks;
};
/* `segments` are those of the link's path. */
struct series_judgement series_judge(const struct pagers *pagers, const struct url *page,
                                     const struct url *link, const struct path_segments *segments,
                                     const struct anchor *anchor, int year);

enum { DATE_ARCHIVE_ANY_YEAR = 9998 }; /* for `year`: no period is in the future */

/* The first day, as 20180601, of the period that a dated archive's address names (20180600 for a
 * month, 20180000 for a year); 0 when it is none. */
int date_archive_period(const struct url *url, int year);
/* The day, as 20180615, that the cursor in a pager's address names ("updated-max=2018-06-15T...");
 * 0 when it has none. */
int date_archive_cursor(const struct url *url);

/* Whether the path ends in nothing but a date (/2021/06/, /events/2021-06-04): a calendar's next
 * day is no news. */
bool date_archive_is_bare_date(struct text path);

/* Whether the address is that of a topic's list of posts: a label, tag, category or author. */
bool date_archive_is_topic(const struct url *url);

/* Whether a path of these segments is that of a dated archive: /2021/, /2021/06/,
 * /2021_06_01_archive.html, /archives/2021/6 ... */
bool date_archive_is_archive_path(const struct path_segments *segments, int year);

#endif
