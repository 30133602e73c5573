/* Suspects: common words and numbers are traps only where pages show it. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

/* Words of its own for each number, without digits. */
static const char *own_words(int number)
{
    static char html[1024];
    size_t length = 0;
    for (int i = 0; i < 30; i++)
        length +=
            (size_t)snprintf(html + length, sizeof html - length, "%c%c%c%c ", 'a' + i % 26,
                             'a' + number % 26, 'a' + number / 26 % 26, 'a' + number / 676 % 26);
    return html;
}

static enum url_rule judge(struct watch *watch, const char *url)
{
    return watch_link(watch, LINK_PAGE, url).rule;
}

/* Requests the URL. True: no rule objected. */
static bool visit(struct watch *watch, const char *address, int64_t key, const char *html)
{
    struct url url;
    url_init(&url);
    ck_assert(url_parse(&url, text_of(address), NULL, TEXT("")) == URL_OK);
    const struct trap_visit visit = {.url = &url, .key = key, .year = 2026};
    struct trap_turn turn = watch->detector->judge_turn(watch->state, &visit);
    url_release(&url);
    ck_assert(!turn.waits);
    if (turn.rule)
        return false;
    watch_page(watch, address, key, 0, text_of(html));
    watch_end(watch);
    watch->detector->end_turn(watch->state, key);
    return true;
}

static void begin(struct watch *watch)
{
    watch_init(watch, &detector_suspects);
    watch->page.year = 2026;
    watch->page.kind = VISIT_PAGE;
    watch_page(watch, "http://h/", 1, 0, text_of(own_words(0)));
    watch_end(watch);
}

START_TEST(posts_with_the_number_of_a_year_to_come_are_all_requested)
{
    struct watch watch;
    char url[64];
    begin(&watch);
    for (int i = 2028; i < 2100; i++) {
        snprintf(url, sizeof url, "http://h/post/%d/", i);
        watch_expects(judge(&watch, url), NULL);
        ck_assert_msg(visit(&watch, url, i, own_words(i)), "%s", url);
    }
    watch_release(&watch);
}
END_TEST

