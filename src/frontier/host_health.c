/* Counts failed connections to a host, and declares it dead after a few in a row. */
#include <config.h>

#include "frontier/host_health.h"

enum {
    NAME_FAILURES = 2,    /* name servers fail now and then */
    CONNECT_FAILURES = 3, /* by both schemes: a site may be reachable by only one */
    SILENT_FAILURES = 2,  /* each costs a whole timeout */
    REACHED_FAILURES = 8, /* a host that was up may come back: a server restarts */
};

static int failures_allowed(const struct host_health *health, enum exchange_unreached unreached)
{
    if (health->was_dead && !health->reached)
        return 1;
    if (health->reached)
        return REACHED_FAILURES;
    return unreached == UNREACHED_NAME     ? NAME_FAILURES
           : unreached == UNREACHED_SILENT ? SILENT_FAILURES
                                           : CONNECT_FAILURES;
}

void host_health_note(struct host_health *health, enum exchange_unreached unreached,
                      int64_t began_ms, int64_t ended_ms)
{
    if (unreached == UNREACHED_NOT) {
        health->reached = true;
        health->failures = 0;
        health->dead = false;
        return;
    }
    if (health->failures && began_ms < health->counted_ms)
        return; /* it ran in parallel with the one that was counted */
    health->failures++;
    health->counted_ms = ended_ms;
    if (health->failures >= failures_allowed(health, unreached))
        health->dead = true;
}

bool host_health_is_unproven(const struct host_health *health)
{
    return !health->reached;
}
