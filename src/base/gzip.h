/*
 * Gzip members (RFC 1952), one a record: header fixed to 1f 8b 08 00 00000000 00 03, no name, no
 * time, so that equal records give equal bytes.  Whole buffers go through libdeflate or ISA-L where
 * configure found them; what does not fit in memory is streamed through ISA-L or zlib.
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

/* Compressors with their memory, made as they are first needed; one thread at a time. */
struct gzip;

struct gzip *gzip_new(void); /* NULL without memory */
void gzip_free(struct gzip *gzip);

/* Appends one member holding `input` to *out.  False when out's limit or memory does not allow it.
 */
MUST_CHECK bool gzip_member(struct gzip *gzip, enum gzip_effort effort, struct text input,
                            struct buf *out);

/* The same for input that comes in pieces: begin, add any number of times, end; compressed bytes
 * are appended to *out, which the caller may empty in between. */
MUST_CHECK bool gzip_stream_begin(struct gzip *gzip, enum gzip_effort effort);
MUST_CHECK bool gzip_stream_add(struct gzip *gzip, struct text piece, struct buf *out);
MUST_CHECK bool gzip_stream_end(struct gzip *gzip, struct buf *out);

/* The CRC-32 of RFC 1952, section 8, continued from `crc` (0 to begin). */
uint32_t gzip_crc(uint32_t crc, struct text bytes);

/* Which libraries do the work: "libdeflate 1.14, ISA-L 2.30" or "zlib 1.2.13"; static. */
const char *gzip_backends(void);

#endif
