/*
 * Gzip members (RFC 1952), one per WARC record.
 *
 * The member header is always 1f 8b 08 00 00000000 00 03: no name and no time, so equal input gives
 * equal output.  Whole buffers are compressed by libdeflate or ISA-L where configure found them.
 * Input that does not fit in memory is streamed through ISA-L or zlib.
 */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum gzip_effort { GZIP_STORE, GZIP_FAST, GZIP_SMALL };

/* Compressors and their memory, allocated when first needed.  One thread at a time. */
struct gzip;

/* The caller frees it.  NULL without memory. */
struct gzip *gzip_new(void);
/* NULL is allowed. */
void gzip_free(struct gzip *gzip);

/* Appends one member with `input` to *out.  False when out's limit is too low or there is no
 * memory; *out may then have part of a member at its end. */
MUST_CHECK bool gzip_member(struct gzip *gzip, enum gzip_effort effort, struct text input,
                            struct buf *out);

/* The same for input that comes in pieces: begin, add any number of times, end.  Compressed bytes
 * are appended to *out, which the caller may empty between calls.  False as for gzip_member(); the
 * member must then be begun again. */
MUST_CHECK bool gzip_stream_begin(struct gzip *gzip, enum gzip_effort effort);
MUST_CHECK bool gzip_stream_add(struct gzip *gzip, struct text piece, struct buf *out);
MUST_CHECK bool gzip_stream_end(struct gzip *gzip, struct buf *out);

/* The CRC-32 of RFC 1952, section 8, continued from `crc` (0 at the start). */
uint32_t gzip_crc(uint32_t crc, struct text bytes);

/* The libraries in use, such as "libdeflate 1.14, ISA-L 2.30, zlib 1.2.13".  Static. */
const char *gzip_backends(void);

#endif
