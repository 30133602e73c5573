/*
 * Decides whether a link leads to a date archive, to another page of a paginated list, or to an
 * ordinary page.  Date archives are recognized first, then pagers (series/pagers.h).
 *
 * `year` is the current year; later years are not taken for dates of an archive.
 */
#ifndef SERIES_DATE_ARCHIVE_H
#define SERIES_DATE_ARCHIVE_H

#include <stdbool.h>

#include "series/pagers.h"
#include "web/link.h"

struct series_judgement {
    enum link_class class; /* LINK_PAGER, LINK_ARCHIVE or LINK_PAGE */
    enum link_certainty certainty;
    struct pager_marks marks; /* of a pager: why it is one */
};

/* Judges a link on `page`.  A link to another site is always LINK_PAGE.  `segments` are those of
 * the link's path. */
struct series_judgement series_judge(const struct pagers *pagers, const struct url *page,
                                     const struct url *link, const struct path_segments *segments,
                                     const struct anchor *anchor, int year);

enum { DATE_ARCHIVE_ANY_YEAR = 9998 }; /* as `year`: accepts any year */

/* The period of a date archive, by its URL: 20180601 for a day, 20180600 for a month, 20180000 for
 * a year; 0 when the URL is not that of a date archive. */
int date_archive_period(const struct url *url, int year);
/* The day in the cursor of a pager's URL ("updated-max=2018-06-15T..."), as 20180615; 0 when there
 * is none. */
int date_archive_cursor(const struct url *url);

/* Whether the path ends in a date and nothing else (/2021/06/, /events/2021-06-04), as the pages of
 * a calendar do. */
bool date_archive_is_bare_date(struct text path);

/* Whether the URL is that of a topic's list of posts: a label, tag, category or author. */
bool date_archive_is_topic(const struct url *url);

/* Whether these are the segments of a date archive's path: /2021/, /2021/06/,
 * /2021_06_01_archive.html, /archives/2021/6 ... */
bool date_archive_is_archive_path(const struct path_segments *segments, int year);

#endif
