/* Exit codes: scripts rely on the numbers, and each end of a run has one. */
#include <config.h>

#include <check.h>
#include <string.h>

#include "report/exit_code.h"

START_TEST(numbers_never_change)
{
    static const struct {
        enum crawl_end end;
        int code;
    } known[] = {
        {CRAWL_FINISHED, 0},    {CRAWL_FINISHED_CHANGED, 0}, {CRAWL_INCOMPLETE, 4},
        {CRAWL_STOPPED, 11},    {CRAWL_PAGE_LIMIT, 14},      {CRAWL_SIZE_LIMIT, 14},
        {CRAWL_TIME_LIMIT, 15}, {CRAWL_DISK_LIMIT, 16},      {CRAWL_LEFT_ALONE, 18},
        {CRAWL_HELD, 75},       {CRAWL_WRONG_OPTIONS, 2},    {CRAWL_BROKEN, 3},
    };
    ck_assert_uint_eq(sizeof known / sizeof *known, CRAWL_ENDS);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert_int_eq(exit_code_of_end(known[i].end), known[i].code);
}
END_TEST

START_TEST(the_table_has_every_code_once)
{
    size_t count;
    const struct exit_code_row *rows = exit_code_table(&count);
    ck_assert_uint_eq(count, 13);
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || rows[i - 1].code < rows[i].code);
        ck_assert_uint_gt(strlen(rows[i].meaning), 0);
        ck_assert_int_ne(rows[i].meaning[strlen(rows[i].meaning) - 1], '.');
    }
    for (int end = 0; end < CRAWL_ENDS; end++) {
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found = found || rows[i].code == exit_code_of_end((enum crawl_end)end);
        ck_assert(found);
    }
}
END_TEST

START_TEST(the_worst_of_many_is_what_the_owner_must_mend_first)
{
    static const int order[] = {3, 1, 2, 16, 4, 18, 75, 15, 14, 11, 40, 0};
    enum { COUNT = sizeof order / sizeof *order };
    for (int i = 0; i < COUNT; i++)
        for (int j = i; j < COUNT; j++) {
            ck_assert_int_eq(exit_code_worse(order[i], order[j]), order[i]);
            ck_assert_int_eq(exit_code_worse(order[j], order[i]), order[i]);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exit_code");
    TCase *cases = tcase_create("exit_code");
    tcase_add_test(cases, numbers_never_change);
    tcase_add_test(cases, the_table_has_every_code_once);
    tcase_add_test(cases, the_worst_of_many_is_what_the_owner_must_mend_first);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
