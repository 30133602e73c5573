/*
 * The identifiers of a file as a hash table with open addressing, and the maker of new identifiers.
 */
#include <config.h>

#include "warc/ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

enum { ROOM_FIRST = 1024 };

void ids_clear(struct ids *ids)
{
    if (ids->count)
        memset(ids->slots, 0, ids->room * sizeof *ids->slots);
    ids->count = 0;
}

void ids_release(struct ids *ids)
{
    free(ids->slots);
    *ids = (struct ids){NULL, 0, 0};
}

/* A fixed key is enough: only the author of a file can choose its identifiers. */
static uint64_t hash_of(const char *id)
{
    static const struct hash_key key = {0x77617263, 0x636170};
    uint64_t hash = hash_text(&key, text_of(id));
    return hash ? hash : 1;
}

/* The slot that has the hash, or the free one where it belongs. */
static uint64_t *find(const struct ids *ids, uint64_t hash)
{
    size_t at = (size_t)hash & (ids->room - 1);
    while (ids->slots[at] && ids->slots[at] != hash)
        at = (at + 1) & (ids->room - 1);
    return &ids->slots[at];
}

static bool grow(struct ids *ids)
{
    struct ids more = {.room = ids->room ? ids->room * 2 : ROOM_FIRST};
    more.slots = calloc(more.room, sizeof *more.slots);
    if (!more.slots)
        return false;
    for (size_t i = 0; i < ids->room; i++)
        if (ids->slots[i])
            *find(&more, ids->slots[i]) = ids->slots[i];
    more.count = ids->count;
    free(ids->slots);
    *ids = more;
    return true;
}

bool ids_have(const struct ids *ids, const char *id)
{
    return ids->room && *find(ids, hash_of(id));
}

void ids_add(struct ids *ids, const char *id)
{
    if (ids->count >= ids->room / 2 && !grow(ids))
        return;
    uint64_t hash = hash_of(id), *slot = find(ids, hash);
    ids->count += !*slot;
    *slot = hash;
}

void id_maker_next(struct id_maker *maker, char id[WARC_ID_SIZE])
{
    char uuid[UUID_SIZE];
    if (maker->left < UUID_BYTES || maker->owner != getpid()) {
        entropy_fill(maker->random, sizeof maker->random);
        maker->left = sizeof maker->random;
        maker->owner = getpid();
    }
    maker->left -= UUID_BYTES;
    entropy_uuid_of(maker->random + maker->left, uuid);
    snprintf(id, WARC_ID_SIZE, "<urn:uuid:%s>", uuid);
}
