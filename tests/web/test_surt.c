#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/surt.h"

/* Keys that Python's surt 0.3.1 computes, and so pywb. */
static const struct row {
    const char *url, *key;
} rows[] = {
    {"http://www.Example.COM:80/", "com,example)/"},
    {"http://www2.example.com/Foo/", "com,example)/foo"},
    {"https://example.com:443/a//b/./c/../d", "com,example)/a/b/d"},
    {"http://example.com", "com,example)/"},
    {"http://example.com/?", "com,example)/"},
    {"http://example.com/a/?b&a&c=&a=2&a", "com,example)/a?a&a&a=2&b&c="},
    {"http://e.com/?x=1&&y=2", "com,e)/?&x=1&y=2"},
    {"http://user:pw@example.com:8080/x", "com,example:8080)/x"},
    {"http://example.com/%7Euser/%41b%2fc", "com,example)/~user/ab/c"},
    {"http://example.com/%25%32%35", "com,example)/%25"},
    {"http://example.com/%zz", "com,example)/%25zz"},
    {"http://example.com/a%20b c", "com,example)/a%20b%20c"},
    {"http://example.com/a#frag", "com,example)/a"},
    {"http://1.2.3/x", "3,0,2,1)/x"},
    {"http://192.168.1.254/", "254,1,168,192)/"},
    {"http://[::1]:8080/x", "::1:8080)/x"},
    {"http://b\xc3\xbc" "cher.ch/", "ch,xn--bcher-kva)/"},
    {"http://example.com/\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "com,example)/%d7%a9%d7%9c%d7%95%d7%9d"},
    {"http://example.com/x?a=1&sid=0123456789abcdef0123456789abcdef", "com,example)/x?&a=1"},
    {"http://example.com/x;jsessionid=0123456789ABCDEF0123456789ABCDEF",
     "com,example)/x;jsessionid=0123456789abcdef0123456789abcdef"},
    {"http://example.com/x;jsessionid=ABC", "com,example)/x;jsessionid=abc"},
    {"http://myblog.blogspot.com/search?updated-max=2010-05-01T00:00:00%2B02:00&max-results=7",
     "com,blogspot,myblog)/search?max-results=7&updated-max=2010-05-01t00:00:00+02:00"},
    {"http://example.com/a+b?q=c+d", "com,example)/a+b?q=c+d"},
    {"http://example.com/a|b[c]^{d}", "com,example)/a|b[c]^{d}"},
    {"urn:pageinfo:http://example.com/", "urn:pageinfo:http://example.com"},
    {"http://www.com/", "com)/"},
    {"http://example.com./x", "com,example)/x"},
    {"http://example.com/a?B=C", "com,example)/a?b=c"},
    {"http://example.com/feed/", "com,example)/feed"},
    {"http://example.com/?a=%26&b", "com,example)/?&a=&b"},
    {"dns:example.com", "dns:example.com"},
    {"http://example.com/(S(4hqa0555fwsecu455xqckv45))/mileg.aspx", "com,example)/mileg.aspx"},
    /* No blank or line end may stand in a line of the index before its time. */
    {"urn:a%0Ab%20c%7F", "urn:a%0Ab%20c%7F"},
    {"dns:a b", "dns:a%20b"},
    {"http://[: 1]/", ":%201)/"},
    {"", "-"},
};

START_TEST(key_is_the_one_that_pywb_looks_up)
{
    struct buf key;
    buf_init(&key, 1000);
    surt_write(text_of(rows[_i].url), &key);
    buf_add(&key, "");
    ck_assert_str_eq(key.data, rows[_i].key);
    buf_release(&key);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("surt");
    TCase *tests = tcase_create("surt");
    tcase_add_loop_test(tests, key_is_the_one_that_pywb_looks_up, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
