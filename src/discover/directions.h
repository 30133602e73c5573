/*
 * The words by which a link says that it leads on in a series: "next", "Older posts", "下一页", "»".  One row a language.
 */
#ifndef DISCOVER_DIRECTIONS_H
#define DISCOVER_DIRECTIONS_H

#include <stdbool.h>

#include "base/text.h"

enum { DIRECTIONS_MOST = 2048, DIRECTION_SLOTS = 4096 };

/* The table. */
struct directions {
    struct text phrases[DIRECTIONS_MOST];
    bool is_weak[DIRECTIONS_MOST];             /* "first", "last", "more": said of much else too */
    unsigned short next[DIRECTIONS_MOST];      /* 1 + another phrase of the same slot, longer ones first */
    unsigned short slots[DIRECTION_SLOTS];     /* by the first word's hash: 1 + a phrase */
    size_t count;
};

/* What a text says. */
enum direction {
    DIRECTION_NONE = 0,
    DIRECTION_HINTED = 1, /* an arrow beside other words, or a weak word among others */
    DIRECTION_TOLD = 2,   /* a way on among other words, or a weak word alone */
    DIRECTION_ALONE = 3,  /* nothing but a way on, or an arrow */
};

void directions_init(struct directions *directions);

/* Texts of more than `TEXT_CHARACTERS` characters say nothing. */
enum { TEXT_CHARACTERS = 30 };
enum direction directions_of(const struct directions *directions, struct text text);

/* Whether the text has so many words that it is a title: "the next big thing", where "next" says nothing; not "go to newer
 * entries", which names what it leads to. */
bool directions_is_title(const struct directions *directions, struct text text);

/* How many characters of UTF-8. */
size_t directions_characters(struct text text);

#endif
