/*
 * What the domain name system says of each host, once a run, for the archive.  libcurl looks names up for itself and keeps the
 * answers to itself, without their times to live; so they are asked for beside it, in a thread, at the moment when it does the
 * same.  Nothing waits for that: an answer goes with the first exchange, with whatever host, that ends after it came.
 */
#ifndef CRAWL_NAMES_H
#define CRAWL_NAMES_H

#include "base/text.h"
#include "crawl/crawl.h"
#include "web/exchange.h"

struct names;

struct names *names_new(void); /* NULL without memory or threads */
/* Does not wait for a lookup that is under way. */
void names_free(struct names *names);

/* The host of an address when the name server is asked for it; empty when it is numeric, or --resolve tells where it is. */
struct text names_host_of(const struct exchange *exchange, const struct crawl_options *options);

/* Has such a host looked up, unless that was done. */
void names_ask(struct names *names, struct text host);

/* Puts an answer into the exchange if there is one that no other has had. */
void names_take(struct names *names, struct exchange *exchange);

/* The exchange comes to nothing: the answer that it had is wanted again. */
void names_forget(struct names *names, const struct exchange *exchange);

#endif
