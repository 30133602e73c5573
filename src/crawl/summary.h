/* What a run did: the log's lines, the summary that is printed, the JSON that is kept under runs/.
 */
#ifndef CRAWL_SUMMARY_H
#define CRAWL_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "capture/writer_set.h"
#include "collection/collection.h"
#include "crawl/changes.h"
#include "crawl/completeness_read.h"
#include "crawl/crawl.h"
#include "crawl/follow.h"
#include "store/store.h"

struct run_summary {
    bool first;              /* neither store nor archive held anything when the run began */
    int64_t began_ms;        /* wall clock */
    uint64_t pages, answers; /* of this run */
    int64_t body_bytes, stored_bytes;
    uint64_t unchanged; /* answers that say, or are, what the archive holds */
    uint64_t wishes;    /* answers that ask indexing robots to leave them: kept, and said */
    uint64_t waiting, failed, closed; /* of the collection, when the run ended */
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    char run[15];           /* names its files under runs/: "20260104050607"; chosen at its end */
    char manifest[65];      /* SHA-256 of the last manifest; empty: none */
    struct changes changes; /* against the runs before */
    struct buf mended;      /* what the begin found torn or damaged: sentences as JSON strings, with
                               commas between */
    struct completeness completeness;
    int exit_code;
    const char *reason; /* why it ended early, NULL when it did not */
};

void summary_begin(struct run_summary *summary);
void summary_mended(struct run_summary *summary, const char *words);
/* Chooses a name: later than those of the runs before. */
void summary_name(struct run_summary *summary, const struct collection *collection);
enum result summary_count(struct run_summary *summary, struct store *store,
                          struct trouble *trouble);

/* The summary in a few figures; `trouble` is what an answer other than OK says. */
void summary_outcome(const struct run_summary *summary, enum result result,
                     const struct trouble *trouble, struct crawl_outcome *outcome);

/* Writes runs/YYYYMMDDhhmmss.json, and leaves the same JSON in *json.  `ended` is how the run
 * ended. */
enum result summary_write(const struct run_summary *summary, const struct crawl_options *options,
                          const struct collection *collection, struct store *store,
                          const struct follow *follow, enum result ended, struct buf *json,
                          struct trouble *trouble);
/* Prints what the options allow of a run that ended by itself; `json` is from summary_write(). */
void summary_print(const struct run_summary *summary, const struct crawl_options *options,
                   const struct collection *collection, struct store *store,
                   const struct follow *follow, const struct buf *json);

/* One line of logs/crawl.log in Heritrix's columns: time, status, size, address, hops, via, type,
 * worker, begin+duration, digest, source, annotation ("-" for what is not known). */
void crawl_log_attempt(FILE *log, const struct capture *capture, const char *annotation);

#endif
