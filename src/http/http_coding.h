/*
 * One content coding taken off a body that comes in pieces (RFC 9110, 8.4.1): gzip and deflate, as
 * zlib has them; br (RFC 7932) and zstd (RFC 8878) where configure found their libraries.  However
 * much a few octets decode to, it comes in as small runs as are asked for, and the memory for it is
 * bounded: the window of br is 16 MiB at most, that of zstd 8 MiB (RFC 9659).
 *
 * Lenient as browsers are: deflate may lack its zlib wrapper, what is called gzip may be plain,
 * several gzip members or zstd frames are one body, and what lies behind the end is no part of it.
 */
#ifndef HTTP_HTTP_CODING_H
#define HTTP_HTTP_CODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

enum coding_kind {
    CODING_UNKNOWN,
    CODING_NONE,
    CODING_GZIP,
    CODING_DEFLATE,
    CODING_BROTLI,
    CODING_ZSTD
};

/* By the name in Content-Encoding; NONE for "identity" and for nothing, UNKNOWN also for what can't
 * be decoded here. */
enum coding_kind coding_of(struct text name);

struct coding;

/* NULL without memory. */
struct coding *coding_new(enum coding_kind kind);
void coding_free(struct coding *coding);

/* Takes octets off the front of *input, and puts decoded ones into `out`, at most `room`, their
 * number into *made.  Call again while there is input, or while all of the room was used.  False
 * when the body is damaged; what was made before is good. */
MUST_CHECK bool coding_take(struct coding *coding, struct text *input, char *out, size_t room,
                            size_t *made);

/* Whether a body that came so far may end here: all of it is decoded, or nothing has come. */
bool coding_may_end(const struct coding *coding);
/* Whether it is not coded at all, whatever its name. */
bool coding_is_plain(const struct coding *coding);

#endif
