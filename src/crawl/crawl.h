/*
 * One run over one collection, from seeds to a summary.  The path of the data can be read in
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
#include "fetch/fetch_options.h"
#include "frontier/frontier_options.h"
#include "frontier/recorded_options.h"
#include "frontier/scope_options.h"
#include "store/store.h"
#include "web/url_rules.h"

enum crawl_recheck { RECHECK_AUTO, RECHECK_ALL, RECHECK_NEW };

struct recrawl_options {
    enum crawl_recheck recheck; /* which known URLs a later run requests again */
    int64_t within_ms;          /* longest time between two visits to a URL */
    bool no_if_modified_since;  /* never send conditional requests */
};

/* As many redirects as are usual: at least REDIRECTS_LEAST, and REDIRECTS_EACH for each response
 * that is a success. */
enum { REDIRECTS_AUTO = -1, REDIRECTS_LEAST = 50000, REDIRECTS_EACH = 3 };

/* When a run ends early, and what it does not follow; 0: no limit. */
struct crawl_limits {
    int64_t pages;        /* 0: none */
    int64_t bytes;        /* stored bytes; 0: none */
    int64_t time_ms;      /* 0: none */
    int64_t disk_reserve; /* stop when less than this is free */
    int64_t parts;        /* new requisites of one page; 0: no limit */
    int64_t redirects;    /* followed in all, or REDIRECTS_AUTO; 0: no limit */
};

/* Each list is directly followed by its count, because the option table fills them in that way. */
struct crawl_options {
    const char *directory; /* of the collection */
    char **seeds;          /* none: those that the collection has */
    int seed_count;
    char **forget_seeds; /* seeds of the collection that are taken back */
    int forget_count;
    const char *contact;           /* mail address or URL; NULL: none was given */
    const char *user_agent;        /* NULL: warccap's own */
    struct url_rule_set rules_off; /* rules that leave nothing out */
    struct fetch_options fetch;
    struct scope_options scope;
    struct frontier_options frontier;
    struct capture_options capture;
    struct recrawl_options recrawl;
    struct crawl_limits limits;
    int tries;
    bool sandbox; /* before anything of strangers is read, enter the box: base/box.h */
};

/* The defaults of all options. */
struct crawl_options crawl_defaults(void);

/* Selects the options that decide what is captured, as the archive records them.  Lists are
 * borrowed. */
struct recorded_options crawl_recorded_options(const struct crawl_options *options);

/* What signals ask of a run.  Only signal handlers set these; the run clears `reopen` and `tell`
 * when it has acted on them. */
struct crawl_calls {
    volatile sig_atomic_t
        stop; /* how many times: once, running transfers are finished; twice, they are given up */
    volatile sig_atomic_t reopen; /* the log */
    volatile sig_atomic_t tell;   /* the progress, to the log and the observer */
};

/* How a run ended. */
enum crawl_end {
    CRAWL_FINISHED,         /* everything is done, and nothing has changed */
    CRAWL_FINISHED_CHANGED, /* the same, but something is new, changed, gone or moved */
    CRAWL_INCOMPLETE,       /* the same, but some URLs in scope are refused or broken, or no page is
                               kept at all */
    CRAWL_STOPPED,          /* crawl_calls.stop was set; the next run continues */
    CRAWL_PAGE_LIMIT,       /* limits.pages; the next run continues, as after the next three */
    CRAWL_SIZE_LIMIT,       /* limits.bytes */
    CRAWL_TIME_LIMIT,       /* limits.time_ms */
    CRAWL_DISK_LIMIT,       /* limits.disk_reserve */
    CRAWL_LEFT_ALONE,       /* the remaining hosts asked to be left alone for now */
    CRAWL_HELD,             /* another run has locked the collection; nothing was done */
    CRAWL_WRONG_OPTIONS,    /* a seed or an option can't be used; nothing was done */
    CRAWL_BROKEN,           /* a file or the machine failed; what was captured is kept */
};
enum { CRAWL_ENDS = CRAWL_BROKEN + 1 };

struct crawl_observer; /* crawl/crawl_observer.h */

/* Makes the run, and writes its summary to the collection's runs/.  Prints nothing: what happens is
 * told to `observer`, which may be NULL.  User information is removed from the seeds' URLs. */
enum crawl_end crawl_run(const struct crawl_options *options, struct crawl_calls *calls,
                         const struct crawl_observer *observer);

#endif
