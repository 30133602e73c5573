/* How fast a run goes, and when it will be done: from a minute's samples of the queue. */
#include <config.h>

#include "report/pace.h"

#include <string.h>

enum {
    RATE_AFTER_MS = 1000,
    STABLE_SAMPLES = 7, /* half a minute of a shrinking queue, before an end is told */
    STABLE_FACTOR = 2,  /* the two halves of the time may differ by so much */
    LEFT_MOST_MS = 30 * 86400 * INT64_C(1000), /* what would take longer is no estimate */
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

int64_t pace_left_ms(const struct pace *pace)
{
    int last = pace->count - 1;
    if (pace->count < STABLE_SAMPLES || !pace->now.waiting)
        return -1;
    double all = left_at_pace_of(pace, 0, last), early = left_at_pace_of(pace, 0, last / 2),
           late = left_at_pace_of(pace, last / 2, last);
    if (all < 0 || early < 0 || late < 0 || all > LEFT_MOST_MS)
        return -1;
    /* `early` is as of then: what passed since is no longer left. */
    early -= (double)(pace->samples[last].at_ms - pace->samples[last / 2].at_ms);
    if (late > early * STABLE_FACTOR || early > late * STABLE_FACTOR)
        return -1;
    int64_t left = (int64_t)all - (pace->now.at_ms - pace->samples[last].at_ms);
    return left > 0 ? left : 0;
}
