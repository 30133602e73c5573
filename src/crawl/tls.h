/* What a TLS connection tells of itself, while libcurl holds it; and from which hosts the certificates are known. */
#ifndef CRAWL_TLS_H
#define CRAWL_TLS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "web/exchange.h"

/* Hosts whose certificate chain a run has.  All zero is none. */
struct tls_hosts {
    struct hash_key key;
    uint64_t *known; /* ascending */
    size_t count, room;
};
void tls_hosts_release(struct tls_hosts *hosts);

/* Fills in protocol, suite and, when the host is not known yet, the chain.  To be called while the transfer has its
 * connection: in a callback, or after CONNECT_ONLY.  Does nothing for a connection without TLS. */
void tls_note(struct tls_hosts *hosts, CURL *easy, struct exchange *exchange);

/* The exchange comes to nothing: its host's chain is wanted again. */
void tls_forget(struct tls_hosts *hosts, const struct exchange *exchange);

#endif
