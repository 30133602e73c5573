/*
 * What the names of elements (class, id, role, aria-label) tell of pagers, date archives and
 * calendars.
 */
#ifndef SERIES_PAGER_NAMES_H
#define SERIES_PAGER_NAMES_H

#include <stdbool.h>

#include "base/text.h"
#include "html/word_set.h"

/* The word lists, prepared for searching.  It must not be moved in memory. */
struct pager_names {
    struct word_set anywhere, whole_names, layout, calendars, archives, pointing;
    struct word_set telling; /* all words that make a name worth examining */
    struct text telling_list[WORDS_MOST];
};

/* Prepares the word lists.  There is nothing to release. */
void pager_names_init(struct pager_names *known);

/* What the class, id, role or aria-label of an element name.  Words of layout ("page-wrapper") do
 * not name a pager. */
struct named {
    bool pager, archive, calendar;
};
struct named pager_names_of(const struct pager_names *known, struct text names);

/* Whether a name contains "next", "prev", "older" or "newer": "btn-next", "nextLink", "icon_prev";
 * not "preview". */
bool pager_names_point(const struct pager_names *known, struct text name);

/* Whether an icon or image is named like an arrow: "fa-angle-right", "arrow-r.gif". */
bool pager_names_draw_arrow(struct text name);

#endif
