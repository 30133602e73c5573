/*
 * Looks up each host in the DNS once per run, for the archive.  libcurl does its own lookups, but
 * does not show the results and their times to live.  So a thread repeats each lookup at the moment
 * when libcurl has made it, and connects.  Nothing waits for the thread: a result goes with the
 * first exchange, with whatever host, that ends after it.
 */
#ifndef FETCH_DNS_LOOKUP_H
#define FETCH_DNS_LOOKUP_H

#include "base/text.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"

struct dns_lookup;

struct dns_lookup *dns_lookup_new(void); /* NULL without memory or threads */
/* Does not wait for a lookup that is still running. */
void dns_lookup_free(struct dns_lookup *names);

/* The host of the exchange's URL, if a name server is asked for it.  Empty when it is numeric, or
 * when --resolve gives its address. */
struct text dns_lookup_host_of(const struct exchange *exchange,
                               const struct fetch_options *options);

/* Looks up the host, unless that was done before. */
void dns_lookup_ask(struct dns_lookup *names, struct text host);

/* Moves one finished result into the exchange, if there is one. */
void dns_lookup_take(struct dns_lookup *names, struct exchange *exchange);

/* The exchange is discarded: the result that it had is wanted again. */
void dns_lookup_forget(struct dns_lookup *names, const struct exchange *exchange);

#endif
