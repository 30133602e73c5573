/*
 * Whether a host is there at all.  Old pages point to hundreds of hosts that are gone; each of
 * their URLs would cost some attempts and as many timeouts.  A host to which several connections in
 * a row come to nothing is dead for the rest of the run, and its URLs fail at once.  Pure: the
 * caller keeps the clock.
 */
#ifndef FRONTIER_HOST_HEALTH_H
#define FRONTIER_HOST_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "web/exchange.h"

struct host_health {
    bool reached;       /* a connection came about in this run */
    bool was_dead;      /* in the run before: then one failure is enough */
    bool dead;          /* it is asked nothing more */
    int failures;       /* in a row; those of connections that were tried side by side are one */
    int64_t counted_ms; /* when the last of them was counted */
};

/* What became of one connection that began and ended at these times (milliseconds of one clock). */
void host_health_note(struct host_health *health, enum exchange_unreached unreached,
                      int64_t began_ms, int64_t ended_ms);

/* Whether it is not known yet that the host is there: then one request at a time is enough. */
bool host_health_is_unproven(const struct host_health *health);

#endif
