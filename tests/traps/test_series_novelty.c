#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "series/series_key.h"
#include "traps/series_novelty.h"

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

START_TEST(numbers_and_cursors_make_no_other_family)
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

/* A page of the family with a link of this number (0: none) and this text; whether it leads on. */
static bool leads_on(struct series_novelty *series_novelty, const char *family, int link,
                     const char *words)
{
    series_novelty_begin(series_novelty, text_of(family), false);
    if (link)
        series_novelty_link(series_novelty, link);
    series_novelty_words(series_novelty, text_of(words));
    return series_novelty_end(series_novelty) == URL_RULE_NONE;
}

START_TEST(a_row_goes_on_while_it_has_news)
{
    struct series_novelty *series_novelty = series_novelty_new();
    char words[64];
    for (int page = 1; page <= 100; page++)
        ck_assert(leads_on(series_novelty, "h/page/#", page, "<p>the same words on each page</p>"));
    /* Without a new link, words do: a thread of a forum names nobody new. */
    for (int page = 1; page <= 100; page++) {
        snprintf(words, sizeof words, "<p>the same words %c%c then others</p>", 'a' + page % 26,
                 'a' + page / 26);
        ck_assert(leads_on(series_novelty, "h/page/#", 1, words));
    }
    series_novelty_free(series_novelty);
}
END_TEST

START_TEST(a_row_ends_at_the_second_page_without_news)
{
    struct series_novelty *series_novelty = series_novelty_new();
    ck_assert(leads_on(series_novelty, "h/page/#", 1, "<p>one two three four</p>"));
    ck_assert(leads_on(series_novelty, "h/page/#", 2, "<p>one two three four</p>"));
    ck_assert(leads_on(series_novelty, "h/page/#", 2, "<p>one two three four 2026-11-04 17</p>"));
    ck_assert(!leads_on(series_novelty, "h/page/#", 1,
                        "<script>other words</script><p>one two three four 5</p>"));
    ck_assert(!leads_on(series_novelty, "h/page/#", 0, "<p>one two three four</p>"));
    /* News, and it goes on. */
    ck_assert(leads_on(series_novelty, "h/page/#", 3, "<p>one two three four</p>"));
    series_novelty_free(series_novelty);
}
END_TEST

/* Beside every page stands a column of all forty posts, in front of it the one that the page is
 * about. */
static bool leads_on_beside_a_column(struct series_novelty *series_novelty, int shown)
{
    series_novelty_begin(series_novelty, TEXT("h/page/#"), false);
    series_novelty_link(series_novelty, shown);
    for (int post = 1; post <= 40; post++)
        series_novelty_link(series_novelty, post);
    series_novelty_words(series_novelty, TEXT("<p>the same words on each page</p>"));
    return series_novelty_end(series_novelty) == URL_RULE_NONE;
}

START_TEST(a_row_goes_on_though_each_page_lists_all_posts)
{
    struct series_novelty *series_novelty = series_novelty_new();
    for (int post = 1; post <= 40; post++)
        ck_assert(leads_on_beside_a_column(series_novelty, post));
    ck_assert(leads_on_beside_a_column(series_novelty, 40));
    ck_assert(!leads_on_beside_a_column(series_novelty, 40));
    series_novelty_free(series_novelty);
}
END_TEST

START_TEST(a_row_that_only_mixes_anew_ends)
{
    struct series_novelty *series_novelty = series_novelty_new();
    int pages = 0;
    bool on = true;
    for (; on && pages < 100; pages++) {
        series_novelty_begin(series_novelty, TEXT("h/page/#"), false);
        for (int link = 0; link < 8; link++)
            series_novelty_link(series_novelty, 1 + (pages * 31 + link * (7 + pages)) % 12);
        on = series_novelty_end(series_novelty) == URL_RULE_NONE;
    }
    ck_assert(pages < 30);
    series_novelty_free(series_novelty);
}
END_TEST

START_TEST(the_name_of_a_month_is_no_news)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June"};
    struct series_novelty *series_novelty = series_novelty_new();
    int pages = 0;
    for (bool on = true; on && pages < 6; pages++) {
        char html[128];
        snprintf(html, sizeof html,
                 "<title>%s</title><h1>%s 2026</h1><p>Events of %s</p><p>None</p>", months[pages],
                 months[pages], months[pages]);
        series_novelty_begin(series_novelty, TEXT("h/cal/#/#/"), true);
        series_novelty_words(series_novelty, text_of(html));
        on = series_novelty_end(series_novelty) == URL_RULE_NONE;
    }
    ck_assert_int_eq(pages, 3);
    series_novelty_free(series_novelty);
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

START_TEST(what_another_family_showed_is_news_here)
{
    struct series_novelty *series_novelty = series_novelty_new();
    for (int page = 1; page <= 5; page++)
        leads_on(series_novelty, "h/sitemap", page, "<p>one two three four</p>");
    for (int page = 1; page <= 5; page++)
        ck_assert(leads_on(series_novelty, "h/page/#", page, "<p>one two three four</p>"));
    series_novelty_free(series_novelty);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("families");
    TCase *tests = tcase_create("families");
    tcase_add_test(tests, numbers_and_cursors_make_no_other_family);
    tcase_add_test(tests, a_row_goes_on_while_it_has_news);
    tcase_add_test(tests, a_row_ends_at_the_second_page_without_news);
    tcase_add_test(tests, a_row_goes_on_though_each_page_lists_all_posts);
    tcase_add_test(tests, a_row_that_only_mixes_anew_ends);
    tcase_add_test(tests, the_name_of_a_month_is_no_news);
    tcase_add_test(tests, a_date_makes_a_calendar_and_a_number_does_not);
    tcase_add_test(tests, what_another_family_showed_is_news_here);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
