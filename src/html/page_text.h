/*
 * The words that a reader of a page sees: not those of scripts and sheets, and none with a digit in
 * it (dates, counters, tokens), so that two pages which differ in such things only have the same
 * words. What a list says of its own length is read here too.
 */
#ifndef HTML_PAGE_TEXT_H
#define HTML_PAGE_TEXT_H

#include <stdint.h>

#include "base/text.h"

/* Called for each word in the order of the page; a word is a run of letters, whatever the language.
 */
typedef void page_text_take(void *context, struct text word);

/* How many pages a list says it has: "Page 3 of 41", in some languages; 0 when it does not say. */
int page_text_page_count(struct text html);

/* What the page says itself, as a number that is equal for two pages which say the same: their
 * titles, and every block of text that has at least five words outside of links.  Menus, lists of
 * links, counts and markup do not change it. */
uint64_t page_text_fingerprint(struct text html);

/* Linear in the page's length. */
void page_text_words(struct text html, page_text_take *take, void *context);

#endif
