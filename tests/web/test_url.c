/* URLs: parsed as browsers do, and compared as the crawler does. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "web/url.h"

/* URLs relative to http://example.org/a/b/c.html?q=1#f, as browsers read them.  NULL: the URL must
 * be refused. */
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
    {"http://B\xc3\xbc"
     "cher.example/\xc3\xbc",
     "http://xn--bcher-kva.example/%C3%BC"},
    {"http://ex\xe3\x80\x82org/", "http://ex.org/"},
    {"http://BU\xcc\x88"
     "cher.\xef\xbd\x84\xef\xbd\x85/",
     "http://xn--bcher-kva.de/"},
    {"http://fa\xc3\x9f.de/", "http://xn--fa-hia.de/"},
    {"http://XN--FA-hia.de/", "http://xn--fa-hia.de/"},
    {"http://xn--a.de/", NULL},
    {"http://i\xe2\x9d\xa4\xef\xb8\x8f.ws/", "http://xn--i-7iq.ws/"},
    {"http://xn--i-7iq.ws/", "http://xn--i-7iq.ws/"},
    {"http://\xf0\x9f\x92\xa9.la/", "http://xn--ls8h.la/"},
    {"http://\xe2\x80\x8d.org/", NULL}, /* a joiner that joins nothing */
    {"http://r3---sn-a.\xc3\xbc.de/", "http://r3---sn-a.xn--tda.de/"},
    {"http://r3---sn-a.de/", "http://r3---sn-a.de/"},
    {"http://_a-.\xc3\xbc.de./", "http://_a-.xn--tda.de./"},
    {"http://a\xc2\xad"
     "b.org/",
     "http://ab.org/"},
    {"http://\xc2\xad/", NULL},
    {"http://\xef\xbc\x91.2.3\xef\xbc\x8e\xef\xbc\x94/", "http://1.2.3.4/"},
    {"http://%ff.org/", NULL},
    {"http://a%00b.org/", NULL},
    {"http://\xc3\xbc%00.org/", NULL},
    {"http://\xef\xbc\x85"
     "41.org/",
     NULL}, /* a wide percent sign */
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
    {"a\x01"
     "b",
     "http://example.org/a/b/a%01b"},
    {"http://h.org?q", "http://h.org/?q"},
    {"http://h.org./", "http://h.org./"},
    {"?a+b c", "http://example.org/a/b/c.html?a+b%20c"},
    {"/.", "http://example.org/"},
    {"..", "http://example.org/a/"},
    {"./", "http://example.org/a/b/"},
    {"/a/..//b", "http://example.org//b"},
    {"/\xff", "http://example.org/%EF%BF%BD"},
    {"x/y.html?a=b/../c?d#e/../f?g%h", "http://example.org/a/b/x/y.html?a=b/../c?d#e/../f?g%h"},
    {"x/../y.html", "http://example.org/a/b/y.html"},
    {"x/%2e./y", "http://example.org/a/b/y"},
    {"x:y/z", NULL},
    {"?a/../b#c?d", "http://example.org/a/b/c.html?a/../b#c?d"},
    {"/p#", "http://example.org/p#"},
    {"http://example.org/../p#f", "http://example.org/p#f"},
    {"http://example.organ/p", "http://example.organ/p"},
    {"//cdn.org/x.js?v=1#/..", "http://cdn.org/x.js?v=1#/.."},
    {"//x", "http://x/"},
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
    ck_assert_int_eq(url_parse(&base, TEXT("http://example.org/a/b/c.html?q=1#f"), NULL, TEXT("")),
                     URL_OK);
    enum url_result result = url_parse(&url, text_of(rows[_i].input), &base, TEXT(""));
    ck_assert_msg((result == URL_OK) == (rows[_i].expected != NULL), "\"%s\": %d", rows[_i].input,
                  result);
    if (rows[_i].expected)
        ck_assert_str_eq(url.href.data, rows[_i].expected);
    url_release(&base);
    url_release(&url);
}
END_TEST

/* Plain URLs are copied in one go.  A space before one makes the parser read it state by state. */
START_TEST(the_fast_and_the_slow_parser_agree)
{
    struct url base, shortly, longly;
    char spaced[128];
    url_init(&base);
    url_init(&shortly);
    url_init(&longly);
    snprintf(spaced, sizeof spaced, " %s", rows[_i].input);
    ck_assert_int_eq(url_parse(&base, TEXT("http://example.org/a/b/c.html?q=1#f"), NULL, TEXT("")),
                     URL_OK);
    enum url_result result = url_parse(&shortly, text_of(rows[_i].input), &base, TEXT(""));
    ck_assert_int_eq(result, url_parse(&longly, text_of(spaced), &base, TEXT("")));
    if (result == URL_OK) {
        const uint32_t parts[][2] = {
            {shortly.host, longly.host},   {shortly.host_end, longly.host_end},
            {shortly.path, longly.path},   {shortly.path_end, longly.path_end},
            {shortly.query, longly.query}, {shortly.fragment, longly.fragment},
            {shortly.port, longly.port}};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            ck_assert_uint_eq(parts[i][0], parts[i][1]);
    }
    url_release(&base);
    url_release(&shortly);
    url_release(&longly);
}
END_TEST

