#include <config.h>

#include "crawl/patience.h"

#include <stddef.h>

#include "base/clock.h"

enum { DRIP_TIMEOUTS = 4 }; /* the rate is looked at after so many timeouts */

void patience_begin(struct patience *patience, const struct crawl_options *options)
{
    int64_t now = clock_steady_ms();
    *patience = (struct patience){.options = options, .began_ms = now, .heard_ms = now};
}

void patience_heard(struct patience *patience)
{
    patience->heard_ms = clock_steady_ms();
}

const char *patience_slow(const struct patience *patience, int64_t octets)
{
    const struct crawl_options *options = patience->options;
    int64_t took = clock_steady_ms() - patience->began_ms;
    if (options->url_time_limit_ms && took > options->url_time_limit_ms)
        return "the answer takes longer than the time limit for one address";
    /* A server that drips would hold its connection for ever, though it is never silent. */
    if (took > DRIP_TIMEOUTS * options->timeout_ms && octets < took / 1000 * options->min_rate)
        return "the answer came too slowly to wait for its end";
    return NULL;
}

const char *patience_over(const struct patience *patience, int64_t octets)
{
    if (clock_steady_ms() - patience->heard_ms > patience->options->timeout_ms)
        return "nothing came for as long as --timeout allows";
    return patience_slow(patience, octets);
}
