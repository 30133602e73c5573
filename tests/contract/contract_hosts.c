/* The contract of the hosts. */
#include <config.h>

#include "contract.h"

#include <stdio.h>
#include <string.h>

START_TEST(a_host_keeps_its_number)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t one, other, again;
    ck_ok(hosts_number(store->hosts, TEXT("h"), &one, &trouble));
    ck_ok(hosts_number(store->hosts, TEXT("h:8080"), &other, &trouble));
    ck_assert(one && other && one != other);
    ck_ok(hosts_number(store->hosts, TEXT("h"), &again, &trouble));
    ck_assert_int_eq(again, one);
    ck_ok(hosts_number(store->hosts, TEXT("h"), &again, &trouble));
    ck_assert_int_eq(again, one);
    store_roll_back(store);
    ck_ok(hosts_number(store->hosts, TEXT("h:8080"), &other, &trouble));
    ck_ok(hosts_number(store->hosts, TEXT("h"), &one, &trouble));
    ck_assert(one && other && one != other);
    store_close(store);
}
END_TEST

static void write_host(void *context, const struct waiting_host *host)
{
    ck_assert(host->host != 0);
    buf_printf(context, "%.*s %d %.*s\n", TEXT_ARGS(host->name), (int)host->waiting,
               TEXT_ARGS(host->url));
}

static const char *waiting(struct store *store)
{
    static struct buf out;
    struct trouble trouble = trouble_none();
    buf_release(&out);
    buf_init(&out, 10000);
    ck_ok(hosts_each_waiting(store->hosts, write_host, &out, &trouble));
    return out.length ? out.data : "";
}

START_TEST(hosts_with_waiting_visits_are_listed)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit = {.kind = VISIT_PAGE, .key = 9, .url = TEXT("http://other/")};
    ck_assert_str_eq(waiting(store), "");
    int64_t host = contract_offer(store, "https://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_offer(store, "https://h/c", VISIT_PAGE);
    ck_assert_str_eq(waiting(store), "h 3 http://h/b\n");
    ck_ok(hosts_number(store->hosts, TEXT("other"), &visit.host, &trouble));
    ck_assert_str_eq(waiting(store), "h 3 http://h/b\n"); /* the other has none */
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "https://h/a");
    ck_assert_str_eq(waiting(store), "h 2 http://h/b\n"); /* a leased visit does not wait */
    contract_finish(store, "http://h/b", STATE_KEPT, 200);
    ck_assert_str_eq(waiting(store), "h 1 https://h/c\n");
    contract_finish(store, "https://h/c", STATE_BROKEN, 0);
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    ck_assert_str_eq(waiting(store), "other 1 http://other/\n");
    store_close(store);
}
END_TEST

START_TEST(robots_txt_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf body, other;
    int64_t host;
    struct host_robots got, robots = {200, 1234, TEXT("User-agent: *\nDisallow: /private")};
    buf_init(&body, 10000);
    buf_init(&other, 10000);
    ck_ok(hosts_number(store->hosts, TEXT("h"), &host, &trouble));
    ck_assert_int_eq(hosts_robots(store->hosts, host, &got, &body, &trouble), RESULT_END);
    ck_assert_int_eq(hosts_robots(store->hosts, host + 1, &got, &body, &trouble), RESULT_END);
    ck_ok(hosts_keep_robots(store->hosts, host, &robots, &trouble));
    ck_ok(hosts_robots(store->hosts, host, &got, &body, &trouble));
    ck_assert_int_eq(got.status, 200);
    ck_assert_int_eq(got.received_ms, 1234);
    ck_assert(text_equal(got.body, robots.body));
    const struct host_robots none = {404, 5678, TEXT("")};
    ck_ok(hosts_keep_robots(store->hosts, host, &none, &trouble));
    ck_assert(text_equal(got.body, robots.body)); /* it is in the caller's buffer */
    ck_ok(hosts_robots(store->hosts, host, &got, NULL, &trouble));
    ck_assert_int_eq(got.status, 404);
    ck_assert_int_eq(got.received_ms, 5678);
    ck_assert_uint_eq(got.body.length, 0);
    buf_release(&body);
    buf_release(&other);
    store_close(store);
}
END_TEST

START_TEST(how_a_host_behaves_is_kept)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host, other;
    struct host_state got = {1, 1, 1, true};
    const struct host_state state = {123456, 3, 250, true};
    ck_ok(hosts_number(store->hosts, TEXT("h"), &host, &trouble));
    ck_ok(hosts_number(store->hosts, TEXT("other"), &other, &trouble));
    ck_ok(hosts_state(store->hosts, host, &got, &trouble));
    ck_assert(!got.leave_until_ms && !got.refusals && !got.took_ms && !got.is_dead);
    ck_ok(hosts_keep_state(store->hosts, host, &state, &trouble));
    ck_ok(hosts_state(store->hosts, other, &got, &trouble));
    ck_assert(!got.leave_until_ms && !got.refusals && !got.took_ms && !got.is_dead);
    ck_ok(hosts_state(store->hosts, host, &got, &trouble));
    ck_assert_int_eq(got.leave_until_ms, 123456);
    ck_assert_int_eq(got.refusals, 3);
    ck_assert_int_eq(got.took_ms, 250);
    ck_assert(got.is_dead);
    got.is_dead = false;
    ck_ok(hosts_keep_state(store->hosts, host, &got, &trouble));
    got.is_dead = true;
    ck_ok(hosts_state(store->hosts, host, &got, &trouble));
    ck_assert(!got.is_dead);
    ck_assert_int_eq(got.refusals, 3);
    store_close(store);
}
END_TEST

START_TEST(a_host_has_robots_txt_and_state_side_by_side)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host;
    struct host_state state = {5, 6, 7, false};
    struct host_robots robots = {200, 8, TEXT("")};
    ck_ok(hosts_number(store->hosts, TEXT("h"), &host, &trouble));
    ck_ok(hosts_keep_state(store->hosts, host, &state, &trouble));
    ck_ok(hosts_keep_robots(store->hosts, host, &robots, &trouble));
    ck_ok(hosts_state(store->hosts, host, &state, &trouble));
    ck_assert_int_eq(state.took_ms, 7);
    ck_ok(hosts_robots(store->hosts, host, &robots, NULL, &trouble));
    ck_assert_int_eq(robots.received_ms, 8);
    store_close(store);
}
END_TEST

TCase *contract_hosts(void)
{
    TCase *tests = tcase_create("hosts");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, a_host_keeps_its_number, 0, STORES);
    tcase_add_loop_test(tests, hosts_with_waiting_visits_are_listed, 0, STORES);
    tcase_add_loop_test(tests, robots_txt_is_kept, 0, STORES);
    tcase_add_loop_test(tests, how_a_host_behaves_is_kept, 0, STORES);
    tcase_add_loop_test(tests, a_host_has_robots_txt_and_state_side_by_side, 0, STORES);
    return tests;
}
