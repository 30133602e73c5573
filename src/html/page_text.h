/*
 * What a visitor reads on a page: its words, without those in scripts and style sheets; how many
 * pages a list says it has; and a fingerprint, by which two versions of a page are compared.
 *
 * All functions take time linear in the length of the page, which is UTF-8.
 */
#ifndef HTML_PAGE_TEXT_H
#define HTML_PAGE_TEXT_H

#include <stdint.h>

#include "base/text.h"
#include "html/tokenizer.h"

/* The number of pages that a list says it has ("Page 3 of 41", in several languages); 0 when it
 * does not say. */
int page_text_page_count(struct text html);

/* A hash of the page's own text: its titles, and every block with at least five words outside
 * links.  Menus, lists of links, counts, markup and the order of blocks do not change it. */
uint64_t page_text_fingerprint(struct text html);

/* A word is a run of letters and digits, in any language. */
struct page_word {
    struct text text;  /* points into the page */
    bool has_digit;    /* a date, a counter, a token: often all that makes two pages differ */
    bool is_after_tag; /* it is the first one of a piece of text between two tags */
};

/* The words of a page, one after the other. The page must outlive this. */
struct page_words {
    struct tokenizer tokenizer;
    struct text rest; /* of the current piece of text */
    bool silent;      /* the next piece is not seen */
    bool is_first;    /* no word of `rest` was returned yet */
};

void page_words_begin(struct page_words *words, struct text html);
/* The next word in the order of the page. False at its end. */
bool page_words_next(struct page_words *words, struct page_word *word);

#endif
