/*
 * Whether a response answers a GET.  Only the record of its request says so: the one before it, or
 * the one after it (WARC-Concurrent-To; WARC 1.1, 5.7).  What a site answers to POST, or to any
 * other method, is not what its URL has.
 */
#ifndef COLLECTION_REQUEST_METHOD_H
#define COLLECTION_REQUEST_METHOD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "collection/wacz_parts.h"
#include "warccap/warc.h"

struct request_method {
    const char *path;             /* of the file that is read; borrowed */
    const struct wacz_part *part; /* of it, which is read alone; NULL: all; borrowed */
    struct warc_reader *ahead;    /* a second reader; NULL until it is needed */
    struct buf last;              /* what the last request says of itself, each with a NUL */
    bool no_memory;
};

void request_method_init(struct request_method *method, const char *path);
void request_method_release(struct request_method *method);

/* A record of a request was read; `head` is the beginning of its block. */
void request_method_note(struct request_method *method, const struct warc_record *record,
                         struct text head);
/* Whether the response that was just read answers a GET, or nothing says what it answers. */
bool request_method_is_get(struct request_method *method, const struct warc_record *response,
                           const struct warc_place *place);

#endif
