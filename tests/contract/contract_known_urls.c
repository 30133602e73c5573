/* Contract of store/known_urls.h: all known URLs, counted and listed. */
#include <config.h>

#include "contract.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

START_TEST(visits_are_counted_by_kind_and_state)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    uint64_t counts[VISIT_KINDS][STATE_COUNT], sum = 0;
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    for (int i = 0; i < 5; i++) {
        char url[] = "http://h/0";
        url[9] = (char)('0' + i);
        contract_offer(store, url, i ? VISIT_PAGE : VISIT_FEED);
    }
    contract_finish(store, "http://h/1", STATE_KEPT, 200);
    contract_finish(store, "http://h/2", STATE_BROKEN, 0);
    contract_finish(store, "http://h/3", STATE_LEFT_OUT, 0);
    contract_finish(store, "http://h/unknown", STATE_KEPT, 200); /* is skipped */
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/0");
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_FEED][STATE_WAITING], 1); /* it is leased */
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 2);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_BROKEN], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_LEFT_OUT], 1);
    for (int kind = 0; kind < VISIT_KINDS; kind++)
        for (int state = 0; state < STATE_COUNT; state++)
            sum += counts[kind][state];
    ck_assert_uint_eq(sum, 6);
    store_close(store);
}
END_TEST

static void count_url(void *context, const struct waiting_visit *visit)
{
    ck_assert_int_eq(visit->kind, VISIT_PAGE);
    ck_assert(text_equal(visit->url, TEXT("http://h/new")) ||
              text_equal(visit->url, TEXT("http://h/closed")));
    ++*(int *)context;
}

START_TEST(what_is_to_be_asked_again_is_what_it_was)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    uint64_t counts[VISIT_KINDS][STATE_COUNT], waiting;
    int new = 0;
    int64_t host = contract_offer(store, "http://h/kept", VISIT_PAGE);
    contract_offer(store, "http://h/gone", VISIT_PAGE);
    contract_offer(store, "http://h/broken", VISIT_PAGE);
    contract_offer(store, "http://h/closed", VISIT_PAGE);
    contract_offer(store, "http://h/new", VISIT_PAGE);
    contract_finish(store, "http://h/kept", STATE_KEPT, 200);
    contract_finish(store, "http://h/gone", STATE_GONE, 404);
    contract_finish(store, "http://h/broken", STATE_BROKEN, 500);
    contract_finish(store, "http://h/closed", STATE_LEFT_OUT, 0);
    const int64_t keys[] = {contract_key(store, "http://h/kept"),
                            contract_key(store, "http://h/gone")};
    ck_ok(queue_ask_again(store->queue, keys, 2, INT64_MAX, NULL, &trouble));
    ck_ok(queue_retry_failed(store->queue, QUEUE_RETRY_ALL, &trouble));
    ck_ok(known_urls_count_waiting(store->known, &waiting, &trouble));
    ck_assert_uint_eq(waiting, 5);
    ck_ok(known_urls_each_waiting(store->known, host, count_url, &new, &trouble));
    ck_assert_int_eq(new, 2);
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_GONE], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_BROKEN], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 2);
    /* a try that failed for now says nothing new */
    contract_finish(store, "http://h/kept", STATE_WAITING, 503);
    contract_finish(store, "http://h/broken", STATE_KEPT, 200);
    /* a response that is not the URL's own does */
    const struct outcome doubt = {.key = keys[1], .state = STATE_WAITING, .reason = "in doubt"};
    ck_ok(queue_finish(store->queue, &doubt, 1, &trouble));
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 2);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_GONE], 0);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_BROKEN], 0);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 3);
    store_close(store);
}
END_TEST

static void offer_by(struct store *store, const char *url, const char *hops, const char *via,
                     int64_t key)
{
    struct trouble trouble = trouble_none();
    struct visit visit = {.key = key, .host = 1, .kind = VISIT_PAGE, .url = text_of(url)};
    snprintf(visit.hops, sizeof visit.hops, "%s", hops);
    visit.via_key = via[0] ? contract_key(store, via) : 0;
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
}

START_TEST(redirects_and_wrong_guesses_are_not_counted)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    contract_offer(store, "http://h/a", VISIT_PAGE);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_offer(store, "http://h/c", VISIT_PAGE);
    offer_by(store, "http://h/guess", "I", "", contract_key(store, "http://h/guess"));
    offer_by(store, "http://h/linked", "IL", "", contract_key(store, "http://h/linked"));
    /* to itself: it has another key */
    offer_by(store, "http://h/c", "LR", "http://h/c", contract_key(store, "http://h/c again"));
    contract_finish(store, "http://h/a", STATE_KEPT, 301);
    contract_finish(store, "http://h/b", STATE_KEPT, 304);
    contract_finish(store, "http://h/c", STATE_BROKEN, 302);
    contract_finish(store, "http://h/guess", STATE_GONE, 404);
    contract_finish(store, "http://h/linked", STATE_GONE, 404);
    contract_finish(store, "http://h/c again", STATE_BROKEN, 302);
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_BROKEN], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_GONE], 1);
    store_close(store);
}
END_TEST

