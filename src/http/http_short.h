/*
 * Whether a response is shorter than it says.  Crawl and verify both use this, so that they agree
 * on every response.
 */
#ifndef HTTP_HTTP_SHORT_H
#define HTTP_HTTP_SHORT_H

#include <stdint.h>

#include "base/spool.h"
#include "base/text.h"
#include "http/http_split.h"

enum http_short {
    SHORT_NOT,       /* it is whole, or it does not say where it ends */
    SHORT_OF_ALL,    /* a body was announced, and there is none: right only in answer to HEAD */
    SHORT_OF_CHUNKS, /* the last chunk is missing, or a part of it */
    SHORT_OF_LENGTH, /* the body is shorter than its Content-Length (RFC 9112, section 6.3) */
};

/* Judges a response to GET that has passed through `split`, with `body_length` bytes after its
 * head.  Broken chunk framing says nothing about the end. */
enum http_short http_short_of(const struct http_split *split, uint64_t body_length);

/* The same of a response in one piece. */
enum http_short http_short_of_bytes(struct text response);
/* The same for a response that may be on the disk. It takes little memory: without chunks only
 * the length of the body is needed, and chunks are read in pieces. */
enum http_short http_short_of_spool(const struct spool *response);

/* Whether the first Content-Length is a number that counts; *length: that number. */
bool http_short_announces(const struct http_split *split, uint64_t *length);

#endif
