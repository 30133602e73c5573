/*
 * Removes one content coding (RFC 9110, section 8.4.1) from a body that arrives in pieces: gzip and
 * deflate with zlib; br (RFC 7932) and zstd (RFC 8878) where configure found their libraries.
 *
 * The caller sets how much is decoded per call, so memory stays bounded even when a few bytes
 * decode to gigabytes.  The window of br is at most 16 MiB, that of zstd 8 MiB (RFC 9659).
 *
 * It is as lenient as browsers are.  Deflate may lack its zlib wrapper.  A body labelled gzip may
 * be plain.  A name that no coding has ("UTF-8", "none", "binary") says nothing: the body is gzip
 * if it begins like gzip, else plain.  Of a text, what is no text then shows that the name stands
 * for a coding after all.  Several gzip members or zstd frames make one body.  Bytes after the end
 * are ignored.
 */
#ifndef HTTP_HTTP_CODING_H
#define HTTP_HTTP_CODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

enum coding_kind {
    CODING_UNKNOWN, /* a coding that is not decoded here */
    CODING_UNNAMED, /* it is not the name of a coding: the first bytes tell */
    CODING_NONE,
    CODING_GZIP,
    CODING_DEFLATE,
    CODING_BROTLI,
    CODING_ZSTD
};

/* The coding with this name in Content-Encoding, whose parameters do not count.  CODING_NONE for
 * "identity" and for an empty name; CODING_UNKNOWN for a coding that there is, but that this build
 * cannot decode. */
enum coding_kind coding_of(struct text name);

struct coding;

/* A decoder for one body.  The caller frees it.  NULL without memory. */
struct coding *coding_new(enum coding_kind kind);
/* The decoded body is text: if it is plain, and its beginning is not, it is damaged. */
void coding_expect_text(struct coding *coding);
/* NULL is allowed. */
void coding_free(struct coding *coding);

/* Takes bytes from the front of *input and writes at most `room` decoded bytes to `out`; *made is
 * their number.  Call it again while there is input or the room was filled.  False when the body is
 * damaged (or without memory); the *made bytes are good all the same. */
MUST_CHECK bool coding_take(struct coding *coding, struct text *input, char *out, size_t room,
                            size_t *made);

/* Whether the body may end here: it is decoded completely, or it is empty. */
bool coding_may_end(const struct coding *coding);

#endif
