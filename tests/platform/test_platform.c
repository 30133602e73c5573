/* Platforms: their marks, their requests and the lists of Blogger and Substack. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/platforms.h"
#include "tests/fixture.h"

enum { REQUESTS_MOST = 8, FILE_LONGEST = 1 << 20 };

static void expect(const char *html, const struct platform *platform)
{
    const struct platform *found = platform_of_page(text_of(html));
    ck_assert_msg(found == platform, "%s: %s instead of %s", html, found ? found->name : "none",
                  platform ? platform->name : "none");
}

START_TEST(platforms_are_recognised_by_their_marks)
{
    expect("<meta content='blogger' name='generator'/>", &platform_blogger);
    expect("<meta name=\"generator\" content=\"WordPress 6.8\">", &platform_wordpress);
    expect("<meta name=\"generator\" content=\"Ghost 5.2\">", &platform_ghost);
    expect("<meta name=\"generator\" content=\"Hugo 0.80\">", &platform_static_site);
    expect("<script src=\"https://substackcdn.com/bundle/static/js/main.js\">", &platform_substack);
    expect("<script>DD_RUM.init({ service: 'substack-web' })</script>", &platform_substack);
    expect("<p>A ghost and a blogger press words in stacks</p>", NULL);
    expect("<img src=\"https://substackcdn.com/image/fetch/cat.png\">", NULL);
}
END_TEST

START_TEST(a_platform_has_its_requests)
{
    struct platform_request requests[REQUESTS_MOST];
    ck_assert_uint_eq(platform_requests(NULL, TEXT(""), requests, REQUESTS_MOST), 0);
    ck_assert_uint_eq(platform_requests(&platform_wordpress, TEXT(""), requests, REQUESTS_MOST), 1);
    ck_assert_uint_eq(
        platform_requests(&platform_wordpress,
                          TEXT("<link rel='https://api.w.org/' href='http://h/wp-json/'>"),
                          requests, REQUESTS_MOST),
        2);
    ck_assert_uint_eq(platform_requests(&platform_substack, TEXT(""), requests, 2), 2);
    ck_assert_uint_eq(platform_requests(&platform_substack, TEXT(""), requests, REQUESTS_MOST), 4);
    ck_assert_str_eq(requests[0].path.at, "/archive?sort=new");
}
END_TEST

START_TEST(blogger_lists_the_titles_of_an_archive)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    ck_assert(!platform_blogger.write_archive_list(TEXT("<p>"), TEXT("http://h/2018/"), &out));
    ck_assert(platform_blogger.write_archive_list(TEXT("<div id='BlogArchive1'>"),
                                                  TEXT("http://h/2018/"), &out));
    ck_assert_str_eq(
        out.data, "/?action=getTitles&widgetId=BlogArchive1&widgetType=BlogArchive&responseType=js"
                  "&path=http%3A%2F%2Fh%2F2018%2F");
    buf_release(&out);
}
END_TEST

/* ---- lists ---- */

/* Fails the test unless the list at `url` gives these links: "CLASS URL\n". */
static void expect_list(const char *url, struct text body, const struct platform *platform,
                        const char *expected)
{
    struct platform_list list;
    struct platform_link link;
    struct url parsed;
    struct buf lines;
    url_init(&parsed);
    buf_init(&lines, FILE_LONGEST);
    buf_add(&lines, "");
    ck_assert_int_eq(url_parse(&parsed, text_of(url), NULL, TEXT("")), URL_OK);
    ck_assert_ptr_eq(platform_of_list(&parsed), platform);
    platform_list_init(&list, platform, &parsed, body);
    while (platform_list_next(&list, &link)) {
        buf_add(&lines, link_class_name(link.class));
        buf_add_char(&lines, ' ');
        buf_add_text(&lines, link.address);
        buf_add_char(&lines, '\n');
    }
    ck_assert_str_eq(lines.data, expected);
    platform_list_release(&list);
    url_release(&parsed);
    buf_release(&lines);
}

START_TEST(blogger_list_names_posts)
{
    static const char list[] =
        "_WidgetManager._HandleControllerResult('BlogArchive1', 'getTitles',{'path': 'http://h/',"
        " 'posts': [{'title': 'The \\x27url\\x27: of it', 'url': 'http://h/2018/06/one.html'},"
        " {'title': 'Two', 'url': 'http:\\/\\/h\\/2018\\/06\\/two.html'}]});";
    expect_list("http://h/?action=getTitles&widgetId=BlogArchive1", text_of(list),
                &platform_blogger,
                "page http://h/2018/06/one.html\npage http://h/2018/06/two.html\n");
    expect_list("http://h/?action=getTitles", TEXT("var a = 'url'"), &platform_blogger, "");
}
END_TEST

START_TEST(substack_archive_is_read_until_a_page_is_empty)
{
    struct buf bytes;
    buf_init(&bytes, FILE_LONGEST);
    fixture_read("fixtures/platforms/substack/archive-12.json", &bytes);
    expect_list("http://substack.test/api/v1/archive?sort=new&offset=12&limit=12", buf_text(&bytes),
                &platform_substack,
                "page http://substack.test/p/letter-2\n"
                "page http://substack.test/p/letter-1\n"
                "feed ?sort=new&offset=24&limit=12\n");
    expect_list("http://substack.test/api/v1/archive?sort=new&offset=24&limit=12", TEXT("[]"),
                &platform_substack, "");
    expect_list("http://substack.test/api/v1/archive?limit=7", buf_text(&bytes), &platform_substack,
                "page http://substack.test/p/letter-2\n"
                "page http://substack.test/p/letter-1\n"
                "feed ?offset=7&limit=7\n");
    expect_list("http://substack.test/api/v1/archive?limit=0", TEXT("{\"canonical_url\": \"/p\"}"),
                &platform_substack, "page /p\n");
    expect_list("http://substack.test/api/v1/archive?offset=18446744073709551615",
                TEXT("{\"canonical_url\": \"/p\"}"), &platform_substack, "page /p\n");
    buf_release(&bytes);
}
END_TEST

START_TEST(substack_pages_of_the_fixture_are_recognised)
{
    struct buf bytes;
    buf_init(&bytes, FILE_LONGEST);
    fixture_read("fixtures/platforms/substack/index.html", &bytes);
    ck_assert_ptr_eq(platform_of_page(buf_text(&bytes)), &platform_substack);
    buf_release(&bytes);
}
END_TEST

START_TEST(other_urls_are_not_lists)
{
    static const char *const urls[] = {"http://h/", "http://h/?action=other",
                                       "http://h/api/v1/archives"};
    struct url url;
    url_init(&url);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        ck_assert_int_eq(url_parse(&url, text_of(urls[i]), NULL, TEXT("")), URL_OK);
        ck_assert_ptr_null(platform_of_list(&url));
    }
    url_release(&url);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("platform");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, platforms_are_recognised_by_their_marks);
    tcase_add_test(standard, a_platform_has_its_requests);
    tcase_add_test(standard, blogger_lists_the_titles_of_an_archive);
    tcase_add_test(standard, blogger_list_names_posts);
    tcase_add_test(standard, substack_archive_is_read_until_a_page_is_empty);
    tcase_add_test(standard, substack_pages_of_the_fixture_are_recognised);
    tcase_add_test(standard, other_urls_are_not_lists);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
