/* Packs the struct as machine words: those that are zero are counted, the others copied. */
#include <config.h>

#include "frontier/lockout_pack.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = (sizeof(struct lockout) + sizeof(uint64_t) - 1) / sizeof(uint64_t) };

/* So many words that are zero, and then so many others. */
struct stretch {
    uint16_t zeros, others;
};

struct lockout_pack {
    uint32_t stretches, words; /* the words follow the stretches */
    struct stretch list[];
};

/* Cuts into stretches.  Returns how many there are. */
static uint32_t cut(const uint64_t words[WORDS], struct stretch list[WORDS])
{
    uint32_t count = 0;
    for (size_t i = 0; i < WORDS;) {
        size_t first = i, others;
        while (i < WORDS && !words[i])
            i++;
        others = i;
        while (i < WORDS && words[i])
            i++;
        list[count++] = (struct stretch){(uint16_t)(others - first), (uint16_t)(i - others)};
    }
    return count;
}

struct lockout_pack *lockout_pack(const struct lockout *lockout)
{
    uint64_t words[WORDS] = {0};
    struct stretch list[WORDS];
    uint32_t kept = 0;
    memcpy(words, lockout, sizeof *lockout);
    uint32_t stretches = cut(words, list);
    for (uint32_t i = 0; i < stretches; i++)
        kept += list[i].others;
    struct lockout_pack *pack =
        malloc(sizeof *pack + stretches * sizeof *list + kept * sizeof *words);
    if (!pack)
        return NULL;
    pack->stretches = stretches;
    pack->words = kept;
    memcpy(pack->list, list, stretches * sizeof *list);
    char *to = (char *)(pack->list + stretches);
    size_t at = 0;
    for (uint32_t i = 0; i < stretches; i++) {
        at += list[i].zeros;
        memcpy(to, words + at, list[i].others * sizeof *words);
        to += list[i].others * sizeof *words;
        at += list[i].others;
    }
    return pack;
}

void lockout_unpack(const struct lockout_pack *pack, struct lockout *lockout)
{
    uint64_t words[WORDS] = {0};
    const char *from = (const char *)(pack->list + pack->stretches);
    size_t at = 0;
    for (uint32_t i = 0; i < pack->stretches; i++) {
        at += pack->list[i].zeros;
        memcpy(words + at, from, pack->list[i].others * sizeof *words);
        from += pack->list[i].others * sizeof *words;
        at += pack->list[i].others;
    }
    memcpy(lockout, words, sizeof *lockout);
}

size_t lockout_pack_size(const struct lockout_pack *pack)
{
    return sizeof *pack + pack->stretches * sizeof *pack->list + pack->words * sizeof(uint64_t);
}
