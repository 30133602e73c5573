/* How far a run is: a few figures, and one line of words that says them. */
#ifndef CRAWL_RUN_FIGURES_H
#define CRAWL_RUN_FIGURES_H

#include <stdint.h>

enum { RUN_FIGURES_WORDS = 400, BYTES_WORDS = 24 };

struct run_figures {
    int64_t began_ms; /* steady clock */
    uint64_t pages, answers;
    int64_t bytes; /* stored */
    int64_t waiting;
    int running;
    const char *waits_for; /* a host, or empty */
};

/* Writes the figures as one line of words, without a line end. */
void run_figures_words(const struct run_figures *figures, char out[RUN_FIGURES_WORDS]);

/* Writes "12.3 MB" and the like; returns `out`. */
const char *bytes_words(int64_t bytes, char out[BYTES_WORDS]);

#endif
