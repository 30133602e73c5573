/* What an archive says of its crawl: the scope and the rules that it names decide, and no others.
 */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "capture/keeping.h"
#include "verify/crawl_claims.h"

static const struct hash_key hash_key = {1, 2};

static struct crawl_claims *claims;
static struct url page, url;

static void begin(void)
{
    claims = crawl_claims_new(&hash_key);
    ck_assert(claims != NULL);
    url_init(&page);
    url_init(&url);
}

static void end(void)
{
    crawl_claims_free(claims);
    url_release(&page);
    url_release(&url);
}

static enum result add(const char *address, const char *block)
{
    struct provenance_record record;
    provenance_read(text_of(block), &record, NULL);
    return crawl_claims_add(claims, text_of(address), 1000, &record);
}

static void add_options(const char *path, int64_t date_ms, const char *block)
{
    struct text malformed;
    crawl_claims_add_options(claims, path, date_ms, text_of(block), &malformed);
    ck_assert(!malformed.length);
}

static void settle(const char *directory)
{
    struct trouble trouble;
    ck_assert_int_eq(crawl_claims_settle(claims, directory, &trouble), RESULT_OK);
    ck_assert(crawl_claims_ok(claims));
}

static void begin_page(const char *address)
{
    ck_assert_int_eq(url_parse(&page, text_of(address), NULL, TEXT("")), URL_OK);
    crawl_claims_begin_page(claims, &page);
}

static enum url_rule rule_of(const char *address, enum link_class class)
{
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    struct link link = {
        .url = url_resource(&url), .parsed = &url, .class = class, .certainty = LINK_CERTAIN};
    bool suspected;
    return crawl_claims_rule(claims, &link, &suspected);
}

