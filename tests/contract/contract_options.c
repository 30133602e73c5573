/* The contract of the queue for runs with other options: visits that are looked at, left out, and
 * forgotten with their seed. */
#include <config.h>

#include "contract.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Offers a URL of a host that is found on another. */
static int64_t offer_on(struct store *store, const char *host, const char *url, const char *via,
                        enum visit_kind kind)
{
    struct trouble trouble = trouble_none();
    struct visit visit = {.kind = kind,
                          .depth = 2,
                          .hops = "L",
                          .url = text_of(url),
                          .key = contract_key(store, url),
                          .via_key = via ? contract_key(store, via) : 0};
    ck_ok(hosts_number(store->hosts, text_of(host), &visit.host, &trouble));
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    return visit.host;
}

static int64_t offer_from(struct store *store, const char *url, const char *via,
                          enum visit_kind kind)
{
    return offer_on(store, "h", url, via, kind);
}

static enum result find(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct visit visit;
    struct buf texts;
    buf_init(&texts, 10000);
    enum result result =
        known_urls_find(store->known, contract_key(store, url), &visit, &texts, &trouble);
    ck_assert(result != RESULT_OK || text_equal(visit.url, text_of(url)));
    buf_release(&texts);
    return result;
}

static enum result history(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct url_history known;
    return recrawl_state_history(store->recrawl, contract_key(store, url), &known, NULL, &trouble);
}

static void leave_out(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    ck_ok(known_urls_leave_out(store->known, contract_key(store, url), "excluded", &trouble));
}

START_TEST(a_visit_is_found_in_every_state)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit;
    struct buf texts;
    buf_init(&texts, 10000);
    contract_offer(store, "http://h/", VISIT_SEED);
    int64_t host = offer_from(store, "http://h/a", "http://h/", VISIT_PAGER);
    ck_ok(
        known_urls_find(store->known, contract_key(store, "http://h/a"), &visit, &texts, &trouble));
    ck_assert_int_eq(visit.kind, VISIT_PAGER);
    ck_assert_int_eq(visit.depth, 2);
    ck_assert_int_eq(visit.host, host);
    ck_assert_str_eq(visit.hops, "L");
    ck_assert_int_eq(visit.via_key, contract_key(store, "http://h/"));
    ck_assert(text_equal(visit.url, TEXT("http://h/a")));
    ck_assert(text_equal(visit.via, TEXT("http://h/")));
    contract_finish(store, "http://h/a", STATE_KEPT, 200);
    ck_assert_int_eq(find(store, "http://h/a"), RESULT_OK);
    contract_finish(store, "http://h/a", STATE_BROKEN, 500);
    ck_assert_int_eq(find(store, "http://h/a"), RESULT_OK);
    ck_assert_int_eq(find(store, "http://h/never"), RESULT_END);
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(what_is_not_had_is_looked_at_once_each)
{
    enum { VISITS = 20 };
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct visit visit = {.key = INT64_MIN};
    struct buf texts;
    char url[64];
    int count = 0;
    int64_t before = INT64_MIN;
    buf_init(&texts, 10000);
    for (int i = 0; i < VISITS; i++) {
        snprintf(url, sizeof url, "http://h/%d", i);
        contract_offer(store, url, VISIT_PAGE);
        if (i % 4 == 0)
            contract_finish(store, url, STATE_KEPT, 200);
        if (i % 4 == 2)
            contract_finish(store, url, STATE_REFUSED, 403);
    }
    while (known_urls_next_missing(store->known, visit.key, &visit, &texts, &trouble) ==
           RESULT_OK) {
        ck_assert(visit.key > before);
        before = visit.key;
        count++;
    }
    ck_assert_int_eq(count, VISITS - VISITS / 4);
    int64_t host = contract_offer(store, "http://h/1", VISIT_PAGE);
    ck_assert_ptr_nonnull(contract_take(store, host, 1, TAKE_ANY)); /* none of them was leased */
    buf_release(&texts);
    store_close(store);
}
END_TEST