/* Queries of URLs in documents that are not UTF-8.  The other parts of a URL are always UTF-8. */
static const struct query_row {
    const char *encoding, *input, *expected;
} query_rows[] = {
    {"windows-1252", "http://h/\xc3\xa9?q=\xc3\xa9#\xc3\xa9", "http://h/%C3%A9?q=%E9#%C3%A9"},
    {"windows-1252", "http://h/?\xe2\x98\x83=\xe2\x82\xac&x", "http://h/?%26%239731%3B=%80&x"},
    {"ISO-8859-1", "http://h/?\xe2\x80\xa0",
     "http://h/?%86"}, /* browsers read it as windows-1252 */
    {"windows-1251", "http://h/?q=\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 x",
     "http://h/?q=%CF%F0%E8%E2%E5%F2%20x"},
    {"windows-1251", "http://h/?\xc3\xa9", "http://h/?%26%23233%3B"},
    /* octets that are no character of a code page of Windows, and come back as they were */
    {"windows-1252", "http://h/?\xc2\x81\xc2\x9d", "http://h/?%81%9D"},
    {"latin1", "http://h/?\xc2\x8d", "http://h/?%8D"},
    {"iso_8859-1:1987", "http://h/?\xc2\x90", "http://h/?%90"},
    {"windows-1257", "http://h/?\xc2\x98", "http://h/?%98"},
    {"x-cp1251", "http://h/?\xc2\x98", "http://h/?%98"},
    {"iso-8859-9", "http://h/?\xc2\x9e", "http://h/?%9E"},
    {"windows-1252", "http://h/?\xc2\x80", "http://h/?%80"},
    /* no such octet: a character of another page, and an encoding that has them all */
    {"windows-1252", "http://h/?\xef\xbf\xbd", "http://h/?%26%2365533%3B"},
    {"windows-1253", "http://h/?\xc3\x92", "http://h/?%26%23210%3B"},
    {"euc-kr", "http://h/?\xc2\x81", "http://h/?%26%23129%3B"},
    {"Shift_JIS", "http://h/?q=\xe3\x82\xbd",
     "http://h/?q=%83\\"}, /* the second byte is a backslash */
    {"Shift_JIS", "http://h/?\xe6\x97\xa5\xe6\x9c\xac'<", "http://h/?%93%FA%96{%27%3C"},
    {"shift_jis", "http://h/?\xe2\x91\xa0", "http://h/?%87@"}, /* one of NEC's characters */
    {"x-sjis", "http://h/?\xf0\x9f\x98\x80", "http://h/?%26%23128512%3B"},
    {"gbk", "http://h/?wd=\xe4\xb8\xad\xe6\x96\x87", "http://h/?wd=%D6%D0%CE%C4"},
    {"gbk", "http://h/?\xe2\x82\xac\xe4\xb8\x82\xf0\x9f\x98\x80",
     "http://h/?%80%81@%26%23128512%3B"},
    {"gb2312", "http://h/?\xe9\x95\x95", "http://h/?%E9F"}, /* browsers read it as gbk */
    {"gb18030", "http://h/?\xf0\x9f\x92\xa9", "http://h/?%949%DA3"},
    {"big5", "http://h/?\xe4\xb8\xad", "http://h/?%A4%A4"},
    {"euc-kr", "http://h/?\xeb\x98\xa0", "http://h/?%8Cc"},
    {"iso-2022-jp",
     "http://h/?\xe6\x97\xa5"
     "a\xe6\x97\xa5",
     "http://h/?%1B$BF|%1B(Ba%1B$BF|%1B(B"},
    {"iso-2022-jp", "http://h/?\xe6\x97\xa5\xc3\xa9", "http://h/?%1B$BF|%1B(B%26%23233%3B"},
    {"windows-1251", "http://h/?\xff", "http://h/?%26%2365533%3B"},
    {"windows-1251", "http://h/?%e9%", "http://h/?%e9%"},
    {"utf-8", "http://h/?\xc3\xa9", "http://h/?%C3%A9"},
    {"UTF-16LE", "http://h/?\xc3\xa9", "http://h/?%C3%A9"},
    {"", "http://h/?\xc3\xa9", "http://h/?%C3%A9"},
    {"no-such-encoding", "http://h/?\xc3\xa9", "http://h/?%C3%A9"},
    {"ASCII//TRANSLIT", "http://h/?\xc3\xa9", "http://h/?%C3%A9"},
};

START_TEST(query_is_encoded_as_the_document_is)
{
    const struct query_row *row = &query_rows[_i];
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(row->input), NULL, text_of(row->encoding)), URL_OK);
    ck_assert_str_eq(url.href.data, row->expected);
    url_release(&url);
}
END_TEST

START_TEST(parts_are_found)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("https://u:p@H.org:8443/a/b?c=d#e"), NULL, TEXT("")),
                     URL_OK);
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

