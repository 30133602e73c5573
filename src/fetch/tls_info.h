/* What a TLS connection says about itself, while libcurl has it.  `hosts` are those whose
 * certificate chain the run already has. */
#ifndef FETCH_TLS_INFO_H
#define FETCH_TLS_INFO_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/host_set.h"
#include "web/exchange.h"

/* Fills in protocol and cipher suite of a live connection, and the chain when the host is new. Does
 * nothing when `connection` is NULL or the URL is not https. */
void tls_info_note(struct host_set *hosts, const void *connection, struct exchange *exchange);

/* Calls `made` (may be NULL) when a transfer has made a TLS connection, perhaps more than once.
 * Calls `told`, perhaps long after the transfer, when the server announces the end of the
 * connection (close_notify).  libcurl does not tell this from a connection that just ends.  Set it
 * before connecting; *watch must live as long as the connections do. */
struct tls_watch {
    void (*made)(void *context, const void *connection);
    void (*told)(void *context, const void *connection);
    void *context;
};
bool tls_watch(CURL *easy, struct tls_watch *watch);
/* The current connection of a transfer; NULL when it has none, as after CONNECT_ONLY. */
const void *tls_connection(CURL *easy);

/* The exchange is discarded: the chain of its host is wanted again. */
void tls_info_forget(struct host_set *hosts, const struct exchange *exchange);

#endif
