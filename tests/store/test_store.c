#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

static char directory[] = "/tmp/warccap-store-XXXXXX";

static void path_of(char path[64])
{
    snprintf(path, 64, "%s/store.db", directory);
}

static struct store *open_store(void)
{
    char path[64];
    struct store *store;
    struct trouble trouble;
    path_of(path);
    ck_assert_msg(store_open(&store, path, &trouble) == RESULT_OK, "%s", trouble.words);
    return store;
}

static void begin(void)
{
    strcpy(directory, "/tmp/warccap-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static int64_t offer(struct store *store, const char *url, enum visit_kind kind)
{
    struct trouble trouble;
    bool is_new;
    struct visit visit = {.kind = kind, .url = text_of(url), .key = store_key(store, text_of(url))};
    ck_assert_int_eq(store_host(store, TEXT("h"), &visit.host, &trouble), RESULT_OK);
    ck_assert_int_eq(store_offer(store, &visit, &is_new, &trouble), RESULT_OK);
    return visit.host;
}

static bool take(struct store *store, int64_t host, const char *url)
{
    struct trouble trouble;
    struct visit visit;
    int64_t ready;
    return store_take(store, host, 1000, false, &visit, &ready, &trouble) == RESULT_OK &&
           text_equal(visit.url, text_of(url));
}

START_TEST(lists_come_before_posts_and_each_once)
{
    struct store *store = open_store();
    int64_t host = offer(store, "http://h/post", VISIT_PAGE);
    offer(store, "http://h/2021/", VISIT_ARCHIVE);
    offer(store, "http://h/older", VISIT_PAGE);
    offer(store, "http://h/older", VISIT_PAGER); /* now it is known to be more */
    ck_assert(take(store, host, "http://h/older"));
    ck_assert(take(store, host, "http://h/2021/"));
    ck_assert(take(store, host, "http://h/post"));
    ck_assert(!take(store, host, ""));
    store_close(store);
}
END_TEST

START_TEST(leases_end_with_the_process_and_what_is_done_stays_done)
{
    struct trouble trouble;
    struct store *store = open_store();
    ck_assert(store_is_new(store));
    int64_t host = offer(store, "http://h/a", VISIT_PAGE);
    offer(store, "http://h/b", VISIT_PAGE);
    ck_assert(take(store, host, "http://h/a"));
    ck_assert(take(store, host, "http://h/b"));
    struct outcome done = {.key = store_key(store, TEXT("http://h/a")),
                           .state = STATE_CAPTURED,
                           .status = 200};
    ck_assert_int_eq(store_finish(store, &done, &trouble), RESULT_OK);
    store_close(store);
    store = open_store();
    ck_assert(!store_is_new(store));
    ck_assert(store_surely_knows(store, done.key, VISIT_PAGE));
    ck_assert(!store_surely_knows(store, done.key, VISIT_PAGER));
    ck_assert(take(store, host, "http://h/b"));
    ck_assert(!take(store, host, ""));
    store_close(store);
}
END_TEST

START_TEST(retries_wait_for_their_time)
{
    struct trouble trouble;
    struct visit visit;
    int64_t ready;
    struct store *store = open_store();
    int64_t host = offer(store, "http://h/a", VISIT_PAGE);
    ck_assert(take(store, host, "http://h/a"));
    struct outcome later = {.key = store_key(store, TEXT("http://h/a")),
                            .state = STATE_WAITING,
                            .attempts = 1,
                            .not_before_ms = 5000};
    ck_assert_int_eq(store_finish(store, &later, &trouble), RESULT_OK);
    ck_assert_int_eq(store_take(store, host, 4999, false, &visit, &ready, &trouble), RESULT_END);
    ck_assert_int_eq(ready, 5000);
    ck_assert_int_eq(store_take(store, host, 5000, false, &visit, &ready, &trouble), RESULT_OK);
    ck_assert_int_eq(visit.attempts, 1);
    store_close(store);
}
END_TEST

START_TEST(what_was_captured_is_asked_for_again_once)
{
    struct trouble trouble;
    struct store *store = open_store();
    int64_t host = offer(store, "http://h/", VISIT_SEED), asked,
            key = store_key(store, TEXT("http://h/"));
    struct buf name;
    buf_init(&name, 1000);
    ck_assert_int_eq(store_ask_again(store, key, INT64_MAX, &asked, &name, &trouble),
                     RESULT_END); /* it waits */
    struct outcome done = {.key = key, .state = STATE_CAPTURED, .status = 200};
    ck_assert_int_eq(store_finish(store, &done, &trouble), RESULT_OK);
    ck_assert(!take(store, host, ""));
    struct url_history history;
    struct buf url;
    buf_init(&url, 1000);
    ck_assert_int_eq(store_url_history(store, key, &history, &url, &trouble), RESULT_OK);
    ck_assert_int_eq(history.state, STATE_CAPTURED);
    ck_assert_int_eq(history.kind, VISIT_SEED);
    ck_assert_int_eq(history.via_kind, VISIT_KINDS);
    ck_assert(text_equal(history.url, TEXT("http://h/")));
    ck_assert_int_eq(store_ask_again(store, key, history.done_ms, &asked, &name, &trouble),
                     RESULT_END); /* captured since */
    ck_assert_int_eq(store_ask_again(store, key, history.done_ms + 1, &asked, &name, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(asked, host);
    ck_assert(text_equal(buf_text(&name), TEXT("h")));
    ck_assert(take(store, host, "http://h/"));
    ck_assert_int_eq(store_ask_again(store, key + 1, INT64_MAX, &asked, &name, &trouble),
                     RESULT_END); /* not known */
    store_close(store);
}
END_TEST

/* The clock is of this machine; rounds begin before it, or far ahead of it, as under a clock that
 * was set back. */
START_TEST(nothing_is_finished_before_its_round_or_after_the_next)
{
    struct store *store = open_store();
    struct trouble trouble;
    struct url_history history;
    int64_t far = INT64_C(4000000000000), number;
    struct buf name;
    buf_init(&name, 1000);
    int64_t host = offer(store, "http://h/", VISIT_PAGE), key = store_key(store, TEXT("http://h/"));
    struct outcome done = {.key = key, .state = STATE_CAPTURED, .status = 200, .attempts = 1};
    ck_assert(take(store, host, "http://h/"));
    ck_assert_int_eq(store_begin_round(store, far, &trouble), RESULT_OK);
    ck_assert_int_eq(store_finish(store, &done, &trouble), RESULT_OK);
    ck_assert_int_eq(store_url_history(store, key, &history, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(history.done_ms, far);
    ck_assert_int_eq(store_ask_again(store, key, far, &number, &name, &trouble),
                     RESULT_END); /* not twice in a round */
    store_close(store);
    store = open_store(); /* a killed run's round goes on */
    ck_assert_int_eq(store_finish(store, &done, &trouble), RESULT_OK);
    ck_assert_int_eq(store_url_history(store, key, &history, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(history.done_ms, far);
    ck_assert_int_eq(store_begin_round(store, 1000, &trouble), RESULT_OK);
    ck_assert_int_eq(store_url_history(store, key, &history, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(history.done_ms, 0);
    ck_assert_int_eq(store_ask_again(store, key, 1000, &number, &name, &trouble), RESULT_OK);
    struct outcome later = {.key = key, .state = STATE_WAITING, .not_before_ms = far};
    ck_assert_int_eq(store_finish(store, &later, &trouble), RESULT_OK);
    ck_assert(!take(store, host, "http://h/"));
    ck_assert_int_eq(store_begin_round(store, 1000, &trouble), RESULT_OK);
    ck_assert(take(store, host, "http://h/")); /* nobody waits for the year 2096 */
    store_close(store);
}
END_TEST

static void count_change(void *context, int change, enum visit_kind kind, struct text url,
                         struct text target)
{
    *(int *)context += change == 5 && kind == VISIT_PAGE && text_equal(url, TEXT("http://h/a")) &&
                       text_equal(target, TEXT("http://h/b"));
}

START_TEST(changes_are_kept_until_they_are_told)
{
    struct store *store = open_store();
    struct trouble trouble;
    int count = 0;
    ck_assert_int_eq(store_note_untold(store, 5, VISIT_PAGE, TEXT("http://h/a"), TEXT("http://h/b"),
                                       &trouble),
                     RESULT_OK);
    store_close(store);
    store = open_store();
    ck_assert_int_eq(store_each_untold(store, count_change, &count, &trouble), RESULT_OK);
    ck_assert_int_eq(count, 1);
    ck_assert_int_eq(store_all_told(store, &trouble), RESULT_OK);
    ck_assert_int_eq(store_each_untold(store, count_change, &count, &trouble), RESULT_OK);
    ck_assert_int_eq(count, 1);
    store_close(store);
}
END_TEST

START_TEST(what_is_held_is_kept)
{
    struct trouble trouble;
    struct store *store = open_store();
    struct held_capture got, kept = {.etag = "W/\"x\"",
                                     .modified = "Mon, 05 Jan 2026 00:00:00 GMT",
                                     .digest = "sha1:A",
                                     .original_id = "<urn:uuid:1>",
                                     .original_date = "2026-01-05T00:00:00.000Z",
                                     .original_url = TEXT("http://h/other"),
                                     .status = 200,
                                     .checks = 3,
                                     .changes = 1,
                                     .changed_ms = 77,
                                     .dated_ms = 88};
    struct buf url;
    buf_init(&url, 1000);
    offer(store, "http://h/", VISIT_SEED);
    int64_t key = store_key(store, TEXT("http://h/")), dated;
    ck_assert_int_eq(store_held_capture(store, key, &got, &url, &trouble), RESULT_END);
    ck_assert_int_eq(store_keep_held_capture(store, key, &kept, &trouble), RESULT_OK);
    ck_assert_int_eq(store_date(store, key, &dated, &trouble), RESULT_OK);
    ck_assert_int_eq(dated, 0);
    ck_assert_int_eq(store_keep_date(store, key, 99, &trouble), RESULT_OK);
    store_close(store);
    store = open_store();
    ck_assert_int_eq(store_held_capture(store, key, &got, &url, &trouble), RESULT_OK);
    ck_assert_str_eq(got.etag, kept.etag);
    ck_assert_str_eq(got.modified, kept.modified);
    ck_assert_str_eq(got.digest, kept.digest);
    ck_assert_str_eq(got.original_id, kept.original_id);
    ck_assert_str_eq(got.original_date, kept.original_date);
    ck_assert(text_equal(got.original_url, kept.original_url));
    struct url_history history;
    ck_assert_int_eq(store_url_history(store, key, &history, NULL, &trouble), RESULT_OK);
    ck_assert_int_eq(history.status, 200);
    ck_assert_int_eq(history.changed_ms, 77);
    ck_assert_int_eq(history.dated_ms, 88);
    ck_assert_int_eq(history.said_ms, 99);
    store_close(store);
}
END_TEST

START_TEST(another_version_is_refused_with_words)
{
    char path[64];
    path_of(path);
    struct trouble trouble = trouble_none();
    struct store *store = open_store();
    ck_assert_int_eq(store_set_number(store, "schema", 3, &trouble), RESULT_OK);
    store_close(store);
    ck_assert_int_eq(store_open(&store, path, &trouble), RESULT_BROKEN);
    ck_assert(strstr(trouble.words, "another version") &&
              strstr(trouble.words, "rebuilt from archive/"));
    ck_assert_int_eq(store_open_to_read(&store, path, &trouble), RESULT_BROKEN);
    ck_assert(strstr(trouble.words, "another version"));
}
END_TEST

START_TEST(a_store_is_read_beside_nobody)
{
    char path[64];
    path_of(path);
    struct trouble trouble = trouble_none();
    struct url_refusal refusal;
    struct buf texts, other;
    buf_init(&texts, 1000);
    buf_init(&other, 1000);
    struct provenance provenance;
    struct store *writing = open_store(), *reading;
    offer(writing, "http://h/", VISIT_SEED);
    int64_t key = store_key(writing, TEXT("http://h/"));
    ck_assert_int_eq(store_refuse(writing, 5, TEXT("http://h/trap"), URL_RULE_PRINT, key, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(store_commit(writing, &trouble), RESULT_OK);
    ck_assert_int_eq(store_open_to_read(&reading, path, &trouble), RESULT_AGAIN);
    ck_assert(strstr(trouble.words, "in use by a run"));
    store_close(writing);
    ck_assert_int_eq(store_open_to_read(&reading, path, &trouble), RESULT_OK);
    ck_assert_int_eq(store_key(reading, TEXT("http://h/")), key);
    ck_assert_int_eq(store_provenance(reading, key, &provenance, &texts, &trouble), RESULT_OK);
    ck_assert_uint_eq(provenance.via.length, 0);
    ck_assert_int_eq(store_refusal(reading, 5, &refusal, &other, &trouble), RESULT_OK);
    ck_assert(refusal.rule == URL_RULE_PRINT && text_equal(refusal.via, TEXT("http://h/")));
    ck_assert_int_eq(store_refusal(reading, 6, &refusal, &other, &trouble), RESULT_END);
    buf_release(&texts);
    buf_release(&other);
    store_close(reading);
}
END_TEST

START_TEST(lists_keep_what_they_named)
{
    struct trouble trouble;
    struct store *store = open_store();
    struct buf names;
    buf_init(&names, 1000);
    int64_t keys[] = {-5, 0, 1LL << 62};
    ck_assert_int_eq(store_list_names(store, 7, &names, &trouble), RESULT_END);
    ck_assert_int_eq(store_keep_list_names(store, 7, (struct text){(const char *)keys, sizeof keys},
                                           &trouble),
                     RESULT_OK);
    ck_assert_int_eq(store_keep_list_names(store, 8, TEXT(""), &trouble), RESULT_OK);
    ck_assert_int_eq(store_list_names(store, 8, &names, &trouble), RESULT_OK);
    ck_assert_uint_eq(names.length, 0);
    ck_assert_int_eq(store_list_names(store, 7, &names, &trouble), RESULT_OK);
    ck_assert_uint_eq(names.length, sizeof keys);
    ck_assert_mem_eq(names.data, keys, sizeof keys);
    buf_release(&names);
    store_close(store);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *tests = tcase_create("sqlite");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, lists_come_before_posts_and_each_once);
    tcase_add_test(tests, leases_end_with_the_process_and_what_is_done_stays_done);
    tcase_add_test(tests, retries_wait_for_their_time);
    tcase_add_test(tests, what_was_captured_is_asked_for_again_once);
    tcase_add_test(tests, what_is_held_is_kept);
    tcase_add_test(tests, nothing_is_finished_before_its_round_or_after_the_next);
    tcase_add_test(tests, changes_are_kept_until_they_are_told);
    tcase_add_test(tests, lists_keep_what_they_named);
    tcase_add_test(tests, another_version_is_refused_with_words);
    tcase_add_test(tests, a_store_is_read_beside_nobody);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
