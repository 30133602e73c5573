/*
 * Families: pages that page through one list (/blog/page/2, /blog/page/3 ...; /events/2026-11/,
 * /events/2026-12/ ...). A trap goes on for ever: its pages show again what the family has shown.
 * So a family's pages lead on within the family only while they bring something new: a link, a
 * requisite or a pair of words that none of its pages had.  What was listed elsewhere (in a
 * sitemap) counts as new here, or a sitemap would end every pager on its first page.
 *
 * A page without news is one of two things.  It shows the same links as an earlier page in the same
 * order: it repeats that page, and the second such in a row ends the family.  Or it shows links
 * that are known in another order, as every page does beside a column that lists all posts: such a
 * list may go on for as many pages as the family has links, for a row that ends needs no more to
 * show each of them once.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_SERIES_NOVELTY_H
#define TRAPS_SERIES_NOVELTY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/url_rules.h"

struct series_novelty;

struct series_novelty *series_novelty_new(void); /* NULL without memory */
void series_novelty_free(struct series_novelty *series_novelty);

/* Begins with a page of the family called `name`.  Of a calendar's page (`dated`) a few new words
 * are no news: they are the month's name. */
void series_novelty_begin(struct series_novelty *series_novelty, struct text name, bool dated);
/* What the page shows: the keys of its links, by anything that identifies them; its words, if it is
 * HTML. */
void series_novelty_link(struct series_novelty *series_novelty, int64_t key);
void series_novelty_words(struct series_novelty *series_novelty, struct text html);

/* Whether the page has shown something new so far: then its words need not be looked at. */
bool series_novelty_has_news(const struct series_novelty *series_novelty);
/* How many pages of the family were read before this one. */
unsigned series_novelty_pages_before(const struct series_novelty *series_novelty);

/* Ends the page: URL_RULE_NONE when it may lead on within its family, else the rule that says no.
 */
enum url_rule series_novelty_end(struct series_novelty *series_novelty);

#endif
