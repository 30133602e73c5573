/*
 * Bytes of unknown length: in memory while they are few, in an unlinked temporary file once they
 * are many, so that a body of any size costs bounded memory.
 */
#ifndef BASE_SPOOL_H
#define BASE_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"

struct spool {
    struct buf memory; /* all of it while fd is -1, else empty */
    int fd;            /* the temporary file, -1 while none is needed */
    int64_t length;
    size_t memory_limit;
    const char *directory; /* borrowed: where the temporary file is made */
    void *map;             /* private */
};

void spool_init(struct spool *spool, size_t memory_limit, const char *directory);
void spool_release(struct spool *spool);
/* Empties it for the next use; small memory is kept. */
void spool_clear(struct spool *spool);

/* BROKEN when the temporary file can't be made or written. */
MUST_CHECK enum result spool_append(struct spool *spool, const void *bytes, size_t length,
                                    struct trouble *trouble);

/* A run of octets from `offset` on: all the rest while it is in memory, else what fits into `room`;
 * so that a large one can be gone through in little memory.  Empty at the end, and when the file
 * can't be read. */
struct text spool_piece(const struct spool *spool, int64_t offset, char *room, size_t size);

/* All of it in one piece; a large one is mapped, and unmapped by clear or release.  at == NULL when
 * mapping fails. */
struct text spool_bytes(struct spool *spool);

#endif
