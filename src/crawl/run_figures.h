/* How far a run is: a few figures, and one line of words that states them. */
#ifndef CRAWL_RUN_FIGURES_H
#define CRAWL_RUN_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "store/known_urls.h"

enum { RUN_FIGURES_WORDS = 512, BYTES_WORDS = 24 };

struct run_figures {
    uint64_t pages, responses; /* of this run */
    int64_t bytes;             /* stored by it */
    int64_t waiting;           /* in the queue */
    const char *waits_for;     /* the host that is next, while no transfer runs; or empty */
    int64_t waits_ms;          /* until then */
    /* why that host is probed then: it may shut us out ("refuses"). NULL: it is not */
    const char *suspicion;
    bool stopping;            /* nothing new is started ... */
    bool by_signal;           /* ... because someone asked for it */
    struct known_urls *known; /* for run_figures_count_pages() */
};

/* Counts the pages of the collection that are kept, and those that are known, as the summary does
 * (web/url_totals.h).  Reads the whole queue: do not call it without need. */
MUST_CHECK enum result run_figures_count_pages(const struct run_figures *figures, uint64_t *kept,
                                               uint64_t *known, struct trouble *trouble);

/* Writes the figures as one line of words, without a line end. */
void run_figures_words(const struct run_figures *figures, char out[RUN_FIGURES_WORDS]);

/* Writes "12.3 MB" and the like; returns `out`. */
const char *bytes_words(int64_t bytes, char out[BYTES_WORDS]);

#endif
