/* What a person should know who is told nothing else: one paragraph on a run that did not go well.
 */
#ifndef REPORT_EXIT_STATUS_H
#define REPORT_EXIT_STATUS_H

#include <stdint.h>
#include <stdio.h>

#include "crawl/crawl_observer.h"

enum { OUTCOME_WORDS = 512 };

/* How a run ended, for those who start many.  No pointers: it is shared between processes. */
struct crawl_outcome {
    int exit_code;
    char reason[OUTCOME_WORDS]; /* empty when all went well */
    uint64_t pages, answers, stored_bytes;
    uint64_t fresh, changed, gone, moved; /* pages and their parts, against the runs before */
    uint64_t waiting, failed;
};

/* Fills *outcome with the figures of a run, and the words for why it ended as it did. */
void exit_status_fill(const struct crawl_ended *ended, int exit_code,
                      struct crawl_outcome *outcome);

/* Says in words, on one line for mail and journal to break as they like, what happened, what is
 * safe, and the next step; nothing for exit code 0.  `name` is what the user calls the site. */
void exit_status_print(FILE *out, const struct crawl_outcome *outcome, const char *name,
                       const char *directory);

#endif
