/* A set of hashes of URLs, which grows. */
#include <config.h>

#include "verify/asked_urls.h"

#include <stdlib.h>

#include "base/buf.h"
#include "web/url.h"

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

/* Where it is, or belongs. */
static size_t slot_of(const struct asked_urls *asked, uint64_t hash)
{
    size_t slot = hash & (asked->size - 1);
    while (asked->hashes[slot] && asked->hashes[slot] != hash)
        slot = (slot + 1) & (asked->size - 1);
    return slot;
}

static uint64_t hash_for(int reason, uint64_t url_hash)
{
    return hash_pair((uint64_t)reason + 1, url_hash) | 1;
}

uint64_t asked_urls_pair_hash(const struct hash_key *key, struct text one, struct text other)
{
    return hash_pair(hash_text(key, one), hash_text(key, other));
}

bool asked_urls_note(struct asked_urls *asked, int reason, struct text url)
{
    return asked_urls_note_hash(asked, reason, hash_text(&asked->key, url));
}

bool asked_urls_note_hash(struct asked_urls *asked, int reason, uint64_t url_hash)
{
    uint64_t hash = hash_for(reason, url_hash);
    if (asked->count * 2 >= asked->size && !grow(asked))
        return true;
    size_t slot = slot_of(asked, hash);
    if (asked->hashes[slot])
        return true;
    asked->hashes[slot] = hash;
    asked->count++;
    return false;
}

bool asked_urls_has(const struct asked_urls *asked, int reason, uint64_t url_hash)
{
    return asked->size && asked->hashes[slot_of(asked, hash_for(reason, url_hash))];
}

uint64_t asked_urls_seen_hash(const struct hash_key *key, struct text text)
{
    struct url url;
    struct buf seen;
    url_init(&url);
    buf_init(&seen, 2 * URL_LONGEST);
    if (url_parse(&url, text, NULL, TEXT("")) == URL_OK)
        url_write_seen_key(&url, &seen);
    uint64_t hash = hash_text(key, seen.length ? buf_text(&seen) : text);
    url_release(&url);
    buf_release(&seen);
    return hash;
}
