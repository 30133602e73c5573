/* How long an answer is waited for: without an octet, while it drips, and when it was never meant to end. */
#ifndef CRAWL_PATIENCE_H
#define CRAWL_PATIENCE_H

#include <stdint.h>

#include "crawl/crawl.h"
#include "web/exchange.h"

struct patience {
    const struct crawl_options *options; /* borrowed */
    int64_t began_ms, heard_ms;          /* steady clock */
    int64_t most_ms, most_octets;        /* of an answer that says no length; 0: no limit */
};

void patience_begin(struct patience *patience, const struct crawl_options *options);
/* An octet came. */
void patience_heard(struct patience *patience);

/* The answer's head is there. */
void patience_read_head(struct patience *patience, struct text head);

/* NULL while it lasts, else why it is over, and *cut how that is called: `octets` have come so far. */
const char *patience_over(const struct patience *patience, int64_t octets, enum exchange_cut *cut);
/* The same, however long it has been silent. */
const char *patience_slow(const struct patience *patience, int64_t octets, enum exchange_cut *cut);

#endif
