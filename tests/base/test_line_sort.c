/* Lines come out as `LC_ALL=C sort -u` would give them, however many parts they were sorted in. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line_sort.h"

enum { LINES = 20000, LONG = 200 * 1000, SMALL = 1 };

static void add(struct line_sort *sort, struct text line)
{
    struct trouble trouble;
    ck_assert_msg(line_sort_add(sort, line, &trouble) == RESULT_OK, "%s", trouble.words);
}

static bool next(struct line_sort *sort, struct text *line)
{
    struct trouble trouble;
    enum result result = line_sort_next(sort, line, &trouble);
    ck_assert(result == RESULT_OK || result == RESULT_END);
    return result == RESULT_OK;
}

static struct line_sort *sort_new(size_t memory)
{
    struct line_sort *sort = line_sort_new(".", memory);
    ck_assert_ptr_nonnull(sort);
    return sort;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds pseudorandom lines, some of them twice, and compares with what qsort() makes of them. */
static void sorts(size_t memory, unsigned count)
{
    struct line_sort *sort = sort_new(memory);
    char **lines = malloc((count + 1) * sizeof *lines);
    unsigned seed = 1;
    struct text line;
    ck_assert_ptr_nonnull(lines);
    for (unsigned i = 0; i < count; i++) {
        char word[64];
        seed = seed * 1103515245 + 12345;
        int length = snprintf(word, sizeof word, "%x %.*s", seed >> 18, (int)(seed >> 28),
                              "\xff~~~~~~~~~~~~~~~");
        ck_assert_ptr_nonnull(lines[i] = strdup(word));
        add(sort, (struct text){word, (size_t)length});
    }
    qsort(lines, count, sizeof *lines, compare);
    for (unsigned i = 0; i < count; i++) {
        if (i && strcmp(lines[i], lines[i - 1]) == 0)
            continue;
        ck_assert(next(sort, &line));
        ck_assert(text_equal(line, text_of(lines[i])));
    }
    ck_assert(!next(sort, &line));
    ck_assert(!next(sort, &line));
    for (unsigned i = 0; i < count; i++)
        free(lines[i]);
    free(lines);
    line_sort_free(sort);
}

START_TEST(lines_are_sorted_in_memory)
{
    sorts(64 * 1024 * 1024, LINES);
    sorts(SMALL, 1);
    sorts(SMALL, 0);
}
END_TEST

START_TEST(lines_are_sorted_in_parts)
{
    sorts(SMALL, LINES);
    sorts(SMALL, 8 * LINES);
}
END_TEST

START_TEST(a_line_may_be_longer_than_the_memory)
{
    struct line_sort *sort = sort_new(SMALL);
    char *line = malloc(LONG);
    struct text got;
    ck_assert_ptr_nonnull(line);
    memset(line, 'x', LONG);
    for (size_t i = 10; i > 0; i--)
        add(sort, (struct text){line, LONG - i});
    add(sort, TEXT(""));
    add(sort, TEXT("x\n\0x"));
    ck_assert(next(sort, &got));
    ck_assert_uint_eq(got.length, 0);
    ck_assert(next(sort, &got));
    ck_assert(text_equal(got, TEXT("x\n\0x")));
    for (size_t i = 10; i > 0; i--) {
        ck_assert(next(sort, &got));
        ck_assert(text_equal(got, (struct text){line, LONG - i}));
    }
    ck_assert(!next(sort, &got));
    line_sort_free(sort);
    free(line);
}
END_TEST

START_TEST(a_directory_that_is_missing_is_told)
{
    struct line_sort *sort = line_sort_new("./no such directory", SMALL);
    struct trouble trouble;
    enum result result = RESULT_OK;
    ck_assert_ptr_nonnull(sort);
    for (unsigned i = 0; result == RESULT_OK && i < LINES; i++) {
        char word[32];
        int length = snprintf(word, sizeof word, "%u", i);
        result = line_sort_add(sort, (struct text){word, (size_t)length}, &trouble);
    }
    ck_assert_int_eq(result, RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "./no such directory"));
    line_sort_free(sort);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("line_sort");
    TCase *tests = tcase_create("line_sort");
    tcase_add_test(tests, lines_are_sorted_in_memory);
    tcase_add_test(tests, lines_are_sorted_in_parts);
    tcase_add_test(tests, a_line_may_be_longer_than_the_memory);
    tcase_add_test(tests, a_directory_that_is_missing_is_told);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
