/* What the summaries of runs say, as pages of the server's own: what was new, and what is missing
 * and why. */
#ifndef SERVE_RUN_PAGES_H
#define SERVE_RUN_PAGES_H

#include "serve/archive_set.h"
#include "serve/request.h"

/* Appends what the first page says of the last run of an archive: when, what was new, how much is
 * missing, with links to the pages below.  Nothing if there is no summary. */
void run_pages_add_last(const struct archive_set *set, size_t archive, struct buf *out);

/* Fills *response if the target is one of these pages.  `local` is the server's own host and port.
 *   /runs?archive=N          all runs
 *   /run?archive=N&run=DATE  one of them: what it found new, changed, gone; what is missing */
MUST_CHECK bool run_pages_respond(const struct archive_set *set, const char *local,
                                  const struct served_request *request,
                                  struct served_response *response);

#endif
