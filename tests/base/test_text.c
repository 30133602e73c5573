/* Searching borrowed bytes, whatever their case, against the plainest search there is. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"
#include "tests/hostile.h"

static ptrdiff_t plain_search(struct text text, struct text needle)
{
    for (size_t i = 0; i + needle.length <= text.length; i++)
        if (text_starts_nocase(text_skip(text, i), needle))
            return (ptrdiff_t)i;
    return -1;
}

START_TEST(a_text_is_found_in_any_case)
{
    ck_assert_int_eq(text_find_nocase(TEXT("a Robots b"), TEXT("rOBOTS")), 2);
    ck_assert_int_eq(text_find_nocase(TEXT("RrRRoBots"), TEXT("robots")), 3);
    ck_assert_int_eq(text_find_nocase(TEXT("<A <a>"), TEXT("<a>")), 3);
    ck_assert_int_eq(text_find_nocase(TEXT("robot"), TEXT("robots")), -1);
    ck_assert_int_eq(text_find_nocase(TEXT("robots"), TEXT("robots")), 0);
    ck_assert_int_eq(text_find_nocase(TEXT("[@{`"), TEXT("{")), 2); /* no letters */
    ck_assert_int_eq(text_find_nocase(TEXT(""), TEXT("r")), -1);
    ck_assert_int_eq(text_find_nocase(TEXT(""), TEXT("")), 0);
    ck_assert_int_eq(text_find_nocase(TEXT("x"), TEXT("")), 0);
    ck_assert_int_eq(text_find_nocase((struct text){NULL, 0}, TEXT("x")), -1);
    ck_assert_int_eq(text_find_nocase(TEXT("caf\xc3\xa9"), TEXT("\xc3\xa9")), 3);
}
END_TEST

/* Around the places where one block ends and the next begins. */
START_TEST(a_text_is_found_at_every_place)
{
    enum { MOST = 2100 };
    static char bytes[MOST];
    for (size_t length = MOST - 3; length <= MOST; length++)
        for (size_t at = 0; at + 4 <= length; at++) {
            for (size_t i = 0; i < length; i++)
                bytes[i] = i % 3 ? 'n' : 'N';
            bytes[at] = 'N', bytes[at + 1] = 'e', bytes[at + 2] = 'X', bytes[at + 3] = 't';
            ck_assert_int_eq(text_find_nocase((struct text){bytes, length}, TEXT("neXT")),
                             (ptrdiff_t)at);
        }
}
END_TEST

START_TEST(it_is_found_where_the_plainest_search_finds_it)
{
    unsigned seed = 7;
    char bytes[40], words[4];
    for (int turn = 0; turn < 20000; turn++) {
        size_t length = (size_t)turn % sizeof bytes, needle = 1 + (size_t)turn % sizeof words;
        for (size_t i = 0; i < length; i++)
            bytes[i] = "aAbB"[(seed = seed * 1103515245 + 12345) >> 16 & 3];
        for (size_t i = 0; i < needle; i++)
            words[i] = "aAbB"[(seed = seed * 1103515245 + 12345) >> 16 & 3];
        struct text text = {bytes, length}, word = {words, needle};
        ck_assert_int_eq(text_find_nocase(text, word), plain_search(text, word));
    }
}
END_TEST

/* Going on behind each place takes linear time, although no capital ever comes. */
START_TEST(all_places_are_found_in_linear_time)
{
    enum { BYTES = 4 * 1024 * 1024 };
    char *bytes = malloc(BYTES);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < BYTES; i++)
        bytes[i] = i % 4 ? 'x' : 'r';
    struct text rest = {bytes, BYTES};
    size_t found = 0;
    int64_t began = clock_thread_ms();
    for (ptrdiff_t at; (at = text_find_nocase(rest, TEXT("r"))) >= 0; found++)
        rest = text_skip(rest, (size_t)at + 1);
    ck_assert_int_lt(clock_thread_ms() - began, HOSTILE_MS);
    ck_assert_uint_eq(found, BYTES / 4);
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("find");
    tcase_set_timeout(tests, HOSTILE_SECONDS);
    tcase_add_test(tests, a_text_is_found_in_any_case);
    tcase_add_test(tests, a_text_is_found_at_every_place);
    tcase_add_test(tests, it_is_found_where_the_plainest_search_finds_it);
    tcase_add_test(tests, all_places_are_found_in_linear_time);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
