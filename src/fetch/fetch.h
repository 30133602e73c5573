/*
 * Many requests at once through one libcurl multi handle: HTTP/1.1, raw.  What crossed the wire is
 * kept unchanged in struct exchange.  What libcurl refuses to read is requested once more and read
 * without it (fetch/raw_http.h).  Redirects are not followed here: they are responses like any
 * other. For one thread; fetch_wake() may be called from any.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"
#include "web/url.h"

struct fetch;

enum fetch_end {
    FETCH_RESPONSE, /* a complete response, or one that was cut, with a reason */
    FETCH_NOT_HTTP, /* bytes that are not an HTTP/1.x response, to be kept as they are; status 0 */
    FETCH_FAILED,   /* nothing usable came; exchange->error says why, and another try may help */
    /* nothing came, and no other try will help: bad certificate, forbidden address */
    FETCH_REFUSED,
};

/* `users` has lines of "ORIGIN USER:PASSWORD", percent-encoded, borrowed: requests to the origin
 * carry Authorization. */
MUST_CHECK enum result fetch_new(struct fetch **fetch, const struct fetch_options *options,
                                 const char *user_agent, struct text users,
                                 struct trouble *trouble);
void fetch_free(struct fetch *fetch);

/* The user gave this seed.  If its host is a private address or "localhost", requests to that host
 * and port may connect to private addresses (fetch/address_guard.h). */
MUST_CHECK enum result fetch_pass_seed(struct fetch *fetch, const struct url *seed,
                                       struct trouble *trouble);

/* The user gave this seed in this run: the user's header lines may go to its site
 * (fetch/request_headers.h). */
MUST_CHECK enum result fetch_trust_seed(struct fetch *fetch, const struct url *seed,
                                        struct trouble *trouble);

/* Whether the environment names a proxy: then the addresses of servers are not known. */
bool fetch_uses_proxy(const struct fetch *fetch);
/* The whole run ends at this time of the steady clock: a response that can't end before that is cut
 * early. */
void fetch_run_ends(struct fetch *fetch, int64_t steady_ms);

/* Whether another request can be started now. */
bool fetch_has_room(const struct fetch *fetch);
int fetch_running(const struct fetch *fetch);

/* Starts a request for exchange->url.  The exchange belongs to the fetcher until fetch_next() gives
 * it back, together with `context`.  `referer` may be NULL.  A body longer than `size_limit` bytes
 * is cut; 0: as the options say. */
MUST_CHECK enum result fetch_start(struct fetch *fetch, struct exchange *exchange,
                                   const char *referer, int64_t size_limit, void *context,
                                   struct trouble *trouble);

/* Lets transfers go on; waits up to `wait_ms` for something to happen. */
MUST_CHECK enum result fetch_turn(struct fetch *fetch, int wait_ms, struct trouble *trouble);

/* The next request that has ended; false when there is none. */
bool fetch_next(struct fetch *fetch, struct exchange **exchange, enum fetch_end *end,
                void **context);

/* An exchange from fetch_next() is discarded, because the request will be repeated. What it had
 * once per host is kept with the next one. */
void fetch_forget(struct fetch *fetch, const struct exchange *exchange);

/* Ends a wait in fetch_turn(). */
void fetch_wake(struct fetch *fetch);

/* Ends the transfers that have received more than `more_than` bytes of body so far.  What came is
 * kept, as a cut response.  `words` say why, and must outlive the transfers.  Returns how many were
 * ended. */
int fetch_cut(struct fetch *fetch, int64_t more_than, enum exchange_cut cut, const char *words);

/* Ends the transfers whose responses are or will be longer than `room` bytes, as far as more than
 * `keep` bytes of the body have come.  Only those are kept, as a cut response.  The rest as for
 * fetch_cut(). */
int fetch_cut_for_room(struct fetch *fetch, int64_t room, int64_t keep, const char *words);
/* Bytes of responses that are on the disk until they have been taken. */
int64_t fetch_spooled(const struct fetch *fetch);

/* Gives up every running transfer; fetch_next() gives them back as FETCH_FAILED. */
void fetch_abandon(struct fetch *fetch);

#endif
