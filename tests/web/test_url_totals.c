/* What is counted, in which group, and what of it forbids "Complete". */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/url_totals.h"

static const struct {
    enum visit_kind kind;
    int group; /* -1: none */
} groups[] = {
    {VISIT_SEED, GROUP_PAGES},  {VISIT_PAGER, GROUP_PAGES},     {VISIT_ARCHIVE, GROUP_PAGES},
    {VISIT_PAGE, GROUP_PAGES},  {VISIT_FEED, GROUP_LISTS},      {VISIT_SITEMAP, GROUP_LISTS},
    {VISIT_MEDIA, GROUP_PARTS}, {VISIT_REQUISITE, GROUP_PARTS}, {VISIT_ROBOTS, -1},
    {VISIT_SPECULATIVE, -1},
};

START_TEST(each_kind_has_its_group)
{
    enum url_group group = URL_GROUPS;
    ck_assert_int_eq(url_group_of(groups[_i].kind, &group), groups[_i].group >= 0);
    if (groups[_i].group >= 0)
        ck_assert_int_eq(group, groups[_i].group);
    ck_assert_uint_eq(sizeof groups / sizeof *groups, VISIT_KINDS);
}
END_TEST

static const struct {
    enum url_state state;
    int status;
    const char *hops;
    bool counted;
} urls[] = {
    {STATE_KEPT, 200, "L", true},      {STATE_KEPT, 300, "L", true}, /* a page with choices */
    {STATE_KEPT, 304, "L", true}, /* what is held has not changed */
    {STATE_KEPT, 301, "L", false},     {STATE_KEPT, 399, "", false},
    {STATE_GONE, 308, "L", false}, /* by its end, which is counted */
    {STATE_LEFT_OUT, 302, "L", false}, {STATE_LEFT_OUT, 0, "L", true},
    {STATE_BROKEN, 302, "L", true}, /* a circle */
    {STATE_REFUSED, 302, "L", true},   {STATE_GONE, 404, "L", true},
    {STATE_GONE, 404, "LI", false},    {STATE_GONE, 404, "IRR", false},
    {STATE_GONE, 404, "IL", true}, /* what a guess led to is linked */
    {STATE_KEPT, 200, "LI", true},     {STATE_BROKEN, 500, "I", true},
    {STATE_WAITING, 0, "I", false},    {STATE_LEFT_OUT, 0, "I", false}, /* nobody knows of it */
    {STATE_WAITING, 0, "IL", true},
};

START_TEST(redirects_are_counted_where_they_lead_and_wrong_guesses_nowhere)
{
    ck_assert_int_eq(url_is_counted(urls[_i].state, urls[_i].status, text_of(urls[_i].hops)),
                     urls[_i].counted);
}
END_TEST

START_TEST(gaps_words_and_json_are_of_the_same_numbers)
{
    struct url_totals totals = {.known_dead = {0}};
    struct buf out;
    buf_init(&out, 2000);
    ck_assert_uint_eq(url_totals_gaps(&totals), 0);
    url_totals_words(&totals, GROUP_PAGES, &out);
    url_totals_add_gaps(&totals, &out);
    ck_assert_uint_eq(out.length, 0);
    url_totals_add(&totals, VISIT_SEED, STATE_KEPT, 1);
    url_totals_add(&totals, VISIT_PAGER, STATE_KEPT, 6);
    url_totals_add(&totals, VISIT_PAGE, STATE_LEFT_OUT, 2);
    url_totals_add(&totals, VISIT_REQUISITE, STATE_REFUSED, 3); /* visitors see it so */
    url_totals_add(&totals, VISIT_SPECULATIVE, STATE_BROKEN, 9);
    url_totals_add(&totals, VISIT_ROBOTS, STATE_REFUSED, 1);
    totals.known_dead[GROUP_PARTS] = 4;
    ck_assert_uint_eq(url_totals_gaps(&totals), 0);
    url_totals_add(&totals, VISIT_ARCHIVE, STATE_REFUSED, 2);
    url_totals_add(&totals, VISIT_FEED, STATE_BROKEN, 1);
    url_totals_add(&totals, VISIT_MEDIA, STATE_WAITING, 5);
    ck_assert_uint_eq(url_totals_gaps(&totals), 8);
    url_totals_add_gaps(&totals, &out);
    ck_assert_str_eq(out.data, "2 pages refused, 1 feed or sitemap broken, 5 requisites and media "
                               "files waiting");
    buf_clear(&out);
    url_totals_words(&totals, GROUP_PAGES, &out);
    ck_assert_str_eq(out.data, "7 of 11 kept, 2 refused, 2 left out by robots.txt");
    buf_clear(&out);
    url_totals_words(&totals, GROUP_PARTS, &out);
    ck_assert_str_eq(out.data, "0 of 12 kept, 3 refused, 5 waiting, 4 known dead");
    buf_clear(&out);
    url_totals_json(&totals, &out);
    ck_assert(text_find(buf_text(&out),
                        TEXT("\"parts\": {\"known\": 12, \"kept\": 0, \"gone\": 0, \"refused\": 3, "
                             "\"broken\": 0, \"waiting\": 5, \"left_out\": 0, ")) > 0);
    ck_assert(text_ends(buf_text(&out), TEXT("\"known_dead\": 4}}")));
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url_totals");
    TCase *test = tcase_create("counts");
    tcase_add_loop_test(test, each_kind_has_its_group, 0, sizeof groups / sizeof *groups);
    tcase_add_loop_test(test, redirects_are_counted_where_they_lead_and_wrong_guesses_nowhere, 0,
                        sizeof urls / sizeof *urls);
    tcase_add_test(test, gaps_words_and_json_are_of_the_same_numbers);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
