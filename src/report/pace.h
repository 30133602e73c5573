/*
 * How fast a run goes, and when it will be done.  The rate is that of the last minute, not of the
 * whole run.  The end is estimated only once the queue has shrunk steadily for a while. Until the
 * site is discovered, nobody can tell how large it is.
 *
 * No memory, no clock: a test tells what time it is.
 */
#ifndef REPORT_PACE_H
#define REPORT_PACE_H

#include <stdint.h>

enum { PACE_SAMPLES = 13, PACE_EVERY_MS = 5000 };

struct pace {
    struct pace_sample {
        int64_t at_ms;            /* steady clock */
        int64_t responses;        /* so far */
        int64_t waiting;          /* in the queue */
    } samples[PACE_SAMPLES], now; /* the oldest first */
    int count;
};

void pace_init(struct pace *pace);
/* To be told as often as one likes; keeps one sample in 5 s, of one minute. */
void pace_note(struct pace *pace, int64_t now_ms, int64_t responses, int64_t waiting);
/* Responses a second; 0 while it is too early to tell. */
double pace_rate(const struct pace *pace);
/* How long until nothing waits any more; -1: can't be told. */
int64_t pace_left_ms(const struct pace *pace);

#endif
