/*
 * Keys of URLs that are certainly in the queue, in a table of fixed size. It answers for most links
 * of most pages from memory. It forgets, so it can only say "surely" or "can't say". It belongs to
 * one process and works with any store.
 */
#ifndef STORE_SEEN_KEYS_H
#define STORE_SEEN_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/visit_kind.h"

enum {
#ifdef SMALL_TABLES
    SEEN_SLOTS = 1 << 8,
#else
    SEEN_SLOTS = 1 << 19, /* 4 MiB, whatever the size of the site */
#endif
    SEEN_KIND_BITS = 4, /* enough for VISIT_KINDS */
    SEEN_KIND_MASK = 15,
};

struct seen_keys {
    /* 0: empty; the lowest SEEN_KIND_BITS bits are not the key's, but the earliest kind under which
     * it was offered */
    int64_t slots[SEEN_SLOTS];
};

/* NULL: out of memory. */
struct seen_keys *seen_keys_new(void);
void seen_keys_free(struct seen_keys *seen);

/* Notes that a key was offered as that kind. */
void seen_keys_add(struct seen_keys *seen, int64_t key, enum visit_kind kind);
/* Forgets a key: its URL is in the queue no longer. */
void seen_keys_remove(struct seen_keys *seen, int64_t key);
/* Forgets everything, because what was offered may have been rolled back. */
void seen_keys_clear(struct seen_keys *seen);

/* Has the place of a key fetched from memory, while something else is done. */
static inline void seen_keys_fetch(const struct seen_keys *seen, int64_t key)
{
    __builtin_prefetch(&seen->slots[(uint64_t)key >> SEEN_KIND_BITS & (SEEN_SLOTS - 1)]);
}

static inline bool seen_keys_has(const struct seen_keys *seen, int64_t key, enum visit_kind kind)
{
    int64_t slot = seen->slots[(uint64_t)key >> SEEN_KIND_BITS & (SEEN_SLOTS - 1)];
    return slot >> SEEN_KIND_BITS == key >> SEEN_KIND_BITS &&
           (slot & SEEN_KIND_MASK) <= (int64_t)kind;
}

#endif
