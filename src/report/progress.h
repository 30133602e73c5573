/*
 * The live line of one run: how far it is, drawn again and again on one line of a terminal.  It
 * says how many of the known pages are kept, how fast the crawl is, which hosts it waits for, and,
 * once that can be estimated, how long it will take.
 *
 * One thread.
 */
#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "crawl/run_figures.h"
#include "report/live_line.h"
#include "report/pace.h"

struct progress {
    struct live_line line;
    struct pace pace;
    uint64_t pages_kept, pages_known;
    int64_t count_due_ms; /* steady clock: when they are to be counted anew */
};

/* `wanted`: nobody asked for silence. */
void progress_init(struct progress *progress, bool wanted);
/* Takes note of the pace, and draws the line when it is time. */
void progress_show(struct progress *progress, const struct run_figures *figures);
/* Wipes the line, so that other output begins on a clean one. */
void progress_clear(struct progress *progress);
/* What the line says when it has all the room it wants. */
void progress_words(struct progress *progress, const struct run_figures *figures,
                    char out[RUN_FIGURES_WORDS]);

#endif
