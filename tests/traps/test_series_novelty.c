/* Series of pages: their keys, and when they end. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "series/series_key.h"
#include "tests/traps/watch.h"
#include "traps/detectors.h"

static void expect_family(const char *address, const char *name)
{
    struct url url;
    struct buf out;
    url_init(&url);
    buf_init(&out, 1 << 16);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    series_key_write(&url, 0, &out);
    ck_assert_str_eq(out.data, name);
    url_release(&url);
    buf_release(&out);
}

START_TEST(numbers_and_cursors_do_not_make_another_series)
{
    expect_family("http://h/blog/page/2", "h/blog/page/#");
    expect_family("http://h/blog/page/317", "h/blog/page/#");
    expect_family("http://h/events/2026-11/", "h/events/#-#/");
    expect_family("http://h/2026/11/page/2", "h/2026/11/page/#");
    expect_family("http://h/cal/2026/11/04/", "h/cal/#/#/#/");
    expect_family("http://h/2026/11", "h/#/#");
    expect_family("http://h/v2/2026/11/", "h/v2/#/#/");
    expect_family("http://h/list?cat=7&page=2", "h/list&cat=7&page=#");
    expect_family("http://h/calendar/?month=11-2026", "h/calendar/&month=#");
    expect_family("http://h/calendar/?show=2026-11", "h/calendar/&show=#");
    expect_family("http://h/list?after=t3_xyz", "h/list&after=#");
    expect_family("http://h/search?updated-max=2018-01-16T19:23:00%2B05:30&max-results=5",
                  "h/search&updated-max=#&max-results=5");
    expect_family("http://h/tag/red?page=2", "h/tag/red&page=#");
    expect_family("http://h/tag/%D0%B1/", "h/tag/%D0%B1/");
    expect_family("http://h/tag/%D0%B1/page/3/", "h/tag/%D0%B1/page/#/");
    expect_family("http://h/%D0%B1-17%D0%B2/", "h/%D0%B1-#%D0%B2/");
    expect_family("http://h/%D0%B117", "h/%D0%B1#");
}
END_TEST

/* A page of the series with this text and a link of this number (0: none). Returns whether it leads
 * on. */
static bool leads_on(struct watch *watch, const char *series, int link, const char *words)
{
    char address[64];
    static int number;
    snprintf(address, sizeof address, series, ++number);
    watch_page(watch, address, number, 0, text_of(words));
    ck_assert(watch->page.in_series);
    if (link)
        watch_key(watch, LINK_PAGE, link);
    return watch_end(watch) == URL_RULE_NONE;
}

static void begin(struct watch *watch)
{
    watch_init(watch, &detector_series_novelty);
    watch->page.kind = VISIT_PAGER;
}

START_TEST(a_series_goes_on_while_it_has_news)
{
    struct watch watch;
    char words[64];
    begin(&watch);
    for (int page = 1; page <= 100; page++)
        ck_assert(leads_on(&watch, "http://h/page/%d", page, "<p>the same words on each page</p>"));
    /* A thread in a forum links to no new pages, but it has new words. */
    for (int page = 1; page <= 100; page++) {
        snprintf(words, sizeof words, "<p>the same words %c%c then others</p>", 'a' + page % 26,
                 'a' + page / 26);
        ck_assert(leads_on(&watch, "http://h/page/%d", 1, words));
    }
    watch_release(&watch);
}
END_TEST

START_TEST(a_series_ends_at_the_second_page_without_news)
{
    static const char row[] = "http://h/page/%d";
    struct watch watch;
    begin(&watch);
    ck_assert(leads_on(&watch, row, 1, "<p>one two three four</p>"));
    /* Words count where no link is new. */
    ck_assert(leads_on(&watch, row, 1, "<p>one two three four</p>"));
    ck_assert(leads_on(&watch, row, 2, "<p>one two three four</p>"));
    ck_assert(leads_on(&watch, row, 2, "<p>one two three four 2026-11-04 17</p>"));
    ck_assert(!leads_on(&watch, row, 1, "<script>other words</script><p>one two three four 5</p>"));
    ck_assert(!leads_on(&watch, row, 0, "<p>one two three four</p>"));
    /* News again, and it goes on. */
    ck_assert(leads_on(&watch, row, 3, "<p>one two three four</p>"));
    watch_release(&watch);
}
END_TEST

