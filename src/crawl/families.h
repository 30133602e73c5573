/*
 * Families: pages that page through one list (/blog/page/2, /blog/page/3 ...; /events/2026-11/, /events/2026-12/ ...).
 * A trap goes on for ever: its pages show again what the family has shown.  So a family's pages lead on within the family
 * only while they bring something new: a link, a requisite or a pair of words that none of its pages had.  What was
 * listed elsewhere (in a sitemap) counts as new here, or a sitemap would end every pager on its first page.
 *
 * A page without news is one of two things.  It shows the same links as an earlier page in the same order: it repeats that
 * page, and the second such in a row ends the family.  Or it shows links that are known in another order, as every page
 * does beside a column that lists all posts: such a list may go on for as many pages as the family has links, for a row
 * that ends needs no more to show each of them once.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef CRAWL_FAMILIES_H
#define CRAWL_FAMILIES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct families;

struct families *families_new(void); /* NULL without memory */
void families_free(struct families *families);

/* Begins with a page of the family called `name`.  Of a calendar's page (`dated`) a few new words are no news: they are the
 * month's name. */
void families_begin(struct families *families, struct text name, bool dated);
/* What the page shows: the keys of its links, by anything that identifies them; its words, if it is HTML. */
void families_link(struct families *families, int64_t key);
void families_words(struct families *families, struct text html);

/* Whether the page has shown something new so far: then its words need not be looked at. */
bool families_have_news(const struct families *families);
/* How many pages of the family were read before this one. */
unsigned families_pages_before(const struct families *families);

/* Ends the page: NULL when it may lead on within its family, else the rule that says no: "series.nothing-new",
 * "series.too-long". */
const char *families_end(struct families *families);

#endif
