/* Changes to all parts of a store are kept together or not at all. */
#include <config.h>

#include "contract.h"

#include <string.h>

/* Changes each of the six parts. */
static int64_t change_all(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    const struct held_capture held = {.status = 200, .original_url = TEXT("o")};
    int64_t host = contract_offer(store, url, VISIT_PAGE), key = contract_key(store, url);
    const struct listed_url listed = {key, LISTED_BY_FEED};
    const struct held_entry entry = {key, &held};
    const struct host_state state = {0, 1, 2, true};
    const struct host_robots robots = {200, 3, TEXT("x")};
    struct list_date date = {.key = key, .dated_ms = 9};
    ck_ok(hosts_keep_state(store->hosts, host, &state, &trouble));
    ck_ok(hosts_keep_robots(store->hosts, host, &robots, &trouble));
    ck_ok(recrawl_state_keep_held(store->recrawl, &entry, 1, &trouble));
    ck_ok(recrawl_state_note_dates(store->recrawl, &date, 1, &trouble));
    ck_ok(recrawl_state_keep_list_names(store->recrawl, key, TEXT("12345678"), &trouble));
    ck_ok(completeness_note_listed(store->completeness, &listed, 1, &trouble));
    ck_ok(site_counts_note_archive(store->site_counts, 20200000, 1, &trouble));
    ck_ok(site_counts_note_pages(store->site_counts, TEXT("r"), 1, &trouble));
    const struct failure failure = {.key = key, .rounds = 4};
    ck_ok(failure_state_keep(store->failures, &failure, &trouble));
    ck_ok(progress_set_number(store->progress, "n", 1, &trouble));
    ck_ok(progress_keep_file(store->progress, "f", (struct file_progress){1, 1}, &trouble));
    return key;
}

static void count_call(void *context, int period, int posts)
{
    (void)period;
    (void)posts;
    ++*(int *)context;
}

static void count_row(void *context, struct text series, int pages)
{
    (void)series;
    (void)pages;
    ++*(int *)context;
}

/* How many of these changes are known. */
static int count_known(struct store *store, int64_t key)
{
    struct trouble trouble = trouble_none();
    struct url_history history;
    struct held_capture held;
    struct listed_counts counts;
    struct host_state state;
    struct host_robots robots;
    struct file_progress file;
    struct failure failure;
    struct buf texts;
    int64_t host, number, date;
    int known = 0;
    buf_init(&texts, 1000);
    ck_ok(hosts_number(store->hosts, TEXT("h"), &host, &trouble));
    ck_ok(hosts_state(store->hosts, host, &state, &trouble));
    ck_ok(completeness_count_listed(store->completeness, &counts, &trouble));
    ck_ok(progress_number(store->progress, "n", &number, &trouble));
    ck_ok(progress_file(store->progress, "f", &file, &trouble));
    ck_ok(recrawl_state_date(store->recrawl, key, &date, &trouble));
    ck_ok(site_counts_each_archive(store->site_counts, count_call, &known, &trouble));
    ck_ok(site_counts_each_pages(store->site_counts, count_row, &known, &trouble));
    known += recrawl_state_history(store->recrawl, key, &history, NULL, &trouble) == RESULT_OK;
    known += recrawl_state_held(store->recrawl, key, &held, &texts, &trouble) == RESULT_OK;
    known += recrawl_state_list_names(store->recrawl, key, &texts, &trouble) == RESULT_OK;
    known += hosts_robots(store->hosts, host, &robots, &texts, &trouble) == RESULT_OK;
    known += counts.by[LISTED_BY_FEED].of[STATE_WAITING] == 1;
    known += state.took_ms == 2 && state.is_dead;
    known += failure_state_find(store->failures, key, &failure, &trouble) == RESULT_OK;
    known += number == 1;
    known += file.known_bytes == 1;
    known += date == 9;
    buf_release(&texts);
    return known;
}

START_TEST(what_is_committed_stays)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t key = change_all(store, "http://h/a");
    ck_assert_int_eq(count_known(store, key), 12); /* before the commit too */
    ck_ok(store_commit(store, &trouble));
    ck_ok(store_commit(store, &trouble)); /* nothing changed since */
    store_roll_back(store);
    ck_assert_int_eq(count_known(store, key), 12);
    ck_ok(store_commit_durably(store, &trouble));
    store_roll_back(store);
    ck_assert_int_eq(count_known(store, key), 12);
    store_close(store);
}
END_TEST

START_TEST(what_is_rolled_back_never_happened)
{
    struct store *store = contract_open(_i);
    int64_t key = change_all(store, "http://h/a");
    store_roll_back(store);
    ck_assert_int_eq(count_known(store, key), 0);
    ck_assert_int_eq(change_all(store, "http://h/a"), key);
    ck_assert_int_eq(count_known(store, key), 12); /* and it can be stored again */
    store_roll_back(store);
    store_roll_back(store);
    ck_assert_int_eq(count_known(store, key), 0);
    store_close(store);
}
END_TEST

START_TEST(leases_and_outcomes_are_rolled_back_too)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    ck_ok(store_commit(store, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    contract_finish(store, "http://h/a", STATE_KEPT, 200);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    contract_offer(store, "http://h/a", VISIT_PAGER);
    store_roll_back(store);
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_WAITING);
    ck_assert_int_eq(contract_history(store, "http://h/a").kind, VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    store_close(store);
}
END_TEST

START_TEST(keys_belong_to_the_store_and_are_never_0)
{
    struct store *store = contract_open(_i);
    int64_t key = contract_key(store, "h/"), other = contract_key(store, "h/b");
    ck_assert(key > 0 && other > 0 && key != other);
    ck_assert_int_eq(contract_key(store, "h/"), key);
    ck_assert(store_new_owner() != 0);
    ck_assert(store_new_owner() != store_new_owner());
    store_close(store);
    store_close(NULL);
}
END_TEST

TCase *contract_commits(void)
{
    TCase *tests = tcase_create("commits");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, what_is_committed_stays, 0, STORES);
    tcase_add_loop_test(tests, what_is_rolled_back_never_happened, 0, STORES);
    tcase_add_loop_test(tests, leases_and_outcomes_are_rolled_back_too, 0, STORES);
    tcase_add_loop_test(tests, keys_belong_to_the_store_and_are_never_0, 0, STORES);
    return tests;
}
