/* After Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), with one compression and
 * three finalisation rounds. */
#include <config.h>

#include "base/hash.h"

#include <string.h>

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t turn(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void sip_round(struct sip *s)
{
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = turn(s->v1, 13) ^ s->v0;
    s->v3 = turn(s->v3, 16) ^ s->v2;
    s->v0 = turn(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = turn(s->v1, 17) ^ s->v2;
    s->v3 = turn(s->v3, 21) ^ s->v0;
    s->v2 = turn(s->v2, 32);
}

static inline void sip_word(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    s->v0 ^= word;
}

/* At most seven bytes, the first one lowest. */
static inline uint64_t last_bytes(const char *at, size_t count)
{
    const unsigned char *bytes = (const unsigned char *)at;
    uint64_t word = 0;
    switch (count) {
    case 7:
        word |= (uint64_t)bytes[6] << 48; /* fall through */
    case 6:
        word |= (uint64_t)bytes[5] << 40; /* fall through */
    case 5:
        word |= (uint64_t)bytes[4] << 32; /* fall through */
    case 4:
        word |= (uint64_t)bytes[3] << 24; /* fall through */
    case 3:
        word |= (uint64_t)bytes[2] << 16; /* fall through */
    case 2:
        word |= (uint64_t)bytes[1] << 8; /* fall through */
    case 1:
        word |= bytes[0];
    }
    return word;
}

uint64_t hash_text(const struct hash_key *key, struct text text)
{
    struct sip s = {key->low ^ 0x736f6d6570736575u, key->high ^ 0x646f72616e646f6du,
                    key->low ^ 0x6c7967656e657261u, key->high ^ 0x7465646279746573u};
    const char *next = text.at;
    size_t left = text.length;
    for (; left >= 8; next += 8, left -= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        sip_word(&s, word);
    }
    sip_word(&s, (uint64_t)text.length << 56 | last_bytes(next, left));
    s.v2 ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
