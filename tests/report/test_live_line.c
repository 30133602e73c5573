/* The status line: what it shows when there is little room. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/live_line.h"

enum { PARTS = 4, WIDEST = 120 };

static const struct live_part parts[PARTS] = {
    {"12 of 40 pages kept", "12/40 pages", 100},
    {"340 responses", "", 10},
    {"1.2 MB", "1.2 MB", 20},
    {"next to blog.example in 27 s", "rests 27 s", 50},
};

START_TEST(a_line_always_fits)
{
    char line[WIDEST + 1];
    for (int columns = 1; columns <= WIDEST; columns++) {
        live_parts_join(parts, PARTS, columns, line);
        ck_assert_uint_le(strlen(line), (size_t)columns);
        ck_assert_uint_gt(strlen(line), 0);
    }
}
END_TEST

START_TEST(what_matters_least_goes_first)
{
    static const struct {
        int columns;
        const char *line;
    } known[] = {
        {100, "12 of 40 pages kept, 340 responses, 1.2 MB, next to blog.example in 27 s"},
        {71, "12 of 40 pages kept, 1.2 MB, next to blog.example in 27 s"},
        {56, "12 of 40 pages kept, 340 responses, 1.2 MB, rests 27 s"},
        {48, "12 of 40 pages kept, 1.2 MB, rests 27 s"},
        {38, "12/40 pages, 1.2 MB, rests 27 s"},
        {30, "12/40 pages, rests 27 s"},
        {20, "12/40 pages, 1.2 MB"},
        {18, "12/40 pages"},
        {10, "12/40 page"},
    };
    char line[WIDEST + 1];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        live_parts_join(parts, PARTS, known[i].columns, line);
        ck_assert_str_eq(line, known[i].line);
    }
}
END_TEST

START_TEST(an_empty_part_leaves_no_comma)
{
    static const struct live_part some[] = {{"", "", 9}, {"a", "", 1}, {"", "", 2}, {"b", "", 3}};
    char line[WIDEST + 1];
    live_parts_join(some, 4, WIDEST, line);
    ck_assert_str_eq(line, "a, b");
    live_parts_join(some, 1, WIDEST, line);
    ck_assert_str_eq(line, "");
    live_parts_join(some, 0, WIDEST, line);
    ck_assert_str_eq(line, "");
}
END_TEST

/* One byte is one column.  A character outside ASCII would make the line wider or narrower. */
START_TEST(strangers_cannot_break_the_line)
{
    static const struct live_part rude = {"a\033[2Jb\r\nc\tb\xc3\xbc\xe6\xbc\xa2\xff\x7f", "", 1};
    char line[WIDEST + 1];
    live_parts_join(&rude, 1, WIDEST, line);
    ck_assert_str_eq(line, "a?[2Jb??c?b????");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("live_line");
    TCase *tests = tcase_create("parts");
    tcase_add_test(tests, a_line_always_fits);
    tcase_add_test(tests, what_matters_least_goes_first);
    tcase_add_test(tests, an_empty_part_leaves_no_comma);
    tcase_add_test(tests, strangers_cannot_break_the_line);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
