/*
 * What only the whole page tells of its pager links: numbers that stand in a row are pages, though
 * nothing else says so; and where every thread of a forum has a small pager of its own, those are
 * not the pager of the page.
 */
#ifndef SERIES_PAGER_ROWS_H
#define SERIES_PAGER_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

enum { PAGER_ROW_LINKS_MOST = 2048, NO_ENTRY = -1 };

struct pager_row_link {
    ptrdiff_t entry; /* the link, as the taker knows it */
    uint64_t family; /* of its address */
    bool counted;    /* the address holds a page's number */
    uint64_t shape;  /* of its address: the same for two that differ in numbers only */
    long number;     /* that its text says; -1: none */
    size_t from, to; /* where the anchor's tag and its text stand in the page */
    bool leads;      /* it says "next" or the like */
    int verdict;     /* when settled: 1 certain for the row it stands in, -1 only possible for it
                        belongs elsewhere, 0 */
};

struct pager_rows {
    struct pager_row_link *list; /* NULL: none yet */
    size_t count, room;
};

void pager_rows_release(struct pager_rows *pager_rows);
/* False without memory.  What is more than PAGER_ROW_LINKS_MOST is not looked at. */
MUST_CHECK bool pager_rows_add(struct pager_rows *pager_rows, const struct pager_row_link *sibling);
/* Fills in the verdicts; `own` is the family of the page itself. */
void pager_rows_settle(struct pager_rows *pager_rows, uint64_t own);

#endif
