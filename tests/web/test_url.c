#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/url.h"

/* Addresses against http://example.org/a/b/c.html?q=1#f, as browsers read them; NULL: not to be had. */
static const struct row {
    const char *input, *expected;
} rows[] = {
    {"x y.html", "http://example.org/a/b/x%20y.html"},
    {"  x.html \n", "http://example.org/a/b/x.html"},
    {"\\d\\e.html", "http://example.org/d/e.html"},
    {"http:\\\\h.org\\p", "http://h.org/p"},
    {"x\t.ht\nml", "http://example.org/a/b/x.html"},
    {"http:/h.org/p", "http://example.org/h.org/p"},
    {"http:///h.org/p", "http://h.org/p"},
    {"http:p.html", "http://example.org/a/b/p.html"},
    {"https:p.html", "https://p.html/"},
    {"HTTP://EXAMPLE.Org/P", "http://example.org/P"},
    {"../../../x/./y/..", "http://example.org/x/"},
    {"%2e%2E/x", "http://example.org/a/x"},
    {"http://h.org:80/", "http://h.org/"},
    {"https://h.org:443/", "https://h.org/"},
    {"http://h.org:/", "http://h.org/"},
    {"http://h.org:0080/x", "http://h.org/x"},
    {"http://h.org:8080", "http://h.org:8080/"},
    {"http://h.org:99999/", NULL},
    {"http://u:p@h.org/", "http://u:p@h.org/"},
    {"http://u@x:p@h.org/", "http://u%40x:p@h.org/"},
    {"http://[2001:0DB8:0:0:0:0:0:1]/", "http://[2001:db8::1]/"},
    {"http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"},
    {"http://[1:2:3]/", NULL},
    {"http://0x7f.1/", "http://127.0.0.1/"},
    {"http://2130706433/", "http://127.0.0.1/"},
    {"http://1.2.3.256/", NULL},
    {"http://B\xc3\xbc" "cher.example/\xc3\xbc", "http://xn--bcher-kva.example/%C3%BC"},
    {"http://ex\xe3\x80\x82org/", "http://ex.org/"},
    {"http://ex%61mple.org/", "http://example.org/"},
    {"http://a b.org/", NULL},
    {"http://a_b.org/", "http://a_b.org/"},
    {"?q=\xc3\xa9", "http://example.org/a/b/c.html?q=%C3%A9"},
    {"?q='\"<>", "http://example.org/a/b/c.html?q=%27%22%3C%3E"},
    {"a|b^c`d{e}", "http://example.org/a/b/a|b%5Ec%60d%7Be%7D"},
    {"a[1]?b[]=2", "http://example.org/a/b/a[1]?b[]=2"},
    {"100%/x%zz", "http://example.org/a/b/100%/x%zz"},
    {"%7Euser/%41", "http://example.org/a/b/%7Euser/%41"},
    {"a%c3%a9", "http://example.org/a/b/a%c3%a9"},
    {"?", "http://example.org/a/b/c.html?"},
    {"#", "http://example.org/a/b/c.html?q=1#"},
    {"#top", "http://example.org/a/b/c.html?q=1#top"},
    {"", "http://example.org/a/b/c.html?q=1"},
    {"a;b=1", "http://example.org/a/b/a;b=1"},
    {"http://h.org//a//b", "http://h.org//a//b"},
    {"//cdn.org/x.js", "http://cdn.org/x.js"},
    {"a\x01" "b", "http://example.org/a/b/a%01b"},
    {"http://h.org?q", "http://h.org/?q"},
    {"http://h.org./", "http://h.org./"},
    {"?a+b c", "http://example.org/a/b/c.html?a+b%20c"},
    {"/.", "http://example.org/"},
    {"..", "http://example.org/a/"},
    {"./", "http://example.org/a/b/"},
    {"/a/..//b", "http://example.org//b"},
    {"/\xff", "http://example.org/%EF%BF%BD"},
    {"http://", NULL},
    {"http://@/x", NULL},
    {"javascript:void(0)", NULL},
    {"mailto:a@b", NULL},
    {"data:text/html,x", NULL},
};

