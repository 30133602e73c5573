/*
 * Which failures are no longer news.  Old pages show pictures of hosts that are gone for good.  A
 * URL is known dead if it failed in the same way in three rounds in a row, or in any way in ten. It
 * is still listed, but it is no longer a reason for exit code 4.  Pages and lists of the site never
 * become known dead.
 *
 * The round after that asks once more.  From then on it is asked for less and less often. The wait
 * is half of the time for which it has been dead: at least a day, at most 30 days. Only a response
 * ends it.  Pure functions.
 */
#ifndef CRAWL_KNOWN_DEAD_H
#define CRAWL_KNOWN_DEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "store/failure_state.h"

/* Whether URLs of that kind may become known dead.  `on_site`: the URL belongs to a seed's site. */
bool known_dead_may_be(enum visit_kind kind, bool on_site);

/* Counts a round in which the URL failed in the way failure->way.  Counting a round twice changes
 * nothing. */
void known_dead_count(struct failure *failure, bool may_be, int64_t round_ms);

#endif