/* Beside every page stands a column that lists all forty posts. In front of it is the post that the
 * page is about. */
static bool leads_on_beside_a_column(struct watch *watch, int shown)
{
    watch_page(watch, "http://h/page/2", 2, 0, TEXT("<p>the same words on each page</p>"));
    watch_key(watch, LINK_PAGE, shown);
    for (int post = 1; post <= 40; post++)
        watch_key(watch, LINK_PAGE, post);
    return watch_end(watch) == URL_RULE_NONE;
}

START_TEST(a_series_goes_on_though_each_page_lists_all_posts)
{
    struct watch watch;
    begin(&watch);
    for (int post = 1; post <= 40; post++)
        ck_assert(leads_on_beside_a_column(&watch, post));
    ck_assert(leads_on_beside_a_column(&watch, 40));
    ck_assert(!leads_on_beside_a_column(&watch, 40));
    watch_release(&watch);
}
END_TEST

START_TEST(a_series_that_only_shuffles_its_links_ends)
{
    struct watch watch;
    int pages = 0;
    bool on = true;
    begin(&watch);
    for (; on && pages < 100; pages++) {
        watch_page(&watch, "http://h/page/2", 2, 0, TEXT(""));
        for (int link = 0; link < 8; link++)
            watch_key(&watch, LINK_PAGE, 1 + (pages * 31 + link * (7 + pages)) % 12);
        on = watch_end(&watch) == URL_RULE_NONE;
    }
    ck_assert(pages < 30);
    watch_release(&watch);
}
END_TEST

START_TEST(the_name_of_a_month_is_not_news)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June"};
    struct watch watch;
    int pages = 0;
    begin(&watch);
    for (bool on = true; on && pages < 6; pages++) {
        char html[128], address[64];
        snprintf(html, sizeof html,
                 "<title>%s</title><h1>%s 2026</h1><p>Events of %s</p><p>None</p>", months[pages],
                 months[pages], months[pages]);
        snprintf(address, sizeof address, "http://h/cal/2026/%02d/", pages + 1);
        watch_page(&watch, address, pages + 1, 0, text_of(html));
        ck_assert(watch.page.dated);
        on = watch_end(&watch) == URL_RULE_NONE;
    }
    ck_assert_int_eq(pages, 3);
    watch_release(&watch);
}
END_TEST

START_TEST(a_date_makes_a_calendar_and_a_number_does_not)
{
    static const struct {
        const char *address;
        bool dated;
    } rows[] = {
        {"http://h/events/2026-11/", true},         {"http://h/2026/11/", true},
        {"http://h/calendar/?month=11-2026", true}, {"http://h/calendar/?show=2026-11", true},
        {"http://h/2026/page/5/", false},           {"http://h/list?page=5", false},
    };
    struct url url;
    url_init(&url);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(url_parse(&url, text_of(rows[i].address), NULL, TEXT("")), URL_OK);
        ck_assert_msg(series_key_is_dated(&url) == rows[i].dated, "%s", rows[i].address);
    }
    url_release(&url);
}
END_TEST

START_TEST(what_another_series_showed_is_news_here)
{
    struct watch watch;
    begin(&watch);
    for (int page = 1; page <= 5; page++)
        leads_on(&watch, "http://h/sitemap/%d", page, "<p>one two three four</p>");
    for (int page = 1; page <= 5; page++)
        ck_assert(leads_on(&watch, "http://h/page/%d", page, "<p>one two three four</p>"));
    watch_release(&watch);
}
END_TEST