START_TEST(what_is_left_out_may_be_offered_again)
{
    struct store *store = contract_open(_i);
    int64_t host = contract_offer(store, "http://h/a", VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    leave_out(store, "http://h/a"); /* leased */
    leave_out(store, "http://h/never");
    ck_assert_int_eq(find(store, "http://h/a"), RESULT_END);
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    contract_offer(store, "http://h/a", VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/a");
    contract_finish(store, "http://h/a", STATE_BROKEN, 404);
    leave_out(store, "http://h/a"); /* and when it could not be had */
    ck_assert_int_eq(find(store, "http://h/a"), RESULT_END);
    contract_offer(store, "http://h/b", VISIT_PAGE);
    contract_finish(store, "http://h/b", STATE_GONE, 404);
    leave_out(store, "http://h/b"); /* it is had already */
    ck_assert_int_eq(contract_history(store, "http://h/b").state, STATE_GONE);
    store_close(store);
}
END_TEST

START_TEST(what_the_archive_has_counts_as_captured_when_it_is_left_out)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    static const int statuses[] = {200, 301, 404};
    char url[64];
    for (size_t i = 0; i < 3; i++) {
        snprintf(url, sizeof url, "http://h/%d", statuses[i]);
        contract_offer(store, url, VISIT_PAGE);
        enum url_state state = statuses[i] == 404 ? STATE_GONE : STATE_KEPT;
        contract_finish(store, url, state, statuses[i]);
        int64_t key = contract_key(store, url);
        ck_ok(queue_ask_again(store->queue, &key, 1, INT64_MAX, NULL, &trouble));
        ck_assert_int_eq(contract_history(store, url).state, STATE_WAITING);
        leave_out(store, url);
        ck_assert_int_eq(contract_history(store, url).state, state);
    }
    /* One that could not be had, and is tried again, is not in the archive. */
    contract_offer(store, "http://h/failed", VISIT_PAGE);
    contract_finish(store, "http://h/failed", STATE_BROKEN, 404);
    ck_ok(queue_retry_failed(store->queue, 0, &trouble));
    leave_out(store, "http://h/failed");
    ck_assert_int_eq(find(store, "http://h/failed"), RESULT_END);
    /* Nor is one that was refused by the server, and then put off. */
    contract_offer(store, "http://h/later", VISIT_PAGE);
    contract_finish(store, "http://h/later", STATE_WAITING, 200);
    leave_out(store, "http://h/later");
    ck_assert_int_eq(find(store, "http://h/later"), RESULT_END);
    /* But what it holds from earlier counts, whatever the last response was. */
    contract_offer(store, "http://h/held", VISIT_PAGE);
    const struct held_capture held = {.status = 200};
    const struct held_entry entry = {contract_key(store, "http://h/held"), &held};
    ck_ok(recrawl_state_keep_held(store->recrawl, &entry, 1, &trouble));
    contract_finish(store, "http://h/held", STATE_WAITING, 503);
    leave_out(store, "http://h/held");
    ck_assert_int_eq(contract_history(store, "http://h/held").state, STATE_KEPT);
    store_close(store);
}
END_TEST

static void note_reason(void *context, const struct listed_visit *visit)
{
    snprintf(context, 64, "%.*s %.*s", TEXT_ARGS(visit->url), TEXT_ARGS(visit->reason));
}

START_TEST(a_seed_that_is_left_out_stays_a_seed)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    char said[64] = "";
    int64_t host = contract_offer(store, "http://h/", VISIT_SEED);
    leave_out(store, "http://h/");
    ck_assert_int_eq(contract_history(store, "http://h/").state, STATE_LEFT_OUT);
    ck_ok(known_urls_each(store->known, LISTING_SEEDS, 10, note_reason, said, &trouble));
    ck_assert_str_eq(said, "http://h/ excluded");
    ck_ok(queue_retry_failed(store->queue, 0, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/");
    store_close(store);
}
END_TEST

START_TEST(a_seed_is_forgotten_with_all_that_was_found_from_it)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    char said[64] = "";
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    contract_offer(store, "http://h/one", VISIT_SEED);
    contract_offer(store, "http://h/two", VISIT_SEED);
    offer_from(store, "http://h/one/a", "http://h/one", VISIT_PAGE);
    offer_from(store, "http://h/one/a/b", "http://h/one/a", VISIT_PAGE);
    int64_t host = offer_from(store, "http://h/two/a", "http://h/two", VISIT_PAGE);
    contract_finish(store, "http://h/one", STATE_KEPT, 200);
    contract_finish(store, "http://h/one/a", STATE_KEPT, 200);
    const struct listed_url listed = {contract_key(store, "http://h/one/a/b"), LISTED_BY_PAGER};
    ck_ok(completeness_note_listed(store->completeness, &listed, 1, &trouble));
    ck_assert_int_eq(known_urls_forget_seed(store->known, contract_key(store, "http://h/one/a"),
                                            &trouble),
                     RESULT_END); /* it is none */
    ck_assert_int_eq(find(store, "http://h/one/a"), RESULT_OK);
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://h/one"), &trouble));
    ck_assert_int_eq(find(store, "http://h/one"), RESULT_END);
    ck_assert_int_eq(find(store, "http://h/one/a"), RESULT_END);
    ck_assert_int_eq(history(store, "http://h/one/a/b"), RESULT_END);
    ck_assert_int_eq(find(store, "http://h/two/a"), RESULT_OK);
    ck_assert(!queue_surely_knows(store->queue, contract_key(store, "http://h/one/a"), VISIT_PAGE));
    ck_ok(known_urls_each(store->known, LISTING_FORGOTTEN, 10, note_reason, said, &trouble));
    ck_assert_str_eq(said, "http://h/one ");
    ck_ok(known_urls_each(store->known, LISTING_SEEDS, 10, note_reason, said, &trouble));
    ck_assert_str_eq(said, "http://h/two ");
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 0);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 1);
    struct listed_counts lists;
    ck_ok(completeness_count_listed(store->completeness, &lists, &trouble));
    ck_assert_uint_eq(lists.by[LISTED_BY_PAGER].of[STATE_WAITING], 0);
    ck_ok(queue_retry_failed(store->queue, 0, &trouble));
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/two");
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/two/a");
    ck_assert_ptr_null(contract_take(store, host, 1, TAKE_ANY));
    store_close(store);
}
END_TEST

