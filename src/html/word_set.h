/*
 * Sets of words that are looked for in every tag of every page: three bytes tell nearly everywhere
 * in a text that none of them begins there.  ASCII case is folded.
 */
#ifndef HTML_WORD_SET_H
#define HTML_WORD_SET_H

#include "base/text.h"

enum { WORDS_MOST = 128, WORD_PAIRS = 1024, WORD_TRIPLES = 4096 };

struct word_set {
    const struct text *list;
    uint64_t triples[WORD_TRIPLES / 64]; /* a bit for the first three bytes of each word */
    unsigned char first[WORD_PAIRS]; /* by the first two bytes: 1 + place of a word in the list, 0
                                        when there is none */
    unsigned char next[WORDS_MOST];  /* 1 + place of another with the same two */
    unsigned char bucket[128],
        bucket_next[WORDS_MOST]; /* by first byte and length, for whole words */
};

/* At most WORDS_MOST words in lower case, none empty; those of one byte are only found by
 * word_set_equal(). */
void word_set_init(struct word_set *words, const struct text *list, size_t count);

/* Whether `text` may begin like one of the words, by its first two bytes. */
bool word_set_begin(const struct word_set *words, struct text text);

/* The place of the word that `text` is, -1 when it is none. */
int word_set_equal(const struct word_set *words, struct text text);
/* The place of a word that `text` begins with, -1 when there is none. */
int word_set_at(const struct word_set *words, struct text text);
/* The place of the first word found anywhere in `text`, -1 when there is none. */
int word_set_find(const struct word_set *words, struct text text);

#endif
