/*
 * How long to wait for a response, and how much of it to take. It may be silent, come very slowly,
 * or never end.  So that one response never costs a night, there are limits without any option:
 *
 * - a response without a stated length: five minutes, or longer while it comes at 256 kB a second;
 *   1 GB, text 256 MB, streams of audio and video 16 MB;
 * - any other: fifteen minutes, or longer while it comes at 16 kB a second on average;
 * - either: not past the end of the run, if it can be known that it would.
 *
 * Time in which we did not listen, because a page took long to read or the system stood still, does
 * not count.
 *
 * --url-time-limit replaces the times.  A host that has sent such a response is given a fifth of
 * the time for the next one.  Times are of the steady clock, in milliseconds.
 */
#ifndef FETCH_TRANSFER_LIMITS_H
#define FETCH_TRANSFER_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"

struct transfer_limits {
    const struct fetch_options *options; /* borrowed */
    int64_t began_ms, heard_ms;
    int64_t excused_ms;  /* since it began: nobody listened */
    int64_t size_limit;  /* bytes of the body; 0: none.  The caller sets and obeys it */
    int64_t run_ends_ms; /* when the whole run ends; 0: not known */
    int64_t length;      /* of the body, as the head says; -1: it does not, or has not come */
    int64_t most_bytes;  /* for a response without a length; 0: no limit */
    bool hurried;        /* the host has sent a response that was cut for good */
    bool head_read, stream;
};

/* Why a response is cut. */
struct transfer_cut {
    const char *words; /* static; NULL: it is not cut */
    enum exchange_cut kind;
    bool for_good; /* another try would be cut, too */
};

/* `run_ends_ms` and `hurried`: see the struct. */
void transfer_limits_begin(struct transfer_limits *limits, const struct fetch_options *options,
                           int64_t run_ends_ms, bool hurried);
/* Nobody has listened for so long. */
void transfer_limits_excuse(struct transfer_limits *limits, int64_t away_ms);
/* Bytes have arrived. */
void transfer_limits_heard(struct transfer_limits *limits);

/* The head of the response has arrived. */
void transfer_limits_read_head(struct transfer_limits *limits, struct text head);

/* Whether the response must end now; then *cut says why.  `bytes` of it have come so far, its head
 * included. */
bool transfer_limits_over(const struct transfer_limits *limits, int64_t bytes,
                          struct transfer_cut *cut);
/* The same, however long it has been silent. */
bool transfer_limits_slow(const struct transfer_limits *limits, int64_t bytes,
                          struct transfer_cut *cut);

#endif
