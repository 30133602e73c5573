/*
 * SipHash-1-3 with a key: short hashes of URLs.  A site that does not know the key cannot choose
 * URLs whose hashes collide.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>
#include <string.h>

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

/* The same, and every bit of the result depends on every bit of both. Only for hashes whose key
 * the site does not know: otherwise it could choose two numbers with the same result. */
static inline uint64_t hash_mix(uint64_t first, uint64_t second)
{
    uint64_t mixed = (first ^ first >> 32) * UINT64_C(0x9e3779b97f4a7c15) + second;
    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return mixed ^ mixed >> 32;
}

/* About three times as fast as hash_text().  A site can make up texts that have the same hash
 * for every key. So use it only where a collision harms nobody but that site. */
static inline uint64_t hash_quick(uint64_t key, struct text text)
{
    uint64_t hash = key ^ text.length, piece = 0;
    if (text.length > 4 * sizeof piece) { /* two hashes, which the processor works on at once */
        uint64_t pair[2], other = ~key;
        for (; text.length > sizeof pair; text = text_skip(text, sizeof pair)) {
            memcpy(pair, text.at, sizeof pair);
            hash = hash_mix(hash, pair[0]);
            other = hash_mix(other, pair[1]);
        }
        hash = hash_mix(hash, other);
    }
    if (text.length >= sizeof piece) {
        size_t last = text.length - sizeof piece; /* it may overlap the piece before it */
        for (size_t at = 0; at < last; at += sizeof piece) {
            memcpy(&piece, text.at + at, sizeof piece);
            hash = hash_mix(hash, piece);
        }
        memcpy(&piece, text.at + last, sizeof piece);
    } else if (text.length >= sizeof(uint32_t)) {
        uint32_t first, second;
        memcpy(&first, text.at, sizeof first);
        memcpy(&second, text.at + text.length - sizeof second, sizeof second);
        piece = (uint64_t)first << 32 | second;
    } else
        for (size_t i = 0; i < text.length; i++)
            piece = piece << 8 | (unsigned char)text.at[i];
    return hash_mix(hash, piece);
}

#endif
