/* How long to wait for a response: while it is silent, while it drips, and when it was never meant
 * to end. */
#ifndef FETCH_TRANSFER_LIMITS_H
#define FETCH_TRANSFER_LIMITS_H

#include <stdint.h>

#include "fetch/fetch_options.h"
#include "web/exchange.h"

struct transfer_limits {
    const struct fetch_options *options; /* borrowed */
    int64_t began_ms, heard_ms;          /* steady clock */
    int64_t most_ms, most_bytes;         /* for a response without a length; 0: no limit */
};

void transfer_limits_begin(struct transfer_limits *limits, const struct fetch_options *options);
/* Bytes have arrived. */
void transfer_limits_heard(struct transfer_limits *limits);

/* The head of the response has arrived. */
void transfer_limits_read_head(struct transfer_limits *limits, struct text head);

/* NULL while the response may go on.  Otherwise why it must end, and in *cut the kind of cut;
 * `bytes` have come so far. */
const char *transfer_limits_over(const struct transfer_limits *limits, int64_t bytes,
                                 enum exchange_cut *cut);
/* The same, however long it has been silent. */
const char *transfer_limits_slow(const struct transfer_limits *limits, int64_t bytes,
                                 enum exchange_cut *cut);

#endif
