/* A sorted array of keyed hashes of host names. */
#include <config.h>

#include "fetch/host_set.h"

#include <stdlib.h>
#include <string.h>

/* Where a hash is, or would be inserted. */
static size_t place_of(const struct host_set *set, uint64_t hash)
{
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct host_set *set, size_t place, uint64_t hash)
{
    return place < set->count && set->hashes[place] == hash;
}

void host_set_release(struct host_set *set)
{
    free(set->hashes);
    *set = (struct host_set){.count = 0};
}

bool host_set_has(const struct host_set *set, struct text host)
{
    uint64_t hash = hash_text(&set->key, host);
    return is_at(set, place_of(set, hash), hash);
}

void host_set_add(struct host_set *set, struct text host)
{
    uint64_t hash = hash_text(&set->key, host);
    size_t place = place_of(set, hash);
    if (is_at(set, place, hash))
        return;
    if (set->count == set->room) {
        size_t more = set->room ? set->room * 2 : 64;
        uint64_t *hashes = realloc(set->hashes, more * sizeof *hashes);
        if (!hashes)
            return;
        set->hashes = hashes;
        set->room = more;
    }
    memmove(set->hashes + place + 1, set->hashes + place,
            (set->count - place) * sizeof *set->hashes);
    set->hashes[place] = hash;
    set->count++;
}

void host_set_remove(struct host_set *set, struct text host)
{
    uint64_t hash = hash_text(&set->key, host);
    size_t place = place_of(set, hash);
    if (!is_at(set, place, hash))
        return;
    set->count--;
    memmove(set->hashes + place, set->hashes + place + 1,
            (set->count - place) * sizeof *set->hashes);
}
