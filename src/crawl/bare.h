/*
 * The second way of an exchange, for answers that libcurl refuses: it opens the connection (names, proxy, TLS) and passes
 * octets; the request that was sent before is sent once more, and http/http_framing tells where the answer ends.  The fetch
 * loop drives it; nothing here waits.
 */
#ifndef CRAWL_BARE_H
#define CRAWL_BARE_H

#include <curl/curl.h>
#include <stdbool.h>

#include "crawl/crawl.h"
#include "crawl/fetch.h"
#include "crawl/tls.h"
#include "web/exchange.h"

struct bare;

/* Begins to connect.  `easy` is set up for that, its CURLOPT_PRIVATE too, and freed by bare_free() in any case; what came
 * before is cleared from the exchange.  The others are borrowed.  NULL without memory. */
struct bare *bare_start(CURLM *multi, CURL *easy, struct exchange *exchange, struct host_set *hosts,
                        const struct crawl_options *options);
void bare_free(struct bare *bare);

/* Whether an easy handle that is done belongs to it; if so, how connecting went, and which TLS connection came of it. */
bool bare_takes(struct bare *bare, const CURL *easy, CURLcode result, const void *connection);

/* Sends and receives what can be at once.  True: it has ended. */
bool bare_go_on(struct bare *bare);

/* Ends it in the midst of a body; false when there is none yet. */
bool bare_cut(struct bare *bare, enum exchange_cut cut, const char *words);

/* What to wait for before it can go on: a socket, or, with CURL_SOCKET_BAD, libcurl itself.  *at_once: nothing. */
struct curl_waitfd bare_waits_for(const struct bare *bare, bool *at_once);

/* What came of it; the exchange has its status, the length of its head, and how it was cut and why. */
enum fetch_end bare_end(const struct bare *bare);

#endif
