/*
 * Sets of words that are looked for in every tag of every page: found by their first byte, so that a text in which none
 * occurs costs one glance a byte.  ASCII case is folded.
 */
#ifndef DISCOVER_WORDS_H
#define DISCOVER_WORDS_H

#include "base/text.h"

enum { WORDS_MOST = 128 };

/* A literal as struct text, in tables. */
#define WORD(literal) {"" literal, sizeof(literal) - 1}

struct words {
    const struct text *list;
    unsigned char first[256]; /* by first byte: 1 + place of a word in the list, 0 when there is none */
    bool begins[256];         /* the same in either case: is there any */
    unsigned char next[WORDS_MOST]; /* 1 + place of another with the same first byte */
    unsigned char bucket[128], bucket_next[WORDS_MOST]; /* the same by first byte and length, for whole words */
    uint64_t pairs[16];      /* a bit for the first two bytes of each word: most places in a text fail here */
};

/* At most WORDS_MOST words, none empty, in lower case. */
void words_init(struct words *words, const struct text *list, size_t count);

/* Whether `text` may begin like one of the words, by its first two bytes. */
bool words_begin(const struct words *words, struct text text);

/* The place of the word that `text` is, -1 when it is none. */
int words_equal(const struct words *words, struct text text);
/* The place of the first word found anywhere in `text`, -1 when there is none. */
int words_find(const struct words *words, struct text text);

#endif