START_TEST(what_was_not_parsed_is_empty)
{
    struct url url;
    url_init(&url);
    ck_assert_uint_eq(url_resource(&url).length, 0);
    ck_assert_uint_eq(url_host(&url).length, 0);
    ck_assert_uint_eq(url_authority(&url).length, 0);
    ck_assert_uint_eq(url_path(&url).length, 0);
    ck_assert_uint_eq(url_query(&url).length, 0);
    ck_assert_uint_eq(url_target(&url).length, 0);
    ck_assert_ptr_nonnull(url_authority(&url).at);
    url_release(&url);
}
END_TEST

START_TEST(user_information_is_removed)
{
    static const struct {
        const char *input, *left, *user, *authority, *target;
    } cases[] = {{"http://u:p@h.org:81/a?b#c", "http://h.org:81/a?b#c", "u:p", "h.org:81", "/a?b"},
                 {"https://u@x@[::1]/", "https://[::1]/", "u%40x", "[::1]", "/"},
                 {"http://h.org/a@b", "http://h.org/a@b", "", "h.org", "/a@b"}};
    struct url url;
    struct buf user;
    url_init(&url);
    buf_init(&user, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&user);
        ck_assert_int_eq(url_parse(&url, text_of(cases[i].input), NULL, TEXT("")), URL_OK);
        ck_assert_int_eq(url_take_user(&url, &user), cases[i].user[0] != '\0');
        ck_assert(text_equal(url_href(&url), text_of(cases[i].left)));
        ck_assert(text_equal(buf_text(&user), text_of(cases[i].user)));
        ck_assert(text_equal(url_authority(&url), text_of(cases[i].authority)));
        ck_assert(text_equal(url_target(&url), text_of(cases[i].target)));
        ck_assert(!url_take_user(&url, NULL));
    }
    buf_release(&user);
    url_release(&url);
}
END_TEST

START_TEST(one_resource_has_one_seen_key)
{
    ck_assert(same_key("http://h/a", "https://h/a"));
    ck_assert(same_key("http://h/%7Ea%2f", "http://h/~a%2F"));
    ck_assert(same_key("http://h/a.eot?#iefix", "http://h/a.eot"));
    ck_assert(!same_key("http://h/a?b", "http://h/a"));
    ck_assert(!same_key("http://h/a%2Fb", "http://h/a/b"));
    ck_assert(!same_key("http://h/a", "http://h/A"));
    ck_assert(!same_key("http://h/a", "http://h/a/"));
    ck_assert(!same_key("http://h:8080/a", "https://h:8080/a"));
    ck_assert(!same_key("http://h/G%2B", "http://h/G+"));
}
END_TEST

START_TEST(www_and_scheme_do_not_change_the_site)
{
    struct url a, b;
    url_init(&a);
    url_init(&b);
    ck_assert_int_eq(url_parse(&a, TEXT("http://h.org/"), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(url_parse(&b, TEXT("https://www.h.org/x"), NULL, TEXT("")), URL_OK);
    ck_assert(url_same_site(&a, &b));
    ck_assert_int_eq(url_parse(&b, TEXT("https://i.h.org/x"), NULL, TEXT("")), URL_OK);
    ck_assert(!url_same_site(&a, &b));
    ck_assert_int_eq(url_parse(&b, TEXT("http://h.org:8080/"), NULL, TEXT("")), URL_OK);
    ck_assert(!url_same_site(&a, &b));
    url_release(&a);
    url_release(&b);
}
END_TEST

static bool same_page(const char *one, const char *other)
{
    struct url a, b;
    url_init(&a);
    url_init(&b);
    ck_assert_int_eq(url_parse(&a, text_of(one), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(url_parse(&b, text_of(other), NULL, TEXT("")), URL_OK);
    bool same = url_same_page(&a, &b);
    url_release(&a);
    url_release(&b);
    return same;
}

START_TEST(an_index_page_is_its_directory)
{
    ck_assert(same_page("http://h/a/", "https://www.h/a/index.html"));
    ck_assert(same_page("http://h/a", "http://h/a/"));
    ck_assert(same_page("http://h/", "http://h/INDEX.PHP"));
    ck_assert(!same_page("http://h/a/", "http://h/b/"));
    ck_assert(!same_page("http://h/a/?p=1", "http://h/a/"));
    ck_assert(!same_page("http://h/a/", "http://h/a/index.of.things.html"));
    ck_assert(!same_page("http://h/a/", "http://h/a/index.json"));
    ck_assert(!same_page("http://h/a/", "http://h/a/index.xml"));
    ck_assert(!same_page("http://h/a/", "http://i/a/"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url");
    TCase *tests = tcase_create("standard");
    tcase_add_loop_test(tests, is_read_as_browsers_read_it, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tests, the_fast_and_the_slow_parser_agree, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tests, query_is_encoded_as_the_document_is, 0,
                        sizeof query_rows / sizeof *query_rows);
    tcase_add_test(tests, parts_are_found);
    tcase_add_test(tests, user_information_is_removed);
    tcase_add_test(tests, what_was_not_parsed_is_empty);
    tcase_add_test(tests, one_resource_has_one_seen_key);
    tcase_add_test(tests, www_and_scheme_do_not_change_the_site);
    tcase_add_test(tests, an_index_page_is_its_directory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
