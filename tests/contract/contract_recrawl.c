/* The contract of the state kept from round to round. */
#include <config.h>

#include "contract.h"

#include <stdio.h>
#include <string.h>

static const int64_t far_ahead_ms = INT64_C(4000000000000); /* the year 2096 */

/* The clock is the machine's. Rounds begin before its time, or far ahead of it, as after a clock
 * was set back. */
START_TEST(nothing_is_finished_before_its_round_or_after_the_next)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t met, began, host = contract_offer(store, "http://h/", VISIT_PAGE),
                        key = contract_key(store, "http://h/");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/");
    ck_ok(recrawl_state_begin_round(store->recrawl, far_ahead_ms, &met, &trouble));
    ck_ok(progress_number(store->progress, "round_began", &began, &trouble));
    ck_assert_int_eq(began, far_ahead_ms);
    contract_finish(store, "http://h/", STATE_KEPT, 200);
    ck_assert_int_eq(contract_history(store, "http://h/").done_ms, far_ahead_ms);
    ck_ok(queue_ask_again(store->queue, &key, 1, far_ahead_ms, NULL, &trouble));
    ck_assert_int_eq(contract_history(store, "http://h/").state, STATE_KEPT);
    ck_ok(recrawl_state_begin_round(store->recrawl, 1000, &met, &trouble));
    ck_assert_int_eq(contract_history(store, "http://h/").done_ms, 0);
    ck_ok(queue_ask_again(store->queue, &key, 1, 1000, NULL, &trouble));
    ck_assert_int_eq(contract_history(store, "http://h/").state, STATE_WAITING);
    const struct outcome later = {.key = key,
                                  .state = STATE_WAITING,
                                  .not_before_ms = far_ahead_ms};
    ck_ok(queue_finish(store->queue, &later, 1, &trouble));
    ck_assert_ptr_null(contract_take(store, host, 1000, TAKE_ANY));
    ck_ok(recrawl_state_begin_round(store->recrawl, 1000, &met, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1000, TAKE_ANY),
                     "http://h/"); /* no visit waits so long */
    store_close(store);
}
END_TEST

START_TEST(a_round_that_is_rolled_back_has_not_begun)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t met, began;
    contract_offer(store, "http://h/", VISIT_PAGE);
    ck_ok(store_commit(store, &trouble));
    ck_ok(recrawl_state_begin_round(store->recrawl, far_ahead_ms, &met, &trouble));
    store_roll_back(store);
    ck_ok(progress_number(store->progress, "round_began", &began, &trouble));
    ck_assert_int_eq(began, 0);
    contract_finish(store, "http://h/", STATE_KEPT, 200);
    ck_assert_int_lt(contract_history(store, "http://h/").done_ms, far_ahead_ms);
    store_close(store);
}
END_TEST

START_TEST(urls_met_in_a_round_have_numbers_after_its_beginning)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t met;
    contract_offer(store, "http://h/before", VISIT_PAGE);
    ck_ok(recrawl_state_begin_round(store->recrawl, 1000, &met, &trouble));
    contract_offer(store, "http://h/after", VISIT_PAGE);
    contract_offer(store, "http://h/before", VISIT_PAGER);
    ck_assert_int_lt(contract_history(store, "http://h/before").met, met);
    ck_assert_int_ge(contract_history(store, "http://h/after").met, met);
    store_close(store);
}
END_TEST

static struct held_capture some_capture(void)
{
    return (struct held_capture){.etag = "W/\"x\"",
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
}

START_TEST(the_history_of_a_url_is_returned)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct url_history history;
    struct buf url;
    buf_init(&url, 1000);
    struct visit visit = {.key = 5,
                          .kind = VISIT_PAGER,
                          .period = 20200000,
                          .url = TEXT("http://h/page/2"),
                          .via_key = contract_key(store, "http://h/")};
    ck_assert_int_eq(recrawl_state_history(store->recrawl, 5, &history, &url, &trouble),
                     RESULT_END);
    visit.host = contract_offer(store, "http://h/", VISIT_SEED);
    ck_assert_int_eq(contract_history(store, "http://h/").via_kind, VISIT_KINDS);
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    ck_ok(recrawl_state_history(store->recrawl, 5, &history, &url, &trouble));
    ck_assert_int_eq(history.key, 5);
    ck_assert_int_eq(history.kind, VISIT_PAGER);
    ck_assert_int_eq(history.via_kind, VISIT_SEED);
    ck_assert_int_eq(history.state, STATE_WAITING);
    ck_assert_int_eq(history.done_ms, 0);
    ck_assert_int_eq(history.period, 20200000);
    ck_assert_int_eq(history.status, 0);
    ck_assert_int_eq(history.listed_ms, 0);
    const struct held_capture capture = some_capture();
    const struct held_entry entry = {5, &capture};
    struct list_date date = {.key = 5, .dated_ms = 99};
    ck_ok(recrawl_state_keep_held(store->recrawl, &entry, 1, &trouble));
    ck_ok(recrawl_state_note_dates(store->recrawl, &date, 1, &trouble));
    const struct outcome done = {.key = 5, .state = STATE_KEPT, .status = 206};
    ck_ok(queue_finish(store->queue, &done, 1, &trouble));
    ck_assert(text_equal(history.url, TEXT("http://h/page/2")));
    ck_ok(recrawl_state_history(store->recrawl, 5, &history, NULL, &trouble));
    ck_assert_int_eq(history.state, STATE_KEPT);
    ck_assert_int_gt(history.done_ms, 0);
    ck_assert_int_eq(history.status, 200); /* of the held capture */
    ck_assert_int_eq(history.changed_ms, 77);
    ck_assert_int_eq(history.dated_ms, 88);
    ck_assert_int_eq(history.listed_ms, 99);
    ck_assert_uint_eq(history.url.length, 0);
    buf_release(&url);
    store_close(store);
}
END_TEST

