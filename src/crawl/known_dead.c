/* Counts the rounds in which a URL failed, and decides when it is asked for again. */
#include <config.h>

#include "crawl/known_dead.h"

enum {
    SAME_ROUNDS = 3,
    ANY_ROUNDS = 10, /* a server that is broken in a new way each night */
    WAIT_SHARE = 2,
    HOUR_MS = 3600000,
    SLACK_HOURS = 6, /* nightly runs do not begin at the same minute */
    LEAST_HOURS = 24 - SLACK_HOURS,
    MOST_HOURS = 30 * 24 - SLACK_HOURS,
};

bool known_dead_may_be(enum visit_kind kind, bool on_site)
{
    switch (kind) {
    case VISIT_REQUISITE:
    case VISIT_MEDIA:
    case VISIT_SPECULATIVE:
    case VISIT_ROBOTS:
        return true;
    case VISIT_PAGE:
        return !on_site; /* a redirect led to another host, and that is gone */
    default:
        return false;
    }
}

static int64_t wait_ms(int64_t dead_ms)
{
    int64_t wait = dead_ms / WAIT_SHARE, least = (int64_t)LEAST_HOURS * HOUR_MS,
            most = (int64_t)MOST_HOURS * HOUR_MS;
    return wait < least ? least : wait > most ? most : wait;
}

void known_dead_count(struct failure *failure, bool may_be, int64_t round_ms)
{
    bool was = failure->known_dead, same = failure->rounds && failure->way == failure->counted_way;
    if (failure->rounds && failure->round_ms == round_ms)
        return;
    failure->same_rounds = same ? failure->same_rounds + 1 : 1;
    failure->rounds++;
    failure->counted_way = failure->way;
    failure->round_ms = round_ms;
    if (failure->rounds == 1 || failure->since_ms > round_ms) /* the clock was set back */
        failure->since_ms = round_ms;
    failure->known_dead =
        may_be && (was || failure->same_rounds >= SAME_ROUNDS || failure->rounds >= ANY_ROUNDS);
    failure->not_until_ms =
        was && failure->known_dead ? round_ms + wait_ms(round_ms - failure->since_ms) : 0;
}
