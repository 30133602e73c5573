/*
 * An observer that prints: live line, attempts, warnings, and the summary at the end.
 *
 * run_reporter_init() -> run_reporter_observer() -> crawl_run() -> outcome, json -> _release()
 */
#ifndef REPORT_RUN_REPORTER_H
#define REPORT_RUN_REPORTER_H

#include <stdbool.h>

#include "base/buf.h"
#include "crawl/crawl_observer.h"
#include "report/exit_status.h"
#include "report/progress.h"

struct report_options {
    bool quiet;       /* print nothing unless something is wrong */
    bool json;        /* the summary as JSON */
    bool verbose;     /* each attempt, as it stands in the log, to standard error */
    bool progress;    /* a live line, on a terminal */
    int changed_exit; /* exit code of a run that finished and found a change; 0: the usual one */
};

struct run_reporter {
    struct report_options options;
    struct progress progress;
    struct crawl_outcome outcome; /* when the run has ended */
    struct crawl_outcome
        *seen;       /* its figures follow the run, for another process; NULL: nobody looks */
    struct buf json; /* the run's JSON, when it has ended */
};

void run_reporter_init(struct run_reporter *reporter, const struct report_options *options);
void run_reporter_release(struct run_reporter *reporter);

/* The functions to give to crawl_run().  *reporter must outlive the run and must not move. */
struct crawl_observer run_reporter_observer(struct run_reporter *reporter);

#endif
