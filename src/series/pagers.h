/*
 * Recognizes pagers: links to another page of a paginated list.  Each sign gives points: the link's
 * text, its URL, the names of elements around it.  There is one threshold for "possible", and a
 * higher one for "certain".
 */
#ifndef SERIES_PAGERS_H
#define SERIES_PAGERS_H

#include <stdbool.h>

#include "html/word_set.h"
#include "series/pager_names.h"
#include "series/pager_rows.h"
#include "series/pager_words.h"
#include "web/path_segments.h"
#include "web/url.h"

/* The word lists, prepared for searching.  It must not be moved in memory. */
struct pagers {
    struct pager_words pager_words;
    struct pager_names names;
    struct word_set other_ways;
};

/* Prepares the word lists.  There is nothing to release. */
void pagers_init(struct pagers *pagers);

/* What is known of an anchor besides its URL. */
struct anchor {
    struct text text;       /* its text, shortened and trimmed, or else the alt text of its image */
    struct text rel, title; /* attributes; title may be the aria-label */
    struct text class, id;
    struct text inside; /* without text: the classes of its icons, or the name of its image file */
    bool drawn;         /* it is a picture: the text is its alt text, or there is none */
    bool in_pager;      /* an element around it is named like a pager */
    bool in_archive;    /* ... like a list of date archives */
    bool in_calendar;   /* ... like a calendar */
};

enum { POINTS_POSSIBLE = 2, POINTS_CERTAIN = 3 };

/* The points, and the signs that they come from. */
struct pager_marks {
    int points;
    long number;              /* the text is a number, "Page 2" or "1-20"; -1 when it is not */
    enum direction direction; /* "next" or the like, in text, title or class */
    bool counted;             /* the path or query contains a page number */
    bool named;               /* the path names the page: .../page/2 */
    enum pager_way way;       /* which way a picture that is the whole link points */
    bool own;                 /* the URL belongs to the page's own list, with few other signs */
};

/* Judges a link on `page`.  `segments` are those of the link's path. */
struct pager_marks pagers_judge(const struct pagers *pagers, const struct url *page,
                                const struct url *link, const struct path_segments *segments,
                                const struct anchor *anchor);

#endif
