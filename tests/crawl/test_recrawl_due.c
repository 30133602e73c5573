/* When known URLs are requested again. */
#include <config.h>

#include <check.h>

#include "crawl/recrawl_due.h"

#define DAY INT64_C(86400000)
enum { TODAY = 1000 };

static const struct recrawl_due night = {.now_ms = TODAY * DAY,
                                         .within_ms = 7 * DAY,
                                         .trust_dates = true,
                                         .newest_year = 20260000,
                                         .newest_month = 20261100};

/* A page that was checked `checked` days ago and has not changed for `unchanged` days. */
static struct url_history page(int checked, int unchanged)
{
    return (struct url_history){.kind = VISIT_PAGE,
                                .state = STATE_KEPT,
                                .status = 200,
                                .via_kind = VISIT_PAGE,
                                .done_ms = (TODAY - checked) * DAY,
                                .changed_ms = unchanged ? (TODAY - unchanged) * DAY : 0,
                                .url = TEXT("http://h/2026/01/a.html")};
}

static bool is_asked(const struct recrawl_due *due, struct url_history history)
{
    return recrawl_due_why(due, &history) != NULL;
}

START_TEST(lists_are_requested_every_night)
{
    struct url_history seed = page(1, 0), sitemap = seed, feed = seed, other_feed = seed,
                       archive = seed, old_archive = seed, titles = seed, pager = seed,
                       robots = seed;
    seed.kind = VISIT_SEED;
    sitemap.kind = VISIT_SITEMAP;
    feed.kind = other_feed.kind = titles.kind = VISIT_FEED;
    feed.via_kind = titles.via_kind = VISIT_SEED;
    titles.period = 20250000;
    archive.kind = old_archive.kind = VISIT_ARCHIVE;
    archive.url = TEXT("http://h/2026/11/");
    old_archive.url = TEXT("http://h/2025/11/");
    pager.kind = VISIT_PAGER;
    robots.kind = VISIT_ROBOTS;
    ck_assert(is_asked(&night, seed) && is_asked(&night, sitemap) && is_asked(&night, feed) &&
              is_asked(&night, archive));
    ck_assert(!is_asked(&night, other_feed) && !is_asked(&night, old_archive) &&
              !is_asked(&night, titles));
    ck_assert(!is_asked(&night, pager) && !is_asked(&night, robots));
    titles.period = 20260000;
    ck_assert(is_asked(&night, titles));
}
END_TEST

START_TEST(old_pages_are_requested_rarely_but_within_the_limit)
{
    ck_assert(is_asked(&night, page(1, 1))); /* new yesterday */
    ck_assert(is_asked(&night, page(1, 5)));
    ck_assert(!is_asked(&night, page(1, 10)));
    ck_assert(is_asked(&night, page(2, 10)));
    ck_assert(!is_asked(&night, page(6, 300)));
    ck_assert(is_asked(&night, page(7, 300)));
    ck_assert(!is_asked(&night, page(6, 0))); /* it was there when we first came */
    ck_assert(is_asked(&night, page(7, 0)));
}
END_TEST

START_TEST(what_a_page_led_to_is_requested_in_a_walk)
{
    struct recrawl_due walk = night;
    struct url_history pager = page(30, 30);
    walk.walk = true;
    pager.kind = VISIT_PAGER;
    ck_assert(pager.via_kind == VISIT_PAGE);
    ck_assert(is_asked(&walk, pager) && !is_asked(&night, pager));
    pager.via_kind = VISIT_SEED; /* its list leads there */
    ck_assert(!is_asked(&walk, pager));
}
END_TEST

START_TEST(gone_pages_are_requested_only_in_a_walk)
{
    struct recrawl_due walk = night;
    struct url_history gone = page(30, 30);
    gone.status = 404;
    walk.walk = true;
    ck_assert(!is_asked(&night, gone));
    ck_assert(is_asked(&walk, gone));
    ck_assert(is_asked(&walk, page(1, 300)));
    ck_assert(!is_asked(&walk, page(0, 300))); /* captured tonight */
}
END_TEST

START_TEST(dates_are_trusted_while_they_are_right)
{
    struct recrawl_due doubting = night;
    struct url_history dated = page(1, 300);
    dated.dated_ms = dated.listed_ms = 5;
    ck_assert(!is_asked(&night, dated));
    dated.listed_ms = 6;
    ck_assert(is_asked(&night, dated));
    doubting.trust_dates = false;
    ck_assert(!is_asked(&doubting, dated));
}
END_TEST

/* Otherwise every new post of the last weeks would be requested, although the sitemap would
 * announce changes. */
START_TEST(dated_pages_wait_once_dates_have_announced_changes)
{
    struct recrawl_due proven = night;
    struct url_history dated = page(1, 3), undated = dated, overdue = page(7, 8);
    dated.dated_ms = dated.listed_ms = overdue.dated_ms = overdue.listed_ms = 5;
    proven.dates_proven = true;
    ck_assert(is_asked(&night, dated));
    ck_assert(!is_asked(&proven, dated));
    ck_assert(is_asked(&proven, undated) && is_asked(&proven, overdue));
    dated.listed_ms = 6;
    ck_assert(is_asked(&proven, dated));
}
END_TEST

START_TEST(recheck_overrides_the_schedule)
{
    struct recrawl_due all = night, new = night;
    struct url_history archive = page(1, 0), seed = page(1, 0);
    all.recheck = RECHECK_ALL;
    new.recheck = RECHECK_NEW;
    archive.kind = VISIT_ARCHIVE;
    archive.url = TEXT("http://h/2026/11/");
    seed.kind = VISIT_SEED;
    ck_assert(is_asked(&all, page(1, 300)) && is_asked(&all, page(0, 0)));
    ck_assert(!is_asked(&new, page(300, 300)));
    ck_assert(is_asked(&new, archive) && is_asked(&new, seed));
}
END_TEST

START_TEST(walks_come_within_the_limit)
{
    ck_assert(!recrawl_due_walk_is_due(7 * DAY, 1 * DAY, 7 * DAY));
    ck_assert(recrawl_due_walk_is_due(8 * DAY, 1 * DAY, 7 * DAY));
    ck_assert(recrawl_due_walk_is_due(8 * DAY - 3600000, 1 * DAY,
                                      7 * DAY)); /* cron came an hour earlier */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schedule");
    TCase *tests = tcase_create("schedule");
    tcase_add_test(tests, lists_are_requested_every_night);
    tcase_add_test(tests, old_pages_are_requested_rarely_but_within_the_limit);
    tcase_add_test(tests, what_a_page_led_to_is_requested_in_a_walk);
    tcase_add_test(tests, gone_pages_are_requested_only_in_a_walk);
    tcase_add_test(tests, dates_are_trusted_while_they_are_right);
    tcase_add_test(tests, dated_pages_wait_once_dates_have_announced_changes);
    tcase_add_test(tests, recheck_overrides_the_schedule);
    tcase_add_test(tests, walks_come_within_the_limit);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
