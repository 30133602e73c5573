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
    enum body_fault *fault; /* NULL, or set when not all links were given: the page has too many,
                               or a sitemap that is a gzip file can't be unpacked; else left as it
                               is */
    int year;               /* the present year: archives of later years than the next are traps */
};

/* The links of one page as a flat list: in document order, each address once a class. */
struct links;

/* Reads a page.  What `source` points to is borrowed until links_close(); with a memory, that of
 * the page before has to be closed.  NULL without memory. */
struct links *links_open(const struct links_source *source);
/* The next link; false at the end.  Its texts live until the next call. */
bool links_next(struct links *links, struct link *link);
/* False: memory ran out, and links are missing (those given are good).  NULL: false. */
bool links_close(struct links *links);

#endif
