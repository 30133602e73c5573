/*
 * One run over one collection, from seeds to a summary.  The way of the data can be read in
 * crawl_run():
 *
 *   seed -> url -> frontier -> fetch -> exchange -> links -> frontier
 *                                               \-> capture -> writers (record, file) -> store
 * "done" -> index
 */
#ifndef CRAWL_CRAWL_H
#define CRAWL_CRAWL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "capture/capture_options.h"
#include "crawl/exit_status.h"
#include "fetch/fetch_options.h"
#include "frontier/frontier_options.h"
#include "frontier/scope_options.h"
#include "store/store.h"

enum crawl_recheck { RECHECK_AUTO, RECHECK_ALL, RECHECK_NEW };

struct recrawl_options {
    enum crawl_recheck recheck; /* which known addresses a later run asks for again */
    int64_t within_ms;          /* longest time between two looks at an address */
    bool no_if_modified_since;  /* never ask conditionally */
};

/* When a run ends early; 0: no limit. */
struct crawl_limits {
    int64_t pages;        /* 0: none */
    int64_t bytes;        /* stored bytes, 0: none */
    int64_t time_ms;      /* 0: none */
    int64_t disk_reserve; /* stop before less than this is free */
};

/* Each list is directly followed by its count: that is how the table of options fills it in. */
struct crawl_options {
    const char *directory; /* of the collection */
    char **seeds;
    int seed_count;
    const char *contact;    /* mail address or URL, NULL: none was given */
    const char *user_agent; /* NULL: warccap's own */
    char **rules_off;       /* names of rules that leave nothing out */
    int rules_off_count;
    struct fetch_options fetch;
    struct scope_options scope;
    struct frontier_options frontier;
    struct capture_options capture;
    struct recrawl_options recrawl;
    struct crawl_limits limits;
    int tries;
    const char *notify; /* shell command that gets the run's JSON; NULL: none */
    int changed_exit; /* exit code of a run that went well and found something else than before; 0:
                         no matter */
    bool quiet, json, verbose, progress;
};

/* The defaults of all options. */
struct crawl_options crawl_defaults(void);

/* What signals ask of a run; only handlers write it, but for the flags that are cleared when they
 * were heeded. */
struct crawl_calls {
    volatile sig_atomic_t
        stop; /* how often: once, what is under way is finished; twice, it is given up */
    volatile sig_atomic_t reopen; /* the log */
    volatile sig_atomic_t tell; /* how far it is: to the log, and to standard error unless quiet */
};

/* Makes the run.  Gives the exit code of the command; everything a person should know was printed
 * (summary to standard output, trouble to standard error).  `outcome` may be NULL. */
int crawl_run(const struct crawl_options *options, struct crawl_calls *calls,
              struct crawl_outcome *outcome);

#endif
