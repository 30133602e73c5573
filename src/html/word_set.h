/*
 * Sets of words that are searched for in every tag of every page.  At nearly every place of a text,
 * three bytes show that no word begins there, so searching is fast.  The case of ASCII letters is
 * ignored.
 */
#ifndef HTML_WORD_SET_H
#define HTML_WORD_SET_H

#include "base/text.h"

enum { WORDS_MOST = 128, WORD_PAIRS = 1024, WORD_TRIPLES = 4096 };

struct word_set {
    const struct text *list;
    uint64_t triples[WORD_TRIPLES / 64]; /* a bit for the first three bytes of each word */
    /* By the first two bytes: 1 + place of a word in the list; 0 when there is none. */
    unsigned char first[WORD_PAIRS];
    unsigned char next[WORDS_MOST]; /* 1 + place of another word with the same two bytes */
    /* By first byte and length, for whole words. */
    unsigned char bucket[128], bucket_next[WORDS_MOST];
};

/* Makes a set of at most WORDS_MOST words, not empty and in lower case.  `list` must outlive
 * *words.  Words of one byte are found by word_set_equal() only. */
void word_set_init(struct word_set *words, const struct text *list, size_t count);

/* Whether `text` may begin with one of the words, judged by its first two bytes. */
bool word_set_begin(const struct word_set *words, struct text text);

/* The place in the list of the word that equals `text`, -1 when there is none. */
int word_set_equal(const struct word_set *words, struct text text);
/* The place of a word with which `text` begins, -1 when there is none. */
int word_set_at(const struct word_set *words, struct text text);
/* The place of the first word found anywhere in `text`, -1 when there is none. */
int word_set_find(const struct word_set *words, struct text text);

#endif
