/*
 * SipHash-1-3 with a key: short hashes of URLs.  A site that does not know the key cannot choose
 * URLs whose hashes collide.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/text.h"

struct hash_key {
    uint64_t low, high; /* both random */
};

/* The same key and text give the same hash on every machine of one byte order. */
uint64_t hash_text(const struct hash_key *key, struct text text);

/* A hash of two hashes with the same key, in this order. */
static inline uint64_t hash_pair(uint64_t first, uint64_t second)
{
    return first * UINT64_C(0x9e3779b97f4a7c15) + second;
}

/* The same, and every bit of the result depends on every bit of both. Only for hashes whose key the
 * site does not know: of numbers that it can choose, it could choose two with one result. */
static inline uint64_t hash_mix(uint64_t first, uint64_t second)
{
    uint64_t mixed = (first ^ first >> 32) * UINT64_C(0x9e3779b97f4a7c15) + second;
    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return mixed ^ mixed >> 32;
}

#endif
