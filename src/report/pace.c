/* How fast a run goes, and when it will be done: from a minute's samples of the queue. */
#include <config.h>

#include "report/pace.h"

#include <stdbool.h>
#include <string.h>

enum {
    RATE_AFTER_MS = 1000,
    STABLE_SAMPLES = 7,    /* half a minute of a shrinking queue, before an end is told */
    STABLE_RESPONSES = 20, /* fewer in that time are too few to tell by */
    STABLE_FACTOR = 2,     /* the two halves of the time may differ by so much */
    LEFT_MOST_DAYS = 30,   /* what would take longer is not an estimate */
    DAY_MS = 86400000,
};

void pace_init(struct pace *pace)
{
    *pace = (struct pace){.count = 0};
}

void pace_note(struct pace *pace, int64_t now_ms, int64_t responses, int64_t waiting)
{
    pace->now = (struct pace_sample){now_ms, responses, waiting};
    if (pace->count && now_ms - pace->samples[pace->count - 1].at_ms < PACE_EVERY_MS)
        return;
    if (pace->count == PACE_SAMPLES) {
        pace->count--;
        memmove(pace->samples, pace->samples + 1, (size_t)pace->count * sizeof *pace->samples);
    }
    pace->samples[pace->count++] = pace->now;
}

double pace_rate(const struct pace *pace)
{
    const struct pace_sample *first = &pace->samples[0];
    int64_t passed = pace->now.at_ms - first->at_ms;
    if (passed < RATE_AFTER_MS)
        return 0;
    return (double)(pace->now.responses - first->responses) * 1000 / (double)passed;
}

/* When the queue is empty if it goes on shrinking as it did between two samples; -1: it did not. */
static double left_at_pace_of(const struct pace *pace, int from, int to)
{
    const struct pace_sample *first = &pace->samples[from], *last = &pace->samples[to];
    int64_t gone = first->waiting - last->waiting;
    if (gone <= 0)
        return -1;
    return (double)last->waiting / (double)gone * (double)(last->at_ms - first->at_ms);
}

/* Whether the queue shrank equally in both halves of the time since a sample; and when it will
 * be empty at that pace. */
static bool shrinks_steadily(const struct pace *pace, int from, double *left_ms)
{
    int last = pace->count - 1, middle = (from + last) / 2;
    double early = left_at_pace_of(pace, from, middle), late = left_at_pace_of(pace, middle, last);
    *left_ms = left_at_pace_of(pace, from, last);
    if (*left_ms < 0 || early < 0 || late < 0)
        return false;
    /* `early` is as of then: what passed since is no longer left. */
    early -= (double)(pace->samples[last].at_ms - pace->samples[middle].at_ms);
    return late <= early * STABLE_FACTOR && early <= late * STABLE_FACTOR;
}

int64_t pace_left_ms(const struct pace *pace)
{
    int last = pace->count - 1, from = pace->count - STABLE_SAMPLES;
    double left_ms;
    if (from < 0 || !pace->now.waiting)
        return -1;
    if (pace->samples[from].waiting - pace->samples[last].waiting < STABLE_RESPONSES)
        from = 0; /* it goes slowly: the longest time that is known */
    if (!shrinks_steadily(pace, from, &left_ms) || left_ms / DAY_MS > LEFT_MOST_DAYS)
        return -1;
    int64_t left = (int64_t)left_ms - (pace->now.at_ms - pace->samples[last].at_ms);
    return left > 0 ? left : 0;
}
