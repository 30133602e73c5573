/* Which header lines of the user go to which hosts. */
#include <config.h>

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/request_headers.h"

static struct fetch_options options;
static struct request_headers headers;
static struct trouble trouble;

static void begin(void)
{
    options = (struct fetch_options){.headers = NULL};
    headers = (struct request_headers){.options = NULL};
}

static void end(void)
{
    request_headers_release(&headers);
}

static void start(const char *const *lines, int count, const char *const *lines_for, int count_for)
{
    request_headers_release(&headers);
    options.headers = (char **)(uintptr_t)lines;
    options.header_count = count;
    options.headers_for = (char **)(uintptr_t)lines_for;
    options.header_for_count = count_for;
    ck_assert_int_eq(request_headers_init(&headers, &options, &trouble), RESULT_OK);
}

static void read_url(struct url *url, const char *address)
{
    url_init(url);
    ck_assert_int_eq(url_parse(url, text_of(address), NULL, TEXT("")), URL_OK);
}

static void add_seed(const char *address)
{
    struct url url;
    read_url(&url, address);
    ck_assert_int_eq(request_headers_add_site(&headers, &url, &trouble), RESULT_OK);
    url_release(&url);
}

/* The lines that go to the URL, joined by "|". */
static void expect(const char *address, const char *wanted)
{
    struct curl_slist *list = NULL;
    struct url url;
    char joined[1000] = "";
    read_url(&url, address);
    ck_assert(request_headers_write(&headers, &url, &list));
    for (const struct curl_slist *one = list; one; one = one->next) {
        size_t length = strlen(joined);
        snprintf(joined + length, sizeof joined - length, "%s%s", length ? "|" : "", one->data);
    }
    ck_assert_msg(strcmp(joined, wanted) == 0, "%s gets %s, not %s", address, joined, wanted);
    curl_slist_free_all(list);
    url_release(&url);
}

START_TEST(what_may_be_secret_goes_to_the_sites_of_the_seeds_only)
{
    static const char *const lines[] = {"Authorization: Bearer 1", "cookie: a=b", "X-Api-Key: 2",
                                        "Proxy-Authorization: 3"};
    static const char all[] =
        "Authorization: Bearer 1|cookie: a=b|X-Api-Key: 2|Proxy-Authorization: 3";
    start(lines, 4, NULL, 0);
    expect("http://blog.test/", ""); /* not before there is a seed */
    add_seed("http://blog.test/path/");
    static const char *const yes[] = {"http://blog.test/", "http://blog.test/other/",
                                      "https://blog.test/", "http://www.blog.test/x",
                                      "http://BLOG.test/"};
    static const char *const no[] = {"http://third.test/",
                                     "http://blog.test.third.test/",
                                     "http://notblog.test/",
                                     "http://sub.blog.test/",
                                     "http://blog.test:8080/",
                                     "https://blog.test:8443/",
                                     "http://test/",
                                     "http://127.0.0.1/",
                                     "http://blog.test@third.test/",
                                     "http://third.test/?http://blog.test/"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        expect(yes[i], all);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        expect(no[i], "");
}
END_TEST

START_TEST(what_was_given_with_https_is_not_sent_in_the_clear)
{
    static const char *const lines[] = {"Authorization: 1"};
    start(lines, 1, NULL, 0);
    add_seed("https://blog.test/");
    expect("https://blog.test/", "Authorization: 1");
    expect("https://www.blog.test/", "Authorization: 1");
    expect("http://blog.test/", "");
    expect("http://www.blog.test/", "");
    add_seed("http://other.test/");
    expect("http://other.test/", "Authorization: 1");
    expect("http://blog.test/", "");
}
END_TEST

START_TEST(what_cannot_be_secret_goes_everywhere)
{
    static const char *const lines[] = {"Accept-Language: de", "DNT:1", "referer: http://a.test/",
                                        "X-Key: 7"};
    start(lines, 4, NULL, 0);
    add_seed("http://blog.test/");
    expect("http://third.test/", "Accept-Language: de|DNT:1|referer: http://a.test/");
    expect("http://blog.test/", "Accept-Language: de|DNT:1|referer: http://a.test/|X-Key: 7");
}
END_TEST

START_TEST(a_line_for_a_host_goes_there_and_replaces)
{
    static const char *const lines[] = {"Authorization: general", "X-Key: 7"};
    static const char *const lines_for[] = {"api.test Authorization: for api",
                                            "blog.test:8080  authorization: for a port",
                                            "www.blog.test Authorization: for www",
                                            "* X-All: everywhere", "[::1] X-Six: 6"};
    start(lines, 2, lines_for, 5);
    add_seed("http://blog.test/");
    expect("http://blog.test/", "Authorization: general|X-Key: 7|X-All: everywhere");
    expect("http://www.blog.test/", "X-Key: 7|Authorization: for www|X-All: everywhere");
    expect("http://api.test/", "Authorization: for api|X-All: everywhere");
    expect("https://API.test:8443/", "Authorization: for api|X-All: everywhere");
    expect("http://blog.test:8080/", "authorization: for a port|X-All: everywhere");
    expect("http://blog.test:8081/", "X-All: everywhere");
    expect("http://sub.api.test/", "X-All: everywhere");
    expect("http://third.test/", "X-All: everywhere");
    expect("http://[::1]/", "X-All: everywhere|X-Six: 6");
}
END_TEST

START_TEST(lines_are_read_from_a_file)
{
    char path[] = "/tmp/warccap-headers-XXXXXX";
    static const char content[] =
        "# a comment\n\n Authorization: from a file \r\nAccept-Language: fr\n#X: y\nCookie: last";
    int fd = mkstemp(path);
    ck_assert(fd >= 0 && write(fd, content, strlen(content)) == (ssize_t)strlen(content));
    close(fd);
    options.header_file = path;
    start(NULL, 0, NULL, 0);
    add_seed("http://blog.test/");
    expect("http://blog.test/", "Authorization: from a file|Accept-Language: fr|Cookie: last");
    expect("http://third.test/", "Accept-Language: fr");
    request_headers_release(&headers);
    unlink(path);
    ck_assert_int_eq(request_headers_init(&headers, &options, &trouble), RESULT_BROKEN);
    ck_assert_msg(strstr(trouble.words, path) != NULL, "%s", trouble.words);
}
END_TEST

START_TEST(options_with_secrets_are_told_from_those_without)
{
    static const char *const harmless[] = {"Accept-Language: de", "Cookie: a=b"},
                             *const lines_for[] = {"h X: y"};
    ck_assert(!request_headers_are_secret(&options));
    start(harmless, 1, NULL, 0);
    ck_assert(!request_headers_are_secret(&options));
    start(harmless, 2, NULL, 0);
    ck_assert(request_headers_are_secret(&options));
    start(NULL, 0, lines_for, 1);
    ck_assert(request_headers_are_secret(&options));
    options = (struct fetch_options){.cookie_file = "x"};
    ck_assert(request_headers_are_secret(&options));
    options = (struct fetch_options){.header_file = "x"};
    ck_assert(request_headers_are_secret(&options));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("request_headers");
    TCase *tcase = tcase_create("core");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, what_may_be_secret_goes_to_the_sites_of_the_seeds_only);
    tcase_add_test(tcase, what_was_given_with_https_is_not_sent_in_the_clear);
    tcase_add_test(tcase, what_cannot_be_secret_goes_everywhere);
    tcase_add_test(tcase, a_line_for_a_host_goes_there_and_replaces);
    tcase_add_test(tcase, lines_are_read_from_a_file);
    tcase_add_test(tcase, options_with_secrets_are_told_from_those_without);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
