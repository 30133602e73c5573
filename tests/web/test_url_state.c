/* The table of states: names, gaps, and counts that say the same in words and in JSON. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/url_state.h"

static const struct {
    enum url_state state;
    const char *name, *member;
    bool is_gap;
} rows[] = {
    {STATE_KEPT, "kept", "kept", false},         {STATE_GONE, "gone", "gone", false},
    {STATE_REFUSED, "refused", "refused", true}, {STATE_BROKEN, "broken", "broken", true},
    {STATE_WAITING, "waiting", "waiting", true}, {STATE_LEFT_OUT, "left out", "left_out", false},
};

START_TEST(each_state_has_its_row)
{
    const struct url_state_row *row = url_state_row(rows[_i].state);
    ck_assert_str_eq(row->name, rows[_i].name);
    ck_assert_str_eq(row->member, rows[_i].member);
    ck_assert_int_eq(row->is_gap, rows[_i].is_gap);
    ck_assert_int_eq(row->words[strlen(row->words) - 1], '.');
    ck_assert_uint_eq(sizeof rows / sizeof *rows, STATE_COUNT);
}
END_TEST

START_TEST(what_failed_depends_on_the_kind)
{
    ck_assert(url_state_failed(STATE_REFUSED, VISIT_PAGE));
    ck_assert(url_state_failed(STATE_REFUSED, VISIT_SEED));
    ck_assert(url_state_failed(STATE_BROKEN, VISIT_REQUISITE));
    ck_assert(!url_state_failed(STATE_REFUSED, VISIT_REQUISITE)); /* visitors see it so, too */
    ck_assert(!url_state_failed(STATE_REFUSED, VISIT_MEDIA));
    ck_assert(!url_state_failed(STATE_GONE, VISIT_PAGE));
    ck_assert(!url_state_failed(STATE_WAITING, VISIT_PAGE));
}
END_TEST

START_TEST(each_kind_of_rule_is_somebodys_choice)
{
    ck_assert_int_eq(left_out_by(URL_RULE_EXCLUDED), LEFT_OUT_BY_OPTION);
    ck_assert_int_eq(left_out_by(URL_RULE_TOO_DEEP), LEFT_OUT_BY_OPTION);
    ck_assert_int_eq(left_out_by(URL_RULE_ROBOTS), LEFT_OUT_BY_ROBOTS);
    ck_assert_int_eq(left_out_by(URL_RULE_PRINT), LEFT_OUT_BY_RULE);
    ck_assert_int_eq(left_out_by(URL_RULE_OFF_SITE), LEFT_OUT_BY_RULE);
}
END_TEST

START_TEST(counts_are_the_same_in_words_and_in_json)
{
    struct state_counts counts = {.of = {0}};
    struct buf out;
    buf_init(&out, 1000);
    state_counts_words(&counts, &out);
    ck_assert_str_eq(out.data, "none");
    state_counts_add(&counts, STATE_KEPT, 280);
    state_counts_add(&counts, STATE_GONE, 2);
    state_counts_add(&counts, STATE_REFUSED, 14);
    state_counts_leave_out(&counts, LEFT_OUT_BY_OPTION, 3);
    state_counts_leave_out(&counts, LEFT_OUT_BY_ROBOTS, 1);
    ck_assert_uint_eq(state_counts_all(&counts), 300);
    ck_assert_uint_eq(state_counts_gaps(&counts), 14);
    buf_clear(&out);
    state_counts_words(&counts, &out);
    ck_assert_str_eq(out.data, "280 of 300 kept, 2 gone, 14 refused, 3 left out by options, 1 left "
                               "out by robots.txt");
    buf_clear(&out);
    state_counts_json(&counts, &out);
    ck_assert_str_eq(out.data, "{\"listed\": 300, \"kept\": 280, \"gone\": 2, \"refused\": 14, "
                               "\"broken\": 0, \"waiting\": 0, \"left_out\": 4, \"left_out_by\": "
                               "{\"option\": 3, \"robots\": 1, \"rule\": 0}}");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url_state");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, each_state_has_its_row, 0, sizeof rows / sizeof *rows);
    tcase_add_test(all, what_failed_depends_on_the_kind);
    tcase_add_test(all, each_kind_of_rule_is_somebodys_choice);
    tcase_add_test(all, counts_are_the_same_in_words_and_in_json);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
