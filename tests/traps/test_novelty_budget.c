#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "traps/novelty_budget.h"

/* A page at h/shop/NUMBER, found on the one of the key `via`; its own key is its number.  Whether
 * it leads on. */
static bool leads_on(struct novelty_budget *novelty_budget, int number, int via, const char *html)
{
    struct url url;
    char address[64];
    url_init(&url);
    snprintf(address, sizeof address, "http://h/shop/%d-red-wool/", number);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    novelty_budget_begin(novelty_budget, &url, number, via);
    bool ends = novelty_budget_end(novelty_budget, text_of(html));
    url_release(&url);
    return !ends;
}

/* How many of 200 pages, each found on the one before, lead on. */
static int length_of(struct novelty_budget *novelty_budget, const char *html)
{
    int number = 1;
    while (number <= 200 && leads_on(novelty_budget, number, number - 1, html))
        number++;
    return number - 1;
}

START_TEST(pages_that_bring_nothing_new_lead_on_for_a_while)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    int length = length_of(novelty_budget, "<p>nothing is here 17</p>");
    ck_assert_int_ge(length, 33);
    ck_assert_int_le(length, 36);
    /* What a page with news names is followed all the same. */
    ck_assert(leads_on(novelty_budget, 500, 499, "<p>nothing is here 18</p>"));
    ck_assert(!leads_on(novelty_budget, 501, 35, "<p>nothing is here 18</p>"));
    ck_assert(leads_on(novelty_budget, 502, 35, "<p>nothing is here but this</p>"));
    novelty_budget_free(novelty_budget);
}
END_TEST

START_TEST(pages_with_words_of_their_own_lead_on)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    for (int number = 1; number <= 2000; number++) {
        char html[96];
        snprintf(html, sizeof html, "<h1>Shop</h1><p>%c%c%c is sold here</p>", 'a' + number % 26,
                 'a' + number / 26 % 26, 'a' + number / 676);
        ck_assert(leads_on(novelty_budget, number, number - 1, html));
    }
    novelty_budget_free(novelty_budget);
}
END_TEST

START_TEST(one_page_in_five_with_news_is_enough)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    for (int number = 1; number <= 2000; number++) {
        char html[96];
        snprintf(html, sizeof html, "<h1>Shop</h1><p>%c%c%c sold</p>", 'a' + number / 5 % 26,
                 'a' + number / 130 % 26, 'a' + number / 3380);
        ck_assert(leads_on(novelty_budget, number, number - 1, html));
    }
    novelty_budget_free(novelty_budget);
}
END_TEST

START_TEST(words_of_the_address_are_no_news)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    ck_assert_int_le(length_of(novelty_budget, "<p>nothing found for wool or red</p>"), 36);
    novelty_budget_free(novelty_budget);
}
END_TEST

static int length_with_pictures(const char *pattern)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    struct url page, picture;
    int number = 1;
    url_init(&page);
    url_init(&picture);
    for (bool on = true; on && number <= 200; number++) {
        char address[64];
        snprintf(address, sizeof address, "http://h/album/%d", number);
        ck_assert_int_eq(url_parse(&page, text_of(address), NULL, TEXT("")), URL_OK);
        snprintf(address, sizeof address, pattern, number);
        ck_assert_int_eq(url_parse(&picture, text_of(address), NULL, TEXT("")), URL_OK);
        novelty_budget_begin(novelty_budget, &page, number, number - 1);
        novelty_budget_part(novelty_budget, &picture, 1000 + number);
        on = !novelty_budget_end(novelty_budget, TEXT("<p>next</p>"));
    }
    url_release(&page);
    url_release(&picture);
    novelty_budget_free(novelty_budget);
    return number - 1;
}

START_TEST(a_picture_is_news_and_a_counting_pixel_is_none)
{
    ck_assert_int_eq(length_with_pictures("http://h/pictures/%d.jpg"), 200);
    ck_assert_int_le(length_with_pictures("http://h/pixel.gif?%d"), 37);
}
END_TEST

START_TEST(a_redirect_on_the_way_makes_no_beginning)
{
    struct novelty_budget *novelty_budget = novelty_budget_new();
    int number = 1;
    for (; number <= 200 && leads_on(novelty_budget, number, number == 1 ? 0 : 1000 + number,
                                     "<p>nothing is here</p>");
         number++)
        novelty_budget_pass(novelty_budget, 1000 + number + 1, number);
    ck_assert_int_le(number, 37);
    novelty_budget_free(novelty_budget);
}
END_TEST

START_TEST(of_utf_16_nothing_is_said)
{
    static const char html[] = "<\0p\0>\0n\0o\0t\0";
    struct novelty_budget *novelty_budget = novelty_budget_new();
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h/a/b"), NULL, TEXT("")), URL_OK);
    for (int number = 1; number <= 200; number++) {
        novelty_budget_begin(novelty_budget, &url, number, number - 1);
        ck_assert(!novelty_budget_end(novelty_budget, (struct text){html, sizeof html - 1}));
    }
    url_release(&url);
    novelty_budget_free(novelty_budget);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("burrows");
    TCase *tests = tcase_create("burrows");
    tcase_add_test(tests, pages_that_bring_nothing_new_lead_on_for_a_while);
    tcase_add_test(tests, pages_with_words_of_their_own_lead_on);
    tcase_add_test(tests, one_page_in_five_with_news_is_enough);
    tcase_add_test(tests, words_of_the_address_are_no_news);
    tcase_add_test(tests, a_picture_is_news_and_a_counting_pixel_is_none);
    tcase_add_test(tests, a_redirect_on_the_way_makes_no_beginning);
    tcase_add_test(tests, of_utf_16_nothing_is_said);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
