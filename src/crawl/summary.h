/* What a run did: its figures, and the JSON that is kept under runs/. */
#ifndef CRAWL_SUMMARY_H
#define CRAWL_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "collection/collection.h"
#include "crawl/changes.h"
#include "crawl/completeness_read.h"
#include "crawl/crawl.h"
#include "store/store.h"

struct run_summary {
    bool first;                /* store and archive were both empty when the run began */
    int64_t began_ms;          /* wall clock */
    uint64_t pages, responses; /* of this run */
    int64_t body_bytes, stored_bytes;
    uint64_t unchanged;    /* responses that equal what the archive has, or say so (304) */
    uint64_t noindex;      /* responses whose robots meta has a "no"; they are kept anyway */
    uint64_t read_in_part; /* responses whose body is too long, ends early or can't be decoded */
    uint64_t waiting, failed, closed; /* of the collection, when the run ended */
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    char run[15];           /* names its files under runs/: "20260104050607"; chosen at the end */
    char manifest[65];      /* SHA-256 of the last manifest; empty: none */
    struct changes changes; /* compared with earlier runs */
    /* What the start repaired: sentences as JSON strings, separated by commas. */
    struct buf mended;
    struct completeness completeness;
    enum crawl_end end;
    const char *reason; /* why it ended early; NULL when it did not */
};

void summary_begin(struct run_summary *summary);
void summary_mended(struct run_summary *summary, const char *words);
/* Chooses a name that is later than those of earlier runs. */
void summary_name(struct run_summary *summary, const struct collection *collection);
MUST_CHECK enum result summary_count(struct run_summary *summary, struct store *store,
                                     struct trouble *trouble);

/* Whether the run found anything new, changed, gone or moved. */
bool summary_found_change(const struct run_summary *summary);
/* How many pages and parts of them the run found new, changed ...  In a first run every page is
 * new. */
uint64_t summary_count_change(const struct run_summary *summary, enum change change);

struct crawl_ended; /* crawl/crawl_observer.h */

/* Writes runs/YYYYMMDDhhmmss.json for a run that has begun, and puts the same JSON in *json.
 * `exit_code` is the caller's code for this end; -1: none. */
MUST_CHECK enum result summary_write(const struct crawl_ended *ended, int exit_code,
                                     struct buf *json, struct trouble *trouble);
/* Builds the JSON of a run that ended before there was anything to sum up: its end and its
 * collection. */
void summary_build_short_json(const struct crawl_ended *ended, int exit_code, struct buf *json);

#endif
