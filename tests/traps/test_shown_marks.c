/* What is shown again and again stays known. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/hash.h"
#include "traps/shown_marks.h"

static uint64_t number(uint64_t of)
{
    return hash_mix(of, 0x73686f776e);
}

START_TEST(each_thing_is_new_once)
{
    struct shown_marks *marks = calloc(1, sizeof *marks);
    unsigned again = 0;
    ck_assert_ptr_nonnull(marks);
    for (uint64_t i = 0; i < 10000; i++)
        again += !shown_marks_note(marks, number(i));
    ck_assert_uint_le(again, 10); /* two have the same mark by chance */
    again = 0;
    for (uint64_t i = 0; i < 10000; i++)
        again += !shown_marks_note(marks, number(i));
    ck_assert_uint_ge(again, 9990);
    free(marks);
}
END_TEST

/* A trap that shows the same words on each page, while the rest of the site shows others. */
START_TEST(what_is_shown_again_and_again_stays_known)
{
    enum { WORDS = 30, BETWEEN = 3000, PAGES = 500 };
    struct shown_marks *marks = calloc(1, sizeof *marks);
    unsigned news = 0;
    uint64_t other = WORDS;
    ck_assert_ptr_nonnull(marks);
    for (int page = 0; page < PAGES; page++) {
        for (uint64_t word = 0; word < WORDS; word++)
            news += shown_marks_note(marks, number(word));
        for (int i = 0; i < BETWEEN; i++)
            shown_marks_note(marks, number(other++));
    }
    ck_assert_uint_le(news, WORDS + 3);
    free(marks);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shown_marks");
    TCase *tests = tcase_create("marks");
    tcase_add_test(tests, each_thing_is_new_once);
    tcase_add_test(tests, what_is_shown_again_and_again_stays_known);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
