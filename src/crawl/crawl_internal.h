/*
 * Inside a run: what its parts share.  For the crawl*.c files only, which are the parts: crawl.c
 * turns the loop, and in it crawl_begin.c comes once, crawl_visits.c (given out, answered),
 * crawl_receipts.c (kept) and crawl_limits.c at each turn.
 */
#ifndef CRAWL_CRAWL_INTERNAL_H
#define CRAWL_CRAWL_INTERNAL_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/result.h"
#include "capture/writer_set.h"
#include "collection/collection.h"
#include "collection/manifest.h"
#include "crawl/crawl.h"
#include "crawl/crawl_observer.h"
#include "crawl/follow.h"
#include "crawl/recrawl.h"
#include "crawl/recrawl_compare.h"
#include "crawl/response_body.h"
#include "crawl/summary.h"
#include "fetch/fetch.h"
#include "frontier/frontier.h"
#include "frontier/scope.h"
#include "store/dedup.h"
#include "store/store.h"

/* Only while a run begins. */
struct crawl_beginning {
    struct buf key;      /* of a URL, being made */
    struct buf users;    /* of the seeds: lines of "ORIGIN USER:PASSWORD" */
    bool round_was_open; /* a run before this one did not come to its end */
    bool recovered;      /* the archive held captures that the store did not know */
};

/* What a run writes beside the WARC files. */
struct crawl_files {
    FILE *log;
    struct dedup *dedup; /* digests of payloads; NULL: none is wanted */
    struct manifest *manifest;
    struct buf lines;   /* for the index, of captures that are on the disk */
    size_t merge_bytes; /* the index is merged when there are more octets of them */
    char file[256];     /* the WARC file that the lines end with ... */
    int64_t file_end;   /* ... and how far */
};

/* When what is due; all of the steady clock. */
struct crawl_clock {
    int64_t began_ms;
    int64_t commit_due_ms;
    int64_t disk_due_ms;
    int64_t rate_ready_ms;  /* until then --limit-rate is used up */
    int64_t finish_by_ms;   /* once it stops: what is under way is given up then */
    int64_t load_since_ms;  /* when the load was last looked at ... */
    int64_t load_thread_ms; /* ... and the processor time then */
};

/* How a run comes to end early. */
struct crawl_ending {
    bool stopping;            /* nothing new is requested */
    enum crawl_end limit_end; /* of a limit that was reached ... */
    const char *limit;        /* ... in words: only requisites of what is there are taken now;
                                 NULL: none */
    char reason[PATH_MAX + 64];
};

struct crawl {
    const struct crawl_options *options;
    struct crawl_calls *calls;
    struct crawl_observer observer; /* no function of it is NULL */
    struct collection *collection;
    struct store *store;
    struct scope *scope;
    struct frontier *frontier;
    struct fetch *fetch;
    struct response_body *response_body;
    struct follow *follow;
    struct recrawl *recrawl;
    struct recrawl_compare *compare;
    struct writer_set *writer_set;
    struct run_summary summary;
    struct crawl_beginning begin;
    struct crawl_files files;
    struct crawl_clock clock;
    struct crawl_ending ending;
    enum result result;
    struct trouble trouble;
};

/* Opens all, learns what the archive knows and the store does not, and offers the seeds.  Nothing
 * has been asked for. */
MUST_CHECK enum result crawl_begin(struct crawl *crawl);
/* The run's name for people: its first seed. */
void crawl_title(const struct crawl *crawl, char *out, size_t size);

/* Starts what may be started now; *wait_ms is how long nothing else will become ready. */
MUST_CHECK enum result crawl_start_visits(struct crawl *crawl, int *wait_ms);
/* Takes what the servers answered: links to the frontier, octets to the writer. */
MUST_CHECK enum result crawl_take_responses(struct crawl *crawl);
/* The line of an attempt in the log; the observer learns of it, too. */
void crawl_note_attempt(struct crawl *crawl, const struct capture *capture, const char *annotation);
/* Whether such an answer may be another one soon. */
bool crawl_is_temporary(int status);

/* Takes what is on the disk: only now does the store learn of it, and now and then the index. */
MUST_CHECK enum result crawl_take_receipts(struct crawl *crawl);
MUST_CHECK enum result crawl_flush_index(struct crawl *crawl);

/* Ends the run early, for the reason that the format says: what is under way gets a few seconds.
 * Nothing happens when it is stopping already. */
__attribute__((format(printf, 3, 4))) void crawl_stop_for(struct crawl *crawl, enum crawl_end end,
                                                          const char *format, ...);
/* Once a turn: signals, limits, hosts that want to be left alone, progress, load. */
void crawl_watch(struct crawl *crawl);

#endif
