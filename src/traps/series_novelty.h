/*
 * Series: pages that page through one list (/blog/page/2, /blog/page/3 ...; /events/2026-11/,
 * /events/2026-12/ ...). A trap goes on for ever: its pages show again what the series has shown.
 * So a series' pages lead on within the series only while they bring something new: a link, a
 * requisite or a pair of words that none of its pages had.  What was listed elsewhere (in a
 * sitemap) counts as new here, or a sitemap would end every pager on its first page.
 *
 * A page without news is one of two things.  It shows the same links as an earlier page in the same
 * order: it repeats that page, and the second such in a row ends the series.  Or it shows links
 * that are known in another order, as every page does beside a column that lists all posts: such a
 * list may go on for as many pages as the series has links, for a row that ends needs no more to
 * show each of them once.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_SERIES_NOVELTY_H
#define TRAPS_SERIES_NOVELTY_H

#include "traps/detector.h"

/* Rules: "series.nothing-new", "series.too-long", and "series.known" between full recrawls, when a
 * page names only posts that earlier runs knew. */
extern const struct detector detector_series_novelty;

#endif
