/*
 * Date archives whose "older posts" links lead beyond their period, as Blogger's do: from June to
 * May, and on to the beginning of the blog. One front page had 186 more chains of pages because of
 * this.
 *
 * A link whose cursor lies before the period is left out ("blogger.outside-period"). So is a
 * pagination link when the archive already shows as many posts as the site counts for the period
 * ("blogger.period-whole"). One that shows fewer is followed to its end, although other lists name
 * the rest, because readers of the archive follow it.
 *
 * Date archives that lead beyond their period. Counts the posts that the page names, and compares
 * the cursors of its pagination links with the period.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>

#include "series/date_archive.h"

struct archive_period {
    int named_posts; /* posts of the period that the current page has named so far ... */
    int shown_posts; /* ... and before its link to older posts: those that it shows */
};

static void *archive_period_new(void)
{
    return calloc(1, sizeof(struct archive_period));
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct archive_period *archive_period = state;
    archive_period->named_posts = archive_period->shown_posts = 0;
    return page->kind == VISIT_ARCHIVE && page->period;
}

static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct archive_period *archive_period = state;
    (void)key;
    if (link->class == LINK_PAGE)
        archive_period->named_posts += archive_counts_hold(page->period, link->parsed);
}

static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    struct archive_period *archive_period = state;
    struct trap_verdict verdict = {.rule = URL_RULE_NONE};
    if (link->class != LINK_PAGER || (page->kind != VISIT_ARCHIVE && !page->period))
        return verdict;
    int cursor = date_archive_cursor(link->parsed);
    if (page->period && cursor && cursor < page->period)
        verdict.rule = URL_RULE_BLOGGER_OUTSIDE_PERIOD;
    verdict.waits = page->kind == VISIT_ARCHIVE && cursor;
    if (verdict.waits && !archive_period->shown_posts)
        archive_period->shown_posts = archive_period->named_posts;
    return verdict;
}

/* Compares the posts of the period that the page shows with the count the site gives.  What stands
 * after the link to older posts is a list of titles: a reader still goes on. */
static enum url_rule end_page(void *state, const struct trap_page *page)
{
    const struct archive_period *archive_period = state;
    int listed = page->kind == VISIT_ARCHIVE && page->archive_counts
                     ? archive_counts_listed(page->archive_counts, page->period)
                     : 0;
    int posts =
        archive_period->shown_posts ? archive_period->shown_posts : archive_period->named_posts;
    return listed && posts >= listed ? URL_RULE_BLOGGER_PERIOD_WHOLE : URL_RULE_NONE;
}

const struct detector detector_archive_period = {
    .name = "archive-period",
    .new = archive_period_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .end_page = end_page,
};