static void write_visit(void *context, const struct listed_visit *visit)
{
    buf_printf(context, "%.*s %s %d %.*s\n", TEXT_ARGS(visit->url), visit_kind_name(visit->kind),
               visit->status, TEXT_ARGS(visit->reason));
}

static const char *listing(struct store *store, enum visit_listing which, int most)
{
    static struct buf out;
    struct trouble trouble = trouble_none();
    buf_release(&out);
    buf_init(&out, 10000);
    ck_ok(known_urls_each(store->known, which, most, write_visit, &out, &trouble));
    return out.length ? out.data : "";
}

START_TEST(visits_are_listed)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    int64_t met;
    contract_offer(store, "a", VISIT_SEED);
    contract_offer(store, "b", VISIT_PAGER);
    contract_offer(store, "c", VISIT_PAGE);
    contract_offer(store, "d", VISIT_PAGER);
    contract_offer(store, "e", VISIT_SEED);
    ck_assert_str_eq(listing(store, LISTING_FAILED, INT_MAX), "");
    ck_assert_str_eq(listing(store, LISTING_PAGERS, INT_MAX), "");
    ck_assert_str_eq(listing(store, LISTING_SEEDS, INT_MAX), "a seed 0 \ne seed 0 \n");
    ck_assert_str_eq(listing(store, LISTING_SEEDS, 1), "a seed 0 \n");
    contract_finish(store, "b", STATE_KEPT, 404);
    contract_finish(store, "c", STATE_KEPT, 200);
    contract_finish(store, "d", STATE_KEPT, 299);
    ck_assert_str_eq(listing(store, LISTING_PAGERS, INT_MAX), "d pager 299 \n");
    ck_assert_str_eq(listing(store, LISTING_PAGES, INT_MAX), "c page 200 \n");
    const struct outcome outcomes[] = {{contract_key(store, "e"), STATE_BROKEN, 0, 1, 0, "why", 0},
                                       {contract_key(store, "a"), STATE_BROKEN, 503, 1, 0, "so",
                                        0}};
    ck_ok(queue_finish(store->queue, &outcomes[0], 1, &trouble));
    ck_ok(recrawl_state_begin_round(store->recrawl, clock_wall_ms() + 1000, &met, &trouble));
    ck_ok(queue_finish(store->queue, &outcomes[1], 1, &trouble));
    ck_assert_str_eq(listing(store, LISTING_FAILED, INT_MAX), "a seed 503 so\ne seed 0 why\n");
    ck_assert_str_eq(listing(store, LISTING_FAILED, 1), "a seed 503 so\n");
    ck_assert_str_eq(listing(store, LISTING_SEEDS, INT_MAX), "a seed 503 so\ne seed 0 why\n");
    store_close(store);
}
END_TEST

static void write_given(void *context, const struct listed_visit *visit)
{
    buf_printf(context, "%.*s %d\n", TEXT_ARGS(visit->url), visit->given);
}

START_TEST(seeds_of_the_user_are_told_from_those_that_redirects_led_to)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct buf out;
    const struct visit visits[] = {
        {.key = contract_key(store, "given"), .host = 1, .kind = VISIT_SEED, .url = TEXT("given")},
        {.key = contract_key(store, "led"),
         .host = 1,
         .kind = VISIT_SEED,
         .hops = "R",
         .url = TEXT("led")},
        {.key = contract_key(store, "far"),
         .host = 1,
         .kind = VISIT_SEED,
         .hops = "RR",
         .url = TEXT("far")}};
    buf_init(&out, 1000);
    ck_ok(queue_offer(store->queue, visits, 3, NULL, &trouble));
    ck_ok(known_urls_each(store->known, LISTING_SEEDS, INT_MAX, write_given, &out, &trouble));
    ck_assert_str_eq(out.data, "given 1\nled 0\nfar 0\n");
    buf_release(&out);
    store_close(store);
}
END_TEST

TCase *contract_known_urls(void)
{
    TCase *tests = tcase_create("known urls");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, visits_are_counted_by_kind_and_state, 0, STORES);
    tcase_add_loop_test(tests, what_is_to_be_asked_again_is_what_it_was, 0, STORES);
    tcase_add_loop_test(tests, redirects_and_wrong_guesses_are_not_counted, 0, STORES);
    tcase_add_loop_test(tests, visits_are_listed, 0, STORES);
    tcase_add_loop_test(tests, seeds_of_the_user_are_told_from_those_that_redirects_led_to, 0,
                        STORES);
    return tests;
}
