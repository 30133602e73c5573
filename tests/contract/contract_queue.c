/* The contract of the queue: offering, taking and finishing visits. */
#include <config.h>

#include "contract.h"

#include <stdio.h>
#include <string.h>

START_TEST(an_offer_says_whether_the_url_is_new)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visits[3] = {{.kind = VISIT_PAGE, .key = 5, .url = TEXT("http://h/a")},
                              {.kind = VISIT_PAGE, .key = 6, .url = TEXT("http://h/b")},
                              {.kind = VISIT_PAGE, .key = 5, .url = TEXT("http://h/a")}};
    bool are_new[3] = {false, false, true};
    for (int i = 0; i < 3; i++)
        ck_ok(hosts_number(store->hosts, TEXT("h"), &visits[i].host, &trouble));
    ck_ok(queue_offer(store->queue, visits, 0, NULL, &trouble));
    ck_ok(queue_offer(store->queue, visits, 3, are_new, &trouble));
    ck_assert(are_new[0] && are_new[1] && !are_new[2]);
    ck_ok(queue_offer(store->queue, visits, 1, are_new, &trouble));
    ck_assert(!are_new[0]);
    store_close(store);
}
END_TEST

START_TEST(a_visit_comes_back_as_it_was_offered)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit got, visit = {.key = 7,
                               .kind = VISIT_ARCHIVE,
                               .depth = 3,
                               .robots_for = 12,
                               .period = 20180600,
                               .via_key = contract_key(store, "http://h/")};
    char url[] = "http://h/2018/06/";
    struct buf texts;
    int64_t ready_ms;
    buf_init(&texts, 10000);
    memset(visit.hops, 'L', VISIT_HOPS_MOST);
    visit.url = text_of(url);
    visit.host = contract_offer(store, "http://h/", VISIT_SEED);
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    memset(url, 'x', sizeof url - 1); /* the store has a copy */
    ck_assert_str_eq(contract_take(store, visit.host, 1, TAKE_ANY), "http://h/");
    const struct take_request request = {visit.host, 1, TAKE_ANY};
    ck_ok(queue_take(store->queue, &request, &got, &texts, &ready_ms, &trouble));
    ck_assert_int_eq(got.key, 7);
    ck_assert_int_eq(got.host, visit.host);
    ck_assert_int_eq(got.kind, VISIT_ARCHIVE);
    ck_assert_int_eq(got.depth, 3);
    ck_assert_int_eq(got.attempts, 0);
    ck_assert_int_eq(got.robots_for, 12);
    ck_assert_int_eq(got.period, 20180600);
    ck_assert_int_eq(got.via_key, visit.via_key);
    ck_assert_str_eq(got.hops, visit.hops);
    ck_assert_int_eq(contract_offer(store, "http://h/later", VISIT_PAGE), visit.host);
    ck_assert_str_eq(contract_take(store, visit.host, 1, TAKE_ANY), "http://h/later");
    ck_assert(text_equal(got.url, TEXT("http://h/2018/06/"))); /* they are in the caller's buffer */
    ck_assert(text_equal(got.via, TEXT("http://h/")));
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(a_known_url_moves_up_while_it_waits)
{
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/post", VISIT_PAGE);
    contract_offer(store, "http://h/older", VISIT_PAGE);
    contract_offer(store, "http://h/older", VISIT_PAGER); /* now it is known as an earlier kind */
    contract_offer(store, "http://h/older", VISIT_MEDIA); /* and stays so */
    ck_assert_int_eq(contract_history(store, "http://h/older").kind, VISIT_PAGER);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/older");
    contract_offer(store, "http://h/older", VISIT_SITEMAP); /* it is leased */
    ck_assert_int_eq(contract_history(store, "http://h/older").kind, VISIT_PAGER);
    contract_finish(store, "http://h/older", STATE_KEPT, 200);
    contract_offer(store, "http://h/older", VISIT_SITEMAP); /* it is captured */
    ck_assert_int_eq(contract_history(store, "http://h/older").kind, VISIT_PAGER);
    contract_offer(store, "http://h/older", VISIT_SEED); /* a seed is one in every state */
    ck_assert_int_eq(contract_history(store, "http://h/older").kind, VISIT_SEED);
    ck_assert_int_eq(contract_history(store, "http://h/older").state, STATE_KEPT);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/post");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    store_close(store);
}
END_TEST

