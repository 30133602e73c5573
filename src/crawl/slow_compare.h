/*
 * Computes the digests of large responses a slice at a time, so that the crawl's loop can go on
 * with other hosts meanwhile.  recrawl_compare.c then finds them computed.
 */
#ifndef CRAWL_SLOW_COMPARE_H
#define CRAWL_SLOW_COMPARE_H

#include <stdbool.h>

#include "capture/payload_identity.h"
#include "capture/writer_set.h"

struct slow_compare;

/* NULL without memory, or when OpenSSL does not offer the digests. */
struct slow_compare *slow_compare_new(enum payload_digests digests);
/* Asked between two pieces; once true, captures come back at once, without digests. */
void slow_compare_give_up_when(struct slow_compare *slow, struct give_up give_up);
/* No capture may be waiting. */
void slow_compare_free(struct slow_compare *slow);

/* Whether it takes so long that it is done in slices. If so, `slow` owns the capture until
 * slow_compare_slice() returns it.  Its response must be whole, and have a head. */
bool slow_compare_takes(struct slow_compare *slow, struct capture *capture);
/* Works for some milliseconds.  The capture that is done: its body.identity is known, unless it
 * could not be read or was given up.  NULL: none is done. */
struct capture *slow_compare_slice(struct slow_compare *slow);
/* Takes a capture back that is not done.  NULL: none waits. */
struct capture *slow_compare_drop(struct slow_compare *slow);
/* How many wait. */
int slow_compare_waiting(const struct slow_compare *slow);

#endif
