/*
 * A response as it comes from a bare connection, piece by piece: its bytes go into the exchange,
 * http/http_framing tells where it ends, and limits cut it. raw_http.c has the connection.
 */
#ifndef FETCH_RAW_RESPONSE_H
#define FETCH_RAW_RESPONSE_H

#include <stdbool.h>

#include "base/text.h"
#include "fetch/fetch.h"
#include "fetch/transfer_limits.h"
#include "http/http_framing.h"
#include "web/exchange.h"

struct raw_response {
    struct exchange *exchange; /* borrowed */
    struct http_framing framing;
    struct transfer_limits limits;
    bool ended;  /* the exchange has its status, and how and why it was cut */
    bool failed; /* its bytes could not be kept */
};

/* The exchange has no response yet. `limits`, which have just begun, are copied. */
void raw_response_init(struct raw_response *response, struct exchange *exchange,
                       const struct transfer_limits *limits);
void raw_response_release(struct raw_response *response);

/* Takes bytes that were received. True: the response ends with them; what follows its end is
 * dropped. */
bool raw_response_take(struct raw_response *response, struct text input);

/* Nothing more comes, because the connection has ended (`words` NULL) or failed. */
void raw_response_disconnect(struct raw_response *response, const char *words);

/* Cuts it where it is; `words` may be NULL. */
void raw_response_cut(struct raw_response *response, const struct transfer_cut *cut);

/* The outcome, once it has ended. */
enum fetch_end raw_response_end(const struct raw_response *response);

/* Of any response of HTTP that has ended, whoever read it. Whether it is not whole, as any reader
 * of the archive will find. The exchange then says so, and where its head ends. `http2`: its length
 * was told otherwise. */
bool raw_response_is_short(const struct exchange *exchange, bool http2);
void raw_response_settle(struct exchange *exchange, bool http2);

#endif
