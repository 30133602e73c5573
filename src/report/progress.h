/* The live line: how far a run is, drawn again and again on one line of a terminal. */
#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "crawl/run_figures.h"

struct progress {
    bool live; /* standard error is a terminal, and nobody asked for silence */
    bool drawn;
    int64_t next_ms; /* steady clock */
};

void progress_init(struct progress *progress, bool wanted);
/* Draws the line anew when a fifth of a second has passed. */
void progress_show(struct progress *progress, const struct run_figures *figures);
/* Wipes the line, so that other output begins on a clean one. */
void progress_clear(struct progress *progress);

#endif
