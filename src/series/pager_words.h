/*
 * The words by which a link says that it leads on in a series: "next", "Older posts", "下一页",
 * "»".  One row a language.
 */
#ifndef SERIES_PAGER_WORDS_H
#define SERIES_PAGER_WORDS_H

#include <stdbool.h>

#include "base/text.h"

enum { PAGER_WORDS_MOST = 2048, DIRECTION_SLOTS = 4096 };

/* The table. */
struct pager_words {
    struct text phrases[PAGER_WORDS_MOST];
    bool is_weak[PAGER_WORDS_MOST]; /* "first", "last", "more": said of much else too */
    unsigned short
        next[PAGER_WORDS_MOST]; /* 1 + another phrase of the same slot, longer ones first */
    unsigned short slots[DIRECTION_SLOTS]; /* by the first word's hash: 1 + a phrase */
    size_t count;
};

/* What a text says. */
enum direction {
    DIRECTION_NONE = 0,
    DIRECTION_HINTED = 1, /* an arrow beside other words, or a weak word among others */
    DIRECTION_TOLD = 2,   /* a way on among other words, or a weak word alone */
    DIRECTION_ALONE = 3,  /* nothing but a way on, or an arrow */
};

void pager_words_init(struct pager_words *pager_words);

/* Texts of more than `TEXT_CHARACTERS` characters say nothing. */
enum { TEXT_CHARACTERS = 30 };
enum direction pager_words_of(const struct pager_words *pager_words, struct text text);

/* Whether the text has so many words that it is a title: "the next big thing", where "next" says
 * nothing; not "go to newer entries", which names what it leads to. */
bool pager_words_is_title(const struct pager_words *pager_words, struct text text);

/* How many characters of UTF-8. */
size_t pager_words_characters(struct text text);

#endif
