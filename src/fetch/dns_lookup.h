/*
 * What the domain name system says of each host, once a run, for the archive.  libcurl looks names
 * up for itself and keeps the answers to itself, without their times to live; so they are asked for
 * beside it, in a thread, at the moment when it does the same.  Nothing waits for that: an answer
 * goes with the first exchange, with whatever host, that ends after it came.
 */
#ifndef FETCH_DNS_LOOKUP_H
#define FETCH_DNS_LOOKUP_H

#include "base/text.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"

struct dns_lookup;

struct dns_lookup *dns_lookup_new(void); /* NULL without memory or threads */
/* Does not wait for a lookup that is under way. */
void dns_lookup_free(struct dns_lookup *names);

/* The host of an address when the name server is asked for it; empty when it is numeric, or
 * --resolve tells where it is. */
struct text dns_lookup_host_of(const struct exchange *exchange,
                               const struct fetch_options *options);

/* Has such a host looked up, unless that was done. */
void dns_lookup_ask(struct dns_lookup *names, struct text host);

/* Puts an answer into the exchange if there is one that no other has had. */
void dns_lookup_take(struct dns_lookup *names, struct exchange *exchange);

/* The exchange comes to nothing: the answer that it had is wanted again. */
void dns_lookup_forget(struct dns_lookup *names, const struct exchange *exchange);

#endif
