/*
 * What a run tells whoever started it, while it goes and when it ends.  The engine prints nothing:
 * it calls these functions, and the caller shows what it likes, or nothing.
 *
 * Any function may be NULL: then nobody wants to know.  What is given to one is borrowed until it
 * returns.  All are called on the thread of crawl_run(), but for file_finished.  None may call the
 * engine, but for what reads: follow_refused(), queue_each() and the like.
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
    MENDING_DAMAGE,   /* something was lost or had to be put aside: a person should look */
};

/* How a run ended, whole. */
struct crawl_ended {
    enum crawl_end end;
    enum result result;  /* not OK: it broke off, and trouble has the words */
    const char *trouble; /* words; empty when result is OK */
    const char *title;   /* the run's name for people: its first seed */
    bool has_begun;      /* false: nothing was asked for, so there is nothing to sum up */
    const struct run_summary *summary;
    const struct crawl_options *options;
    const struct collection *collection; /* NULL when has_begun is false */
    struct store *store;                 /* likewise */
    const struct follow *follow;         /* likewise */
    struct text json; /* what is in runs/; of a run that has not begun: how it ended and where */
};

struct crawl_observer {
    void *context; /* given to each function */
    /* An attempt at a URL was made; `annotation` is the last column of its line in the log. */
    void (*attempt_made)(void *context, const struct capture *capture, const char *annotation);
    /* Something that an earlier run left was mended; `words` is a sentence. */
    void (*mended)(void *context, enum crawl_mending mending, const char *words);
    /* Something went wrong that does not end the run. */
    void (*warned)(void *context, const char *words);
    /* A turn of the loop was made: at least once a second, and often many times. */
    void (*progressed)(void *context, const struct run_figures *figures);
    /* crawl_calls.tell was set: a person asks how far the run is. */
    void (*progress_wanted)(void *context, const struct run_figures *figures);
    /* A WARC file has its final name and is on the disk.  Called on the writer's thread. */
    void (*file_finished)(void *context, const char *file, int64_t bytes);
    /* Which exit code the caller gives to this end, for the "exit" of the run's JSON; may be called
     * more than once.  -1: it has none, and the JSON leaves it out. */
    int (*exit_code)(void *context, enum crawl_end end);
    /* The run is over, and its summary is kept.  The collection is still open and locked. */
    void (*ended)(void *context, const struct crawl_ended *ended);
};

/* `observer` with a function that does nothing in every place where it has none; NULL: in all. */
struct crawl_observer crawl_observer_whole(const struct crawl_observer *observer);

#endif