/* As archives of other programs, and of warccap before it recorded options. */
START_TEST(without_options_the_seeds_site_is_the_scope)
{
    ck_assert_int_eq(add("http://h/blog/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    settle("archive");
    begin_page("http://h/blog/");
    ck_assert_int_eq(rule_of("http://h/blog/a", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://www.h/blog/a", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/", LINK_PAGE), URL_RULE_ABOVE_SEED);
    ck_assert_int_eq(rule_of("http://i/", LINK_PAGE), URL_RULE_OFF_SITE);
    ck_assert_int_eq(rule_of("http://i/a.png", LINK_REQUISITE), URL_RULE_NONE);
    ck_assert_int_eq(crawl_claims_robots(claims), ROBOTS_OBEY);
}
END_TEST

START_TEST(without_seeds_it_is_the_site_of_the_page)
{
    ck_assert_int_eq(add("http://h/", "via: http://h/x\r\n"), RESULT_OK);
    settle("archive");
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/a", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://i/a", LINK_PAGE), URL_RULE_OFF_SITE);
    ck_assert(!crawl_claims_have_lists(claims));
}
END_TEST

START_TEST(options_decide)
{
    ck_assert_int_eq(add("http://h/blog/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    add_options("c/archive/1.warc", 1,
                "warccap-option-scope: host\r\nwarccap-option-robots: off\r\n"
                "warccap-option-exclude: \\.zip$\r\n");
    settle("c/archive");
    begin_page("http://h/blog/");
    ck_assert_int_eq(rule_of("http://h/", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/a.zip", LINK_PAGE), URL_RULE_EXCLUDED);
    ck_assert_int_eq(rule_of("http://i/a.zip", LINK_REQUISITE), URL_RULE_EXCLUDED);
    ck_assert_int_eq(crawl_claims_robots(claims), ROBOTS_OFF);
}
END_TEST

START_TEST(the_newest_options_of_each_collection_count)
{
    ck_assert_int_eq(add("http://h/blog/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    add_options("a/archive/2.warc", 20, "warccap-option-scope: host\r\n");
    add_options("a/archive/1.warc", 10, "warccap-option-scope: page\r\n");
    add_options("a/archive/3.warc", 30, "software: another\r\n");
    add_options("b/archive/1.warc", 40, "warccap-option-exclude: blog\r\n");
    settle("a/archive");
    begin_page("http://h/blog/");
    ck_assert_int_eq(rule_of("http://h/", LINK_PAGE), URL_RULE_NONE);
    settle("b/archive");
    ck_assert_int_eq(rule_of("http://h/", LINK_PAGE), URL_RULE_ABOVE_SEED);
    ck_assert_int_eq(rule_of("http://h/blog/a", LINK_PAGE), URL_RULE_EXCLUDED);
}
END_TEST

START_TEST(depth_is_counted_from_the_page)
{
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\ndepth: 0\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/a", "class: page\r\nhopsFromSeed: LL\r\ndepth: 2\r\n"),
                     RESULT_OK);
    ck_assert_int_eq(add("http://h/a", "class: page\r\nhopsFromSeed: L\r\ndepth: 1\r\n"),
                     RESULT_OK);
    add_options("archive/1.warc", 1, "warccap-option-level: 1\r\n");
    settle("archive");
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/b", LINK_PAGE), URL_RULE_NONE);
    begin_page("http://h/a");
    ck_assert_int_eq(rule_of("http://h/b", LINK_PAGE), URL_RULE_TOO_DEEP);
    ck_assert_int_eq(rule_of("http://h/page/2", LINK_PAGER), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/b.png", LINK_REQUISITE), URL_RULE_NONE);
}
END_TEST

START_TEST(requisites_of_requisites_end_as_in_the_crawl)
{
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/deep.css", "class: requisite\r\nhopsFromSeed: LEEEEE\r\n"),
                     RESULT_OK);
    settle("archive");
    begin_page("http://h/deep.css");
    ck_assert_int_eq(rule_of("http://h/a.png", LINK_REQUISITE), URL_RULE_REQUISITE_DEPTH);
}
END_TEST

START_TEST(what_was_not_followed_is_told_by_its_rule)
{
    ck_assert_int_eq(add("http://h/",
                         "seed:\r\nclass: seed\r\nnotFollowed: series.known http://h/page/9\r\n"
                         "notFollowed: moon.full http://h/moon\r\n"),
                     RESULT_OK);
    settle("archive");
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/page/9", LINK_PAGER), URL_RULE_SERIES_KNOWN);
    ck_assert_int_eq(rule_of("http://h/moon", LINK_PAGE), URL_RULE_TRAP);
    ck_assert_int_eq(rule_of("http://h/page/8", LINK_PAGER), URL_RULE_NONE);
}
END_TEST

START_TEST(lists_seeds_and_failures_are_known)
{
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: pager\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/feed", "class: feed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/gone", "class: page\r\nerror: timed out\r\n"), RESULT_OK);
    crawl_claims_add_failed(claims, TEXT("http://h/part"), 2000);
    settle("archive");
    ck_assert(crawl_claims_have_lists(claims));
    ck_assert(crawl_claims_list(claims, TEXT("http://h/"))->seed);
    ck_assert_int_eq(crawl_claims_list(claims, TEXT("http://h/feed"))->source, LISTED_BY_FEED);
    ck_assert(!crawl_claims_list(claims, TEXT("http://h/gone")));
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/gone"), 0, NULL));
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/part"), 0, NULL));
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/part"), 2000, NULL));
    ck_assert(!crawl_claims_failed(claims, TEXT("http://h/part"), 2001, NULL));
    ck_assert(!crawl_claims_failed(claims, TEXT("http://h/feed"), 0, NULL));
}
END_TEST

START_TEST(what_nobody_knows_waits)
{
    enum url_state state = STATE_KEPT;
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/503", "class: page\r\nerror: the site answered 503\r\n"),
                     RESULT_OK);
    ck_assert_int_eq(add("http://h/1", "class: page\r\nerror: " KEEPING_UNDECIDED "\r\n"),
                     RESULT_OK);
    ck_assert_int_eq(add("http://h/2", "class: page\r\nerror: " KEEPING_WALL "\r\n"), RESULT_OK);
    settle("archive");
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/503"), 0, &state));
    ck_assert_int_eq(state, STATE_BROKEN);
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/1"), 0, &state));
    ck_assert_int_eq(state, STATE_WAITING);
    ck_assert(crawl_claims_failed(claims, TEXT("http://h/2"), 0, &state));
    ck_assert_int_eq(state, STATE_REFUSED);
}
END_TEST

START_TEST(a_seed_that_is_not_http_is_none)
{
    ck_assert_int_eq(add("urn:x:1", "seed:\r\nclass: seed\r\n"), RESULT_END);
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    settle("archive");
}
END_TEST

START_TEST(a_pattern_that_is_none_is_told_and_left_out)
{
    struct trouble trouble;
    ck_assert_int_eq(add("http://h/", "seed:\r\nclass: seed\r\n"), RESULT_OK);
    add_options("archive/1.warc", 1, "warccap-option-exclude: [a\r\n");
    ck_assert_int_eq(crawl_claims_settle(claims, "archive", &trouble), RESULT_LOST);
    ck_assert(crawl_claims_ok(claims) && strstr(trouble.words, "[a"));
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/a", LINK_PAGE), URL_RULE_NONE);
}
END_TEST

START_TEST(inferred_pages_are_known_by_their_path)
{
    ck_assert_int_eq(add("http://h/f", "class: feed\r\nhopsFromSeed: IRR\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://h/g", "class: feed\r\nhopsFromSeed: IL\r\n"), RESULT_OK);
    settle("archive");
    begin_page("http://h/f");
    ck_assert(crawl_claims_inferred(claims));
    begin_page("http://h/g");
    ck_assert(!crawl_claims_inferred(claims));
}
END_TEST

START_TEST(what_an_older_run_left_out_counts_if_the_newest_still_would)
{
    add_options("archive/a", 1, "warccap-option-exclude: /b\r\n");
    add_options("archive/b", 2, "warccap-option-scope: site\r\n");
    ck_assert_int_eq(add("http://h/", "class: seed\r\n"
                                      "notFollowed: excluded http://h/b\r\n"
                                      "notFollowed: off-site http://h/c\r\n"
                                      "notFollowed: series.nothing-new http://h/page/9\r\n"),
                     RESULT_OK);
    settle("archive");
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/b", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/c", LINK_PAGE), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/page/9", LINK_PAGER), URL_RULE_SERIES_NOTHING_NEW);
    add_options("archive/c", 3,
                "warccap-option-no-rule: series.nothing-new\r\n"
                "warccap-option-exclude: /b\r\n");
    settle("archive");
    begin_page("http://h/");
    ck_assert_int_eq(rule_of("http://h/page/9", LINK_PAGER), URL_RULE_NONE);
    ck_assert_int_eq(rule_of("http://h/b", LINK_PAGE), URL_RULE_EXCLUDED);
}
END_TEST

START_TEST(what_only_a_forgotten_seed_led_to_is_no_gap)
{
    ck_assert_int_eq(add("http://a/", "class: seed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://b/", "class: seed\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://b/1", "via: http://b/\r\nhopsFromSeed: L\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://b/2", "via: http://b/1\r\nhopsFromSeed: LL\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://a/1", "via: http://a/\r\nhopsFromSeed: L\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://c/both", "via: http://b/\r\nhopsFromSeed: L\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://c/both", "via: http://a/\r\nhopsFromSeed: L\r\n"), RESULT_OK);
    /* two pages that name each other, and no seed */
    ck_assert_int_eq(add("http://d/1", "via: http://d/2\r\nhopsFromSeed: LL\r\n"), RESULT_OK);
    ck_assert_int_eq(add("http://d/2", "via: http://d/1\r\nhopsFromSeed: LL\r\n"), RESULT_OK);
    static const char *const kept[] = {"http://a/", "http://a/1", "http://c/both", "http://d/1"};
    static const char *const gone[] = {"http://b/", "http://b/1", "http://b/2"};
    for (int forgotten = 0; forgotten < 2; forgotten++) {
        add_options("archive/a", forgotten,
                    forgotten ? "warccap-option-forget-seed: http://b/\r\n"
                              : "warccap-option-scope: site\r\n");
        settle("archive");
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
            begin_page(kept[i]);
            ck_assert_int_eq(rule_of("http://i/a.png", LINK_REQUISITE), URL_RULE_NONE);
        }
        for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
            begin_page(gone[i]);
            ck_assert_int_eq(rule_of("http://i/a.png", LINK_REQUISITE),
                             forgotten ? URL_RULE_NO_SEED : URL_RULE_NONE);
        }
        begin_page("http://a/");
        ck_assert_int_eq(rule_of("http://b/new", LINK_PAGE),
                         forgotten ? URL_RULE_OFF_SITE : URL_RULE_NONE);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crawl_claims");
    TCase *tests = tcase_create("claims");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, without_options_the_seeds_site_is_the_scope);
    tcase_add_test(tests, without_seeds_it_is_the_site_of_the_page);
    tcase_add_test(tests, options_decide);
    tcase_add_test(tests, the_newest_options_of_each_collection_count);
    tcase_add_test(tests, depth_is_counted_from_the_page);
    tcase_add_test(tests, requisites_of_requisites_end_as_in_the_crawl);
    tcase_add_test(tests, what_was_not_followed_is_told_by_its_rule);
    tcase_add_test(tests, lists_seeds_and_failures_are_known);
    tcase_add_test(tests, what_nobody_knows_waits);
    tcase_add_test(tests, a_seed_that_is_not_http_is_none);
    tcase_add_test(tests, a_pattern_that_is_none_is_told_and_left_out);
    tcase_add_test(tests, inferred_pages_are_known_by_their_path);
    tcase_add_test(tests, what_an_older_run_left_out_counts_if_the_newest_still_would);
    tcase_add_test(tests, what_only_a_forgotten_seed_led_to_is_no_gap);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
