/*
 * No statement of the store needs memory for the whole site: none sorts rows, or copies a table,
 * that grows with it (SQLite: EXPLAIN QUERY PLAN).
 */
#include <config.h>

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite_store.h"
#include "store/sqlite_store_internal.h"

/* The words of a plan that need room for each row. */
static const char *const dear[] = {"MATERIALIZE", "USE TEMP B-TREE", "AUTOMATIC"};

/* These sort a part only: the pages of one host of which one is taken, what failed (its keys and
 * times), seeds.  The last is for who forgets a seed. */
static bool may_sort(int number)
{
    return number == SERVED || number == LIST_FAILED || number == LIST_KNOWN_DEAD ||
           number == LIST_SEEDS || number == LIST_FORGOTTEN || number == FORGET_SEED;
}

/* Counts the steps that are dear. */
static int explain(struct sqlite_store *store, int number)
{
    char sql[8192];
    sqlite3_stmt *plan;
    int found = 0;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", sqlite_statements[number]);
    ck_assert_int_eq(sqlite3_prepare_v2(store->db, sql, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *words = (const char *)sqlite3_column_text(plan, 3);
        for (size_t i = 0; i < sizeof dear / sizeof *dear; i++)
            found += strstr(words, dear[i]) != NULL;
        if (found == 1 && !may_sort(number))
            printf("%s\n    %s\n", sqlite_statements[number], words);
    }
    sqlite3_finalize(plan);
    return found;
}

START_TEST(no_statement_sorts_or_copies_the_site)
{
    struct trouble trouble;
    struct store *store;
    char directory[] = "/tmp/test_statements.XXXXXX", path[100];
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/store", directory);
    ck_assert_int_eq(sqlite_store_open(&store, path, 1, &trouble), RESULT_OK);
    struct sqlite_store *inside = (void *)((char *)store - offsetof(struct sqlite_store, store));
    for (int i = 0; i < STATEMENTS; i++)
        if (may_sort(i))
            ck_assert_int_gt(explain(inside, i), 0); /* otherwise it needs no exception */
        else
            ck_assert_int_eq(explain(inside, i), 0);
    store_close(store);
    snprintf(path, sizeof path, "rm -rf %s", directory);
    ck_assert_int_eq(system(path), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("statements");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, no_statement_sorts_or_copies_the_site);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
