/* Lists that may be larger than memory: growing, keeping what is in them, and sorting. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/spilled.h"

enum { FEW = 1000, MANY = 1000000 };

struct item {
    uint64_t key, number;
};

static int order(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* Fills a list with keys in no order. */
static void fill(struct spilled *list, size_t count)
{
    uint64_t key = 1;
    for (size_t i = 0; i < count; i++) {
        ck_assert(spilled_grow(list, (i + 1) * sizeof(struct item)));
        key = key * UINT64_C(6364136223846793005) + 1442695040888963407u;
        ((struct item *)(void *)list->at)[i] = (struct item){key >> 40, i};
        spilled_touch(list, sizeof(struct item));
    }
}

/* Every item is there once, and in order. */
static void check_sorted(const struct spilled *list, size_t count)
{
    const struct item *items = (const struct item *)(const void *)list->at;
    unsigned char *seen = calloc(count, 1);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_lt(items[i].number, count);
        ck_assert(!seen[items[i].number]);
        seen[items[i].number] = 1;
        ck_assert(!i || items[i - 1].key <= items[i].key);
    }
    free(seen);
}

static void sort_list(struct spill_file *file, size_t count, bool mapped)
{
    struct spilled list;
    spilled_init(&list, file);
    fill(&list, count);
    ck_assert(list.mapped == mapped);
    ck_assert(spilled_sort(&list, count, sizeof(struct item), order));
    check_sorted(&list, count);
    spilled_release(&list);
}

START_TEST(a_short_list_stays_in_memory)
{
    struct spill_file file = spill_file_open();
    ck_assert_int_ge(file.fd, 0);
    sort_list(&file, FEW, false);
    sort_list(&file, 1, false);
    ck_assert_uint_eq(file.lists, 0);
    spill_file_close(&file);
}
END_TEST

START_TEST(a_long_list_is_sorted_in_its_file)
{
    struct spill_file file = spill_file_open();
    sort_list(&file, MANY, true);
    ck_assert_uint_ge(file.lists, 2); /* the list, and the sorted one */
    spill_file_close(&file);
}
END_TEST

START_TEST(without_a_file_all_stays_in_memory)
{
    struct spill_file none = {.fd = -1};
    sort_list(NULL, MANY, false);
    sort_list(&none, MANY, false);
}
END_TEST

START_TEST(two_lists_do_not_meet)
{
    struct spill_file file = spill_file_open();
    struct spilled one, other;
    spilled_init(&one, &file);
    spilled_init(&other, &file);
    fill(&one, MANY / 4);
    fill(&other, MANY / 4);
    fill(&one, MANY / 2);
    ck_assert(one.mapped && other.mapped);
    ck_assert(spilled_sort(&other, MANY / 4, sizeof(struct item), order));
    ck_assert(spilled_sort(&one, MANY / 2, sizeof(struct item), order));
    check_sorted(&one, MANY / 2);
    check_sorted(&other, MANY / 4);
    spilled_release(&one);
    spilled_release(&other);
    spill_file_close(&file);
}
END_TEST

START_TEST(new_bytes_are_zero)
{
    struct spill_file file = spill_file_open();
    struct spilled list;
    spilled_init(&list, &file);
    ck_assert(spilled_grow(&list, 5000));
    ck_assert(spilled_grow(&list, 5000000));
    for (size_t i = 0; i < 5000000; i++)
        ck_assert_int_eq(list.at[i], 0);
    spilled_release(&list);
    spill_file_close(&file);
}
END_TEST

/* A file with holes is longer than such a limit, and the signal would end the program. */
START_TEST(a_limit_of_file_sizes_keeps_lists_in_memory)
{
    const struct rlimit limit = {1 << 20, RLIM_INFINITY};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    struct spill_file file = spill_file_open();
    ck_assert_int_eq(file.fd, -1);
    sort_list(&file, FEW, false);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spilled");
    TCase *tests = tcase_create("spilled");
    tcase_add_test(tests, a_short_list_stays_in_memory);
    tcase_add_test(tests, a_long_list_is_sorted_in_its_file);
    tcase_add_test(tests, without_a_file_all_stays_in_memory);
    tcase_add_test(tests, two_lists_do_not_meet);
    tcase_add_test(tests, new_bytes_are_zero);
    tcase_add_test(tests, a_limit_of_file_sizes_keeps_lists_in_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
