/* robots.txt (RFC 9309): groups, precedence, percent-encoding, and tolerated mistakes. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tests/hostile.h"
#include "web/robots.h"

static bool allows(const char *body, const char *target)
{
    struct robots *robots = robots_read(text_of(body), TEXT("warccap"));
    ck_assert_ptr_nonnull(robots);
    bool allowed = robots_allows(robots, text_of(target), NULL);
    robots_free(robots);
    return allowed;
}

static void expect_rule(const char *body, const char *target, const char *rule)
{
    struct robots *robots = robots_read(text_of(body), TEXT("warccap"));
    struct text deciding;
    ck_assert_ptr_nonnull(robots);
    robots_allows(robots, text_of(target), &deciding);
    ck_assert_msg(text_equal(deciding, text_of(rule)), "%.*s", TEXT_ARGS(deciding));
    robots_free(robots);
}

START_TEST(an_empty_file_allows_everything)
{
    ck_assert(allows("", "/"));
    ck_assert(allows("# nothing\n", "/a"));
    ck_assert(allows("User-agent: *\nDisallow:\n", "/a"));
}
END_TEST

START_TEST(our_group_overrides_the_general_one)
{
    const char *body = "User-agent: *\nDisallow: /\n\nUser-agent: warccap\nDisallow: /private\n";
    ck_assert(allows(body, "/a"));
    ck_assert(!allows(body, "/private/a"));
    ck_assert(!allows("User-agent: *\nDisallow: /\n\nUser-agent: other\nAllow: /\n", "/a"));
}
END_TEST

START_TEST(a_group_without_rules_is_still_ours)
{
    ck_assert(allows("User-agent: *\nDisallow: /\n\nUser-agent: warccap\nDisallow:\n", "/a"));
    ck_assert(allows("User-agent: warccap\n\nUser-agent: *\nDisallow: /b\n", "/a"));
}
END_TEST

START_TEST(agent_names_are_compared_whole_ignoring_case)
{
    ck_assert(!allows("User-Agent: WARCCAP\nDisallow: /\n", "/a"));
    ck_assert(!allows("user-agent: warccap/2.0 (x)\ndisallow: /\n", "/a"));
    ck_assert(allows("user-agent: warc\ndisallow: /\n", "/a"));
    ck_assert(allows("user-agent: warccapper\ndisallow: /\n", "/a"));
}
END_TEST

START_TEST(several_agents_share_a_group)
{
    const char *body = "User-agent: a\nUser-agent: warccap\nUser-agent: b\nDisallow: /x\n";
    ck_assert(!allows(body, "/x"));
}
END_TEST

START_TEST(groups_of_one_agent_are_merged)
{
    const char *body = "User-agent: warccap\nDisallow: /a\n\nUser-agent: z\nDisallow: "
                       "/\n\nUser-agent: warccap\nDisallow: /b\n";
    ck_assert(!allows(body, "/a"));
    ck_assert(!allows(body, "/b"));
    ck_assert(allows(body, "/c"));
}
END_TEST

START_TEST(unknown_lines_do_not_end_a_group)
{
    ck_assert(!allows(
        "User-agent: warccap\nSitemap: http://h/s.xml\nCrawl-delay: 1\nDisallow: /a\n", "/a"));
    ck_assert(!allows("User-agent: a\nSitemap: http://h/s.xml\nUser-agent: warccap\nDisallow: /a\n",
                      "/a"));
}
END_TEST

START_TEST(rules_before_any_agent_are_ignored)
{
    ck_assert(allows("Disallow: /\nUser-agent: *\nDisallow: /x\n", "/a"));
}
END_TEST

START_TEST(the_longest_pattern_decides_and_a_tie_allows)
{
    const char *body = "User-agent: *\nAllow: /p\nDisallow: /\n";
    ck_assert(allows(body, "/page"));
    ck_assert(!allows(body, "/other"));
    ck_assert(allows("User-agent: *\nAllow: /folder\nDisallow: /folder\n", "/folder/page"));
    ck_assert(allows("User-agent: *\nDisallow: /folder\nAllow: /folder\n", "/folder/page"));
    ck_assert(!allows("User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "/page.htm"));
    ck_assert(allows("User-agent: *\nAllow: /$\nDisallow: /\n", "/"));
    ck_assert(!allows("User-agent: *\nAllow: /$\nDisallow: /\n", "/page.htm"));
}
END_TEST

START_TEST(stars_and_dollars_match_as_in_the_standard)
{
    const char *php = "User-agent: *\nDisallow: /*.php$\n",
               *star = "User-agent: *\nDisallow: /fish*\n";
    ck_assert(!allows(php, "/a.php"));
    ck_assert(!allows(php, "/a/b.php"));
    ck_assert(allows(php, "/a.php?x"));
    ck_assert(allows(php, "/a.php/"));
    ck_assert(allows(php, "/a.PHP"));
    ck_assert(!allows(star, "/fish"));
    ck_assert(!allows(star, "/fishheads/yummy.html"));
    ck_assert(allows(star, "/Fish.asp"));
    ck_assert(allows(star, "/catfish"));
    ck_assert(!allows("User-agent: *\nDisallow: /a$b\n", "/a$b"));
    ck_assert(!allows("User-agent: *\nDisallow: /a*b*c$\n", "/axbxcxc"));
    ck_assert(allows("User-agent: *\nDisallow: /a*b*c$\n", "/axbxcx"));
    ck_assert(!allows("User-agent: *\nDisallow: *x\n", "/axb"));
    ck_assert(!allows("User-agent: *\nDisallow: /a*$\n", "/abc"));
}
END_TEST

START_TEST(paths_have_case_and_queries_count)
{
    ck_assert(allows("User-agent: *\nDisallow: /X\n", "/x"));
    ck_assert(!allows("User-agent: *\nDisallow: /*?\n", "/x?y"));
    ck_assert(!allows("User-agent: *\nDisallow: /search\n",
                      "/search?updated-max=2018-01-16T19:23:00%2B05:30&max-results=5"));
    ck_assert(!allows("User-agent: *\nDisallow: /search\n", "/search/label/x"));
}
END_TEST

START_TEST(percent_encoding_is_normalized)
{
    ck_assert(!allows("User-agent: *\nDisallow: /a%3cd.html\n", "/a%3Cd.html"));
    ck_assert(!allows("User-agent: *\nDisallow: /a%62c\n", "/abc"));
    ck_assert(!allows("User-agent: *\nDisallow: /abc\n", "/a%62c"));
    ck_assert(!allows("User-agent: *\nDisallow: /\xe3\x83\x84\n", "/%E3%83%84"));
    ck_assert(allows("User-agent: *\nDisallow: /a%2fb\n", "/a/b"));
    ck_assert(!allows("User-agent: *\nDisallow: /%7Ejoe\n", "/~joe"));
}
END_TEST

START_TEST(robots_txt_itself_is_always_allowed)
{
    ck_assert(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
    ck_assert(!allows("User-agent: *\nDisallow: /\n", "/a/robots.txt"));
}
END_TEST

START_TEST(sloppy_lines_are_accepted)
{
    ck_assert(!allows("\xef\xbb\xbfUser-agent: *\rDisallow: /a\r", "/a"));
    ck_assert(!allows("User-agent: * # all\r\n  Disallow  :  /a  # not this\r\n", "/a"));
    ck_assert(!allows("User-agent: *\n\n\nDisallow: /a", "/a"));
    ck_assert(!allows("useragent: *\ndisalow: /a\n", "/a"));
    ck_assert(!allows("User-agent *\nDisallow /a\n", "/a"));
    ck_assert(allows("<html><body>Not found</body></html>", "/a"));
}
END_TEST

START_TEST(the_file_of_blogger_disallows_search_only)
{
    const char *body = "User-agent: Mediapartners-Google\nDisallow: \n\nUser-agent: *\nDisallow: "
                       "/search\nAllow: /\n\n"
                       "Sitemap: http://h/sitemap.xml\n";
    ck_assert(!allows(body, "/search?updated-max=2021-06-10"));
    ck_assert(!allows(body, "/search/label/x"));
    ck_assert(allows(body, "/2021/06/"));
    ck_assert(allows(body, "/feeds/posts/default"));
    expect_rule(body, "/search/label/x", "/search");
    expect_rule(body, "/2021/06/", "/");
    expect_rule("User-agent: *\nDisallow: /x\n", "/y", "");
}
END_TEST

START_TEST(all_and_nothing)
{
    struct robots *all = robots_allow_all(), *none = robots_close_all();
    ck_assert(robots_allows(all, TEXT("/a"), NULL));
    ck_assert(!robots_allows(none, TEXT("/a"), NULL));
    ck_assert(!robots_allows(none, TEXT("/"), NULL));
    ck_assert(robots_allows(none, TEXT("/robots.txt"), NULL));
    ck_assert_int_eq(robots_delay_ms(all), 0);
    robots_free(all);
    robots_free(none);
    robots_free(NULL);
}
END_TEST

START_TEST(crawl_delay_is_read)
{
    struct robots *robots =
        robots_read(TEXT("User-agent: *\nCrawl-delay: 9\nUser-agent: warccap\nCrawl-delay: 2.5\n"),
                    TEXT("warccap"));
    ck_assert_int_eq(robots_delay_ms(robots), 2500);
    robots_free(robots);
    robots = robots_read(TEXT("User-agent: *\nCrawl-delay: x\n"), TEXT("warccap"));
    ck_assert_int_eq(robots_delay_ms(robots), 0);
    robots_free(robots);
}
END_TEST

START_TEST(half_a_megabyte_is_read_without_the_incomplete_line)
{
    struct buf body;
    buf_init(&body, 1 << 21);
    buf_add(&body, "User-agent: *\n");
    while (body.length < 500 * 1024)
        buf_add(&body, "# 456789\n");
    buf_add(&body, "Disallow: /in\n");
    while (body.length < ROBOTS_READ_BYTES - 12)
        buf_add(&body, "#\n");
    buf_add(&body, "Disallow: /abcdef\nDisallow: /out\n");
    struct robots *robots = robots_read(buf_text(&body), TEXT("warccap"));
    ck_assert(!robots_allows(robots, TEXT("/in"), NULL));
    ck_assert(robots_allows(robots, TEXT("/abc"), NULL));
    ck_assert(robots_allows(robots, TEXT("/out"), NULL));
    robots_free(robots);
    buf_release(&body);
}
END_TEST

START_TEST(patterns_with_many_stars_are_fast)
{
    struct buf body, target;
    buf_init(&body, 1 << 20);
    buf_init(&target, 1 << 20);
    for (int i = 0; i < 100; i++) {
        buf_add(&body, i ? "Disallow: /" : "User-agent: *\nDisallow: /");
        hostile_repeat(&body, "a*", 1000);
        buf_add(&body, "b$\n");
    }
    buf_add(&target, "/");
    hostile_repeat(&target, "a", 60000);
    int64_t began = clock_thread_ms();
    struct robots *robots = robots_read(buf_text(&body), TEXT("warccap"));
    ck_assert(robots_allows(robots, buf_text(&target), NULL));
    ck_assert_int_lt(clock_thread_ms() - began, HOSTILE_MS);
    robots_free(robots);
    buf_release(&body);
    buf_release(&target);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("robots");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, an_empty_file_allows_everything);
    tcase_add_test(standard, our_group_overrides_the_general_one);
    tcase_add_test(standard, a_group_without_rules_is_still_ours);
    tcase_add_test(standard, agent_names_are_compared_whole_ignoring_case);
    tcase_add_test(standard, several_agents_share_a_group);
    tcase_add_test(standard, groups_of_one_agent_are_merged);
    tcase_add_test(standard, unknown_lines_do_not_end_a_group);
    tcase_add_test(standard, rules_before_any_agent_are_ignored);
    tcase_add_test(standard, the_longest_pattern_decides_and_a_tie_allows);
    tcase_add_test(standard, stars_and_dollars_match_as_in_the_standard);
    tcase_add_test(standard, paths_have_case_and_queries_count);
    tcase_add_test(standard, percent_encoding_is_normalized);
    tcase_add_test(standard, robots_txt_itself_is_always_allowed);
    tcase_add_test(standard, sloppy_lines_are_accepted);
    tcase_add_test(standard, the_file_of_blogger_disallows_search_only);
    tcase_add_test(standard, all_and_nothing);
    tcase_add_test(standard, crawl_delay_is_read);
    tcase_add_test(standard, half_a_megabyte_is_read_without_the_incomplete_line);
    tcase_add_test(standard, patterns_with_many_stars_are_fast);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
