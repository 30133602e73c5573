/* The decoded body of a response, as far as it is read of its kind.  Private to this room. */
#ifndef LINKS_PAGE_BODY_H
#define LINKS_PAGE_BODY_H

#include "http/body_reader.h"
#include "links/page_reader.h"

struct page_body {
    struct body_reader *reader;
    struct buf room;
    struct text text; /* in `room`, or the plain body */
    struct body_facts facts;
};

/* What is to be known of a body before it is read. */
struct page_body_head {
    const struct http_head *head; /* NULL: none is known */
    struct text path;             /* of its URL */
    struct text name;             /* of the file that it is; empty: it is none */
    enum page_use use;
    uint64_t response_bytes;
    bool dechunked; /* the framing was taken off before */
    /* The whole body, if it is in memory and neither framed nor coded: it is not copied.  Otherwise
     * empty.  Borrowed as long as the text. */
    struct text plain;
};

/* False: out of memory. */
MUST_CHECK bool page_body_init(struct page_body *body);
void page_body_release(struct page_body *body);

/* Whether the head alone tells that the body may contain links. */
bool page_body_is_wanted(const struct page_body_head *head);

/* Reads a body.  The text and the facts are valid until the next call. */
void page_body_read(struct page_body *body, const struct page_body_head *head,
                    struct body_source source);
/* The text is no longer needed: frees the memory of an unusually large one. */
void page_body_leave(struct page_body *body);

#endif
