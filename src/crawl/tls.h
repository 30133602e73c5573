/* What a TLS connection tells of itself, while libcurl holds it.  `hosts` are those whose certificate chain the run has. */
#ifndef CRAWL_TLS_H
#define CRAWL_TLS_H

#include <curl/curl.h>

#include "crawl/host_set.h"
#include "web/exchange.h"

/* Fills in protocol, suite and, when the host is not known yet, the chain.  To be called while the transfer has its
 * connection: in a callback, or after CONNECT_ONLY.  Does nothing for a connection without TLS. */
void tls_note(struct host_set *hosts, CURL *easy, struct exchange *exchange);

/* The exchange comes to nothing: its host's chain is wanted again. */
void tls_forget(struct host_set *hosts, const struct exchange *exchange);

#endif
