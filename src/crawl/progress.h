/* What a person sees of a run: a live line on a terminal, the log, the summary. */
#ifndef CRAWL_PROGRESS_H
#define CRAWL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    bool live; /* standard error is a terminal, and nobody asked for silence */
    bool drawn;
    int64_t next_ms; /* steady clock */
    int64_t began_ms;
};

struct progress_figures {
    uint64_t pages, answers;
    int64_t bytes;
    int64_t waiting;
    int running;
    const char *waits_for; /* a host, or empty */
};

void progress_init(struct progress *progress, bool wanted);
/* The figures as one line of words, without a line's end. */
enum { PROGRESS_WORDS = 400 };
void progress_words(const struct progress *progress, const struct progress_figures *figures,
                    char out[PROGRESS_WORDS]);
/* Draws the line anew when a fifth of a second has passed. */
void progress_show(struct progress *progress, const struct progress_figures *figures);
/* Wipes the line, so that other output begins on a clean one. */
void progress_clear(struct progress *progress);

/* "12.3 MB"; at least 16 characters of room. */
const char *progress_bytes(int64_t bytes, char *out, int size);

#endif
