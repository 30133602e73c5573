/* Contract of store/queue.h: a visit is leased to one owner, who finishes it. */
#include <config.h>

#include "contract.h"

START_TEST(a_leased_visit_is_given_to_nobody_else)
{
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    store->queue->owner++;
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_WAITING);
    store_close(store);
}
END_TEST

START_TEST(only_its_owner_finishes_a_lease)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    const struct outcome outcomes[] = {
        {.key = contract_key(store, "http://h/a"), .state = STATE_BROKEN},
        {.key = contract_key(store, "http://h/b"), .state = STATE_KEPT, .status = 200}};
    store->queue->owner++;
    ck_assert_int_eq(queue_finish(store->queue, outcomes, 2, &trouble), RESULT_END);
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_WAITING);
    ck_assert_int_eq(contract_history(store, "http://h/b").state, STATE_KEPT);
    store->queue->owner--;
    contract_finish(store, "http://h/a", STATE_KEPT, 200);
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_KEPT);
    store->queue->owner++;
    contract_finish(store, "http://h/a", STATE_BROKEN, 0); /* nobody has leased it any more */
    ck_assert_int_eq(contract_history(store, "http://h/a").state, STATE_BROKEN);
    store_close(store);
}
END_TEST

START_TEST(leases_of_ended_runs_are_taken_back)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_offer(store, "http://h/c", VISIT_PAGE);
    store->queue->owner = 1;
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    store->queue->owner = 2;
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    store->queue->owner = 3;
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/c");
    ck_ok(queue_take_back(store->queue, 7, &trouble)); /* this owner has none */
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    ck_ok(queue_take_back(store->queue, 2, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    ck_ok(queue_take_back(store->queue, QUEUE_OTHERS, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY)); /* its own leases stay */
    ck_ok(queue_take_back(store->queue, 3, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    store_close(store);
}
END_TEST

START_TEST(what_is_taken_back_keeps_its_attempts)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit;
    struct buf texts;
    int64_t ready_ms, host = contract_offer(store, "http://h/a", VISIT_PAGE);
    buf_init(&texts, 1000);
    const struct outcome later = {.key = contract_key(store, "http://h/a"),
                                  .state = STATE_WAITING,
                                  .attempts = 2};
    ck_ok(queue_finish(store->queue, &later, 1, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    store->queue->owner++;
    ck_ok(queue_take_back(store->queue, QUEUE_OTHERS, &trouble));
    const struct take_request request = {host, 1, TAKE_ANY};
    ck_ok(queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble));
    ck_assert_int_eq(visit.attempts, 2);
    buf_release(&texts);
    store_close(store);
}
END_TEST

TCase *contract_leases(void)
{
    TCase *tests = tcase_create("leases");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, a_leased_visit_is_given_to_nobody_else, 0, STORES);
    tcase_add_loop_test(tests, only_its_owner_finishes_a_lease, 0, STORES);
    tcase_add_loop_test(tests, leases_of_ended_runs_are_taken_back, 0, STORES);
    tcase_add_loop_test(tests, what_is_taken_back_keeps_its_attempts, 0, STORES);
    return tests;
}
