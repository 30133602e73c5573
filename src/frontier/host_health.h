/*
 * Whether a host is up at all.  Old pages link to hundreds of hosts that are gone; each of their
 * URLs would cost several attempts and timeouts.  A host with several failed connections in a row
 * is dead for the rest of the run, and its URLs fail at once.  Pure functions: the caller keeps the
 * clock.
 */
#ifndef FRONTIER_HOST_HEALTH_H
#define FRONTIER_HOST_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "web/exchange.h"

struct host_health {
    bool reached;       /* a connection was made in this run */
    bool was_dead;      /* in the run before: then one failure is enough */
    bool dead;          /* it gets no more requests */
    int failures;       /* in a row; failures of parallel connections count as one */
    int64_t counted_ms; /* when the last of them was counted */
};

/* Notes a connection that began and ended at these times (milliseconds of one clock). */
void host_health_note(struct host_health *health, enum exchange_unreached unreached,
                      int64_t began_ms, int64_t ended_ms);

/* Whether the host is not yet known to be up: then one request at a time is enough. */
bool host_health_is_unproven(const struct host_health *health);

#endif
