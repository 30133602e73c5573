/*
 * Judges pager links by what only the whole page shows.  Numbers in a row are pages, even without
 * any other sign.  Two pictures that point both ways, one back and one on, are those of a comic, a
 * chapter or a gallery.  If every thread of a forum has its own small pager, none of them is the
 * pager of the page.
 */
#ifndef SERIES_PAGER_ROWS_H
#define SERIES_PAGER_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

enum { PAGER_ROW_LINKS_MOST = 2048, NO_ENTRY = -1 };

/* Which way a picture points that is a whole link: "prev.gif", alt="Next comic". */
enum pager_way { WAY_NONE, WAY_BACK, WAY_ON };

struct pager_row_link {
    ptrdiff_t entry;   /* the caller's number for the link */
    uint64_t list_key; /* pager_url_list_key() of its URL */
    bool counted;      /* the URL contains a page number */
    uint64_t shape;    /* pager_url_shape() of its URL */
    long number;       /* the number in its text; -1 when there is none */
    size_t from, to;   /* offsets in the page: where the anchor begins and its text ends */
    bool leads;        /* it says "next" or the like */
    enum pager_way way;
    /* Set by pager_rows_settle(): 1 certain, because it is in a row; -1 only possible, because it
     * belongs to another pager; 0 neither. */
    int verdict;
};

/* Zeroed at first.  Release it when done. */
struct pager_rows {
    struct pager_row_link *list; /* NULL when empty */
    size_t count, room;
};

void pager_rows_release(struct pager_rows *pager_rows);
/* Adds a link of the page, in document order.  Links beyond PAGER_ROW_LINKS_MOST are ignored. False
 * without memory. */
MUST_CHECK bool pager_rows_add(struct pager_rows *pager_rows, const struct pager_row_link *sibling);
/* Sets the verdicts.  `own` is pager_url_list_key() of the page's own URL. */
void pager_rows_settle(struct pager_rows *pager_rows, uint64_t own);

#endif