START_TEST(what_is_found_in_another_way_is_known_again_as_it_was)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    contract_offer(store, "http://h/one", VISIT_SEED);
    contract_offer(store, "http://h/two", VISIT_SEED);
    offer_from(store, "http://h/both", "http://h/one", VISIT_PAGE);
    int64_t host = offer_from(store, "http://h/waits", "http://h/both", VISIT_PAGE);
    contract_finish(store, "http://h/one", STATE_KEPT, 200);
    contract_finish(store, "http://h/two", STATE_KEPT, 200);
    contract_finish(store, "http://h/both", STATE_KEPT, 200);
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://h/one"), &trouble));
    const struct visit both = {.kind = VISIT_MEDIA,
                               .host = host,
                               .hops = "L",
                               .url = TEXT("http://h/both"),
                               .key = contract_key(store, "http://h/both"),
                               .via_key = contract_key(store, "http://h/two")};
    bool is_new = true;
    ck_ok(queue_offer(store->queue, &both, 1, &is_new, &trouble));
    ck_assert(!is_new);
    struct url_history known = contract_history(store, "http://h/both");
    ck_assert_int_eq(known.state, STATE_KEPT);
    ck_assert_int_eq(known.kind, VISIT_MEDIA);
    ck_assert_int_eq(find(store, "http://h/waits"), RESULT_END);
    offer_from(store, "http://h/waits", "http://h/both", VISIT_PAGE);
    ck_assert_str_eq(contract_take(store, host, 1, TAKE_ANY), "http://h/waits");
    /* It now hangs on the other seed. */
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://h/two"), &trouble));
    ck_assert_int_eq(find(store, "http://h/both"), RESULT_END);
    store_close(store);
}
END_TEST

