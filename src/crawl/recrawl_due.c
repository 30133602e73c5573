#include <config.h>

#include "crawl/recrawl_due.h"

#include "series/date_archive.h"
#include "web/url.h"

enum {
    CHANGE_SHARE = 5,
    DAY_MS = 86400000,
    SLACK_MS = 6 * 3600000 /* nightly runs do not begin to the minute */
};

bool recrawl_due_walk_is_due(int64_t now_ms, int64_t last_walk_ms, int64_t within_ms)
{
    return last_walk_ms > now_ms /* by a clock that was wrong */ ||
           now_ms - last_walk_ms >= within_ms - SLACK_MS;
}

int recrawl_due_period(const struct url_history *past)
{
    struct url url;
    int period = past->period;
    if (past->kind != VISIT_ARCHIVE)
        return past->kind == VISIT_PAGER
                   ? 0
                   : period; /* a pager's is that of the chain it belongs to */
    url_init(&url);
    if (url_parse(&url, past->url, NULL, TEXT("")) == URL_OK)
        period = date_archive_period(&url, DATE_ARCHIVE_ANY_YEAR);
    url_release(&url);
    return period;
}

static bool is_newest(const struct recrawl_due *schedule, const struct url_history *past)
{
    int period = recrawl_due_period(past);
    return period && (period == schedule->newest_year || period == schedule->newest_month);
}

static bool is_gone(const struct url_history *past)
{
    return past->status == 404 || past->status == 410;
}

int64_t recrawl_due_next_ms(const struct recrawl_due *schedule, const struct url_history *past)
{
    int64_t within_ms = schedule->within_ms;
    bool is_told_of = schedule->dates_proven && past->said_ms;
    int64_t interval = past->changed_ms && !is_told_of
                           ? (past->done_ms - past->changed_ms) / CHANGE_SHARE
                           : within_ms;
    if (interval < DAY_MS)
        interval = DAY_MS;
    if (interval > within_ms || is_gone(past))
        interval = within_ms;
    return past->done_ms + interval;
}

static const char *why_list(const struct recrawl_due *schedule, const struct url_history *past)
{
    switch (past->kind) {
    case VISIT_SEED:
        return "it is a seed";
    case VISIT_ARCHIVE:
        return is_newest(schedule, past) ? "it is the newest archive" : NULL;
    case VISIT_FEED:
        if (past->period)
            return is_newest(schedule, past) ? "it lists the newest posts" : NULL;
        return past->via_kind == VISIT_SEED ? "it is a feed of the site" : NULL;
    case VISIT_SITEMAP:
        return "it is a sitemap";
    default:
        return NULL;
    }
}

const char *recrawl_due_why(const struct recrawl_due *schedule, const struct url_history *past)
{
    const char *why = why_list(schedule, past);
    if (past->kind == VISIT_ROBOTS)
        return NULL; /* by RFC 9309's rules: see frontier.c */
    if (why)
        return why;
    if (schedule->recheck == RECHECK_NEW)
        return NULL;
    if (past->kind == VISIT_PAGER || past->kind == VISIT_ARCHIVE)
        return NULL; /* asked when a page leads there, or never more: cursors change with every post
                      */
    if (schedule->recheck == RECHECK_ALL)
        return "--recheck all";
    if (past->done_ms > schedule->now_ms)
        return "it was asked under a clock that was wrong";
    if (schedule->trust_dates && past->said_ms && past->status && past->said_ms != past->dated_ms)
        return "a sitemap or feed says that it has changed";
    if (schedule->walk && schedule->now_ms - past->done_ms >= DAY_MS - SLACK_MS)
        return "the whole site is walked";
    if (!is_gone(past) && schedule->now_ms >= recrawl_due_next_ms(schedule, past) - SLACK_MS)
        return "its turn has come";
    return NULL;
}
