/*
 * The second way of an exchange, for answers that libcurl refuses: it opens the connection (names,
 * proxy, TLS) and passes octets; the request that was sent before is sent once more, and
 * http/http_framing tells where the answer ends.  The fetch loop drives it; nothing here waits.
 */
#ifndef FETCH_RAW_HTTP_H
#define FETCH_RAW_HTTP_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/fetch.h"
#include "fetch/fetch_options.h"
#include "fetch/tls_info.h"
#include "web/exchange.h"

struct raw_http;

/* Begins to connect.  `easy` is set up for that, its CURLOPT_PRIVATE too, and freed by
 * raw_http_free() in any case; what came before is cleared from the exchange.  The others are
 * borrowed.  NULL without memory. */
struct raw_http *raw_http_start(CURLM *multi, CURL *easy, struct exchange *exchange,
                                struct host_set *hosts, const struct fetch_options *options);
void raw_http_free(struct raw_http *raw_http);

/* Whether an easy handle that is done belongs to it; if so, how connecting went, and which TLS
 * connection came of it. */
bool raw_http_takes(struct raw_http *raw_http, const CURL *easy, CURLcode result,
                    const void *connection);

/* Sends and receives what can be at once.  True: it has ended. */
bool raw_http_go_on(struct raw_http *raw_http);

/* Ends it in the midst of a body; false when there is none yet. */
bool raw_http_cut(struct raw_http *raw_http, enum exchange_cut cut, const char *words);

/* What to wait for before it can go on: a socket, or, with CURL_SOCKET_BAD, libcurl itself.
 * *at_once: nothing. */
struct curl_waitfd raw_http_waits_for(const struct raw_http *raw_http, bool *at_once);

/* What came of it; the exchange has its status, the length of its head, and how it was cut and why.
 */
enum fetch_end raw_http_end(const struct raw_http *raw_http);

#endif