START_TEST(a_shorter_way_to_a_waiting_url_counts)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit got, visit = {.kind = VISIT_PAGE, .key = 3, .depth = 4, .url = TEXT("http://h/")};
    struct buf texts;
    int64_t ready_ms;
    buf_init(&texts, 10000);
    ck_ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    visit.depth = 2;
    visit.kind = VISIT_MEDIA;
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    visit.depth = 6;
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    const struct take_request request = {visit.host, 1, TAKE_ANY};
    ck_ok(queue_take(store->queue, &request, &got, &texts, &ready_ms, &trouble));
    ck_assert_int_eq(got.depth, 2);
    ck_assert_int_eq(got.kind, VISIT_PAGE);
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(visits_are_taken_by_kind_with_requisites_before_pagers)
{
    static const enum visit_kind turns[] = {VISIT_ROBOTS,     VISIT_SEED,      VISIT_SITEMAP,
                                            VISIT_FEED,       VISIT_REQUISITE, VISIT_PAGER,
                                            VISIT_ARCHIVE,    VISIT_PAGE,      VISIT_MEDIA,
                                            VISIT_SPECULATIVE};
    struct store *store = contract_open(_i);
    char url[64];
    int64_t host = 0;
    for (int i = VISIT_KINDS - 1; i >= 0; i--)
        for (int n = 0; n < 2; n++) {
            snprintf(url, sizeof url, "http://h/%s%d", visit_kind_name(turns[i]), n);
            host = contract_offer(store, url, turns[i]);
        }
    for (int i = 0; i < VISIT_KINDS; i++)
        for (int n = 0; n < 2; n++) {
            snprintf(url, sizeof url, "http://h/%s%d", visit_kind_name(turns[i]), n);
            ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), url);
        }
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    store_close(store);
}
END_TEST

START_TEST(pages_can_wait_until_others_are_whole)
{
    struct store *store = contract_open(_i);
    int64_t host = 0;
    for (int kind = 0; kind < VISIT_KINDS; kind++)
        host = contract_offer(store, visit_kind_name((enum visit_kind)kind), (enum visit_kind)kind);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_REQUISITES), "requisite");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_REQUISITES));
    contract_offer(store, "another", VISIT_REQUISITE);
    static const char *const wanted[] = {"robots", "seed", "sitemap", "feed", "another"};
    for (int i = 0; i < 5; i++)
        ck_assert_str_eq(contract_take(store, host, 1, TAKE_NO_PAGES), wanted[i]);
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_NO_PAGES));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_PAGES), "page");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_PAGES));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "pager");
    store_close(store);
}
END_TEST

START_TEST(all_visits_can_wait_for_robots_txt)
{
    struct store *store = contract_open(_i);
    int64_t host = 0;
    for (int kind = 1; kind < VISIT_KINDS; kind++)
        host = contract_offer(store, visit_kind_name((enum visit_kind)kind), (enum visit_kind)kind);
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ROBOTS));
    contract_offer(store, "robots", VISIT_ROBOTS);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ROBOTS), "robots");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ROBOTS));
    store_close(store);
}
END_TEST

START_TEST(a_host_is_given_its_own_visits_only)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit = {.kind = VISIT_PAGE, .key = 9, .url = TEXT("http://other/")};
    int64_t host = contract_offer(store, "http://h/", VISIT_PAGE);
    ck_ok(hosts_number(store->hosts, TEXT("other"), &visit.host, &trouble));
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    ck_assert_str_eq(contract_take(store, visit.host, 1, TAKE_ANY), "http://other/");
    ck_assert_ptr_null(contract_take(store, visit.host, 1, TAKE_ANY));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/");
    ck_assert_ptr_null(contract_take(store, host + visit.host + 1, 1, TAKE_ANY));
    store_close(store);
}
END_TEST

START_TEST(put_last_is_after_all_others_of_its_kind)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_offer(store, "http://h/film", VISIT_MEDIA);
    ck_ok(queue_put_last(store->queue, contract_key(store, "http://h/a"), &trouble));
    ck_ok(queue_put_last(store->queue, contract_key(store, "http://h/unknown"), &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/film");
    store_close(store);
}
END_TEST

/* What known_urls_served() finds, or "". */
static const char *served(struct store *store, int64_t host, int place)
{
    static char url[64];
    struct trouble trouble = trouble_none();
    struct visit visit;
    struct buf texts;
    buf_init(&texts, 10000);
    enum result result = known_urls_served(store->known, host, place, &visit, &texts, &trouble);
    ck_assert(result == RESULT_OK || result == RESULT_END);
    snprintf(url, sizeof url, "%.*s", result == RESULT_OK ? (int)visit.url.length : 0,
             result == RESULT_OK ? visit.url.at : "");
    if (result == RESULT_OK)
        ck_assert_int_eq(visit.key, contract_key(store, url));
    buf_release(&texts);
    return url;
}

START_TEST(what_a_host_has_served_is_known)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/image", VISIT_REQUISITE);
    static const struct {
        const char *url;
        enum visit_kind kind;
        enum url_state state;
        int status;
    } urls[] = {{"http://h/image", VISIT_REQUISITE, STATE_KEPT, 200},
                {"http://h/robots.txt", VISIT_ROBOTS, STATE_KEPT, 200},
                {"http://h/refused", VISIT_PAGE, STATE_REFUSED, 403},
                {"http://h/moved", VISIT_PAGE, STATE_KEPT, 302},
                {"http://h/page", VISIT_PAGE, STATE_KEPT, 200},
                {"http://h/cut", VISIT_PAGE, STATE_BROKEN, 200}};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        contract_offer(store, urls[i].url, urls[i].kind);
        contract_finish(store, urls[i].url, urls[i].state, urls[i].status);
    }
    contract_offer(store, "http://h/new", VISIT_PAGE);
    ck_assert_str_eq(served(store, host, 0), "http://h/page");
    ck_assert_str_eq(served(store, host, 1), "http://h/image");
    ck_assert_str_eq(served(store, host, 2), "");
    const int64_t again = contract_key(store, "http://h/page");
    ck_ok(queue_ask_again(store->queue, &again, 1, INT64_MAX, NULL, &trouble));
    ck_assert_str_eq(served(store, host, 0), "http://h/page");
    ck_assert_str_eq(served(store, host + 100, 0), "");
    store_close(store);
}
END_TEST