static void write_key(void *context, const struct url_history *history)
{
    buf_printf(context, "%d:%.*s ", (int)history->key, TEXT_ARGS(history->url));
}

START_TEST(histories_come_in_batches)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    buf_init(&out, 1000);
    int64_t keys[] = {8, 3, 77, 5};
    struct visit visits[] = {{.key = 3, .kind = VISIT_PAGE, .host = 1, .url = TEXT("c")},
                             {.key = 5, .kind = VISIT_PAGE, .host = 1, .url = TEXT("e")},
                             {.key = 8, .kind = VISIT_PAGE, .host = 1, .url = TEXT("h")}};
    ck_ok(queue_offer(store->queue, visits, 3, NULL, &trouble));
    ck_ok(recrawl_state_each_history(store->recrawl, keys, 4, write_key, &out, &trouble));
    ck_assert_str_eq(out.data, "8: 3: 5: ");
    buf_clear(&out);
    ck_ok(recrawl_state_each_history(store->recrawl, keys, 0, write_key, &out, &trouble));
    ck_assert_uint_eq(out.length, 0);
    ck_ok(recrawl_state_each_history(store->recrawl, NULL, 0, write_key, &out, &trouble));
    ck_assert_uint_eq(out.length, 0); /* none is captured */
    const struct outcome outcomes[] = {{.key = 5, .state = STATE_KEPT, .status = 404},
                                       {.key = 3, .state = STATE_BROKEN}};
    ck_ok(queue_finish(store->queue, outcomes, 2, &trouble));
    ck_ok(recrawl_state_each_history(store->recrawl, NULL, 0, write_key, &out, &trouble));
    ck_assert_str_eq(out.data, "5:e ");
    buf_release(&out);
    store_close(store);
}
END_TEST

START_TEST(how_a_url_was_found_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct provenance seed, provenance;
    struct buf one, other;
    buf_init(&one, 1000);
    buf_init(&other, 1000);
    struct visit visit = {.key = 5,
                          .kind = VISIT_PAGE,
                          .hops = "LLR",
                          .url = TEXT("http://h/post"),
                          .via_key = contract_key(store, "http://h/")};
    ck_assert_int_eq(recrawl_state_provenance(store->recrawl, 5, &provenance, &one, &trouble),
                     RESULT_END);
    visit.host = contract_offer(store, "http://h/", VISIT_SEED);
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    const struct outcome later = {5, STATE_WAITING, 503, 2, 12345, "try later", 0};
    ck_ok(queue_finish(store->queue, &later, 1, &trouble));
    ck_ok(recrawl_state_provenance(store->recrawl, 5, &provenance, &one, &trouble));
    ck_ok(recrawl_state_provenance(store->recrawl, visit.via_key, &seed, &other, &trouble));
    ck_assert(text_equal(provenance.via, TEXT("http://h/")));
    ck_assert(text_equal(provenance.hops, TEXT("LLR")));
    ck_assert(text_equal(provenance.reason, TEXT("try later")));
    ck_assert_int_eq(provenance.attempts, 2);
    ck_assert_int_eq(provenance.not_before_ms, 12345);
    ck_assert(!seed.via.length && !seed.hops.length && !seed.reason.length);
    buf_release(&one);
    buf_release(&other);
    store_close(store);
}
END_TEST

