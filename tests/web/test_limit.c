/* Limits are known by their words and by their rules, and what they cut is counted. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/limit.h"

START_TEST(each_limit_is_known_by_its_words)
{
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMITS; limit++) {
        ck_assert_int_eq(limit_of_words(text_of(limit_words(limit))), limit);
        const char *raise = strchr(limit_words(limit), '(');
        ck_assert_msg(raise && (text_ends(text_of(raise), TEXT(" raises this limit)")) ||
                                text_ends(text_of(raise), TEXT(" waits longer)")) ||
                                text_ends(text_of(raise), TEXT("(this limit is fixed)"))),
                      "%s", limit_words(limit));
        for (enum limit other = LIMIT_NONE + 1; other < limit; other++)
            ck_assert_str_ne(limit_name(other), limit_name(limit));
    }
}
END_TEST

START_TEST(other_words_are_no_limit)
{
    static const char *const others[] = {
        "", "the site answered 503", "the response is longer than", "it redirects in a circle",
        "the head of the response is longer than a megabyte (this limit is fixed) or so"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_int_eq(limit_of_words(text_of(others[i])), LIMIT_NONE);
    /* as earlier versions wrote it */
    ck_assert_int_eq(limit_of_words(TEXT("the head of the response is longer than a megabyte")),
                     LIMIT_HEAD);
}
END_TEST

START_TEST(every_rule_for_limits_is_a_limit_and_no_other_is)
{
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        ck_assert_int_eq(limit_of_rule(rule) != LIMIT_NONE,
                         url_rule_row(rule)->kind == URL_RULE_BY_LIMIT);
}
END_TEST

START_TEST(a_ledger_counts_and_keeps_the_first_url)
{
    struct limit_ledger ledger = {.counts = {0}};
    struct buf out;
    buf_init(&out, 4096);
    limit_ledger_json(&ledger, &out);
    ck_assert_uint_eq(out.length, 0);
    limit_note(&ledger, LIMIT_NONE, TEXT("http://a.test/none"));
    limit_note(&ledger, LIMIT_PARTS, TEXT("http://a.test/1"));
    limit_note(&ledger, LIMIT_PARTS, TEXT("http://a.test/2"));
    limit_note(&ledger, LIMIT_URL_SIZE, TEXT("http://a.test/\"3"));
    limit_ledger_json(&ledger, &out);
    ck_assert_str_eq(
        out.data,
        ("{\"limit\": \"url-size\", \"count\": 1, \"words\": \"the response is longer than the "
         "size "
         "limit for one URL\", \"raise\": \"--url-size-limit raises this limit\", \"first\": "
         "\"http://a.test/\\\"3\"}, {\"limit\": \"parts\", \"count\": 2, \"words\": \"the page "
         "names "
         "more parts than are taken of one page\", \"raise\": \"--part-limit raises this limit\", "
         "\"first\": \"http://a.test/1\"}"));
    limit_ledger_release(&ledger);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limit");
    TCase *cases = tcase_create("limits");
    tcase_add_test(cases, each_limit_is_known_by_its_words);
    tcase_add_test(cases, other_words_are_no_limit);
    tcase_add_test(cases, every_rule_for_limits_is_a_limit_and_no_other_is);
    tcase_add_test(cases, a_ledger_counts_and_keeps_the_first_url);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
