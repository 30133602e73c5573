/* Ranges as browsers and download tools ask for them. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "serve/byte_range.h"

static const struct {
    const char *field;
    long long all;
    enum range_kind kind;
    long long first, length;
} wanted[] = {
    {"bytes=0-0", 10, RANGE_PART, 0, 1},
    {"bytes=0-", 10, RANGE_PART, 0, 10},
    {"bytes=3-5", 10, RANGE_PART, 3, 3},
    {"bytes=3-500", 10, RANGE_PART, 3, 7},
    {"bytes=-4", 10, RANGE_PART, 6, 4},
    {"bytes=-400", 10, RANGE_PART, 0, 10},
    {"BYTES= 1 - 2", 10, RANGE_PART, 1, 2},
    {"bytes=10-", 10, RANGE_NONE, 0, 0},
    {"bytes=-0", 10, RANGE_NONE, 0, 0},
    {"bytes=0-", 0, RANGE_NONE, 0, 0},
    {"bytes=-1", 0, RANGE_NONE, 0, 0},
    {"bytes=18446744073709551615-", 10, RANGE_NONE, 0, 0},
    {"bytes=0-18446744073709551615", 10, RANGE_PART, 0, 10},
    {"bytes=99999999999999999999-", 10, RANGE_WHOLE, 0, 0},
    {"bytes=5-3", 10, RANGE_WHOLE, 0, 0},
    {"bytes=0-1,3-4", 10, RANGE_WHOLE, 0, 0},
    {"bytes=", 10, RANGE_WHOLE, 0, 0},
    {"bytes=5", 10, RANGE_WHOLE, 0, 0},
    {"bytes=a-b", 10, RANGE_WHOLE, 0, 0},
    {"bytes=-", 10, RANGE_WHOLE, 0, 0},
    {"bytes=--1", 10, RANGE_WHOLE, 0, 0},
    {"lines=0-1", 10, RANGE_WHOLE, 0, 0},
    {"", 10, RANGE_WHOLE, 0, 0},
    {"bytes=0-1", -1, RANGE_WHOLE, 0, 0},
};

START_TEST(ranges)
{
    struct byte_range range = {0, 0};
    ck_assert_int_eq(byte_range_read(text_of(wanted[_i].field), wanted[_i].all, &range),
                     wanted[_i].kind);
    ck_assert_int_eq(range.first, wanted[_i].first);
    ck_assert_int_eq(range.length, wanted[_i].length);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("byte_range");
    TCase *tests = tcase_create("byte_range");
    tcase_add_loop_test(tests, ranges, 0, sizeof wanted / sizeof *wanted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
