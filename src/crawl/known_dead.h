/*
 * Which failures are no longer news.  Old pages show pictures of hosts that are gone for good.  A
 * URL that failed in the same way in three rounds in a row (or in ten, in whatever way) is known
 * dead: it is listed, but it is no reason for exit code 4 any more.  Pages and lists of the site
 * never become known dead.
 *
 * The round after that asks once more.  From then on it is asked for when half of the time has
 * passed again for which it has been dead: after a day at first, and after 30 days at the latest.
 * Only a response ends it.  Pure functions.
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
