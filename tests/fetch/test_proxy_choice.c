/* Which proxy the environment names for a URL. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "fetch/proxy_choice.h"

static const char *const variables[] = {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
                                        "all_proxy",  "ALL_PROXY",  "no_proxy",    "NO_PROXY"};

static void begin(void)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        unsetenv(variables[i]);
}

static void expect(const char *address, const char *wanted)
{
    struct proxy_choice choice;
    struct url url;
    url_init(&url);
    ck_assert(proxy_choice_init(&choice));
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    ck_assert_msg(text_equal(text_of(proxy_choice_of(&choice, &url)), text_of(wanted)),
                  "%s: %s, not %s", address, proxy_choice_of(&choice, &url), wanted);
    url_release(&url);
    proxy_choice_release(&choice);
}

START_TEST(without_variables_there_is_none)
{
    struct proxy_choice choice;
    expect("http://h.test/", "");
    setenv("http_proxy", "", 1);
    setenv("HTTP_PROXY", "http://cgi:1", 1);
    expect("http://h.test/", "");
    ck_assert(proxy_choice_init(&choice));
    ck_assert(!proxy_choice_has_any(&choice));
    proxy_choice_release(&choice);
}
END_TEST

START_TEST(each_scheme_has_its_own)
{
    setenv("http_proxy", "http://one:1", 1);
    expect("http://h.test/", "http://one:1");
    expect("https://h.test/", "");
    setenv("HTTPS_PROXY", "http://two:2", 1);
    expect("https://h.test/", "http://two:2");
    setenv("https_proxy", "http://three:3", 1);
    expect("https://h.test/", "http://three:3");
    unsetenv("http_proxy");
    setenv("ALL_PROXY", "socks5://four:4", 1);
    expect("http://h.test/", "socks5://four:4");
    expect("https://h.test/", "http://three:3");
}
END_TEST

START_TEST(some_hosts_are_reached_directly)
{
    static const struct {
        const char *list, *address;
        bool direct;
    } cases[] = {
        {"*", "http://h.test/", true},
        {"h.test", "http://h.test/", true},
        {"h.test", "http://H.TEST:8080/", true},
        {"h.test", "http://a.h.test/", true},
        {".h.test", "http://a.h.test/", true},
        {".h.test", "http://h.test/", true},
        {"h.test", "http://oh.test/", false},
        {"h.test", "http://h.test.org/", false},
        {"a.test, b.test  c.test", "http://b.test/", true},
        {"a.test, b.test  c.test", "http://c.test./", true},
        {"a.test, b.test  c.test", "http://d.test/", false},
        {", ,", "http://h.test/", false},
        {"10.0.0.1", "http://10.0.0.1/", true},
        {"10.0.0.1", "http://10.0.0.2/", false},
        {"10.0.0.0/8", "http://10.9.9.9/", true},
        {"10.0.0.0/8", "http://11.0.0.1/", false},
        {"10.128.0.0/9", "http://10.127.0.1/", false},
        {"10.0.0.0/40", "http://10.0.0.0/", false},
        {"0.0.0.0/0", "http://10.0.0.0/", true},
        {"::1", "http://[::1]/", true},
        {"[::1]", "http://[::1]/", true},
        {"fd00::/8", "http://[fd12::1]/", true},
        {"fd00::/8", "http://[fe80::1]/", false},
        {"0.1", "http://10.0.0.1/", false},
    };
    setenv("http_proxy", "http://proxy:1", 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setenv(i % 2 ? "no_proxy" : "NO_PROXY", cases[i].list, 1);
        unsetenv(i % 2 ? "NO_PROXY" : "no_proxy");
        expect(cases[i].address, cases[i].direct ? "" : "http://proxy:1");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("proxy_choice");
    TCase *tcase = tcase_create("core");
    tcase_add_checked_fixture(tcase, begin, begin);
    tcase_add_test(tcase, without_variables_there_is_none);
    tcase_add_test(tcase, each_scheme_has_its_own);
    tcase_add_test(tcase, some_hosts_are_reached_directly);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
