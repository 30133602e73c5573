/*
 * The words by which a link says that it leads to another page of a list: "next", "Older posts",
 * "下一页", "»".  One row per language.
 */
#ifndef SERIES_PAGER_WORDS_H
#define SERIES_PAGER_WORDS_H

#include <stdbool.h>

#include "base/text.h"

enum { PAGER_WORDS_MOST = 2048, DIRECTION_SLOTS = 4096 };

/* The table. */
struct pager_words {
    struct text phrases[PAGER_WORDS_MOST];
    bool is_weak[PAGER_WORDS_MOST]; /* "first", "last", "more": common elsewhere too */
    /* 1 + the next phrase in the same slot, longer ones first. */
    unsigned short next[PAGER_WORDS_MOST];
    unsigned short slots[DIRECTION_SLOTS]; /* by the first word's hash: 1 + a phrase */
    size_t count;
};

/* How clearly a text says that it leads on or back.  The values are points (series/pagers.h). */
enum direction {
    DIRECTION_NONE = 0,
    DIRECTION_HINTED = 1, /* an arrow beside other words, or a weak word among others */
    DIRECTION_TOLD = 2,   /* a phrase such as "next" among other words, or a weak word alone */
    DIRECTION_ALONE = 3,  /* such a phrase alone, or an arrow alone */
};

/* Fills the table.  There is nothing to release. */
void pager_words_init(struct pager_words *pager_words);

/* What the text, which is UTF-8, says.  DIRECTION_NONE when it is longer than TEXT_CHARACTERS
 * characters. */
enum { TEXT_CHARACTERS = 30 };
enum direction pager_words_of(const struct pager_words *pager_words, struct text text);

/* Whether the text has so many words that it is a title, such as "the next big thing", where "next"
 * means nothing.  Not "go to newer entries", which names what it leads to. */
bool pager_words_is_title(const struct pager_words *pager_words, struct text text);

/* The number of UTF-8 characters in the text. */
size_t pager_words_characters(struct text text);

#endif
