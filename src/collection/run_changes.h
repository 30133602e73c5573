/* What the newest summary under runs/ says that its run found new, changed, gone or moved. */
#ifndef COLLECTION_RUN_CHANGES_H
#define COLLECTION_RUN_CHANGES_H

#include <stdint.h>

#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"
#include "web/change.h"

/* The run that a summary is of. */
struct told_run {
    char name[DATE_14_SIZE]; /* of its files: "20260304050607" */
    int64_t ended_ms;        /* since 1970; 0: not told */
};

/* The text lives until the function returns. */
typedef enum result run_changes_take(void *context, enum change change, struct text url,
                                     struct trouble *trouble);

/* Calls `take` for each change, and ends with its first result that is not OK.  *run is
 * filled in before.  END: there is no summary that can be read.  LOST: the
 * summary is not as a run writes it; `take` has had what was before. */
MUST_CHECK enum result run_changes_read(const char *runs, run_changes_take *take, void *context,
                                        struct told_run *run, struct trouble *trouble);

/* The same for a summary that was read already.  LOST, without words: it is not as a run writes
 * it. */
MUST_CHECK enum result run_changes_in(struct text json, run_changes_take *take, void *context,
                                      struct trouble *trouble);

#endif
