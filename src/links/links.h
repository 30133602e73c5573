/*
 * Bytes in, links out: every URL in a page, style sheet, feed, sitemap, robots.txt or HTTP head.
 * Each has the class that decides what the crawler does with it. Pure: no globals, sockets or
 * logging. The time is linear in the length of the input. Hostile input never makes it fail.
 */
#ifndef LINKS_LINKS_H
#define LINKS_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "html/page_text.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "web/link.h"
#include "web/media_type.h"
#include "web/url.h"

/* Keeps what was found out about anchors from page to page: see links_source. About 4 MB; not for
 * several threads at a time. */
struct anchor_cache;
struct page_reader;

struct anchor_cache *anchor_cache_new(void); /* NULL: out of memory */
void anchor_cache_free(struct anchor_cache *anchors);

struct links_source {
    const struct url *url; /* where the bytes came from: the base unless <base> says otherwise */
    enum media_kind kind;
    /* The page that a script belongs to, to which what the script loads is relative. NULL: it is
     * not known, or the source is not a script. */
    const struct url *page;
    struct text charset; /* from HTTP; empty: HTTP gave none */
    struct text bytes;   /* the decoded body */
    /* NULL: no HTTP head is known (Link, Refresh, Location, Content-Location) */
    const struct http_head *head;
    struct anchor_cache *anchors; /* NULL: none; a cache makes reading faster and changes no link */
    /* NULL, or set when links are missing, and left as it is otherwise. Links are missing if the
     * page has too many, or if a gzipped sitemap can't be decompressed. */
    enum body_error *error;
    int year; /* the current year: archives more than one year ahead are traps */
    /* NULL, or what read the body (links/page_reader.h). If that was in a jail, the links come
     * from there: `bytes` and `anchors` are ignored, and the head is the one that was read with the
     * body. Only one page at a time. */
    struct page_reader *reader;
    bool without_body; /* with a reader: the links of the head only */
    bool without_text; /* with a reader: nobody asks for the page's visible text */
};

/* The links of one page as a flat list, in document order, each URL once per class. */
struct links;

/* Reads a page. What `source` points to is borrowed until links_close(). If there is an anchor
 * cache, close the previous page first. NULL: out of memory. */
struct links *links_open(const struct links_source *source);
/* What a page says and shows, found on the way to its links. All of it lives until links_close().
 */
struct page_facts {
    struct text robots;   /* content of its first <meta name="robots">; empty: there is none */
    struct text referrer; /* content of its last <meta name="referrer">; empty: there is none */
    /* The text that a visitor sees. NULL: the source is not a page, or has too many pieces. */
    const struct page_pieces *pieces;
};
struct page_facts links_page_facts(const struct links *links);
/* The next link. False: the end. Its texts live until the next call. */
bool links_next(struct links *links, struct link *link);
/* False: memory ran out, and links are missing; those returned are good. NULL: false. */
bool links_ok(const struct links *links);
/* Returns the same. */
bool links_close(struct links *links);

#endif
