#include <config.h>

#include "crawl/patience.h"

#include <stddef.h>

#include "base/clock.h"

enum {
    DRIP_BYTES_A_SECOND = 100, /* on the average of so many timeouts; a server that is slower is given up */
    DRIP_TIMEOUTS = 4,
};

void patience_begin(struct patience *patience, const struct crawl_options *options)
{
    int64_t now = clock_steady_ms();
    *patience = (struct patience){.options = options, .began_ms = now, .heard_ms = now};
}

void patience_heard(struct patience *patience)
{
    patience->heard_ms = clock_steady_ms();
}

const char *patience_over(const struct patience *patience, int64_t octets)
{
    int64_t now = clock_steady_ms(), took = now - patience->began_ms, timeout = patience->options->timeout_ms;
    if (now - patience->heard_ms > timeout)
        return "nothing came for as long as --timeout allows";
    /* A server that drips would hold its connection for ever, though it is never silent. */
    if (took > DRIP_TIMEOUTS * timeout && octets < took / 1000 * DRIP_BYTES_A_SECOND)
        return "the answer came too slowly to wait for its end";
    return NULL;
}
