/*
 * When an address that the archive holds is asked for again.  Pure: facts in, a reason out, so that
 * `why` can tell it.
 *
 * - What lists others (seeds, their feeds, sitemaps, the newest archives) is asked in every round.
 * - What a sitemap or feed says has changed is asked at once.
 * - Any other is asked after a fifth of the time since it last changed: a new post nightly at
 * first, an old one seldom; but no later than --recheck-within, which is also how often the whole
 * site is walked.  What a sitemap or feed dates, where such dates have told of changes before,
 * waits for its date to change, or for the walk.
 * - What is gone (404, 410) is asked at a walk only.
 *
 * The other pages of a pager, and older archives, are asked when a page that leads to them has
 * news, and at a walk: see recrawl.h.
 */
#ifndef CRAWL_RECRAWL_DUE_H
#define CRAWL_RECRAWL_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "crawl/crawl.h"
#include "store/store.h"

/* What is decided once for a round. */
struct recrawl_due {
    enum crawl_recheck recheck;
    int64_t now_ms; /* when the round began */
    int64_t within_ms;
    bool walk;         /* the whole site is walked */
    bool trust_dates;  /* those of sitemaps and feeds have mostly been right */
    bool dates_proven; /* and at least one has told of a change that there was */
    int newest_year,
        newest_month; /* periods (20260000, 20261100) of the newest archives that are known */
};

/* Whether it is time for a walk of the whole site; the first round is one. */
bool recrawl_due_walk_is_due(int64_t now_ms, int64_t last_walk_ms, int64_t within_ms);

/* The period that an address is an archive of, or lists (Blogger's titles of a year); 0: none. */
int recrawl_due_period(const struct url_history *history);

/* Why the address is asked for again in this round; NULL when it is not. */
const char *recrawl_due_why(const struct recrawl_due *due, const struct url_history *history);

/* When its turn comes by age alone, whatever lists say. */
int64_t recrawl_due_next_ms(const struct recrawl_due *due, const struct url_history *history);

#endif
