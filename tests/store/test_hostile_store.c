/* A state database that is damaged or comes from a stranger: what is read of it is in range, and it
 * runs nothing of its own. */
#include <config.h>

#include <check.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite_store.h"

enum { KEY = 4711 << 4 };

static char directory[64], path[80];
static struct store *store;
static struct trouble trouble;

static void begin(void)
{
    int64_t host;
    strcpy(directory, "/tmp/warccap-hostile-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/store.db", directory);
    ck_assert_int_eq(sqlite_store_open(&store, path, 1, &trouble), RESULT_OK);
    ck_assert_int_eq(hosts_number(store->hosts, TEXT("h"), &host, &trouble), RESULT_OK);
    const struct visit visit = {
        .key = KEY, .host = host, .kind = VISIT_PAGER, .hops = "L", .url = TEXT("http://h/")};
    const struct listed_url listed = {KEY, LISTED_BY_FEED};
    ck_assert_int_eq(queue_offer(store->queue, &visit, 1, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(completeness_note_listed(store->completeness, &listed, 1, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(recrawl_state_keep_list_names(store->recrawl, KEY, TEXT("12345678123"),
                                                   &trouble),
                     RESULT_OK);
    store_close(store);
    store = NULL;
}

static void end(void)
{
    char command[128];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

/* Somebody else changes the file; then it is opened. */
static enum result open_after(const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    return sqlite_store_open(&store, path, 2, &trouble);
}

static struct visit find_visit(void)
{
    struct visit visit;
    struct buf texts;
    buf_init(&texts, 1 << 20);
    ck_assert_int_eq(known_urls_find(store->known, KEY, &visit, &texts, &trouble), RESULT_OK);
    buf_release(&texts);
    return visit;
}

static const char *const changes[] = {
    "UPDATE visit SET kind = 99, depth = -3, attempts = 1e300, period = -9223372036854775808",
    "UPDATE visit SET kind = -1, depth = -1, attempts = 9223372036854775807, period = x'ff'",
    "UPDATE visit SET kind = 'page', depth = '-7', attempts = 5000000000, period = NULL OR -1",
};

START_TEST(numbers_are_in_range)
{
    ck_assert_int_eq(open_after(changes[_i]), RESULT_OK);
    struct visit visit = find_visit();
    ck_assert_int_ge(visit.kind, 0);
    ck_assert_int_lt(visit.kind, VISIT_KINDS);
    ck_assert_int_eq(visit.depth, 0);
    ck_assert_int_eq(visit.attempts, INT_MAX);
    ck_assert_int_ge(visit.period, 0);
}
END_TEST

/* The number for the next URL is one more than the largest. */
START_TEST(the_order_of_urls_has_an_end)
{
    const struct visit visit = {.key = KEY + 16, .host = 1, .kind = VISIT_PAGE};
    ck_assert_int_eq(open_after("UPDATE visit SET met = 9223372036854775807"), RESULT_OK);
    ck_assert_int_eq(queue_offer(store->queue, &visit, 1, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(queue_put_last(store->queue, KEY, &trouble), RESULT_OK);
}
END_TEST

static void see_gap(void *context, const struct listed_gap *gap)
{
    ++*(int *)context;
    ck_assert_ptr_nonnull(list_source_name(gap->source));
}

START_TEST(unknown_lists_are_passed_over)
{
    int gaps = 0;
    ck_assert_int_eq(open_after(
                         "INSERT INTO promise SELECT key, 77 FROM promise;"
                         "INSERT INTO promise SELECT key, -1 FROM promise WHERE source = 77"),
                     RESULT_OK);
    ck_assert_int_eq(completeness_each_gap(store->completeness, 10, see_gap, &gaps, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(gaps, 1);
}
END_TEST

START_TEST(a_list_has_whole_keys)
{
    struct buf names;
    buf_init(&names, 1 << 20);
    ck_assert_int_eq(open_after("UPDATE list SET names = x'010203040506070809'"), RESULT_OK);
    ck_assert_int_eq(recrawl_state_list_names(store->recrawl, KEY, &names, &trouble), RESULT_OK);
    ck_assert_uint_eq(names.length, 8);
    buf_release(&names);
}
END_TEST

START_TEST(triggers_do_not_run)
{
    ck_assert_int_eq(open_after("CREATE TRIGGER t AFTER UPDATE ON visit BEGIN "
                                "UPDATE visit SET kind = 8; END"),
                     RESULT_OK);
    ck_assert_int_eq(queue_put_last(store->queue, KEY, &trouble), RESULT_OK);
    ck_assert_int_eq(find_visit().kind, VISIT_PAGER);
}
END_TEST

/* This one would never end. */
START_TEST(views_are_refused_with_words)
{
    trouble = trouble_none();
    ck_assert_int_ne(open_after(
                         "ALTER TABLE promise RENAME TO p; CREATE VIEW promise AS WITH "
                         "RECURSIVE c(key, source) AS (SELECT 1, 1 UNION ALL SELECT key + 1, "
                         "source FROM c) SELECT * FROM c"),
                     RESULT_OK);
    ck_assert_ptr_null(store);
    ck_assert_uint_gt(strlen(trouble.words), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hostile_store");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_loop_test(all, numbers_are_in_range, 0, (int)(sizeof changes / sizeof *changes));
    tcase_add_test(all, the_order_of_urls_has_an_end);
    tcase_add_test(all, unknown_lists_are_passed_over);
    tcase_add_test(all, a_list_has_whole_keys);
    tcase_add_test(all, triggers_do_not_run);
    tcase_add_test(all, views_are_refused_with_words);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