START_TEST(retries_wait_for_their_time)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit;
    struct buf texts;
    int64_t ready_ms, host = contract_offer(store, "http://h/a", VISIT_PAGE);
    buf_init(&texts, 10000);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    for (int i = 0; i < 2; i++)
        ck_assert_ptr_nonnull(contract_take(store, host, 1, TAKE_ANY));
    const struct outcome later[] = {{.key = contract_key(store, "http://h/a"),
                                     .state = STATE_WAITING,
                                     .attempts = 2,
                                     .not_before_ms = 5000},
                                    {.key = contract_key(store, "http://h/b"),
                                     .state = STATE_WAITING,
                                     .attempts = 1,
                                     .not_before_ms = 7000}};
    ck_ok(queue_finish(store->queue, later, 2, &trouble));
    struct take_request request = {host, 4999, TAKE_ANY};
    ck_assert_int_eq(queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble),
                     RESULT_END);
    ck_assert_int_eq(ready_ms, 5000);
    request.now_ms = 5000;
    ck_ok(queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble));
    ck_assert_int_eq(visit.attempts, 2);
    ck_assert(text_equal(visit.url, TEXT("http://h/a")));
    ck_assert_int_eq(queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble),
                     RESULT_END);
    ck_assert_int_eq(ready_ms, 7000);
    contract_finish(store, "http://h/b", STATE_BROKEN, 0); /* it need not be leased */
    ck_assert_int_eq(queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble),
                     RESULT_END);
    ck_assert_int_eq(ready_ms, 0);
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(requisites_that_are_ready_are_counted)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int count;
    int64_t host = contract_offer(store, "http://h/1.png", VISIT_REQUISITE);
    contract_offer(store, "http://h/2.png", VISIT_REQUISITE);
    contract_offer(store, "http://h/3.png", VISIT_REQUISITE);
    contract_offer(store, "http://h/page", VISIT_PAGE);
    const struct outcome later = {.key = contract_key(store, "http://h/3.png"),
                                  .state = STATE_WAITING,
                                  .not_before_ms = 5000};
    ck_ok(queue_finish(store->queue, &later, 1, &trouble));
    ck_ok(queue_count_requisites(store->queue, host, 4999, 10, &count, &trouble));
    ck_assert_int_eq(count, 2);
    ck_ok(queue_count_requisites(store->queue, host, 5000, 10, &count, &trouble));
    ck_assert_int_eq(count, 3);
    ck_ok(queue_count_requisites(store->queue, host, 5000, 2, &count, &trouble));
    ck_assert_int_eq(count, 2);
    ck_ok(queue_count_requisites(store->queue, host + 1, 5000, 2, &count, &trouble));
    ck_assert_int_eq(count, 0);
    store_close(store);
}
END_TEST

static void note_asked(void *context, int64_t host, struct text name)
{
    int64_t *asked = context;
    ck_assert(text_equal(name, TEXT("h")));
    asked[0]++;
    asked[1] = host;
}

