/* Pages without news lead on for a while only. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

/* A page at h/shop/NUMBER, found on page `via`; its own key is its number. Returns whether it leads
 * on. */
static bool leads_on(struct watch *watch, int number, int via, const char *html)
{
    char address[64];
    snprintf(address, sizeof address, "http://h/shop/%d-red-wool/", number);
    watch_page(watch, address, number, via, text_of(html));
    return watch_end(watch) == URL_RULE_NONE;
}

/* How many of 200 pages, each found on the one before, lead on. */
static int length_of(struct watch *watch, const char *html)
{
    int number = 1;
    while (number <= 200 && leads_on(watch, number, number - 1, html))
        number++;
    return number - 1;
}

START_TEST(pages_that_bring_nothing_new_lead_on_for_a_while)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    int length = length_of(&watch, "<p>nothing is here 17</p>");
    ck_assert_int_ge(length, 33);
    ck_assert_int_le(length, 36);
    /* The links of a page with news are followed all the same. */
    ck_assert(leads_on(&watch, 500, 499, "<p>nothing is here 18</p>"));
    ck_assert(!leads_on(&watch, 501, 35, "<p>nothing is here 18</p>"));
    ck_assert(leads_on(&watch, 502, 35, "<p>nothing is here but this</p>"));
    watch_release(&watch);
}
END_TEST

START_TEST(links_of_a_page_that_may_lead_no_further_wait)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    watch_page(&watch, "http://h/shop/1/", 1, 0, TEXT("<p>nothing is here</p>"));
    ck_assert(!watch_link(&watch, LINK_PAGE, "http://h/shop/2/").waits);
    watch_expects(watch_end(&watch), NULL);
    int length = length_of(&watch, "<p>nothing is here</p>");
    watch_page(&watch, "http://h/shop/1000/", 1000, length, TEXT("<p>nothing is here</p>"));
    ck_assert(watch_link(&watch, LINK_PAGE, "http://h/shop/1001/").waits);
    ck_assert(!watch_link(&watch, LINK_REQUISITE, "http://h/style.css?1").waits);
    watch_expects(watch_end(&watch), "page.nothing-new");
    watch_release(&watch);
}
END_TEST

START_TEST(pages_with_words_of_their_own_lead_on)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    for (int number = 1; number <= 2000; number++) {
        char html[96];
        snprintf(html, sizeof html, "<h1>Shop</h1><p>%c%c%c is sold here</p>", 'a' + number % 26,
                 'a' + number / 26 % 26, 'a' + number / 676);
        ck_assert(leads_on(&watch, number, number - 1, html));
    }
    watch_release(&watch);
}
END_TEST

START_TEST(one_page_in_five_with_news_is_enough)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    for (int number = 1; number <= 2000; number++) {
        char html[96];
        snprintf(html, sizeof html, "<h1>Shop</h1><p>%c%c%c sold</p>", 'a' + number / 5 % 26,
                 'a' + number / 130 % 26, 'a' + number / 3380);
        ck_assert(leads_on(&watch, number, number - 1, html));
    }
    watch_release(&watch);
}
END_TEST

START_TEST(words_of_the_url_are_not_news)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    ck_assert_int_le(length_of(&watch, "<p>nothing found for wool or red</p>"), 36);
    watch_release(&watch);
}
END_TEST

START_TEST(of_a_series_only_the_first_page_and_those_of_calendars_count)
{
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    int length = length_of(&watch, "<p>nothing is here</p>");
    for (int dated = 0; dated < 2; dated++) {
        watch_page(&watch, "http://h/shop/1000/", 1000, length, TEXT("<p>nothing is here</p>"));
        watch.page.in_series = true;
        watch.page.dated = dated;
        watch.page.series_pages_before = 1;
        watch.detector->begin_page(watch.state, &watch.page);
        watch_expects(watch_end(&watch), dated ? "page.nothing-new" : NULL);
    }
    watch_release(&watch);
}
END_TEST

static int length_with_pictures(const char *pattern)
{
    struct watch watch;
    int number = 1;
    watch_init(&watch, &detector_novelty_budget);
    for (bool on = true; on && number <= 200; number++) {
        char address[64];
        snprintf(address, sizeof address, "http://h/album/%d", number);
        watch_page(&watch, address, number, number - 1, TEXT("<p>next</p>"));
        snprintf(address, sizeof address, pattern, number);
        watch_link(&watch, LINK_REQUISITE, address);
        on = watch_end(&watch) == URL_RULE_NONE;
    }
    watch_release(&watch);
    return number - 1;
}

START_TEST(a_picture_is_news_and_a_tracking_pixel_is_not)
{
    ck_assert_int_eq(length_with_pictures("http://h/pictures/%d.jpg"), 200);
    ck_assert_int_le(length_with_pictures("http://h/pixel.gif?%d"), 37);
}
END_TEST

START_TEST(a_redirect_does_not_start_the_count_again)
{
    struct watch watch;
    int number = 1;
    watch_init(&watch, &detector_novelty_budget);
    for (; number <= 200 &&
           leads_on(&watch, number, number == 1 ? 0 : 1000 + number, "<p>nothing is here</p>");
         number++)
        watch.detector->see_redirect(watch.state, 1000 + number + 1, number);
    ck_assert_int_le(number, 37);
    watch_release(&watch);
}
END_TEST

START_TEST(pages_in_utf_16_always_lead_on)
{
    static const char html[] = "<\0p\0>\0n\0o\0t\0";
    struct watch watch;
    watch_init(&watch, &detector_novelty_budget);
    for (int number = 1; number <= 200; number++) {
        watch_page(&watch, "http://h/a/b", number, number - 1,
                   (struct text){html, sizeof html - 1});
        watch_expects(watch_end(&watch), NULL);
    }
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("novelty_budget");
    TCase *tests = tcase_create("novelty_budget");
    tcase_add_test(tests, pages_that_bring_nothing_new_lead_on_for_a_while);
    tcase_add_test(tests, links_of_a_page_that_may_lead_no_further_wait);
    tcase_add_test(tests, of_a_series_only_the_first_page_and_those_of_calendars_count);
    tcase_add_test(tests, pages_with_words_of_their_own_lead_on);
    tcase_add_test(tests, one_page_in_five_with_news_is_enough);
    tcase_add_test(tests, words_of_the_url_are_not_news);
    tcase_add_test(tests, a_picture_is_news_and_a_tracking_pixel_is_not);
    tcase_add_test(tests, a_redirect_does_not_start_the_count_again);
    tcase_add_test(tests, pages_in_utf_16_always_lead_on);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
