/*
 * SipHash-1-3 with a key: short keys for long addresses that a stranger who does not know the key
 * cannot make collide.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/text.h"

struct hash_key {
    uint64_t low, high;
};

uint64_t hash_text(const struct hash_key *key, struct text text);

#endif