START_TEST(captured_urls_are_requested_again_once)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/", VISIT_SEED), asked[2] = {0, 0};
    const struct asked_visitor visitor = {note_asked, asked};
    int64_t keys[] = {contract_key(store, "http://h/"), contract_key(store, "http://h/b"), 99};
    ck_ok(queue_ask_again(store->queue, keys, 3, INT64_MAX, &visitor, &trouble));
    ck_assert_int_eq(asked[0], 0); /* it waits; the others are not known */
    contract_finish(store, "http://h/", STATE_KEPT, 200);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_finish(store, "http://h/b", STATE_BROKEN, 0);
    ck_assert_ptr_null(contract_take(store, host, INT64_MAX, TAKE_ANY));
    int64_t done = contract_history(store, "http://h/").done_ms;
    ck_ok(queue_ask_again(store->queue, keys, 3, done, &visitor, &trouble));
    ck_assert_int_eq(asked[0], 0); /* captured since */
    ck_ok(queue_ask_again(store->queue, keys, 3, done + 1, &visitor, &trouble));
    ck_assert_int_eq(asked[0], 1);
    ck_assert_int_eq(asked[1], host);
    ck_ok(queue_ask_again(store->queue, keys, 3, done + 1, &visitor, &trouble));
    ck_assert_int_eq(asked[0], 1);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/");
    ck_ok(queue_ask_again(store->queue, keys, 1, INT64_MAX, &visitor, &trouble));
    ck_assert_int_eq(asked[0], 1); /* it is leased */
    contract_finish(store, "http://h/", STATE_KEPT, 200);
    ck_ok(queue_ask_again(store->queue, keys, 1, INT64_MAX, NULL, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/");
    store_close(store);
}
END_TEST

START_TEST(what_failed_is_tried_again_with_fresh_attempts)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct provenance provenance;
    struct buf texts;
    buf_init(&texts, 1000);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_offer(store, "http://h/c", VISIT_PAGE);
    const struct outcome outcomes[] = {
        {contract_key(store, "http://h/a"), STATE_BROKEN, 503, 3, INT64_MAX, "no answer", 0},
        {contract_key(store, "http://h/b"), STATE_LEFT_OUT, 0, 1, 0, "closed by robots.txt", 0},
        {contract_key(store, "http://h/c"), STATE_KEPT, 200, 1, 0, NULL, 0}};
    ck_ok(queue_finish(store->queue, outcomes, 3, &trouble));
    ck_ok(recrawl_state_provenance(store->recrawl, outcomes[0].key, &provenance, &texts, &trouble));
    ck_assert(text_equal(provenance.reason, TEXT("no answer")));
    ck_assert_int_eq(provenance.attempts, 3);
    ck_ok(queue_retry_failed(store->queue, 0, &trouble));
    ck_ok(recrawl_state_provenance(store->recrawl, outcomes[0].key, &provenance, &texts, &trouble));
    ck_assert_uint_eq(provenance.reason.length, 0);
    ck_assert_int_eq(provenance.attempts, 0);
    ck_assert_int_eq(provenance.not_before_ms, 0);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/b");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(what_is_surely_known_is_known)
{
    struct store *store = contract_open(_i);
    contract_offer(store, "http://h/a", VISIT_PAGE);
    int64_t key = contract_key(store, "http://h/a");
    ck_assert(queue_surely_knows(store->queue, key, VISIT_PAGE));
    ck_assert(queue_surely_knows(store->queue, key, VISIT_MEDIA));
    ck_assert(!queue_surely_knows(store->queue, key, VISIT_PAGER));
    ck_assert(!queue_surely_knows(store->queue, contract_key(store, "b"), VISIT_PAGE));
    store_roll_back(store);
    ck_assert(!queue_surely_knows(store->queue, key, VISIT_PAGE));
    store_close(store);
}
END_TEST

TCase *contract_queue(void)
{
    TCase *tests = tcase_create("queue");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, an_offer_says_whether_the_url_is_new, 0, STORES);
    tcase_add_loop_test(tests, a_visit_comes_back_as_it_was_offered, 0, STORES);
    tcase_add_loop_test(tests, a_known_url_moves_up_while_it_waits, 0, STORES);
    tcase_add_loop_test(tests, a_shorter_way_to_a_waiting_url_counts, 0, STORES);
    tcase_add_loop_test(tests, visits_are_taken_by_kind_with_requisites_before_pagers, 0, STORES);
    tcase_add_loop_test(tests, pages_can_wait_until_others_are_whole, 0, STORES);
    tcase_add_loop_test(tests, all_visits_can_wait_for_robots_txt, 0, STORES);
    tcase_add_loop_test(tests, a_host_is_given_its_own_visits_only, 0, STORES);
    tcase_add_loop_test(tests, what_a_host_has_served_is_known, 0, STORES);
    tcase_add_loop_test(tests, put_last_is_after_all_others_of_its_kind, 0, STORES);
    tcase_add_loop_test(tests, retries_wait_for_their_time, 0, STORES);
    tcase_add_loop_test(tests, requisites_that_are_ready_are_counted, 0, STORES);
    tcase_add_loop_test(tests, captured_urls_are_requested_again_once, 0, STORES);
    tcase_add_loop_test(tests, what_failed_is_tried_again_with_fresh_attempts, 0, STORES);
    tcase_add_loop_test(tests, what_is_surely_known_is_known, 0, STORES);
    return tests;
}
