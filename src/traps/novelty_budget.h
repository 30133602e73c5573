/*
 * Pages that bring nothing new, found on pages that brought nothing new.  A part of a site
 * that is made up as it is asked for (choices joined in any order, tokens in paths, pages that say
 * "not found" and link on, an address that grows) goes on for ever, and shows the same words again.
 * So of a page that shows neither a pair of words nor a picture that the part had not shown, and of
 * those that were found on such pages, thirty-two may lead on, and eight more for each page that
 * has news after all; the next do not
 * ("page.nothing-new").
 *
 * Words that stand in the page's own address do not count: "nothing found for red wool".  What
 * other pages name leads on as ever, and so does a page that has anything of its own.
 *
 * Looking at a page's words costs more than finding its links: where many pages had news, only one
 * in seventeen is looked at. Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_NOVELTY_BUDGET_H
#define TRAPS_NOVELTY_BUDGET_H

#include "traps/detector.h"

/* Its table row must stand behind series_novelty's: of a series, that one's rules tell whether it
 * goes on. */
extern const struct detector detector_novelty_budget;

#endif
