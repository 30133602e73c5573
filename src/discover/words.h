/*
 * Sets of words that are looked for in every tag of every page: found by their first two bytes, so that a text in which none
 * occurs costs one glance a byte.  ASCII case is folded.
 */
#ifndef DISCOVER_WORDS_H
#define DISCOVER_WORDS_H

#include "base/text.h"

enum { WORDS_MOST = 128, PAIRS = 1024 };

struct words {
    const struct text *list;
    bool begins[256];               /* by a byte in either case: does a word begin with it */
    uint64_t pairs[PAIRS / 64];     /* a bit for the first two bytes of each word: most places in a text fail here */
    unsigned char first[PAIRS];     /* by the first two bytes: 1 + place of a word in the list, 0 when there is none */
    unsigned char next[WORDS_MOST]; /* 1 + place of another with the same two */
    unsigned char alone[256];       /* 1 + place of the word that is this one byte */
    unsigned char bucket[128], bucket_next[WORDS_MOST]; /* by first byte and length, for whole words */
};

/* At most WORDS_MOST words, none empty, in lower case. */
void words_init(struct words *words, const struct text *list, size_t count);

/* Whether `text` may begin like one of the words, by its first two bytes. */
bool words_begin(const struct words *words, struct text text);

/* The place of the word that `text` is, -1 when it is none. */
int words_equal(const struct words *words, struct text text);
/* The place of a word that `text` begins with, -1 when there is none. */
int words_at(const struct words *words, struct text text);
/* The place of the first word found anywhere in `text`, -1 when there is none. */
int words_find(const struct words *words, struct text text);

#endif
