/* Which URLs of the queue the options of this run leave out, and what becomes of them. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "frontier/visit_judge.h"
#include "store/memory_store.h"

static struct store *store;
static struct scope *scope;
static struct scope_options options;
static struct url_rule_set rules_off;
static struct visit_judge *judge;
static struct trouble trouble;

#define ok(call) ck_assert_msg((call) == RESULT_OK, "%s: %s", #call, trouble.words)

static void begin(void)
{
    trouble = trouble_none();
    ok(memory_store_open(&store, 7, &trouble));
    options = (struct scope_options){.kind = SCOPE_SITE, .level = -1};
    rules_off = (struct url_rule_set){.has = {false}};
}

static void end(void)
{
    visit_judge_free(judge);
    scope_free(scope);
    store_close(store);
    judge = NULL;
    scope = NULL;
}

static int64_t key_of(const char *address)
{
    return store_key(store, text_of(address));
}

/* With the options so far. */
static void make_judge(const char *seed)
{
    struct url url;
    visit_judge_free(judge);
    scope_free(scope);
    url_init(&url);
    ok(scope_new(&scope, &options, &trouble));
    ck_assert_int_eq(url_parse(&url, text_of(seed), NULL, TEXT("")), URL_OK);
    ok(scope_add_seed(scope, &url, true, &trouble));
    ok(visit_judge_new(&judge, store, scope, &rules_off, &trouble));
    url_release(&url);
}

static void offer(const char *address, const char *via, enum visit_kind kind, const char *hops,
                  int depth)
{
    struct visit visit = {.key = key_of(address),
                          .kind = kind,
                          .depth = depth,
                          .url = text_of(address),
                          .via_key = key_of(via)};
    memcpy(visit.hops, hops, strlen(hops));
    ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
}

/* The judge's verdict about a URL of the queue. */
static enum url_rule verdict(const char *address)
{
    struct visit visit;
    struct buf texts;
    enum url_rule rule = URL_RULE_NONE;
    buf_init(&texts, 10000);
    ok(known_urls_find(store->known, key_of(address), &visit, &texts, &trouble));
    ok(visit_judge_rule(judge, &visit, &rule, &trouble));
    buf_release(&texts);
    return rule;
}

static enum url_rule apply(const char *address)
{
    struct visit visit;
    struct buf texts;
    enum url_rule rule = URL_RULE_NONE;
    buf_init(&texts, 10000);
    ok(known_urls_find(store->known, key_of(address), &visit, &texts, &trouble));
    ok(visit_judge_apply(judge, &visit, &rule, &trouble));
    buf_release(&texts);
    return rule;
}

/* ---- what is left out ---- */

