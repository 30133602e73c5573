/*
 * The words that a visitor of a page sees, without those in scripts and style sheets.  Words with a
 * digit (dates, counters, tokens) are left out too, so that pages which differ only in these have
 * the same words.  Also reads how many pages a list says it has.
 *
 * All functions take time linear in the length of the page, which is UTF-8.
 */
#ifndef HTML_PAGE_TEXT_H
#define HTML_PAGE_TEXT_H

#include <stdint.h>

#include "base/text.h"

/* Called for each word in the order of the page.  A word is a run of letters, in any language.  It
 * points into the page. */
typedef void page_text_take(void *context, struct text word);

/* The number of pages that a list says it has ("Page 3 of 41", in several languages); 0 when it
 * does not say. */
int page_text_page_count(struct text html);

/* A hash of the page's own text: its titles, and every block with at least five words outside
 * links.  Menus, lists of links, counts, markup and the order of blocks do not change it. */
uint64_t page_text_fingerprint(struct text html);

/* Calls `take` for each word. */
void page_text_words(struct text html, page_text_take *take, void *context);
/* The same with words that have a digit. */
void page_text_all(struct text html, page_text_take *take, void *context);
/* The same for each run of text between two tags: `take` gets an empty word before the first word
 * of each. */
void page_text_runs(struct text html, page_text_take *take, void *context);

#endif
