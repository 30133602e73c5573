/*
 * Burrows: pages that bring nothing new, found on pages that brought nothing new.  A part of a site
 * that is made up as it is asked for (choices joined in any order, tokens in paths, pages that say
 * "not found" and link on, an address that grows) goes on for ever, and shows the same words again.
 * So of a page that shows neither a pair of words nor a picture that the part had not shown, and of
 * those that were found on such pages, thirty-two may lead on, and eight more for each page that
 * has news after all; the next do not.
 *
 * Words that stand in the page's own address do not count: "nothing found for red wool".  What
 * other pages name leads on as ever, and so does a page that has anything of its own.
 *
 * Looking at a page's words costs more than finding its links: where many pages had news, only one
 * in seventeen is looked at. Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_NOVELTY_BUDGET_H
#define TRAPS_NOVELTY_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/url.h"

struct novelty_budget;

struct novelty_budget *novelty_budget_new(void); /* NULL without memory */
void novelty_budget_free(struct novelty_budget *novelty_budget);

/* Begins with a page, which was found on the one of via_key. */
void novelty_budget_begin(struct novelty_budget *novelty_budget, const struct url *page,
                          int64_t key, int64_t via_key);
/* A redirect instead of a page: what it leads to is as if it had been found where the redirect was.
 */
void novelty_budget_pass(struct novelty_budget *novelty_budget, int64_t key, int64_t via_key);

/* Whether the page at hand may turn out to lead no further, so that its links should wait for
 * novelty_budget_end(). */
bool novelty_budget_is_spent(const struct novelty_budget *novelty_budget);

/* A picture or another part of the page at hand. */
void novelty_budget_part(struct novelty_budget *novelty_budget, const struct url *url, int64_t key);

/* Ends the page; true when its links to other pages are not to be followed. */
bool novelty_budget_end(struct novelty_budget *novelty_budget, struct text html);

#endif
