/* How complete a capture is, in words for a person: what the site lists, and how much of it is in
 * the archive. */
#ifndef REPORT_COMPLETENESS_TEXT_H
#define REPORT_COMPLETENESS_TEXT_H

#include <stdio.h>

#include "base/buf.h"
#include "store/completeness.h"

/* Prints two tables: what is known of the site (web/url_totals.h), and one line per source that
 * lists anything; then the totals that the site gives itself. */
void completeness_print(const struct completeness *completeness, FILE *out);

/* Appends clauses such as "8 pages broken, 3 requisites and media files waiting", after a comma if
 * there is anything before; nothing when there is no gap. */
void completeness_add_gaps(const struct completeness *completeness, struct buf *out);

/* Appends the verdict on what is complete: "Complete but for 12 pages that robots.txt closes: all
 * that the site lists, and every URL in scope, is in the archive." */
void completeness_add_complete(const struct completeness *completeness, struct buf *out);

#endif
