/*
 * Reads a response that libcurl refuses.  libcurl only opens the connection (DNS, proxy, TLS) and
 * passes bytes.  The same request is sent once more, and http/http_framing tells where the response
 * ends.  The fetch loop drives it; nothing here waits.
 */
#ifndef FETCH_RAW_HTTP_H
#define FETCH_RAW_HTTP_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/fetch.h"
#include "fetch/fetch_options.h"
#include "fetch/tls_info.h"
#include "fetch/transfer_limits.h"
#include "web/exchange.h"

struct raw_http;

/* Begins to connect.  `easy` is set up for that, including CURLOPT_PRIVATE, and belongs to raw_http
 * from now on, even on failure.  The exchange is cleared of the first response.  `limits`,
 * which have just begun, are copied.  The others are borrowed.  NULL without memory. */
struct raw_http *raw_http_start(CURLM *multi, CURL *easy, struct exchange *exchange,
                                struct host_set *hosts, const struct transfer_limits *limits);
void raw_http_free(struct raw_http *raw_http);

/* Whether `easy`, which is done, belongs to raw_http.  If so, notes how connecting went, and over
 * which TLS connection. */
bool raw_http_takes(struct raw_http *raw_http, const CURL *easy, CURLcode result,
                    const void *connection);

/* Sends and receives what is possible without waiting.  True: it has ended. */
bool raw_http_go_on(struct raw_http *raw_http);

/* Nobody has listened for so long. */
void raw_http_excuse(struct raw_http *raw_http, int64_t away_ms);

/* Ends it in the middle of a body; false when there is no body yet. */
bool raw_http_cut(struct raw_http *raw_http, const struct transfer_cut *cut);

/* What to wait for before it can go on: a socket, or libcurl itself (CURL_SOCKET_BAD). *at_once:
 * nothing. */
struct curl_waitfd raw_http_waits_for(const struct raw_http *raw_http, bool *at_once);

/* The outcome.  The exchange has its status, the length of its head, and how and why it was cut. */
enum fetch_end raw_http_end(const struct raw_http *raw_http);

#endif
