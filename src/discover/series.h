/*
 * Series: pagination and dated archives, and the traps beside them.  Archives are told first; then points are given for
 * the marks of a pager, with one threshold for "possible" and a higher one for "certain".
 */
#ifndef DISCOVER_SERIES_H
#define DISCOVER_SERIES_H

#include <stdbool.h>

#include "discover/links.h"
#include "discover/words.h"

/* The word lists of this room, ready for looking up. */
struct series {
    struct words pager, archive, direction, path_traps, query_traps, parameters;
};

void series_init(struct series *series);

/* What is known of an anchor besides its address. */
struct anchor {
    struct text text;       /* its text, cut and trimmed; the alt text of an image in it when there is none */
    struct text rel, title; /* attributes; title also from aria-label */
    struct text class, id;
    bool in_pager;          /* an element around it is named like a pager */
    bool in_archive;        /* ... like an archive list */
};

/* Whether class, id and the like name a pager or an archive list. */
bool series_names_pager(const struct series *series, struct text name);
/* The same for an element around links: words of layout ("page-wrapper", "menu") hold a pager's without being one. */
bool series_names_pager_box(const struct series *series, struct text name);
bool series_names_archive(const struct series *series, struct text name);

/* The rule that knows the address, found on `page`, as a trap; NULL when none does.  `year` is the present one. */
const char *series_trap(const struct series *series, const struct url *page, const struct url *url, int year);

/* Class and certainty of a link on `page`'s own site: LINK_PAGER, LINK_ARCHIVE or LINK_PAGE. */
enum link_class series_judge(const struct series *series, const struct url *page, const struct url *link,
                             const struct anchor *anchor, int year, enum link_certainty *certainty);

/* Whether a query parameter of this name counts pages: page, offset, cursor, updated-max ... */
bool series_counts_pages(struct text name);

enum { SERIES_ANY_YEAR = 9998 }; /* for `year`: no period is in the future */

/* The first day, as 20180601, of the period that a dated archive's address names (20180600 for a month, 20180000 for a
 * year); 0 when it is none. */
int series_period(const struct url *url, int year);
/* The day, as 20180615, that the cursor in a pager's address names ("updated-max=2018-06-15T..."); 0 when it has none. */
int series_cursor(const struct url *url);

/* Whether the path ends in nothing but a date (/2021/06/, /events/2021-06-04): a calendar's next day is no news. */
bool series_is_bare_date(struct text path);

/* Whether the address is that of a topic's list of posts: a label, tag, category or author. */
bool series_is_topic(const struct url *url);

/* Whether the path is that of a dated archive: /2021/, /2021/06/, /2021_06_01_archive.html, /archives/2021/6 ... */
bool series_is_archive_path(struct text path, int year);

#endif
