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
    const struct completeness completeness = {.complete = true, .pages = 1};
    char *words = printed(&completeness);
    ck_assert_str_eq(words, "");
    free(words);
}
END_TEST

START_TEST(only_lists_that_are_there_have_a_line)
{
    const struct completeness completeness = {.lines = {[LISTED_BY_FEED] = {.lists = 1,
                                                                            .lists_captured = 1,
                                                                            .named = 30,
                                                                            .captured = 10,
                                                                            .closed = 2,
                                                                            .missing = 18},
                                                        [LISTED_BY_SITEMAP] = {.lists = 2}}};
    char *words = printed(&completeness);
    ck_assert_str_eq(words, "  what the site lists  list pages captured   pages captured\n"
                            "  feeds                1 of 1                10 of 30 "
                            "(2 closed by robots.txt, 18 missing)\n"
                            "  sitemaps             0 of 2\n");
    free(words);
}
END_TEST

START_TEST(gaps_are_counted_once_though_several_lists_name_them)
{
    const struct completeness completeness = {
        .lines = {[LISTED_BY_PAGER] = {.named = 9, .captured = 4, .left_out = 1, .missing = 4},
                  [LISTED_BY_FEED] = {.named = 9, .captured = 7, .missing = 2}},
        .told = 7,
        .told_captured = 6};
    struct buf out;
    buf_init(&out, 1000);
    completeness_add_gaps(&completeness, GAPS_ALL, &out);
    ck_assert_str_eq(out.data, "4 pages missing, 1 page left out by options or rules, 1 page "
                               "missing by the page numbers that the site shows");
    buf_clear(&out);
    completeness_add_gaps(&completeness, GAPS_UNTRIED, &out);
    ck_assert_str_eq(out.data, "1 page left out by options or rules, 1 page missing by the page "
                               "numbers that the site shows");
    buf_release(&out);
}
END_TEST

START_TEST(what_is_complete_has_no_gaps)
{
    const struct completeness completeness = {
        .lines = {[LISTED_BY_PAGER] = {.lists = 2, .lists_captured = 2, .named = 9, .captured = 9}},
        .complete = true};
    struct buf out;
    buf_init(&out, 1000);
    completeness_add_gaps(&completeness, GAPS_ALL, &out);
    ck_assert_uint_eq(out.length, 0);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("completeness_text");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_site_that_lists_nothing_gets_no_table);
    tcase_add_test(all, only_lists_that_are_there_have_a_line);
    tcase_add_test(all, gaps_are_counted_once_though_several_lists_name_them);
    tcase_add_test(all, what_is_complete_has_no_gaps);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
