/*
 * What a run tells its caller, while it runs and when it ends.  The engine prints nothing:
 * it calls these functions, and the caller decides what to show.
 *
 * Any function may be NULL.  What it is given is borrowed until it returns.  All are called on the
 * thread of crawl_run(), except file_finished.  They may call functions that only read, such as
 * follow_refused() and known_urls_each(), but no others of the engine.
 */
#ifndef CRAWL_CRAWL_OBSERVER_H
#define CRAWL_CRAWL_OBSERVER_H

#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "capture/writer_set.h"
#include "collection/collection.h"
#include "crawl/crawl.h"
#include "crawl/follow.h"
#include "crawl/run_figures.h"
#include "crawl/summary.h"
#include "store/store.h"

enum crawl_mending {
    MENDING_EXPECTED, /* what a killed run leaves behind */
    MENDING_DAMAGE,   /* something was lost or had to be put aside: a person should look at it */
};

/* Everything about how a run ended. */
struct crawl_ended {
    enum crawl_end end;
    enum result result;  /* not OK: the run broke off, and trouble says why */
    const char *trouble; /* in words; empty when result is OK */
    int os_error;        /* errno of what failed then; 0: no system call did */
    const char *title;   /* the run's name for people: its first seed */
    bool has_begun;      /* false: nothing was requested, so there is nothing to sum up */
    const struct run_summary *summary;
    const struct crawl_options *options;
    const struct collection *collection; /* NULL when has_begun is false */
    struct store *store;                 /* likewise */
    struct follow *follow;               /* likewise */
    const char *sandbox;                 /* how much of it holds: "whole", "partial", "off" */
    struct text shut_out; /* JSON: the hosts that shut us out, for good or for a while */
    struct text json; /* the file in runs/; for a run that has not begun: how and where it ended */
};

struct crawl_observer {
    void *context; /* passed to each function */
    /* An attempt at a URL was made; `annotation` is the last column of its line in the log. */
    void (*attempt_made)(void *context, const struct capture *capture, const char *annotation);
    /* Something that an earlier run left was repaired; `words` is a sentence. */
    void (*mended)(void *context, enum crawl_mending mending, const char *words);
    /* Something about this run that is good to know; nothing is wrong. */
    void (*noted)(void *context, const char *words);
    /* The options are not those of the last run. The first number counts URLs that waited and
     * are now left out; the second, URLs that were left out and now wait. */
    void (*options_changed)(void *context, uint64_t left_out, uint64_t added);
    /* Something went wrong that does not end the run. */
    void (*warned)(void *context, const char *words);
    /* The loop made a turn: at least once a second, often many times. */
    void (*progressed)(void *context, const struct run_figures *figures);
    /* crawl_calls.tell was set: someone asks how far the run is. */
    void (*progress_wanted)(void *context, const struct run_figures *figures);
    /* A WARC file has its final name and is on disk.  Called on the writer's thread. */
    void (*file_finished)(void *context, const char *file, int64_t bytes);
    /* Returns the exit code that the caller gives to this end, for the "exit" of the run's JSON.
     * May be called more than once.  -1: none, and the JSON leaves it out. */
    int (*exit_code)(void *context, enum crawl_end end);
    /* The run is over, and its summary is written.  The collection is still open and locked. */
    void (*ended)(void *context, const struct crawl_ended *ended);
};

/* Returns `observer` with an empty function wherever it has NULL; `observer` itself may be NULL. */
struct crawl_observer crawl_observer_whole(const struct crawl_observer *observer);

#endif
