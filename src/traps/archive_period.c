/*
 * Date archives that lead beyond their period. Counts the posts that the page names, and compares
 * the cursors of its pagination links with the period.
 */
#include <config.h>

#include "traps/archive_period.h"

#include <stdlib.h>

#include "series/date_archive.h"

struct archive_period {
    int named_posts; /* posts of the period that the current page has named */
};

static void *archive_period_new(void)
{
    return calloc(1, sizeof(struct archive_period));
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct archive_period *archive_period = state;
    archive_period->named_posts = 0;
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
    struct trap_verdict verdict = {.rule = URL_RULE_NONE};
    (void)state;
    if (link->class != LINK_PAGER || (page->kind != VISIT_ARCHIVE && !page->period))
        return verdict;
    int cursor = date_archive_cursor(link->parsed);
    if (page->period && cursor && cursor < page->period)
        verdict.rule = URL_RULE_BLOGGER_OUTSIDE_PERIOD;
    verdict.waits = page->kind == VISIT_ARCHIVE && cursor;
    return verdict;
}

/* Compares the posts of the period that the page names with the count the site gives. For a year,
 * the posts of its twelve monthly archives count too, if they are more. */
static enum url_rule end_page(void *state, const struct trap_page *page)
{
    const struct archive_period *archive_period = state;
    int listed = page->kind == VISIT_ARCHIVE && page->archive_counts
                     ? archive_counts_listed(page->archive_counts, page->period)
                     : 0;
    int posts = archive_period->named_posts, by_month = 0;
    if (!listed)
        return URL_RULE_NONE;
    for (int month = 1; page->period % 10000 == 0 && month <= 12; month++)
        by_month += archive_counts_listed(page->archive_counts, page->period + month * 100);
    posts = by_month > posts ? by_month : posts;
    return posts >= listed ? URL_RULE_BLOGGER_PERIOD_WHOLE : URL_RULE_NONE;
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