static enum result rules(struct store *store, int64_t host)
{
    struct trouble trouble = trouble_none();
    struct host_robots robots;
    return hosts_robots(store->hosts, host, &robots, NULL, &trouble);
}

START_TEST(robots_of_hosts_without_another_seed_are_forgotten)
{
    static const struct host_robots allowed = {200, 1, TEXT("")};
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    offer_on(store, "one", "http://one/", NULL, VISIT_SEED);
    offer_on(store, "two", "http://two/", NULL, VISIT_SEED);
    int64_t one = offer_on(store, "one", "http://one/robots.txt", NULL, VISIT_ROBOTS);
    int64_t two = offer_on(store, "two", "http://two/robots.txt", NULL, VISIT_ROBOTS);
    offer_on(store, "both", "http://both/robots.txt", NULL, VISIT_ROBOTS);
    int64_t both = offer_on(store, "both", "http://both/of-one", "http://one/", VISIT_REQUISITE);
    offer_on(store, "both", "http://both/of-two", "http://two/", VISIT_REQUISITE);
    /* Sitemaps of which each is on the other's host, and what they list. */
    offer_on(store, "map", "http://map/s.xml", "http://one/robots.txt", VISIT_SITEMAP);
    int64_t map = offer_on(store, "map", "http://map/robots.txt", NULL, VISIT_ROBOTS);
    offer_on(store, "one", "http://one/s.xml", "http://map/robots.txt", VISIT_SITEMAP);
    offer_on(store, "one", "http://one/listed", "http://one/s.xml", VISIT_PAGE);
    offer_on(store, "two", "http://two/s.xml", "http://two/robots.txt", VISIT_SITEMAP);
    offer_on(store, "two", "http://two/listed", "http://two/s.xml", VISIT_PAGE);
    ck_ok(hosts_keep_robots(store->hosts, one, &allowed, &trouble));
    ck_ok(hosts_keep_robots(store->hosts, two, &allowed, &trouble));
    ck_ok(hosts_keep_robots(store->hosts, both, &allowed, &trouble));
    ck_ok(hosts_keep_robots(store->hosts, map, &allowed, &trouble));
    ck_assert_int_eq(known_urls_forget_seed(store->known, contract_key(store, "http://none/"),
                                            &trouble),
                     RESULT_END);
    ck_assert_int_eq(find(store, "http://one/robots.txt"), RESULT_OK);
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://one/"), &trouble));
    ck_assert_int_eq(find(store, "http://one/robots.txt"), RESULT_END);
    ck_assert_int_eq(find(store, "http://map/s.xml"), RESULT_END);
    ck_assert_int_eq(find(store, "http://map/robots.txt"), RESULT_END);
    ck_assert_int_eq(find(store, "http://one/s.xml"), RESULT_END);
    ck_assert_int_eq(find(store, "http://one/listed"), RESULT_END);
    ck_assert_int_eq(find(store, "http://both/of-one"), RESULT_END);
    ck_assert_int_eq(rules(store, one), RESULT_END);
    ck_assert_int_eq(rules(store, map), RESULT_END);
    ck_assert_int_eq(find(store, "http://both/of-two"), RESULT_OK);
    ck_assert_int_eq(find(store, "http://both/robots.txt"), RESULT_OK);
    ck_assert_int_eq(find(store, "http://two/robots.txt"), RESULT_OK);
    ck_assert_int_eq(find(store, "http://two/listed"), RESULT_OK);
    ck_assert_int_eq(rules(store, two), RESULT_OK);
    ck_assert_int_eq(rules(store, both), RESULT_OK);
    ck_assert_int_eq(known_urls_forget_seed(store->known, contract_key(store, "http://one/"),
                                            &trouble),
                     RESULT_END);
    store_close(store);
}
END_TEST

