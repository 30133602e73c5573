/*
 * When an archived URL is requested again.  Pure functions: facts in, a reason out, which `why`
 * can show.
 *
 * - Lists (seeds, their feeds, sitemaps, the newest date archives) are requested in every round.
 * - A URL that has changed, according to a sitemap or feed, is requested at once.
 * - Any other URL is requested after a fifth of the time since it last changed: a new post nightly
 *   at first, an old one rarely.  But no later than --recheck-within, which is also how often the
 *   whole site is walked.  If the dates of sitemaps and feeds have announced changes before, a URL
 *   that they date waits for its date to change, or for the walk.
 * - A URL that is gone (404, 410) is requested only in a walk.
 *
 * Further pages of a series, and older date archives, are requested when a page that leads to them
 * has new posts, and in a walk: see recrawl.h.  In a walk, so are those that an ordinary page led
 * to: the second chapter of a story whose first one is linked as a page.
 */
#ifndef CRAWL_RECRAWL_DUE_H
#define CRAWL_RECRAWL_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "crawl/crawl.h"
#include "store/store.h"

/* What is decided once per round. */
struct recrawl_due {
    enum crawl_recheck recheck;
    int64_t now_ms; /* when the round began */
    int64_t within_ms;
    bool walk;         /* the whole site is walked */
    bool trust_dates;  /* sitemaps and feeds have mostly had the right dates */
    bool dates_proven; /* and at least one date announced a real change */
    int newest_year,
        newest_month; /* periods (20260000, 20261100) of the newest date archives known */
};

/* Whether a walk of the whole site is due; the first round is one. */
bool recrawl_due_walk_is_due(int64_t now_ms, int64_t last_walk_ms, int64_t within_ms);

/* The period that a URL is the date archive of, or whose posts it lists (Blogger's titles of a
 * year); 0: none. */
int recrawl_due_period(const struct url_history *history);

/* Why the URL is requested again in this round; NULL when it is not. */
const char *recrawl_due_why(const struct recrawl_due *due, const struct url_history *history);

/* When the URL is due by age alone, whatever lists say. */
int64_t recrawl_due_next_ms(const struct recrawl_due *due, const struct url_history *history);

#endif
