/*
 * What a visitor reads on a page: its words, without those in scripts and style sheets; the number
 * of pages that a list states; and a fingerprint, by which two versions of a page are compared.
 *
 * All functions take time linear in the length of the page, which is UTF-8.
 */
#ifndef HTML_PAGE_TEXT_H
#define HTML_PAGE_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "html/tokenizer.h"

/* The number of pages that a list says it has ("Page 3 of 41", in several languages); 0 when it
 * does not say. */
int page_text_page_count(struct text html);
struct page_words;
/* The same; reads the words to their end. */
int page_words_page_count(struct page_words *words);

/* A hash of the page's own text: its titles, and every block with at least five words outside
 * links.  Menus, lists of links, counts, markup and the order of blocks do not change it. */
uint64_t page_text_fingerprint(struct text html);

/* A word is a run of letters and digits, in any language. */
struct page_word {
    struct text text;  /* points into the page */
    bool has_digit;    /* a date, a counter, a token: often all that makes two pages differ */
    bool is_after_tag; /* it is the first one of a piece of text between two tags */
};

/* The pieces of visible text between the tags of a page, noted by whoever reads its tags anyway. */
struct page_pieces {
    struct text html; /* borrowed */
    struct buf list;
};

enum { PAGE_PIECES_MOST = 1024 * 1024 }; /* 8 MB; with more, the tags of the page are read again */

/* Makes an empty list. Give back its memory with buf_release(&pieces->list). */
void page_pieces_init(struct page_pieces *pieces);
/* Adds a text of the page, which begins after all those that were added. A text that begins where
 * the last one with words ended goes on with it. */
void page_pieces_add(struct page_pieces *pieces, struct text text);

/* The next piece; *at is 0 at first. False: the end. */
bool page_pieces_next(const struct page_pieces *pieces, size_t *at, struct text *text);

/* The words of a page, one after the other. The page must outlive this. */
struct page_words {
    struct tokenizer tokenizer;
    const struct page_pieces *pieces; /* NULL: the tokenizer finds the pieces */
    size_t at;                        /* in the list of pieces */
    struct text rest;                 /* of the current piece of text */
    bool silent;                      /* the next piece is not seen */
    bool is_first;                    /* no word of `rest` was returned yet */
};

/* `pieces` are all those of the page, and must outlive this, too. NULL: its tags are read here. */
void page_words_begin(struct page_words *words, struct text html, const struct page_pieces *pieces);
/* The next piece of visible text, into words->rest. False at the end of the page. */
bool page_words_next_piece(struct page_words *words);

/* What a byte is in a word: 0, or a letter or digit. */
enum { PAGE_LETTER = 1, PAGE_DIGIT };
extern const unsigned char page_word_bytes[256];

/* The next word in the order of the page. False at its end. Inline, because each word of each page
 * comes by here. */
static inline bool page_words_next(struct page_words *words, struct page_word *word)
{
    do {
        const char *at = words->rest.at, *end = at + words->rest.length;
        while (at < end && !page_word_bytes[(unsigned char)*at])
            at++;
        const char *from = at;
        unsigned seen = 0;
        for (unsigned kind; at < end && (kind = page_word_bytes[(unsigned char)*at]); at++)
            seen |= kind;
        words->rest = (struct text){at, (size_t)(end - at)};
        if (at > from) {
            *word =
                (struct page_word){{from, (size_t)(at - from)}, seen & PAGE_DIGIT, words->is_first};
            words->is_first = false;
            return true;
        }
    } while (page_words_next_piece(words));
    return false;
}

#endif
