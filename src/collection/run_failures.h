/* What the newest summary in runs/ says about failures and waiting URLs. A store that was lost
 * is rebuilt from it, and verify uses it. */
#ifndef COLLECTION_RUN_FAILURES_H
#define COLLECTION_RUN_FAILURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"

/* A URL that had failed when the run ended.  Texts live until the callback returns. */
struct run_failure {
    struct text url, kind, way, reason; /* empty: not told */
    int status;
    int rounds, same_rounds;                 /* as in struct failure */
    int64_t since_ms, last_ms, not_until_ms; /* 0: not told */
    bool known_dead;
};

typedef enum result run_failures_take(void *context, const struct run_failure *failure,
                                      struct trouble *trouble);

/* Calls `take` for each failure, and ends with its first result that is not OK.  `run` gets the
 * name of the summary ("20260304050607").  END: there is no summary that can be read. */
MUST_CHECK enum result run_failures_read(const char *runs, run_failures_take *take, void *context,
                                         char run[DATE_14_SIZE], struct trouble *trouble);

/* The number of URLs that waited when the run ended goes to *waiting; 0: it is not told.  Calls
 * `take` for each seed that no record names: it waits, or `reason` names the rule that leaves it
 * out.  END: as above. */
MUST_CHECK enum result run_waiting_read(const char *runs, uint64_t *waiting,
                                        run_failures_take *take, void *context,
                                        struct trouble *trouble);

#endif
