/* One paragraph on a run that did not go well, for a person who reads nothing else: the mail of a
 * cron job, or one line of the journal. */
#ifndef REPORT_EXIT_STATUS_H
#define REPORT_EXIT_STATUS_H

#include <stdint.h>
#include <stdio.h>

#include "crawl/crawl_observer.h"

enum { OUTCOME_WORDS = 512 };

/* How a run ended, for a process that starts many.  No pointers: it is shared between processes. */
struct crawl_outcome {
    int exit_code;
    char reason[OUTCOME_WORDS]; /* a phrase; empty when all went well */
    uint64_t pages, responses, stored_bytes;
    uint64_t fresh, changed, gone, moved; /* pages and parts, since the runs before */
    uint64_t waiting, failed;
    int os_error; /* errno of what failed; 0: no system call did */
};

/* Fills *outcome with the figures of a run, and the words for why it ended as it did. */
void exit_status_fill(const struct crawl_ended *ended, int exit_code,
                      struct crawl_outcome *outcome);

/* Prints one line: what happened, what is safe, and what to do next; nothing for exit code 0.  Mail
 * and journal break it as they like.  `name` is what the user calls the site. */
void exit_status_print(FILE *out, const struct crawl_outcome *outcome, const char *name,
                       const char *directory);

#endif
