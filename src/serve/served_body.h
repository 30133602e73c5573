/*
 * A record of the archive, as it is served: the head of its response, and then its body, decoded
 * and piece by piece.  Memory is bounded however long the body is.
 */
#ifndef SERVE_SERVED_BODY_H
#define SERVE_SERVED_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/wacz_parts.h"
#include "http/http_message.h"

struct served_body;

/* Where a record is. */
struct served_place {
    const char *path;
    const struct wacz_part *part; /* the WARC file in a package; NULL: the path's */
    int64_t offset;
};

/* Opens the record of a WARC or ARC file at that place.  LOST, with words: there is no such record,
 * or it is no response or resource; BROKEN: the file cannot be read, or no memory. */
MUST_CHECK enum result served_body_open(struct served_body **body, const struct served_place *place,
                                        struct trouble *trouble);
/* The same, but content codings stay as they are. */
MUST_CHECK enum result served_body_open_stored(struct served_body **body,
                                               const struct served_place *place,
                                               struct trouble *trouble);
/* NULL is allowed. */
void served_body_close(struct served_body *body);

/* The head of the response; NULL for a resource, which has none.  It lives as long as the body, as
 * do the following texts. */
const struct http_head *served_body_head(const struct served_body *body);
struct text served_body_url(const struct served_body *body);
/* The media type of a resource. */
struct text served_body_type(const struct served_body *body);
/* The content codings that are not removed, because they are not decoded here; mostly empty. */
struct text served_body_coding(const struct served_body *body);
/* How many bytes will come; -1: that is known at the end only. */
int64_t served_body_length(const struct served_body *body);

/* The next bytes, at least one, valid until the next call.  END: there are no more.  LOST: the body
 * is damaged from here on. */
MUST_CHECK enum result served_body_next(struct served_body *body, struct text *piece);

/* Reads to the end and counts.  The body cannot be read then. */
int64_t served_body_count(struct served_body *body);
/* Only `length` bytes from `first` on will come. */
void served_body_limit(struct served_body *body, int64_t first, int64_t length);

#endif