START_TEST(years_to_come_that_show_nothing_end_after_three)
{
    struct watch watch;
    begin(&watch);
    ck_assert(visit(&watch, "http://h/events/2028/01/", 2, "<p>No events, <a>before</a>"));
    ck_assert(visit(&watch, "http://h/events/2028/02/", 3, "<p>No events, <a>before</a>"));
    ck_assert(visit(&watch, "http://h/events/2028/03/", 4, "<p>No events, <a>before</a>"));
    ck_assert(!visit(&watch, "http://h/events/2028/04/", 5, "<p>No events, <a>before</a>"));
    watch_page(&watch, "http://h/events/", 9, 0, TEXT("<p>x"));
    watch_expects(judge(&watch, "http://h/events/2028/05/"), "calendar.future");
    watch_expects(judge(&watch, "http://h/post/2028/05/"), NULL); /* another reason */
    watch_expects(judge(&watch, "http://h/events/2026/05/"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(a_common_word_is_content_where_it_shows_content)
{
    static const char *const words[] = {"http://h/go?destination=%c", "http://h/%c/embed",
                                        "http://h/colours?diff=%c", "http://h/%c?m=1",
                                        "http://h/toys?share=%c"};
    struct watch watch;
    char url[64];
    begin(&watch);
    for (int word = 0; word < 5; word++)
        for (int i = 1; i < 24; i++) {
            snprintf(url, sizeof url, words[word], 'a' + i);
            ck_assert_msg(visit(&watch, url, word * 100 + i, own_words(word * 31 + i)), "%s", url);
        }
    watch_release(&watch);
}
END_TEST

/* A print view, a form: what they show is known. */
START_TEST(a_common_word_is_left_out_where_it_shows_nothing_new)
{
    struct watch watch;
    char url[64], plain[64];
    int requests = 0;
    begin(&watch);
    for (int i = 1; i < 24; i++) {
        snprintf(plain, sizeof plain, "http://h/%c", 'a' + i);
        snprintf(url, sizeof url, "http://h/%c?view=print", 'a' + i);
        ck_assert(visit(&watch, plain, 100 + i, own_words(i)));
        requests += visit(&watch, url, 200 + i, own_words(i));
    }
    ck_assert_int_eq(requests, 3);
    watch_release(&watch);
}
END_TEST

/* After `pages` pages without a suspect: how many suspects that show what the last of them showed
 * are requested. */
static int requested_after(int pages)
{
    struct watch watch;
    char url[64];
    int requests = 0;
    begin(&watch);
    for (int i = 2; i <= pages; i++) {
        snprintf(url, sizeof url, "http://h/page-%c%c", 'a' + i / 26, 'a' + i % 26);
        watch_page(&watch, url, i, 0, text_of(own_words(i)));
        watch_end(&watch);
    }
    for (int i = 0; i < 10; i++) {
        snprintf(url, sizeof url, "http://h/%c?view=print", 'a' + i);
        requests += visit(&watch, url, 1000 + i, own_words(pages));
    }
    watch_release(&watch);
    return requests;
}

/* What was noted is no news.  Of what was not, the first suspect brings news, and three follow. */
START_TEST(before_any_suspect_the_first_32_pages_are_noted_and_then_one_of_eight)
{
    ck_assert_int_eq(requested_after(31), 3);
    ck_assert_int_eq(requested_after(32), 3);
    for (int pages = 33; pages < 40; pages++)
        ck_assert_int_eq(requested_after(pages), 4);
    ck_assert_int_eq(requested_after(40), 3);
    ck_assert_int_eq(requested_after(41), 4);
    ck_assert_int_eq(requested_after(48), 3);
}
END_TEST

START_TEST(the_same_items_in_another_order_are_nothing_new)
{
    struct watch watch;
    begin(&watch);
    ck_assert(visit(&watch, "http://h/list", 2,
                    "<p>red wool hat</p><p>blue silk scarf</p><p>grey felt boots</p>"));
    for (int i = 0; i < 4; i++) {
        char url[64];
        snprintf(url, sizeof url, "http://h/list?sort=%d", i);
        bool asked = visit(&watch, url, 3 + i,
                           "<p>grey felt boots</p><p>red wool hat</p><p>blue silk scarf</p>");
        ck_assert_int_eq(asked, i < 3);
    }
    /* A list that is only found in an order of its own. */
    for (int i = 0; i < 20; i++) {
        char url[64];
        snprintf(url, sizeof url, "http://h/members/%d?sort=name", i);
        ck_assert(visit(&watch, url, 50 + i, own_words(i)));
    }
    watch_release(&watch);
}
END_TEST

START_TEST(the_program_is_proof_enough)
{
    struct watch watch;
    watch_init(&watch, &detector_suspects);
    watch.page.year = 2026;
    watch_page(&watch, "http://h/", 1, 0, TEXT("<meta content=\"MediaWiki 1.35\"><p>x"));
    watch_expects(judge(&watch, "http://h/a?diff=3"), "mediawiki.diff");
    watch_expects(judge(&watch, "http://other/a?diff=3"), NULL);
    watch_expects(watch_link(&watch, LINK_REQUISITE, "http://h/a?diff=3").rule, NULL);
    watch_end(&watch);
    ck_assert(!visit(&watch, "http://h/a?diff=3", 2, "<p>x"));
    watch.page.kind = VISIT_SITEMAP;
    watch_page(&watch, "http://h/sitemap.xml", 3, 0, TEXT("<urlset>"));
    watch_expects(judge(&watch, "http://h/a?diff=3"), NULL); /* the site says that it is a page */
    watch_release(&watch);
}
END_TEST

/* Requests beside each other: the fourth waits for what the first three show. */
START_TEST(a_suspect_waits_for_those_that_are_running)
{
    struct watch watch;
    struct url url;
    struct trap_visit visit = {.url = &url, .year = 2026};
    begin(&watch);
    url_init(&url);
    ck_assert(url_parse(&url, TEXT("http://h/a?print=x"), NULL, TEXT("")) == URL_OK);
    for (visit.key = 2; visit.key < 5; visit.key++)
        ck_assert(!watch.detector->judge_turn(watch.state, &visit).waits);
    ck_assert(watch.detector->judge_turn(watch.state, &visit).waits);
    for (int64_t key = 2; key < 5; key++)
        watch.detector->end_turn(watch.state, key);
    watch_expects(watch.detector->judge_turn(watch.state, &visit).rule, "print");
    url_release(&url);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suspects");
    TCase *tests = tcase_create("suspects");
    tcase_add_test(tests, posts_with_the_number_of_a_year_to_come_are_all_requested);
    tcase_add_test(tests, years_to_come_that_show_nothing_end_after_three);
    tcase_add_test(tests, a_common_word_is_content_where_it_shows_content);
    tcase_add_test(tests, a_common_word_is_left_out_where_it_shows_nothing_new);
    tcase_add_test(tests, before_any_suspect_the_first_32_pages_are_noted_and_then_one_of_eight);
    tcase_add_test(tests, the_same_items_in_another_order_are_nothing_new);
    tcase_add_test(tests, the_program_is_proof_enough);
    tcase_add_test(tests, a_suspect_waits_for_those_that_are_running);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