/* As when robots.txt is not heeded, and was asked for because a seed's page led nowhere. */
START_TEST(robots_that_one_seed_led_to_stay_with_another_of_the_host)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    offer_on(store, "h", "http://h/one", NULL, VISIT_SEED);
    offer_on(store, "h", "http://h/two", NULL, VISIT_SEED);
    offer_on(store, "h", "http://h/robots.txt", "http://h/one", VISIT_ROBOTS);
    offer_on(store, "h", "http://h/s.xml", "http://h/robots.txt", VISIT_SITEMAP);
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://h/one"), &trouble));
    ck_assert_int_eq(find(store, "http://h/one"), RESULT_END);
    ck_assert_int_eq(find(store, "http://h/robots.txt"), RESULT_OK);
    ck_assert_int_eq(find(store, "http://h/s.xml"), RESULT_OK);
    ck_ok(known_urls_forget_seed(store->known, contract_key(store, "http://h/two"), &trouble));
    ck_assert_int_eq(find(store, "http://h/robots.txt"), RESULT_END);
    ck_assert_int_eq(find(store, "http://h/s.xml"), RESULT_END);
    store_close(store);
}
END_TEST

START_TEST(rules_forget_what_they_left_out)
{
    struct trouble trouble = trouble_none();
    struct store *store = contract_open(_i);
    struct url_rule_set rules = {.has = {false}};
    struct url_refusal refusal;
    struct buf via;
    buf_init(&via, 10000);
    const struct left_out_url left_out[] = {{.key = 1, .rule = URL_RULE_EXCLUDED},
                                            {.key = 2, .rule = URL_RULE_PRINT}};
    rules.has[URL_RULE_EXCLUDED] = rules.has[URL_RULE_TOO_DEEP] = true;
    ck_ok(completeness_note_left_out(store->completeness, left_out, 2, &trouble));
    ck_ok(completeness_forget_left_out(store->completeness, &rules, &trouble));
    ck_assert_int_eq(completeness_refusal(store->completeness, 1, &refusal, &via, &trouble),
                     RESULT_END);
    ck_ok(completeness_refusal(store->completeness, 2, &refusal, &via, &trouble));
    const struct left_out_url again = {.key = 1, .rule = URL_RULE_TOO_DEEP};
    ck_ok(completeness_note_left_out(store->completeness, &again, 1, &trouble));
    ck_ok(completeness_refusal(store->completeness, 1, &refusal, &via, &trouble));
    ck_assert_int_eq(refusal.rule, URL_RULE_TOO_DEEP);
    buf_release(&via);
    store_close(store);
}
END_TEST

TCase *contract_options(void)
{
    TCase *tests = tcase_create("options");
    tcase_add_checked_fixture(tests, contract_begin, contract_end);
    tcase_add_loop_test(tests, a_visit_is_found_in_every_state, 0, STORES);
    tcase_add_loop_test(tests, what_is_not_had_is_looked_at_once_each, 0, STORES);
    tcase_add_loop_test(tests, what_is_left_out_may_be_offered_again, 0, STORES);
    tcase_add_loop_test(tests, what_the_archive_has_counts_as_captured_when_it_is_left_out, 0,
                        STORES);
    tcase_add_loop_test(tests, a_seed_that_is_left_out_stays_a_seed, 0, STORES);
    tcase_add_loop_test(tests, a_seed_is_forgotten_with_all_that_was_found_from_it, 0, STORES);
    tcase_add_loop_test(tests, what_is_found_in_another_way_is_known_again_as_it_was, 0, STORES);
    tcase_add_loop_test(tests, robots_of_hosts_without_another_seed_are_forgotten, 0, STORES);
    tcase_add_loop_test(tests, robots_that_one_seed_led_to_stay_with_another_of_the_host, 0,
                        STORES);
    tcase_add_loop_test(tests, rules_forget_what_they_left_out, 0, STORES);
    return tests;
}
