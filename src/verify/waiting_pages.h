/*
 * Pages whose links are looked up next.  Their records are read, and their bodies are given to the
 * page reader, while the links of an earlier page are still looked up, so that with a jail both
 * processes work (links/page_reader.h).  They come out in the order in which they were put in.
 *
 *   waiting_pages_put() ... until waiting_pages_is_full() -> waiting_pages_take() ...
 */
#ifndef VERIFY_WAITING_PAGES_H
#define VERIFY_WAITING_PAGES_H

#include "collection/capture_reader.h"
#include "links/page_reader.h"

struct waiting_pages;

/* A page as it is put, and as it comes out. */
struct waiting_page {
    struct text url;
    bool in_row;     /* the caller's */
    bool older;      /* ... too */
    bool resolved;   /* it is no revisit, or one whose response is there */
    bool has_record; /* out: the response could be read, and this is it: */
    struct stored_response response;
};

/* All are borrowed.  NULL without memory. */
struct waiting_pages *waiting_pages_new(struct capture_reader *captures,
                                        struct page_reader *reader);
void waiting_pages_free(struct waiting_pages *pages);

/* Puts a copy of the page, whose response a line of the index points to.  Not when they are full.
 * `ahead` is what will be wanted of it.  False: no memory. */
MUST_CHECK bool waiting_pages_put(struct waiting_pages *pages, const struct waiting_page *page,
                                  const struct cdxj_entry *entry, const struct page_ahead *ahead);
bool waiting_pages_is_full(const struct waiting_pages *pages);
int waiting_pages_count(const struct waiting_pages *pages);
/* Reads the body of the first, whose links may then be had from the page reader.  False: there is
 * none.  What *page refers to lives until the next waiting_pages_take() or _put(). */
MUST_CHECK bool waiting_pages_take(struct waiting_pages *pages, struct waiting_page *page);

#endif
