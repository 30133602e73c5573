/* A hash table with open addressing, of keyed hashes of host names.  0 is an empty place. */
#include <config.h>

#include "fetch/host_set.h"

#include <stdlib.h>

enum { FIRST_ROOM = 64 };

static uint64_t hash_of(const struct host_set *set, struct text host)
{
    uint64_t hash = hash_text(&set->key, host);
    return hash ? hash : 1;
}

/* Where a hash is, or the empty place where it would be.  The table is never full. */
static size_t place_of(const struct host_set *set, uint64_t hash)
{
    size_t place = (size_t)hash & (set->room - 1);
    while (set->hashes[place] && set->hashes[place] != hash)
        place = (place + 1) & (set->room - 1);
    return place;
}

void host_set_release(struct host_set *set)
{
    free(set->hashes);
    *set = (struct host_set){.count = 0};
}

bool host_set_has(const struct host_set *set, struct text host)
{
    uint64_t hash = hash_of(set, host);
    return set->room && set->hashes[place_of(set, hash)] == hash;
}

/* Doubles the table when it is half full.  False without memory. */
static bool make_room(struct host_set *set)
{
    struct host_set larger = *set;
    if (2 * (set->count + 1) <= set->room)
        return true;
    larger.room = set->room ? 2 * set->room : FIRST_ROOM;
    larger.hashes = calloc(larger.room, sizeof *larger.hashes);
    if (!larger.hashes)
        return false;
    for (size_t i = 0; i < set->room; i++)
        if (set->hashes[i])
            larger.hashes[place_of(&larger, set->hashes[i])] = set->hashes[i];
    free(set->hashes);
    *set = larger;
    return true;
}

void host_set_add(struct host_set *set, struct text host)
{
    uint64_t hash = hash_of(set, host);
    if (!make_room(set))
        return;
    size_t place = place_of(set, hash);
    set->count += !set->hashes[place];
    set->hashes[place] = hash;
}

void host_set_remove(struct host_set *set, struct text host)
{
    uint64_t hash = hash_of(set, host);
    if (!set->room)
        return;
    size_t place = place_of(set, hash);
    if (!set->hashes[place])
        return;
    set->hashes[place] = 0;
    set->count--;
    /* What follows may have been moved on because of it. */
    for (size_t at = (place + 1) & (set->room - 1); set->hashes[at];
         at = (at + 1) & (set->room - 1)) {
        uint64_t moved = set->hashes[at];
        set->hashes[at] = 0;
        set->hashes[place_of(set, moved)] = moved;
    }
}
