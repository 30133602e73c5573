/* Decides for one URL whether it is due in this round, and why. */
#include <config.h>

#include "crawl/recrawl_due.h"

#include "series/date_archive.h"
#include "web/url.h"

enum {
    CHANGE_SHARE = 5,
    DAY_MS = 86400000,
    SLACK_MS = 6 * 3600000 /* nightly runs do not begin at the same minute */
};

bool recrawl_due_walk_is_due(int64_t now_ms, int64_t last_walk_ms, int64_t within_ms)
{
    bool clock_was_wrong = last_walk_ms > now_ms;
    return clock_was_wrong || now_ms - last_walk_ms >= within_ms - SLACK_MS;
}

int recrawl_due_period(const struct url_history *history)
{
    struct url url;
    int period = history->period;
    if (history->kind == VISIT_PAGER)
        return 0; /* its period is that of the series it belongs to */
    if (history->kind != VISIT_ARCHIVE)
        return period;
    url_init(&url);
    if (url_parse(&url, history->url, NULL, TEXT("")) == URL_OK)
        period = date_archive_period(&url, DATE_ARCHIVE_ANY_YEAR);
    url_release(&url);
    return period;
}

static bool is_newest(const struct recrawl_due *due, const struct url_history *history)
{
    int period = recrawl_due_period(history);
    return period && (period == due->newest_year || period == due->newest_month);
}

static bool is_gone(const struct url_history *history)
{
    return history->status == 404 || history->status == 410;
}

int64_t recrawl_due_next_ms(const struct recrawl_due *due, const struct url_history *history)
{
    int64_t within_ms = due->within_ms;
    bool is_dated = due->dates_proven && history->listed_ms;
    int64_t interval = history->changed_ms && !is_dated
                           ? (history->done_ms - history->changed_ms) / CHANGE_SHARE
                           : within_ms;
    if (interval < DAY_MS)
        interval = DAY_MS;
    if (interval > within_ms || is_gone(history))
        interval = within_ms;
    return history->done_ms + interval;
}

static const char *why_list(const struct recrawl_due *due, const struct url_history *history)
{
    switch (history->kind) {
    case VISIT_SEED:
        return "it is a seed";
    case VISIT_ARCHIVE:
        return is_newest(due, history) ? "it is the newest archive" : NULL;
    case VISIT_FEED:
        if (history->period)
            return is_newest(due, history) ? "it lists the newest posts" : NULL;
        return history->via_kind == VISIT_SEED ? "it is a feed of the site" : NULL;
    case VISIT_SITEMAP:
        return "it is a sitemap";
    default:
        return NULL;
    }
}

/* Whether it is requested when a list leads there, or never again: cursors change with every post.
 * What a page led to, which is no list, has only the walk. */
static bool comes_with_list(const struct recrawl_due *due, const struct url_history *history)
{
    bool walked = due->walk || due->recheck == RECHECK_ALL;
    return (history->kind == VISIT_PAGER || history->kind == VISIT_ARCHIVE) &&
           !(walked && history->via_kind == VISIT_PAGE);
}

const char *recrawl_due_why(const struct recrawl_due *due, const struct url_history *history)
{
    const char *why = why_list(due, history);
    if (history->kind == VISIT_ROBOTS)
        return NULL; /* RFC 9309 decides: see frontier_rules.c */
    if (why)
        return why;
    if (due->recheck == RECHECK_NEW)
        return NULL;
    if (comes_with_list(due, history))
        return NULL;
    if (due->recheck == RECHECK_ALL)
        return "--recheck all";
    if (history->done_ms > due->now_ms)
        return "it was requested while the clock was wrong";
    if (due->trust_dates && history->listed_ms && history->status &&
        history->listed_ms != history->dated_ms)
        return "a sitemap or feed says that it has changed";
    if (due->walk && due->now_ms - history->done_ms >= DAY_MS - SLACK_MS)
        return "the whole site is walked";
    if (!is_gone(history) && due->now_ms >= recrawl_due_next_ms(due, history) - SLACK_MS)
        return "its turn has come";
    return NULL;
}
