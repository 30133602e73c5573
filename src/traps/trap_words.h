/*
 * The words of a page, as trap detectors see them. They are read and hashed once for all detectors.
 */
#ifndef TRAPS_TRAP_WORDS_H
#define TRAPS_TRAP_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "html/page_text.h"
#include "web/url.h"

struct trap_word {
    struct text text;  /* points into the page */
    uint64_t hash;     /* of the text, with a key of the crawl */
    bool has_digit;    /* a date, a counter, a token: often all that makes two pages differ */
    bool is_after_tag; /* it is the first one of a piece of text between two tags */
    bool is_in_url;    /* the path or query of the page's URL contains it, in upper or lower case */
};

enum { TRAP_WORD_PAIRS = 1024 };

/* Page and URL must outlive this. */
struct trap_words {
    struct page_words words;
    uint64_t key;
    struct text target; /* path and query */
    /* a bit for each two neighbouring bytes of `target`: most words are not part of it */
    uint64_t pairs[TRAP_WORD_PAIRS / 64];
};

/* `key` is any number that the site does not know; `pieces` as for page_words_begin(). */
void trap_words_begin(struct trap_words *words, uint64_t key, const struct url *url,
                      struct text html, const struct page_pieces *pieces);
/* The next word in the order of the page. False at its end. */
bool trap_words_next(struct trap_words *words, struct trap_word *word);

#endif