START_TEST(a_page_is_judged_as_the_link_to_it)
{
    make_judge("http://h/blog/");
    offer("http://h/blog/a", "http://h/blog/", VISIT_PAGE, "L", 1);
    offer("http://h/blog/b", "http://h/blog/a", VISIT_PAGE, "LL", 2);
    offer("http://h/above", "http://h/blog/", VISIT_PAGE, "L", 1);
    offer("http://i/", "http://h/blog/", VISIT_PAGE, "L", 1);
    ck_assert_int_eq(verdict("http://h/blog/a"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://h/above"), URL_RULE_ABOVE_SEED);
    ck_assert_int_eq(verdict("http://i/"), URL_RULE_OFF_SITE);
    options.level = 1;
    make_judge("http://h/blog/");
    ck_assert_int_eq(verdict("http://h/blog/a"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://h/blog/b"), URL_RULE_TOO_DEEP);
}
END_TEST

START_TEST(what_pages_need_is_left_out_by_exclude_alone)
{
    char pattern[] = "gif$";
    char *patterns[] = {pattern};
    options.level = 0;
    options.exclude = patterns;
    options.exclude_count = 1;
    make_judge("http://h/");
    offer("http://i/a.png", "http://h/", VISIT_REQUISITE, "E", 0);
    offer("http://i/a.gif", "http://h/", VISIT_REQUISITE, "E", 0);
    offer("http://i/guess", "http://h/", VISIT_SPECULATIVE, "X", 0);
    offer("http://h/guess", "http://h/", VISIT_SPECULATIVE, "X", 0);
    ck_assert_int_eq(verdict("http://i/a.png"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://i/a.gif"), URL_RULE_EXCLUDED);
    ck_assert_int_eq(verdict("http://h/guess"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://i/guess"), URL_RULE_NONE); /* its page had a reason */
}
END_TEST

START_TEST(what_only_a_feed_names_must_be_on_the_site)
{
    make_judge("http://h/");
    offer("http://h/feed", "http://h/", VISIT_FEED, "L", 0);
    offer("http://i/a.png", "http://h/feed", VISIT_MEDIA, "LE", 0);
    offer("http://h/a.png", "http://h/feed", VISIT_MEDIA, "LE", 0);
    offer("http://i/b.png", "http://h/", VISIT_MEDIA, "L", 1);
    ck_assert_int_eq(verdict("http://h/feed"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://i/a.png"), URL_RULE_OFF_SITE);
    ck_assert_int_eq(verdict("http://h/a.png"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://i/b.png"), URL_RULE_NONE); /* the image behind a thumbnail */
}
END_TEST

START_TEST(a_redirect_is_judged_by_the_link_that_led_to_it)
{
    char pattern[] = "/private";
    char *patterns[] = {pattern};
    options.exclude = patterns;
    options.exclude_count = 1;
    make_judge("http://h/blog/");
    offer("http://h/blog/moved", "http://h/blog/", VISIT_PAGE, "L", 1);
    offer("http://i/new", "http://h/blog/moved", VISIT_PAGE, "LR", 1);
    offer("http://i/newer", "http://i/new", VISIT_PAGE, "LRR", 1);
    offer("http://h/above", "http://h/blog/", VISIT_PAGE, "L", 1);
    offer("http://h/blog/there", "http://h/above", VISIT_PAGE, "LR", 1);
    offer("http://h/private", "http://h/blog/moved", VISIT_PAGE, "LR", 1);
    ck_assert_int_eq(verdict("http://i/new"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://i/newer"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://h/blog/there"), URL_RULE_ABOVE_SEED);
    ck_assert_int_eq(verdict("http://h/private"), URL_RULE_EXCLUDED);
}
END_TEST

START_TEST(a_seed_is_left_out_only_when_this_run_was_not_given_it)
{
    char pattern[] = "/";
    char *patterns[] = {pattern};
    options.exclude = patterns;
    options.exclude_count = 1;
    make_judge("http://h/now");
    offer("http://h/now", "", VISIT_SEED, "", 0);
    offer("http://h/now/here", "http://h/now", VISIT_SEED, "R", 0);
    offer("http://h/earlier", "", VISIT_SEED, "", 0);
    offer("http://h/robots.txt", "", VISIT_ROBOTS, "P", 0);
    ok(visit_judge_add_seed(judge, key_of("http://h/now"), &trouble));
    ck_assert_int_eq(verdict("http://h/now"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://h/now/here"), URL_RULE_NONE);
    ck_assert_int_eq(verdict("http://h/earlier"), URL_RULE_EXCLUDED);
    ck_assert_int_eq(verdict("http://h/robots.txt"), URL_RULE_NONE);
    options.exclude_count = 0;
    options.kind = SCOPE_PAGE;
    make_judge("http://h/now");
    ck_assert_int_eq(verdict("http://h/earlier"),
                     URL_RULE_NONE); /* a seed is in no other's scope */
}
END_TEST

START_TEST(rules_for_urls_hold_unless_they_are_off)
{
    make_judge("http://h/");
    offer("http://h/", "", VISIT_SEED, "", 0);
    offer("http://h/post?action=markasread", "http://h/", VISIT_PAGE, "L", 1);
    offer("http://h/list?action=markasread", "http://h/", VISIT_FEED, "I", 0);
    ck_assert_int_eq(verdict("http://h/post?action=markasread"), URL_RULE_FORUM_TOOLS);
    ck_assert_int_eq(verdict("http://h/list?action=markasread"),
                     URL_RULE_NONE); /* a platform has it */
    rules_off.has[URL_RULE_FORUM_TOOLS] = true;
    ck_assert_int_eq(verdict("http://h/post?action=markasread"), URL_RULE_NONE);
}
END_TEST

/* ---- what becomes of it ---- */

START_TEST(what_is_left_out_is_noted_and_counted)
{
    struct url_refusal refusal;
    struct visit visit;
    struct buf texts;
    buf_init(&texts, 10000);
    make_judge("http://h/");
    offer("http://h/", "", VISIT_SEED, "", 0);
    offer("http://i/", "http://h/", VISIT_PAGE, "L", 1);
    offer("http://h/a", "http://h/", VISIT_PAGE, "L", 1);
    ck_assert_int_eq(apply("http://h/a"), URL_RULE_NONE);
    ck_assert_int_eq(apply("http://i/"), URL_RULE_OFF_SITE);
    ck_assert_uint_eq(visit_judge_left_out(judge, URL_RULE_OFF_SITE), 1);
    ck_assert(!queue_surely_knows(store->queue, key_of("http://i/"), VISIT_PAGE));
    ck_assert(queue_surely_knows(store->queue, key_of("http://h/a"), VISIT_PAGE));
    ck_assert_int_eq(known_urls_find(store->known, key_of("http://i/"), &visit, &texts, &trouble),
                     RESULT_END);
    ok(completeness_refusal(store->completeness, key_of("http://i/"), &refusal, &texts, &trouble));
    ck_assert_int_eq(refusal.rule, URL_RULE_OFF_SITE);
    ck_assert(text_equal(refusal.via, TEXT("http://h/")));
    buf_release(&texts);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visit judge");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_page_is_judged_as_the_link_to_it);
    tcase_add_test(tests, what_pages_need_is_left_out_by_exclude_alone);
    tcase_add_test(tests, what_only_a_feed_names_must_be_on_the_site);
    tcase_add_test(tests, a_redirect_is_judged_by_the_link_that_led_to_it);
    tcase_add_test(tests, a_seed_is_left_out_only_when_this_run_was_not_given_it);
    tcase_add_test(tests, rules_for_urls_hold_unless_they_are_off);
    tcase_add_test(tests, what_is_left_out_is_noted_and_counted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
