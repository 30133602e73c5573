/*
 * Pagers: what speaks for a link's leading to another page of a list.  Points are given for the
 * marks; one threshold for "possible", a higher one for "certain".
 */
#ifndef SERIES_PAGERS_H
#define SERIES_PAGERS_H

#include <stdbool.h>

#include "html/word_set.h"
#include "series/pager_words.h"
#include "web/path_segments.h"
#include "web/url.h"

/* The word lists, ready for looking up; not to be moved. */
struct pagers {
    struct pager_words pager_words;
    struct word_set names, whole_names, layout, calendars, archives, other_ways, pointing;
    struct word_set telling; /* whatever makes a name worth a closer look */
    struct text telling_list[WORDS_MOST];
};

void pagers_init(struct pagers *pagers);

/* What is known of an anchor besides its address. */
struct anchor {
    struct text
        text; /* its text, cut and trimmed; the alt text of an image in it when there is none */
    struct text rel, title; /* attributes; title also from aria-label */
    struct text class, id;
    struct text
        inside;    /* classes of the icons in it, or the name of its picture, when it has no text */
    bool in_pager; /* an element around it is named like a pager */
    bool in_archive;  /* ... like an archive list */
    bool in_calendar; /* ... like a calendar */
};

enum { POINTS_POSSIBLE = 2, POINTS_CERTAIN = 3 };

/* What the points are made of. */
struct pager_marks {
    int points;
    long number;              /* the text is this number, or "Page 2", "1-20"; -1: it is none */
    enum direction direction; /* what the text and the like say of the way on */
    bool counted;             /* path or query hold a page's number */
    bool named;               /* the path says so: .../page/2 */
    bool own;                 /* ... of the list at hand, though little else speaks for a pager */
};

/* `segments` are those of the link's path. */
struct pager_marks pagers_judge(const struct pagers *pagers, const struct url *page,
                                const struct url *link, const struct path_segments *segments,
                                const struct anchor *anchor);

/* What class, id and the like of an element name.  Words of layout ("page-wrapper") name no pager.
 */
struct named {
    bool pager, archive, calendar;
};
struct named pagers_named(const struct pagers *pagers, struct text names);

/* Whether a query parameter says a page: page=2, offset=40, updated-max=2021-06-01; not page=about.
 */
bool pagers_parameter(struct text parameter);
/* Whether the query holds one. */
bool pagers_query(struct text query);
/* Whether the path says a page: .../page/2, .../seite-3, .../index2.html; or may mean one: .../p3.
 */
enum page_path { PAGE_NONE, PAGE_HINTED, PAGE_NAMED };
enum page_path pagers_path(const struct path_segments *segments);

/* Whether `page` is one of the numbered pages of the list whose first page `link` is. */
bool pagers_leads_back(const struct url *page, const struct url *link);

/* The number that the address gives its page by name: .../page/2, .../index3.html, ?page=2; -1:
 * none. */
long pagers_page(const struct url *url);

/* The number that a text like "2", "[2]", "Page 2", "21-40" says (of two the first); -1 when it
 * says anything else. */
long pagers_number(struct text text);

/* A hash of the address without what tells a page from the others of its list, so that they all
 * have the same; never 0. */
uint64_t pagers_family(const struct url *url);
/* A hash of the address without its digits. */
uint64_t pagers_shape(const struct url *url);

#endif
