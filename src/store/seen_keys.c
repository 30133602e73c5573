/* Keys of URLs that are certainly in the queue. */
#include <config.h>

#include "store/seen_keys.h"

#include <stdlib.h>
#include <string.h>

struct seen_keys *seen_keys_new(void)
{
    return calloc(1, sizeof(struct seen_keys));
}

void seen_keys_free(struct seen_keys *seen)
{
    free(seen);
}

void seen_keys_add(struct seen_keys *seen, int64_t key, enum visit_kind kind)
{
    int64_t *slot = &seen->slots[(uint64_t)key >> SEEN_KIND_BITS & (SEEN_SLOTS - 1)],
            other = key >> SEEN_KIND_BITS;
    if (*slot >> SEEN_KIND_BITS != other || (int64_t)kind < (*slot & SEEN_KIND_MASK))
        *slot = (int64_t)((uint64_t)other << SEEN_KIND_BITS) | (int64_t)kind;
}

void seen_keys_remove(struct seen_keys *seen, int64_t key)
{
    int64_t *slot = &seen->slots[(uint64_t)key >> SEEN_KIND_BITS & (SEEN_SLOTS - 1)];
    if (*slot >> SEEN_KIND_BITS == key >> SEEN_KIND_BITS)
        *slot = 0;
}

void seen_keys_clear(struct seen_keys *seen)
{
    memset(seen->slots, 0, sizeof seen->slots);
}
