/* Counts of date archives, the periods in URLs, and the number of pages a list says it has. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "html/page_text.h"
#include "series/archive_counts.h"
#include "series/date_archive.h"

static void page(struct archive_counts *archive_counts, const char *address)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    archive_counts_page(archive_counts, &url);
    url_release(&url);
}

static void note(void *context, int first_day, int listed, int present)
{
    int *last = context;
    last[0] = first_day;
    last[1] = listed;
    last[2] = present;
}

START_TEST(missing_posts_are_reported)
{
    struct archive_counts archive_counts;
    uint64_t listed, present;
    int last[3] = {0};
    memset(&archive_counts, 0, sizeof archive_counts);
    archive_counts_list(&archive_counts, 20210000, 3);
    archive_counts_list(&archive_counts, 20210600, 2);
    archive_counts_list(&archive_counts, 20210700, 1);
    page(&archive_counts, "http://h/2021/06/one.html");
    page(&archive_counts, "http://h/2021/06/"); /* the date archive itself is not a post */
    page(&archive_counts, "http://h/2021/06/page/2/");
    page(&archive_counts, "http://h/blog/2021/07/04/two/");
    page(&archive_counts, "http://h/2021/07/three.html"); /* an extra post makes up for nothing */
    page(&archive_counts, "http://h/about.html");
    archive_counts_compare(&archive_counts, &listed, &present, note, last);
    ck_assert(archive_counts.comparable);
    ck_assert_uint_eq(listed, 3);
    ck_assert_uint_eq(present, 2);
    ck_assert_int_eq(last[0], 20210600);
    ck_assert_int_eq(last[1], 2);
    ck_assert_int_eq(last[2], 1);
}
END_TEST

START_TEST(a_year_counts_where_no_month_is_listed)
{
    struct archive_counts archive_counts;
    uint64_t listed, present;
    memset(&archive_counts, 0, sizeof archive_counts);
    archive_counts_list(&archive_counts, 20200000, 2);
    page(&archive_counts, "http://h/2020/01/a.html");
    page(&archive_counts, "http://h/2020/12/b.html");
    archive_counts_compare(&archive_counts, &listed, &present, NULL, NULL);
    ck_assert_uint_eq(listed, 2);
    ck_assert_uint_eq(present, 2);
}
END_TEST

static const struct day {
    const char *address;
    int period, cursor;
} days[] = {
    {"http://h/2018/", 20180000, 0},
    {"http://h/2018/06/", 20180600, 0},
    {"http://h/blog/2018/6/", 20180600, 0},
    {"http://h/2018/06/04/", 20180604, 0},
    {"http://h/2018_06_01_archive.html", 20180601, 0},
    {"http://h/2018_06_archive.html", 20180600, 0},
    {"http://h/archives/", 0, 0},
    {"http://h/2018/06/name.html", 0, 0},
    {"http://h/search?updated-max=2018-06-15T09:00:00-07:00&max-results=20", 0, 20180615},
    {"http://h/search?max-results=20", 0, 0},
    {"http://h/list?before=t3_abc", 0, 0},
};

START_TEST(periods_and_cursors_are_read)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(days[_i].address), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(date_archive_period(&url, 2026), days[_i].period);
    ck_assert_int_eq(date_archive_cursor(&url), days[_i].cursor);
    url_release(&url);
}
END_TEST

START_TEST(bare_dates_differ_from_posts)
{
    ck_assert(date_archive_is_bare_date(TEXT("/2018/06/04/")));
    ck_assert(date_archive_is_bare_date(TEXT("/events/2026-11/")));
    ck_assert(date_archive_is_bare_date(TEXT("/events/2026-11-03")));
    ck_assert(!date_archive_is_bare_date(TEXT("/post/12")));
    ck_assert(!date_archive_is_bare_date(TEXT("/post/123456")));
    ck_assert(!date_archive_is_bare_date(TEXT("/2018/06/name.html")));
    ck_assert(!date_archive_is_bare_date(TEXT("/")));
}
END_TEST

START_TEST(a_list_says_how_many_pages_it_has)
{
    ck_assert_int_eq(page_text_page_count(TEXT("<span class=page-number>Page 3 of 41</span>")), 41);
    ck_assert_int_eq(page_text_page_count(TEXT("Page <b>3</b> of <b>41</b>")), 41);
    ck_assert_int_eq(page_text_page_count(TEXT("<p>Seite 1 von 7")), 7);
    ck_assert_int_eq(page_text_page_count(TEXT("Page 3, one of 41 that I wrote")), 0);
    ck_assert_int_eq(page_text_page_count(TEXT("<script>'Page 3 of 41'</script>")), 0);
    ck_assert_int_eq(page_text_page_count(TEXT("Page 41 of 3")), 0);
    ck_assert_int_eq(page_text_page_count(TEXT("")), 0);
}
END_TEST

START_TEST(a_post_belongs_to_its_month_and_its_year)
{
    static const struct {
        const char *address;
        int period;
        bool held;
    } rows[] = {
        {"http://h/2021/06/one.html", 20210600, true},
        {"http://h/2021/06/one.html", 20210000, true},
        {"http://h/2021/06/one.html", 20210700, false},
        {"http://h/2021/06/one.html", 20200000, false},
        {"http://h/2021/06/", 20210600, false},
        {"http://h/one.html", 20210600, false},
    };
    struct url url;
    url_init(&url);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(url_parse(&url, text_of(rows[i].address), NULL, TEXT("")), URL_OK);
        ck_assert_msg(archive_counts_hold(rows[i].period, &url) == rows[i].held, "%s in %d",
                      rows[i].address, rows[i].period);
    }
    url_release(&url);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("periods and platforms");
    TCase *tests = tcase_create("periods");
    tcase_add_test(tests, missing_posts_are_reported);
    tcase_add_test(tests, a_post_belongs_to_its_month_and_its_year);
    tcase_add_test(tests, a_year_counts_where_no_month_is_listed);
    tcase_add_loop_test(tests, periods_and_cursors_are_read, 0, sizeof days / sizeof *days);
    tcase_add_test(tests, bare_dates_differ_from_posts);
    tcase_add_test(tests, a_list_says_how_many_pages_it_has);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
