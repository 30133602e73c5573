/*
 * A long list that may be larger than memory.  A short one lies in memory.  A longer one lies in an
 * unnamed file that is mapped, and is used as if it were in memory. Its pages are given back to the
 * system now and then, so that only those in use take memory.
 *
 *   spill_file_open() -> spilled_init() -> spilled_grow() ... spilled_sort() -> spilled_release()
 *
 * One thread at a time for each file and its lists.
 */
#ifndef BASE_SPILLED_H
#define BASE_SPILLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/* Where lists go that are too long. */
struct spill_file {
    int fd;         /* -1: there is none, and all lists stay in memory */
    unsigned lists; /* that were given a place in it */
};

/* Opens an unnamed file in a directory: $TMPDIR, or /var/tmp, or /tmp.  Afterwards no right to the
 * directory is needed.  fd is -1 if that cannot be done. */
struct spill_file spill_file_open(void);
void spill_file_close(struct spill_file *file);

struct spilled {
    struct spill_file *file; /* borrowed; NULL: none */
    char *at;                /* the items; moves when the list grows */
    size_t room;             /* bytes */
    bool mapped;
    int64_t place;  /* in the file, if it is mapped */
    size_t touched; /* bytes that may be in memory, as far as spilled_touch() was told */
};

/* An empty list.  `file` may be NULL, and must outlive it. */
void spilled_init(struct spilled *list, struct spill_file *file);
void spilled_release(struct spilled *list);

/* Makes room for `bytes` in all, with what is there kept; new bytes are zero.  False when neither
 * memory nor the disk has room. */
MUST_CHECK bool spilled_grow(struct spilled *list, size_t bytes);

/* `bytes` were used since the last call.  Gives pages back to the system when there are many. */
void spilled_touch(struct spilled *list, size_t bytes);

/* Sorts `count` items of `size` bytes, in memory that does not depend on their number.  Items that
 * compare equal come in any order.  False without memory; the order is then undefined. */
MUST_CHECK bool spilled_sort(struct spilled *list, size_t count, size_t size,
                             int (*order)(const void *, const void *));

#endif
