/* Date archives that lead beyond their period, or have named all their posts. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

static const char june[] = "http://h/2021/06/";
static const char within[] = "http://h/search?updated-max=2021-06-15T10:00:00Z";
static const char before[] = "http://h/search?updated-max=2021-05-31T10:00:00Z";

static void begin(struct watch *watch, const struct archive_counts *counts)
{
    watch_init(watch, &detector_archive_period);
    watch->page.kind = VISIT_ARCHIVE;
    watch->page.period = 20210600;
    watch->page.archive_counts = counts;
    watch_page(watch, june, 1, 0, TEXT("<p>June</p>"));
}

START_TEST(links_to_pages_before_the_period_are_left_out)
{
    struct watch watch;
    begin(&watch, NULL);
    watch_expects(watch_link(&watch, LINK_PAGER, before).rule, "blogger.outside-period");
    struct trap_verdict verdict = watch_link(&watch, LINK_PAGER, within);
    watch_expects(verdict.rule, NULL);
    ck_assert(verdict.waits);
    ck_assert(!watch_link(&watch, LINK_PAGER, "http://h/2021/06/page/2").waits);
    watch_expects(watch_link(&watch, LINK_PAGE, before).rule, NULL);
    watch_expects(watch_end(&watch), NULL);
    /* The archive's next pages stay in its period too. */
    watch.page.kind = VISIT_PAGER;
    watch_page(&watch, within, 2, 1, TEXT("<p>June</p>"));
    verdict = watch_link(&watch, LINK_PAGER, before);
    watch_expects(verdict.rule, "blogger.outside-period");
    ck_assert(!verdict.waits);
    /* The blog's own pages go back to its beginning. */
    watch.page.period = 0;
    watch_page(&watch, within, 3, 1, TEXT("<p>all</p>"));
    watch_expects(watch_link(&watch, LINK_PAGER, before).rule, NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(an_archive_that_names_all_its_posts_leads_no_further)
{
    struct archive_counts counts = {.comparable = false};
    struct watch watch;
    archive_counts_list(&counts, 20210600, 2);
    begin(&watch, &counts);
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/one.html");
    watch_link(&watch, LINK_PAGE, "http://h/2021/05/other.html");
    watch_expects(watch_end(&watch), NULL);
    watch_page(&watch, june, 1, 0, TEXT("<p>June</p>"));
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/one.html");
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/two.html");
    watch_expects(watch_end(&watch), "blogger.period-whole");
    watch_release(&watch);
}
END_TEST

START_TEST(an_archive_that_shows_only_some_leads_on)
{
    struct archive_counts counts = {.comparable = false};
    struct watch watch;
    archive_counts_list(&counts, 20210600, 2);
    begin(&watch, &counts);
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/one.html");
    ck_assert(watch_link(&watch, LINK_PAGER, within).waits);
    /* a list of titles beside the posts */
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/two.html");
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/three.html");
    watch_expects(watch_end(&watch), NULL);
    /* all of them are shown */
    watch_page(&watch, june, 1, 0, TEXT("<p>June</p>"));
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/one.html");
    watch_link(&watch, LINK_PAGE, "http://h/2021/06/two.html");
    ck_assert(watch_link(&watch, LINK_PAGER, within).waits);
    watch_expects(watch_end(&watch), "blogger.period-whole");
    watch_release(&watch);
}
END_TEST

START_TEST(a_year_leads_on_although_its_months_list_its_posts)
{
    struct archive_counts counts = {.comparable = false};
    struct watch watch;
    archive_counts_list(&counts, 20210000, 3);
    archive_counts_list(&counts, 20210600, 1);
    archive_counts_list(&counts, 20210700, 2);
    begin(&watch, &counts);
    watch.page.period = 20210000;
    watch_link(&watch, LINK_PAGE, "http://h/2021/07/one.html");
    watch_link(&watch, LINK_PAGE, "http://h/2021/07/two.html");
    ck_assert(watch_link(&watch, LINK_PAGER, within).waits);
    watch_expects(watch_end(&watch), NULL);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("archive_period");
    TCase *tests = tcase_create("archive_period");
    tcase_add_test(tests, links_to_pages_before_the_period_are_left_out);
    tcase_add_test(tests, an_archive_that_names_all_its_posts_leads_no_further);
    tcase_add_test(tests, an_archive_that_shows_only_some_leads_on);
    tcase_add_test(tests, a_year_leads_on_although_its_months_list_its_posts);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
