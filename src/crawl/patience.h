/* How long an answer is waited for: without an octet, and while it drips. */
#ifndef CRAWL_PATIENCE_H
#define CRAWL_PATIENCE_H

#include <stdint.h>

#include "crawl/crawl.h"

struct patience {
    const struct crawl_options *options; /* borrowed */
    int64_t began_ms, heard_ms;          /* steady clock */
};

void patience_begin(struct patience *patience, const struct crawl_options *options);
/* An octet came. */
void patience_heard(struct patience *patience);

/* NULL while it lasts, else why it is over: `octets` have come so far. */
const char *patience_over(const struct patience *patience, int64_t octets);
/* The same, however long it has been silent. */
const char *patience_slow(const struct patience *patience, int64_t octets);

#endif
