#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/completeness_text.h"

/* What completeness_print() writes; free() it. */
static char *printed(const struct completeness *completeness)
{
    char *words = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&words, &length);
    completeness_print(completeness, out);
    fclose(out);
    return words;
}

START_TEST(a_site_that_lists_nothing_gets_no_table)
{
    const struct completeness completeness = {.complete = true, .posts = 1};
    char *words = printed(&completeness);
    ck_assert_str_eq(words, "");
    free(words);
}
END_TEST

START_TEST(only_lists_that_are_there_have_a_line)
{
    struct completeness completeness = {.posts = 0};
    struct completeness_line *feed = &completeness.lines[LISTED_BY_FEED];
    state_counts_add(&feed->lists, STATE_KEPT, 1);
    state_counts_add(&feed->pages, STATE_KEPT, 10);
    state_counts_add(&feed->pages, STATE_REFUSED, 18);
    state_counts_leave_out(&feed->pages, LEFT_OUT_BY_ROBOTS, 2);
    completeness.all = feed->pages;
    state_counts_add(&completeness.lines[LISTED_BY_SITEMAP].lists, STATE_BROKEN, 2);
    char *words = printed(&completeness);
    ck_assert_str_eq(words,
                     "What the site lists:\n"
                     "  feeds                            1 of 1 kept\n"
                     "  sitemaps                         0 of 2 kept, 2 broken\n"
                     "  pages in feeds                   10 of 30 kept, 18 refused, 2 left out by "
                     "robots.txt\n"
                     "  all these pages, each once       10 of 30 kept, 18 refused, 2 left out by "
                     "robots.txt\n");
    free(words);
}
END_TEST

START_TEST(what_is_known_has_a_line_a_group)
{
    struct completeness completeness = {.posts = 0};
    url_totals_add(&completeness.totals, VISIT_SEED, STATE_KEPT, 1);
    url_totals_add(&completeness.totals, VISIT_PAGE, STATE_GONE, 2);
    url_totals_add(&completeness.totals, VISIT_MEDIA, STATE_KEPT, 4);
    completeness.totals.known_dead[GROUP_PARTS] = 3;
    char *words = printed(&completeness);
    ck_assert_str_eq(words, "What is known of the site:\n"
                            "  pages                            1 of 3 kept, 2 gone\n"
                            "  requisites and media files       4 of 7 kept, 3 known dead\n");
    free(words);
}
END_TEST

START_TEST(gaps_are_counted_once_though_several_lists_name_them)
{
    struct completeness completeness = {.told = 7, .told_kept = 6};
    state_counts_add(&completeness.lines[LISTED_BY_PAGER].pages, STATE_BROKEN, 4);
    state_counts_add(&completeness.lines[LISTED_BY_FEED].pages, STATE_BROKEN, 2);
    state_counts_add(&completeness.lines[LISTED_BY_FEED].lists, STATE_WAITING, 1);
    state_counts_add(&completeness.all, STATE_BROKEN, 4);
    state_counts_add(&completeness.all, STATE_GONE, 9);
    state_counts_leave_out(&completeness.all, LEFT_OUT_BY_OPTION, 1);
    url_totals_add(&completeness.totals, VISIT_FEED, STATE_WAITING, 1);
    url_totals_add(&completeness.totals, VISIT_PAGE, STATE_BROKEN, 4);
    url_totals_add(&completeness.totals, VISIT_PAGE, STATE_GONE, 9);
    url_totals_add(&completeness.totals, VISIT_REQUISITE, STATE_REFUSED, 2);
    struct buf out;
    buf_init(&out, 1000);
    completeness_add_gaps(&completeness, &out);
    ck_assert_str_eq(out.data, "4 pages broken, 1 feed or sitemap waiting, 1 page missing by the "
                               "page numbers that the site shows");
    buf_release(&out);
}
END_TEST

START_TEST(what_is_complete_has_no_gaps)
{
    struct completeness completeness = {.complete = true};
    state_counts_add(&completeness.lines[LISTED_BY_PAGER].lists, STATE_KEPT, 2);
    state_counts_add(&completeness.all, STATE_KEPT, 9);
    struct buf out;
    buf_init(&out, 1000);
    completeness_add_gaps(&completeness, &out);
    ck_assert_uint_eq(out.length, 0);
    completeness_add_complete(&completeness, &out);
    ck_assert_str_eq(out.data, "Complete: all that the site lists, and every URL in scope, is in "
                               "the archive.");
    buf_release(&out);
}
END_TEST

START_TEST(who_left_pages_out_is_said)
{
    struct completeness completeness = {.complete = true};
    struct buf out;
    buf_init(&out, 1000);
    url_totals_add(&completeness.totals, VISIT_REQUISITE, STATE_LEFT_OUT, 5);
    completeness_add_complete(&completeness, &out);
    ck_assert_str_eq(out.data, "Complete but for what robots.txt closes: all that the site lists, "
                               "and every URL in scope, is in the archive.");
    buf_clear(&out);
    state_counts_leave_out(&completeness.all, LEFT_OUT_BY_OPTION, 3);
    state_counts_leave_out(&completeness.all, LEFT_OUT_BY_ROBOTS, 1);
    state_counts_leave_out(&completeness.all, LEFT_OUT_BY_RULE, 7);
    completeness.totals.known_dead[GROUP_PARTS] = 1;
    completeness_add_complete(&completeness, &out);
    ck_assert_str_eq(out.data, "Complete but for 1 page that robots.txt closes and 3 pages that "
                               "your options leave out: all that the site lists is in the archive. "
                               "1 URL is known dead, and missing.");
    buf_clear(&out);
    completeness = (struct completeness){.complete = true};
    completeness_note_suspect(&completeness, URL_RULE_SHARE);
    completeness_note_suspect(&completeness, URL_RULE_PRINT);
    completeness_note_suspect(&completeness, URL_RULE_PRINT);
    completeness_note_suspect(&completeness, URL_RULE_OFF_SITE); /* that is no trap */
    completeness_add_complete(&completeness, &out);
    ck_assert_str_eq(out.data, "Complete but for 3 pages that rules leave out (print 2, share 1): "
                               "all that the site lists, and every URL in scope, is in the "
                               "archive.");
    buf_clear(&out);
    completeness = (struct completeness){.complete = true};
    url_totals_add(&completeness.totals, VISIT_REQUISITE, STATE_REFUSED, 2);
    completeness_add_complete(&completeness, &out);
    ck_assert_str_eq(out.data, "Complete: all that the site lists is in the archive. 2 requisites "
                               "and media files are refused, and missing.");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("completeness_text");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_site_that_lists_nothing_gets_no_table);
    tcase_add_test(all, only_lists_that_are_there_have_a_line);
    tcase_add_test(all, what_is_known_has_a_line_a_group);
    tcase_add_test(all, gaps_are_counted_once_though_several_lists_name_them);
    tcase_add_test(all, what_is_complete_has_no_gaps);
    tcase_add_test(all, who_left_pages_out_is_said);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
