/*
 * A series is a set of pages that page through one list (/blog/page/2, /blog/page/3 ...;
 * /events/2026-11/, /events/2026-12/ ...). In a trap the series goes on for ever, and its pages
 * repeat what the series has shown.
 *
 * So the pages of a series lead on within it only while they bring something new: a link, a
 * requisite or a pair of words that none of its pages had. What was listed elsewhere, as in a
 * sitemap, counts as new here. Otherwise a sitemap would end every series on its first page.
 *
 * There are two kinds of page without news. One shows the same links as an earlier page in the same
 * order. It repeats that page, and the second such page in a row ends the series. The other shows
 * known links in another order, as every page does beside a column that lists all posts. Such pages
 * may continue, at most as many in a row as the series has links: a list that ends needs no more to
 * show each link once.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_SERIES_NOVELTY_H
#define TRAPS_SERIES_NOVELTY_H

#include "traps/detector.h"

/* Rules: "series.nothing-new", "series.too-long". Between full recrawls also "series.known", when a
 * page names only posts that earlier runs knew. */
extern const struct detector detector_series_novelty;

#endif
