/* A set of hashes that grows. */
#include <config.h>

#include "verify/asked_urls.h"

#include <stdlib.h>

enum { SIZE_FIRST = 1 << 12 };

void asked_urls_release(struct asked_urls *asked)
{
    free(asked->hashes);
}

static bool grow(struct asked_urls *asked)
{
    size_t size = asked->size ? asked->size * 2 : SIZE_FIRST;
    uint64_t *hashes = calloc(size, sizeof *hashes);
    if (!hashes) {
        asked->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < asked->size; i++)
        if (asked->hashes[i]) {
            size_t slot = asked->hashes[i] & (size - 1);
            while (hashes[slot])
                slot = (slot + 1) & (size - 1);
            hashes[slot] = asked->hashes[i];
        }
    free(asked->hashes);
    asked->hashes = hashes;
    asked->size = size;
    return true;
}

bool asked_urls_note(struct asked_urls *asked, int reason, struct text url)
{
    struct hash_key key = {asked->key.low, asked->key.high ^ (uint64_t)reason};
    uint64_t hash = hash_text(&key, url) | 1;
    if (asked->count * 2 >= asked->size && !grow(asked))
        return true;
    size_t slot = hash & (asked->size - 1);
    while (asked->hashes[slot] && asked->hashes[slot] != hash)
        slot = (slot + 1) & (asked->size - 1);
    if (asked->hashes[slot])
        return true;
    asked->hashes[slot] = hash;
    asked->count++;
    return false;
}
