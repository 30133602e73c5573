/*
 * Keys of URLs that are certainly in the queue, in a table of fixed size: an answer from memory for
 * most links of most pages.  It forgets, so that it may only ever say "surely" or "can't say".  It
 * belongs to one process and stands in front of any store.
 */
#ifndef STORE_SEEN_KEYS_H
#define STORE_SEEN_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/visit_kind.h"

enum {
    SEEN_SLOTS = 1 << 19, /* 4 MiB, whatever the size of the site */
    SEEN_KIND_BITS = 4,   /* VISIT_KINDS fits in */
    SEEN_KIND_MASK = 15,
};

struct seen_keys {
    int64_t slots[SEEN_SLOTS]; /* 0: empty; in place of a key's SEEN_KIND_BITS lowest bits stands
                                  the earliest kind under which it was offered */
};

/* NULL without memory. */
struct seen_keys *seen_keys_new(void);
void seen_keys_free(struct seen_keys *seen);

/* Notes that a key was offered as that kind. */
void seen_keys_add(struct seen_keys *seen, int64_t key, enum visit_kind kind);
/* Forgets all: what was offered may have been rolled back. */
void seen_keys_clear(struct seen_keys *seen);

static inline bool seen_keys_has(const struct seen_keys *seen, int64_t key, enum visit_kind kind)
{
    int64_t slot = seen->slots[(uint64_t)key >> SEEN_KIND_BITS & (SEEN_SLOTS - 1)];
    return slot >> SEEN_KIND_BITS == key >> SEEN_KIND_BITS &&
           (slot & SEEN_KIND_MASK) <= (int64_t)kind;
}

#endif
