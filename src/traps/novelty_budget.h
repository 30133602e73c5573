/*
 * Pages that bring nothing new, found on pages that brought nothing new either. Some parts of a
 * site are made up on request: filters combined in any order, tokens in paths, pages that say "not
 * found" and link on, a URL that grows. They never end, and show the same words again.
 *
 * A page is barren if it shows no pair of words and no picture that its part of the site had not
 * shown before. Of the barren pages found on barren pages, thirty-two may lead on. Each page with
 * news allows eight more. After that, their links are left out ("page.nothing-new").
 *
 * Words from the page's own URL do not count: "nothing found for red wool". Pages that other pages
 * link to are not affected, and neither is a page with anything of its own.
 *
 * Looking at a page's words costs more than finding its links. Where many pages had news, only one
 * in seventeen is looked at. Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_NOVELTY_BUDGET_H
#define TRAPS_NOVELTY_BUDGET_H

#include "traps/detector.h"

/* Its table row must come after series_novelty, because the rules for series decide whether a
 * series goes on. */
extern const struct detector detector_novelty_budget;

#endif
