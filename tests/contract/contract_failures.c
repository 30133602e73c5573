/* The contract of the failures. */
#include <config.h>

#include "contract.h"

#include <stdio.h>

#include "web/failure_way.h"

static void finish_failed(struct store *store, const char *url, int way)
{
    struct trouble trouble = trouble_none();
    const struct outcome outcome = {
        .key = contract_key(store, url), .state = STATE_BROKEN, .way = way, .reason = "why"};
    ck_ok(queue_finish(store->queue, &outcome, 1, &trouble));
}

static struct failure failure_of(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct failure failure;
    ck_ok(failure_state_find(store->failures, contract_key(store, url), &failure, &trouble));
    return failure;
}

START_TEST(the_way_of_a_failure_is_noted)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct failure failure;
    int64_t key = contract_key(store, "http://h/a");
    contract_offer(store, "http://h/a", VISIT_REQUISITE);
    ck_assert_int_eq(failure_state_find(store->failures, key, &failure, &trouble), RESULT_END);
    finish_failed(store, "http://h/a", WAY_NAME);
    failure = failure_of(store, "http://h/a");
    ck_assert_int_eq(failure.key, key);
    ck_assert_int_eq(failure.way, WAY_NAME);
    ck_assert(!failure.rounds && !failure.counted_way && !failure.known_dead);
    finish_failed(store, "http://h/a", WAY_TLS);
    ck_assert_int_eq(failure_of(store, "http://h/a").way, WAY_TLS);
    contract_offer(store, "http://h/b", VISIT_REQUISITE);
    contract_finish(store, "http://h/b", STATE_KEPT, 200);
    ck_assert_int_eq(failure_state_find(store->failures, contract_key(store, "http://h/b"),
                                        &failure, &trouble),
                     RESULT_END);
    store_close(store);
}
END_TEST

START_TEST(a_history_is_kept_and_a_new_failure_leaves_it)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    contract_offer(store, "http://h/a", VISIT_REQUISITE);
    const struct failure kept = {contract_key(store, "http://h/a"), 1, 2, 3, 4, 5, 6, 7, true};
    ck_ok(failure_state_keep(store->failures, &kept, &trouble));
    finish_failed(store, "http://h/a", 9);
    struct failure failure = failure_of(store, "http://h/a");
    ck_assert_int_eq(failure.way, 9);
    ck_assert_int_eq(failure.counted_way, 2);
    ck_assert_int_eq(failure.rounds, 3);
    ck_assert_int_eq(failure.same_rounds, 4);
    ck_assert_int_eq(failure.since_ms, 5);
    ck_assert_int_eq(failure.round_ms, 6);
    ck_assert_int_eq(failure.not_until_ms, 7);
    ck_assert(failure.known_dead);
    ck_ok(failure_state_forget(store->failures, kept.key, &trouble));
    ck_ok(failure_state_forget(store->failures, kept.key, &trouble)); /* it need not be known */
    ck_assert_int_eq(failure_state_find(store->failures, kept.key, &failure, &trouble), RESULT_END);
    store_close(store);
}
END_TEST

struct seen {
    int64_t last;
    int count, captured;
};

static void see(void *context, const struct failed_visit *visit)
{
    struct seen *seen = context;
    ck_assert(visit->failure.key > seen->last);
    ck_assert(text_starts(visit->url, TEXT("http://h/")));
    ck_assert_int_eq(visit->kind, VISIT_REQUISITE);
    seen->last = visit->failure.key;
    seen->count++;
    seen->captured += visit->state == STATE_KEPT && visit->status == 200;
}

START_TEST(failures_are_listed_by_key)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct seen seen = {0};
    char url[32];
    const struct failure unknown = {.key = 12345};
    for (int i = 0; i < 10; i++) {
        snprintf(url, sizeof url, "http://h/%d", i);
        contract_offer(store, url, VISIT_REQUISITE);
        finish_failed(store, url, WAY_CUT);
    }
    ck_ok(failure_state_keep(store->failures, &unknown, &trouble)); /* the queue lacks it */
    contract_finish(store, "http://h/3", STATE_KEPT, 200);
    ck_ok(failure_state_each(store->failures, 0, 7, see, &seen, &trouble));
    ck_assert_int_eq(seen.count, 7);
    ck_ok(failure_state_each(store->failures, seen.last, 7, see, &seen, &trouble));
    ck_assert_int_eq(seen.count, 10);
    ck_assert_int_eq(seen.captured, 1);
    store_close(store);
}
END_TEST

static void count(void *context, const struct listed_visit *visit)
{
    int *counted = context;
    ck_assert_int_eq(visit->failure.way, WAY_CUT);
    ++*counted;
}

START_TEST(what_is_known_dead_is_listed_apart_and_put_off)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int failed = 0, dead = 0;
    int64_t host = contract_offer(store, "http://h/a", VISIT_REQUISITE);
    contract_offer(store, "http://h/b", VISIT_REQUISITE);
    finish_failed(store, "http://h/a", WAY_CUT);
    finish_failed(store, "http://h/b", WAY_CUT);
    struct failure failure = failure_of(store, "http://h/a");
    failure.known_dead = true;
    failure.not_until_ms = 1000;
    ck_ok(failure_state_keep(store->failures, &failure, &trouble));
    ck_ok(known_urls_each(store->known, LISTING_FAILED, 9, count, &failed, &trouble));
    ck_ok(known_urls_each(store->known, LISTING_KNOWN_DEAD, 9, count, &dead, &trouble));
    ck_assert(failed == 1 && dead == 1);
    ck_ok(queue_retry_failed(store->queue, 999, &trouble));
    ck_assert_str_eq(contract_take(store, host, 2000, TAKE_ANY), "http://h/b");
    ck_assert_ptr_null(contract_take(store, host, 2000, TAKE_ANY));
    ck_ok(queue_retry_failed(store->queue, 1000, &trouble));
    ck_assert_str_eq(contract_take(store, host, 2000, TAKE_ANY), "http://h/a");
    finish_failed(store, "http://h/a", WAY_CUT);
    ck_ok(queue_retry_failed(store->queue, 10, &trouble));
    ck_assert_ptr_null(contract_take(store, host, 2000, TAKE_ANY));
    ck_ok(queue_retry_failed(store->queue, QUEUE_RETRY_ALL, &trouble));
    ck_assert_str_eq(contract_take(store, host, 2000, TAKE_ANY), "http://h/a");
    /* a clock was wrong by years */
    finish_failed(store, "http://h/a", WAY_CUT);
    failure = failure_of(store, "http://h/a");
    failure.not_until_ms = 2000 + QUEUE_WAIT_MOST_MS;
    ck_ok(failure_state_keep(store->failures, &failure, &trouble));
    ck_ok(queue_retry_failed(store->queue, 1999, &trouble));
    ck_assert_str_eq(contract_take(store, host, 2000, TAKE_ANY), "http://h/a");
    store_close(store);
}
END_TEST

TCase *contract_failures(void)
{
    TCase *tests = tcase_create("failures");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, the_way_of_a_failure_is_noted, 0, STORES);
    tcase_add_loop_test(tests, a_history_is_kept_and_a_new_failure_leaves_it, 0, STORES);
    tcase_add_loop_test(tests, failures_are_listed_by_key, 0, STORES);
    tcase_add_loop_test(tests, what_is_known_dead_is_listed_apart_and_put_off, 0, STORES);
    return tests;
}