START_TEST(is_read_as_browsers_read_it)
{
    struct url base, url;
    url_init(&base);
    url_init(&url);
    ck_assert_int_eq(url_parse(&base, TEXT("http://example.org/a/b/c.html?q=1#f"), NULL, TEXT("")), URL_OK);
    enum url_answer answer = url_parse(&url, text_of(rows[_i].input), &base, TEXT(""));
    ck_assert_msg((answer == URL_OK) == (rows[_i].expected != NULL), "\"%s\": %d", rows[_i].input, answer);
    if (rows[_i].expected)
        ck_assert_str_eq(url.href.data, rows[_i].expected);
    url_release(&base);
    url_release(&url);
}
END_TEST

START_TEST(query_is_encoded_as_the_document_is)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h/\xc3\xa9?q=\xc3\xa9&r=\xe2\x98\x83"), NULL, TEXT("windows-1252")), URL_OK);
    ck_assert_str_eq(url.href.data, "http://h/%C3%A9?q=%E9&r=%26%239731%3B");
    url_release(&url);
}
END_TEST

START_TEST(parts_are_told)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("https://u:p@H.org:8443/a/b?c=d#e"), NULL, TEXT("")), URL_OK);
    ck_assert(text_equal(url_host(&url), TEXT("h.org")));
    ck_assert(text_equal(url_authority(&url), TEXT("h.org:8443")));
    ck_assert(text_equal(url_path(&url), TEXT("/a/b")));
    ck_assert(text_equal(url_query(&url), TEXT("c=d")));
    ck_assert(text_equal(url_target(&url), TEXT("/a/b?c=d")));
    ck_assert(text_equal(url_resource(&url), TEXT("https://u:p@h.org:8443/a/b?c=d")));
    ck_assert_int_eq(url.port, 8443);
    ck_assert(url.https);
    url_release(&url);
}
END_TEST

static bool same_key(const char *left, const char *right)
{
    struct url a, b;
    struct buf ka, kb;
    url_init(&a);
    url_init(&b);
    buf_init(&ka, 1000);
    buf_init(&kb, 1000);
    ck_assert_int_eq(url_parse(&a, text_of(left), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(url_parse(&b, text_of(right), NULL, TEXT("")), URL_OK);
    url_write_seen_key(&a, &ka);
    url_write_seen_key(&b, &kb);
    bool same = text_equal(buf_text(&ka), buf_text(&kb));
    url_release(&a);
    url_release(&b);
    buf_release(&ka);
    buf_release(&kb);
    return same;
}

START_TEST(one_resource_has_one_seen_key)
{
    ck_assert(same_key("http://h/a", "https://h/a"));
    ck_assert(same_key("http://h/%7Ea%2f", "http://h/~a%2F"));
    ck_assert(!same_key("http://h/a%2Fb", "http://h/a/b"));
    ck_assert(!same_key("http://h/a", "http://h/A"));
    ck_assert(!same_key("http://h/a", "http://h/a/"));
    ck_assert(!same_key("http://h:8080/a", "https://h:8080/a"));
    ck_assert(!same_key("http://h/G%2B", "http://h/G+"));
}
END_TEST

START_TEST(www_and_scheme_make_no_other_site)
{
    struct url a, b;
    url_init(&a);
    url_init(&b);
    url_parse(&a, TEXT("http://h.org/"), NULL, TEXT(""));
    url_parse(&b, TEXT("https://www.h.org/x"), NULL, TEXT(""));
    ck_assert(url_same_site(&a, &b));
    url_parse(&b, TEXT("https://i.h.org/x"), NULL, TEXT(""));
    ck_assert(!url_same_site(&a, &b));
    url_parse(&b, TEXT("http://h.org:8080/"), NULL, TEXT(""));
    ck_assert(!url_same_site(&a, &b));
    url_release(&a);
    url_release(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url");
    TCase *tests = tcase_create("standard");
    tcase_add_loop_test(tests, is_read_as_browsers_read_it, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tests, query_is_encoded_as_the_document_is);
    tcase_add_test(tests, parts_are_told);
    tcase_add_test(tests, one_resource_has_one_seen_key);
    tcase_add_test(tests, www_and_scheme_make_no_other_site);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
