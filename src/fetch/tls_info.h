/* What a TLS connection tells of itself, while libcurl holds it.  `hosts` are those whose
 * certificate chain the run has. */
#ifndef FETCH_TLS_INFO_H
#define FETCH_TLS_INFO_H

#include <curl/curl.h>
#include <stdbool.h>

#include "fetch/host_set.h"
#include "web/exchange.h"

/* Fills in protocol, suite and, when the host is not known yet, the chain, of a connection that
 * lasts still.  Does nothing when that is NULL, or the address is not of https. */
void tls_info_note(struct host_set *hosts, const void *connection, struct exchange *exchange);

/* Has `made` (may be NULL) called when a transfer has made a TLS connection, and maybe again later,
 * and `told`, maybe long after that transfer, when the server says that nothing more will come over
 * it (close_notify): libcurl itself does not tell that from a connection that just ends.  To be set
 * before connecting; *watch must last as long as connections do. */
struct tls_watch {
    void (*made)(void *context, const void *connection);
    void (*told)(void *context, const void *connection);
    void *context;
};
bool tls_watch(CURL *easy, struct tls_watch *watch);
/* The connection that a transfer has at this moment; NULL when it has none, as after CONNECT_ONLY.
 */
const void *tls_connection(CURL *easy);

/* The exchange comes to nothing: its host's chain is wanted again. */
void tls_info_forget(struct host_set *hosts, const struct exchange *exchange);

#endif