START_TEST(links_within_the_series_wait_for_the_end_of_the_page)
{
    struct watch watch;
    begin(&watch);
    watch_page(&watch, "http://h/page/2", 2, 0, TEXT("<p>words</p>"));
    ck_assert(watch_link(&watch, LINK_PAGER, "http://h/page/3").waits);
    ck_assert(!watch_link(&watch, LINK_PAGE, "http://h/post").waits);
    ck_assert(!watch_link(&watch, LINK_PAGER, "http://h/other/3").waits);
    ck_assert(!watch_link(&watch, LINK_REQUISITE, "http://h/page/3").waits);
    watch_expects(watch_end(&watch), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(a_page_belongs_to_the_series_of_the_page_it_was_found_on)
{
    struct watch watch;
    begin(&watch);
    watch.page.kind = VISIT_PAGE;
    watch_page(&watch, "http://h/item/2", 2, 0, TEXT("<p>words</p>"));
    ck_assert(!watch.page.in_series);
    ck_assert_int_eq(url_parse(&watch.via, TEXT("http://h/item/1"), NULL, TEXT("")), URL_OK);
    watch.page.via = &watch.via;
    watch_page(&watch, "http://h/item/2", 2, 1, TEXT("<p>words</p>"));
    ck_assert(watch.page.in_series);
    ck_assert_uint_eq(watch.page.series_pages_before, 0);
    watch_end(&watch);
    watch_page(&watch, "http://h/item/3", 3, 1, TEXT("<p>words</p>"));
    ck_assert_uint_eq(watch.page.series_pages_before, 1);
    watch_release(&watch);
}
END_TEST

START_TEST(pages_of_a_feed_are_a_series_whatever_counts_them)
{
    struct watch watch;
    begin(&watch);
    watch.page.kind = VISIT_FEED;
    watch.page.body = BODY_FEED;
    watch_page(&watch, "http://h/feed?start-index=26&alt=rss", 1, 0, TEXT(""));
    ck_assert(watch.page.in_series);
    ck_assert(watch_link(&watch, LINK_FEED, "http://h/feed?start-index=51&alt=rss").waits);
    ck_assert(watch_link(&watch, LINK_FEED, "http://h/feed?alt=rss").waits);
    ck_assert(!watch_link(&watch, LINK_FEED, "http://h/feed?alt=atom").waits);
    watch_release(&watch);
}
END_TEST

START_TEST(between_full_recrawls_a_series_ends_at_known_posts)
{
    struct watch watch;
    begin(&watch);
    watch_page(&watch, "http://h/page/2", 2, 0, TEXT("<p>words</p>"));
    watch.page.names_old_posts = true;
    watch_expects(watch_end(&watch), "series.known");
    watch.page.kind = VISIT_ARCHIVE;
    watch_page(&watch, "http://h/2021/06/", 3, 0, TEXT("<p>other words</p>"));
    watch_expects(watch_end(&watch), NULL);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series_novelty");
    TCase *tests = tcase_create("series_novelty");
    tcase_add_test(tests, numbers_and_cursors_do_not_make_another_series);
    tcase_add_test(tests, a_series_goes_on_while_it_has_news);
    tcase_add_test(tests, a_series_ends_at_the_second_page_without_news);
    tcase_add_test(tests, a_series_goes_on_though_each_page_lists_all_posts);
    tcase_add_test(tests, a_series_that_only_shuffles_its_links_ends);
    tcase_add_test(tests, the_name_of_a_month_is_not_news);
    tcase_add_test(tests, a_date_makes_a_calendar_and_a_number_does_not);
    tcase_add_test(tests, what_another_series_showed_is_news_here);
    tcase_add_test(tests, links_within_the_series_wait_for_the_end_of_the_page);
    tcase_add_test(tests, a_page_belongs_to_the_series_of_the_page_it_was_found_on);
    tcase_add_test(tests, pages_of_a_feed_are_a_series_whatever_counts_them);
    tcase_add_test(tests, between_full_recrawls_a_series_ends_at_known_posts);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
