/* Which private addresses may be connected to: only those that the user's own words name, at that
 * host and port. */
#include <config.h>

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "fetch/address_guard.h"
#include "web/private_address.h"

static struct fetch_options options;
static struct address_guard guard;

static void begin(void)
{
    options = (struct fetch_options){.resolve = NULL};
    guard = (struct address_guard){.options = &options};
    url_init(&guard.asked);
}

static void end(void)
{
    address_guard_release(&guard);
}

static void pass(const char *seed)
{
    struct trouble trouble;
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(seed), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(address_guard_pass_seed(&guard, &url, &trouble), RESULT_OK);
    url_release(&url);
}

static bool allows(const char *url, const char *address)
{
    struct sockaddr_storage peer;
    ck_assert(read_ip_address(text_of(address), &peer));
    return address_guard_allows(&guard, text_of(url), (const struct sockaddr *)&peer);
}

START_TEST(public_addresses_are_allowed_and_private_ones_are_not)
{
    ck_assert(allows("http://blog.test/", "93.184.216.34"));
    ck_assert(allows("http://blog.test/", "2606:4700::1"));
    ck_assert(!allows("http://blog.test/", "127.0.0.1"));
    ck_assert(!allows("http://127.0.0.1/", "127.0.0.1"));
    ck_assert(!allows("http://blog.test/", "::ffff:10.0.0.1"));
    ck_assert(!allows("not a URL", "10.0.0.1"));
    options.allow_private = true;
    ck_assert(allows("http://blog.test/", "127.0.0.1"));
}
END_TEST

START_TEST(a_private_seed_allows_its_host_and_port_only)
{
    pass("http://127.0.0.1:8000/blog/");
    pass("http://127.0.0.1:8000/other/");
    ck_assert(allows("http://127.0.0.1:8000/x", "127.0.0.1"));
    ck_assert(allows("http://0x7f.1:8000/x", "127.0.0.1")); /* the same host, spelled otherwise */
    ck_assert(!allows("http://127.0.0.1:8001/x", "127.0.0.1"));
    ck_assert(!allows("http://127.0.0.1/x", "127.0.0.1"));
    ck_assert(!allows("http://127.0.0.2:8000/x", "127.0.0.2"));
    ck_assert(!allows("http://localhost:8000/x", "127.0.0.1"));
    ck_assert(!allows("http://blog.test:8000/x", "127.0.0.1"));
    ck_assert_uint_eq(guard.pass_count, 1);
}
END_TEST

START_TEST(http_and_https_of_a_private_seed_are_one_site)
{
    pass("http://10.0.0.1/");
    pass("https://[fd00::1]/");
    pass("http://localhost/");
    ck_assert(allows("https://10.0.0.1/", "10.0.0.1") &&
              allows("http://10.0.0.1:443/", "10.0.0.1") == false);
    ck_assert(allows("http://[fd00::1]/", "fd00::1") &&
              !allows("http://[fd00::1]:8080/", "fd00::1"));
    ck_assert(allows("http://localhost/a", "127.0.0.1") && allows("http://localhost/a", "::1"));
    ck_assert(!allows("http://www.localhost/a", "127.0.0.1"));
}
END_TEST

START_TEST(a_public_seed_allows_no_private_address)
{
    pass("http://blog.test/");
    pass("http://8.8.8.8/");
    ck_assert(!allows("http://blog.test/", "127.0.0.1"));
    ck_assert(!allows("http://blog.test/", "10.0.0.1"));
    ck_assert_uint_eq(guard.pass_count, 0);
}
END_TEST

START_TEST(resolve_allows_its_host_port_and_address_only)
{
    static const char *const lines[] = {"blog.test:80:127.0.0.1", "+two.test:443:10.0.0.1,10.0.0.2",
                                        "*:8080:127.0.0.9",       "[::1]:80:192.168.0.1",
                                        "six.test:80:[fd00::1]",  "BIG.test:80:10.9.9.9"};
    options.resolve = (char **)(uintptr_t)lines;
    options.resolve_count = sizeof lines / sizeof *lines;
    static const struct {
        const char *url, *address;
        bool allowed;
    } cases[] = {
        {"http://blog.test/", "127.0.0.1", true},
        {"http://blog.test/", "::ffff:127.0.0.1", true},
        {"http://blog.test/", "127.0.0.2", false},
        {"http://blog.test:81/", "127.0.0.1", false},
        {"https://blog.test/", "127.0.0.1", false},
        {"http://127.0.0.1/", "127.0.0.1", false},
        {"http://www.blog.test/", "127.0.0.1", false},
        {"https://two.test/", "10.0.0.2", true},
        {"https://two.test/", "10.0.0.3", false},
        {"http://any.test:8080/", "127.0.0.9", true},
        {"http://any.test:8080/", "127.0.0.1", false},
        {"http://any.test/", "127.0.0.9", false},
        {"http://[::1]/", "192.168.0.1", true},
        {"http://[::1]/", "::1", false},
        {"http://six.test/", "fd00::1", true},
        {"http://six.test/", "fd00::2", false},
        {"http://big.test/", "10.9.9.9", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(allows(cases[i].url, cases[i].address) == cases[i].allowed, "%s %s",
                      cases[i].url, cases[i].address);
}
END_TEST

START_TEST(behind_a_proxy_the_host_of_the_url_decides)
{
    static const struct {
        const char *url;
        bool allowed;
    } cases[] = {{"http://blog.test/", true},   {"http://8.8.8.8/", true},
                 {"http://10.0.0.1/", false},   {"http://2130706433/", false},
                 {"http://[::1]/", false},      {"http://localhost/", false},
                 {"http://192.168.7.7/", true}, {"http://192.168.7.7:81/", false},
                 {"http://a.localhost/", false}};
    pass("http://192.168.7.7/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(address_guard_allows_proxied(&guard, text_of(cases[i].url)) ==
                          cases[i].allowed,
                      "%s", cases[i].url);
    options.allow_private = true;
    ck_assert(address_guard_allows_proxied(&guard, text_of("http://10.0.0.1/")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("address_guard");
    TCase *tcase = tcase_create("core");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, public_addresses_are_allowed_and_private_ones_are_not);
    tcase_add_test(tcase, a_private_seed_allows_its_host_and_port_only);
    tcase_add_test(tcase, http_and_https_of_a_private_seed_are_one_site);
    tcase_add_test(tcase, a_public_seed_allows_no_private_address);
    tcase_add_test(tcase, resolve_allows_its_host_port_and_address_only);
    tcase_add_test(tcase, behind_a_proxy_the_host_of_the_url_decides);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
