/*
 * Many requests at once through one libcurl multi handle, HTTP/1.1, raw: what crossed the wire
 * lands unaltered in struct exchange.  What libcurl refuses to read is asked for once more and read
 * without it (fetch/raw_http.h).  Redirects are not followed here; they are answers like others.
 * One thread; fetch_wake() may be called from any.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"

struct fetch;

enum fetch_end {
    FETCH_RESPONSE, /* a whole response, or one cut with a reason */
    FETCH_NOT_HTTP, /* octets that are no response of HTTP/1.x, to be kept as they are; status 0 */
    FETCH_FAILED,   /* nothing usable came; exchange->error says why, another try may help */
    FETCH_REFUSED, /* nothing came and no other try will help: bad certificate, forbidden address */
};

/* `users` has lines of "ORIGIN USER:PASSWORD", percent-encoded, borrowed: who asks there does so
 * with Authorization. */
MUST_CHECK enum result fetch_new(struct fetch **fetch, const struct fetch_options *options,
                                 const char *user_agent, struct text users,
                                 struct trouble *trouble);
void fetch_free(struct fetch *fetch);

/* Loopback, private and link-local addresses may be connected to from now on. */
void fetch_allow_private(struct fetch *fetch);

bool fetch_has_room(const struct fetch *fetch);
int fetch_running(const struct fetch *fetch);

/* Starts a request for exchange->url; the exchange is the fetcher's until it comes back by
 * fetch_next().  `context` comes back with it.  `referer` may be NULL. */
MUST_CHECK enum result fetch_start(struct fetch *fetch, struct exchange *exchange,
                                   const char *referer, void *context, struct trouble *trouble);

/* Lets transfers go on; waits up to `wait_ms` for something to happen. */
MUST_CHECK enum result fetch_turn(struct fetch *fetch, int wait_ms, struct trouble *trouble);

/* The next request that has ended; false when there is none. */
bool fetch_next(struct fetch *fetch, struct exchange **exchange, enum fetch_end *end,
                void **context);

/* An exchange that came back comes to nothing, for it is made again: of its facts none is kept. */
void fetch_forget(struct fetch *fetch, const struct exchange *exchange);

/* Ends fetch_turn()'s waiting. */
void fetch_wake(struct fetch *fetch);

/* Ends the answers whose bodies have more octets than that so far; what came is kept, as cut.
 * `words` say why, and are to last. Gives how many these were. */
int fetch_cut(struct fetch *fetch, int64_t more_than, enum exchange_cut cut, const char *words);

/* Gives up everything that runs; fetch_next() gives them back as FETCH_FAILED. */
void fetch_abandon(struct fetch *fetch);

#endif