START_TEST(held_captures_are_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct held_capture got, kept = some_capture(), other = {.status = 404};
    const struct held_entry entries[] = {{1, &kept}, {2, &other}, {1, &other}};
    const struct held_entry none[] = {{1, NULL}, {3, NULL}};
    struct buf url, second;
    buf_init(&url, 1000);
    buf_init(&second, 1000);
    other.original_url = TEXT("");
    ck_assert_int_eq(recrawl_state_held(store->recrawl, 1, &got, &url, &trouble), RESULT_END);
    ck_ok(recrawl_state_keep_held(store->recrawl, entries, 2, &trouble));
    ck_ok(recrawl_state_held(store->recrawl, 1, &got, &url, &trouble));
    ck_assert_str_eq(got.etag, kept.etag);
    ck_assert_str_eq(got.modified, kept.modified);
    ck_assert_str_eq(got.digest, kept.digest);
    ck_assert_str_eq(got.original_id, kept.original_id);
    ck_assert_str_eq(got.original_date, kept.original_date);
    ck_assert_int_eq(got.status, 200);
    ck_assert_int_eq(got.checks, 3);
    ck_assert_int_eq(got.changes, 1);
    ck_assert_int_eq(got.changed_ms, 77);
    ck_assert_int_eq(got.dated_ms, 88);
    struct text kept_url = got.original_url;
    ck_ok(recrawl_state_held(store->recrawl, 2, &got, &second, &trouble));
    ck_assert_int_eq(got.status, 404);
    ck_assert_str_eq(got.etag, "");
    ck_assert(text_equal(kept_url, kept.original_url)); /* it is in the caller's buffer */
    ck_ok(recrawl_state_keep_held(store->recrawl, &entries[2], 1, &trouble));
    ck_ok(recrawl_state_held(store->recrawl, 1, &got, &url, &trouble));
    ck_assert_int_eq(got.status, 404);
    ck_ok(recrawl_state_keep_held(store->recrawl, none, 2, &trouble));
    ck_assert_int_eq(recrawl_state_held(store->recrawl, 1, &got, &url, &trouble), RESULT_END);
    ck_ok(recrawl_state_held(store->recrawl, 2, &got, &second, &trouble)); /* the others stay */
    buf_release(&url);
    buf_release(&second);
    store_close(store);
}
END_TEST

START_TEST(the_latest_date_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t dated;
    struct list_date dates[] = {{1, 100, -1}, {1, 90, -1}, {1, 200, -1}, {2, 50, -1}};
    ck_ok(recrawl_state_date(store->recrawl, 1, &dated, &trouble));
    ck_assert_int_eq(dated, 0);
    ck_ok(recrawl_state_note_dates(store->recrawl, dates, 4, &trouble));
    ck_assert_int_eq(dates[0].known_ms, 0);
    ck_assert_int_eq(dates[1].known_ms, 100);
    ck_assert_int_eq(dates[2].known_ms, 100);
    ck_assert_int_eq(dates[3].known_ms, 0);
    ck_ok(recrawl_state_date(store->recrawl, 1, &dated, &trouble));
    ck_assert_int_eq(dated, 200);
    ck_ok(recrawl_state_note_dates(store->recrawl, dates, 1, &trouble));
    ck_assert_int_eq(dates[0].known_ms, 200);
    ck_ok(recrawl_state_date(store->recrawl, 1, &dated, &trouble));
    ck_assert_int_eq(dated, 200);
    store_close(store);
}
END_TEST

START_TEST(lists_keep_what_they_named)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf names;
    int64_t keys[] = {-5, 0, 1LL << 62};
    const struct text bytes = {(const char *)keys, sizeof keys};
    buf_init(&names, 1000);
    ck_assert_int_eq(recrawl_state_list_names(store->recrawl, 7, &names, &trouble), RESULT_END);
    ck_ok(recrawl_state_keep_list_names(store->recrawl, 7, bytes, &trouble));
    ck_ok(recrawl_state_keep_list_names(store->recrawl, 8, TEXT(""), &trouble));
    ck_ok(recrawl_state_list_names(store->recrawl, 7, &names, &trouble));
    ck_assert_uint_eq(names.length, sizeof keys);
    ck_assert_mem_eq(names.data, keys, sizeof keys);
    ck_ok(recrawl_state_list_names(store->recrawl, 8, &names, &trouble));
    ck_assert_uint_eq(names.length, 0);
    ck_ok(recrawl_state_keep_list_names(store->recrawl, 7, text_first(bytes, 8), &trouble));
    ck_ok(recrawl_state_list_names(store->recrawl, 7, &names, &trouble));
    ck_assert_uint_eq(names.length, 8);
    buf_release(&names);
    store_close(store);
}
END_TEST

START_TEST(a_buffer_that_is_too_small_is_reported)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct url_history history;
    struct buf url;
    buf_init(&url, 4);
    contract_offer(store, "http://h/", VISIT_PAGE);
    ck_assert_int_eq(recrawl_state_history(store->recrawl, contract_key(store, "http://h/"),
                                           &history, &url, &trouble),
                     RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "no memory"));
    buf_release(&url);
    store_close(store);
}
END_TEST

TCase *contract_recrawl(void)
{
    TCase *tests = tcase_create("recrawl");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, nothing_is_finished_before_its_round_or_after_the_next, 0, STORES);
    tcase_add_loop_test(tests, a_round_that_is_rolled_back_has_not_begun, 0, STORES);
    tcase_add_loop_test(tests, urls_met_in_a_round_have_numbers_after_its_beginning, 0, STORES);
    tcase_add_loop_test(tests, the_history_of_a_url_is_returned, 0, STORES);
    tcase_add_loop_test(tests, histories_come_in_batches, 0, STORES);
    tcase_add_loop_test(tests, how_a_url_was_found_is_kept, 0, STORES);
    tcase_add_loop_test(tests, held_captures_are_kept, 0, STORES);
    tcase_add_loop_test(tests, the_latest_date_is_kept, 0, STORES);
    tcase_add_loop_test(tests, lists_keep_what_they_named, 0, STORES);
    tcase_add_loop_test(tests, a_buffer_that_is_too_small_is_reported, 0, STORES);
    return tests;
}
