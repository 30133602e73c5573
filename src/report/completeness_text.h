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
    GAPS_UNTRIED, /* without the pages that failed or are waiting, which the caller counts */
};

/* Appends clauses such as "8 pages missing, 3 pages left out by options or rules"; nothing when
 * nothing is missing. */
void completeness_add_gaps(const struct completeness *completeness, enum completeness_gaps which,
                           struct buf *out);

#endif
