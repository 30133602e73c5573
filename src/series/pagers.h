/*
 * Recognizes pagers: links to another page of a paginated list.  Each sign gives points: the link's
 * text, its URL, the names of elements around it.  There is one threshold for "possible", and a
 * higher one for "certain".
 */
#ifndef SERIES_PAGERS_H
#define SERIES_PAGERS_H

#include <stdbool.h>

#include "html/word_set.h"
#include "series/pager_words.h"
#include "web/path_segments.h"
#include "web/url.h"

/* The word lists, prepared for searching.  It must not be moved in memory. */
struct pagers {
    struct pager_words pager_words;
    struct word_set names, whole_names, layout, calendars, archives, other_ways, pointing;
    struct word_set telling; /* all words that make a name worth examining */
    struct text telling_list[WORDS_MOST];
};

/* Prepares the word lists.  There is nothing to release. */
void pagers_init(struct pagers *pagers);

/* What is known of an anchor besides its URL. */
struct anchor {
    struct text text;       /* its text, shortened and trimmed, or else the alt text of its image */
    struct text rel, title; /* attributes; title may be the aria-label */
    struct text class, id;
    struct text inside; /* without text: the classes of its icons, or the name of its image file */
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
    bool own;                 /* the URL belongs to the page's own list, with few other signs */
};

/* Judges a link on `page`.  `segments` are those of the link's path. */
struct pager_marks pagers_judge(const struct pagers *pagers, const struct url *page,
                                const struct url *link, const struct path_segments *segments,
                                const struct anchor *anchor);

/* What the class, id, role or aria-label of an element name.  Words of layout ("page-wrapper") do
 * not name a pager. */
struct named {
    bool pager, archive, calendar;
};
struct named pagers_named(const struct pagers *pagers, struct text names);

/* Whether a query parameter selects a page of a list: page=2, offset=40, updated-max=2021-06-01;
 * not page=about. */
bool pagers_parameter(struct text parameter);
/* Whether the query has such a parameter. */
bool pagers_query(struct text query);
/* Whether the path names a page of a list (.../page/2, .../seite-3, .../index2.html) or may name
 * one
 * (.../p3). */
enum page_path { PAGE_NONE, PAGE_HINTED, PAGE_NAMED };
enum page_path pagers_path(const struct path_segments *segments);

/* Whether `page` is one of the numbered pages of the list whose first page `link` is. */
bool pagers_leads_back(const struct url *page, const struct url *link);

/* The page number in a URL that names it: .../page/2, .../index3.html, ?page=2; -1 when there is
 * none. */
long pagers_page(const struct url *url);

/* The number in a text such as "2", "[2]", "Page 2" or "21-40" (the first of two); -1 for any other
 * text. */
long pagers_number(struct text text);

/* A hash of the URL without its page number, so that all pages of a list have the same; never 0. */
uint64_t pagers_family(const struct url *url);
/* A hash of path and query without their digits. */
uint64_t pagers_shape(const struct url *url);

#endif
