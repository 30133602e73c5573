/*
 * The HTTP server: libmicrohttpd reads requests and sends responses; what is sent is decided
 * elsewhere.  Several threads do so at once.
 */
#ifndef SERVE_HTTP_SERVER_H
#define SERVE_HTTP_SERVER_H

#include "base/result.h"
#include "serve/request.h"

enum {
    SERVER_THREADS = 4,
    SERVER_CONNECTIONS_MOST = 1000,
    SERVER_TARGET_MOST = 16384, /* bytes of a request's target; a longer one gets 414 */
};

/* Responds to a request, in any of the threads.  `response` is initialised. */
struct server_responder {
    void (*respond)(void *context, const struct served_request *request,
                    struct served_response *response);
    void *context; /* passed to it */
};

struct http_server;

/* What is lacking in this build, in words that say what to do; NULL: nothing.  Static. */
const char *http_server_lacks(void);

/* Starts to accept connections on a socket that listens, which is the server's from then on.
 * BROKEN: it cannot be started; *server is then NULL. */
MUST_CHECK enum result http_server_start(struct http_server **server, int listening,
                                         struct server_responder responder,
                                         struct trouble *trouble);
/* Ends all connections and all threads.  NULL is allowed. */
void http_server_stop(struct http_server *server);

#endif
