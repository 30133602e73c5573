/* How complete a capture is, in words for a person: what the site lists, and how much of it is in
 * the archive. */
#ifndef REPORT_COMPLETENESS_TEXT_H
#define REPORT_COMPLETENESS_TEXT_H

#include <stdio.h>

#include "base/buf.h"
#include "store/completeness.h"

/* Prints a table with one line per source that lists anything, then the totals that the site gives
 * itself; nothing when the site lists nothing. */
void completeness_print(const struct completeness *completeness, FILE *out);

enum completeness_gaps {
    GAPS_ALL,
    GAPS_UNTRIED, /* without the states of pages, which the caller counts */
};

/* Appends clauses such as "8 pages broken, 3 list pages waiting"; nothing when there is no gap. */
void completeness_add_gaps(const struct completeness *completeness, enum completeness_gaps which,
                           struct buf *out);

/* Appends what qualifies "Complete": "12 pages that robots.txt closes and 3 pages that your options
 * leave out"; nothing when neither does. */
void completeness_add_left_out(const struct completeness *completeness, struct buf *out);

#endif
