/*
 * Bytes in, links out: every address that a page, style sheet, feed, sitemap, robots.txt or HTTP
 * head names, each with the class that decides what the crawler does with it.  Pure: no globals,
 * sockets or logging; linear in the input's length; never fails on hostile input.
 */
#ifndef LINKS_LINKS_H
#define LINKS_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "web/link.h"
#include "web/media_type.h"
#include "web/url.h"

/* What was found out about anchors, kept from page to page: see links_source.  For one thread at a
 * time, about 4 MB. */
struct anchor_cache;

struct anchor_cache *anchor_cache_new(void); /* NULL without memory */
void anchor_cache_free(struct anchor_cache *memory);

struct links_source {
    const struct url *url; /* where the bytes came from: base until <base> says otherwise */
    enum media_kind kind;
    struct text charset; /* from HTTP; empty when it said none */
    struct text bytes;   /* the decoded body */
    const struct http_head
        *head; /* NULL: no HTTP head is known (Link, Refresh, Location, Content-Location) */
    struct anchor_cache
        *memory; /* NULL: none; the links are the same with or without, only sooner there */
    enum body_fault *packed_fault; /* NULL, or set when a sitemap that is a gzip file can't be
                                      unpacked whole; else left as it is */
    int year; /* the present year: archives of later years than the next are traps */
};

/* Called for each link in document order, each address once a class.  The link's texts live only
 * during the call. */
typedef void links_take(void *context, const struct link *link);

/* Gives every link of `source` to `take`.  False only when memory ran out (what was given until
 * then is good). */
bool links_extract(const struct links_source *source, links_take *take, void *context);

#endif
