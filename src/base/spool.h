/*
 * Bytes of unknown length: kept in memory while there are few, in an unlinked temporary file once
 * there are many.  So a body of any size needs bounded memory.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"

struct spool {
    struct buf memory; /* the content while fd is -1, else empty */
    int fd;            /* the temporary file, -1 while there is none */
    int64_t length;
    size_t memory_limit;
    const char *directory; /* borrowed: where the temporary file is made */
    void *map;             /* private */
};

/* Makes an empty spool that keeps up to `memory_limit` bytes in memory.  `directory` must stay
 * valid as long as the spool. */
void spool_init(struct spool *spool, size_t memory_limit, const char *directory);
/* Frees memory, mapping and file. */
void spool_release(struct spool *spool);
/* Empties the spool for the next use.  Keeps its memory if that is at most 256 KiB. */
void spool_clear(struct spool *spool);

/* OK; BROKEN when the temporary file cannot be made or written, or without memory. */
MUST_CHECK enum result spool_append(struct spool *spool, const void *bytes, size_t length,
                                    struct trouble *trouble);

/* Drops what is after the first `length` bytes.  A shorter content stays as it is. */
void spool_shorten(struct spool *spool, int64_t length);

/* The bytes from `offset` on: all of them while the content is in memory, otherwise as many as
 * fit into `room`.  So a large spool can be read in little memory.  Empty at the end, and when the
 * file cannot be read.  Valid until the spool changes or `room` is reused. */
struct text spool_piece(const struct spool *spool, int64_t offset, char *room, size_t size);

/* The whole content.  A file is mapped for this.  Valid until the next append, clear or release;
 * `at` is NULL when mapping fails. */
struct text spool_bytes(struct spool *spool);

#endif
