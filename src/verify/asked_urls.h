/* Which URLs were looked up already, and for which reason: a set of hashes. */
#ifndef VERIFY_ASKED_URLS_H
#define VERIFY_ASKED_URLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

/* All zero but for the key: nothing was asked. */
struct asked_urls {
    struct hash_key key;
    uint64_t *hashes; /* open addressing */
    size_t size, count;
    bool no_memory; /* something could not be noted, and counts as asked */
};

void asked_urls_release(struct asked_urls *asked);
/* Whether the URL was asked for this reason before; notes it. */
bool asked_urls_note(struct asked_urls *asked, int reason, struct text url);
/* The same by hash_text() of the URL with the set's key; and without noting it. */
bool asked_urls_note_hash(struct asked_urls *asked, int reason, uint64_t url_hash);
bool asked_urls_has(const struct asked_urls *asked, int reason, uint64_t url_hash);

/* hash_text() of the URL's seen key (url_write_seen_key()), by which http and https are one URL; of
 * what is not a URL, of itself. */
uint64_t asked_urls_seen_hash(const struct hash_key *key, struct text url);
/* Of two texts together. */
uint64_t asked_urls_pair_hash(const struct hash_key *key, struct text one, struct text other);

#endif
