/* Which addresses and hosts are private: the machine itself and its local network. */
#include <config.h>

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "web/private_address.h"

static bool is_private(const char *address)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
        return is_private_address((const struct sockaddr *)&v4);
    ck_assert_int_eq(inet_pton(AF_INET6, address, &v6.sin6_addr), 1);
    return is_private_address((const struct sockaddr *)&v6);
}

START_TEST(private_addresses_are_known)
{
    static const char *const yes[] = {"0.0.0.0",
                                      "10.0.0.1",
                                      "100.64.0.1",
                                      "127.0.0.1",
                                      "127.255.255.255",
                                      "169.254.169.254",
                                      "172.16.0.1",
                                      "172.31.255.255",
                                      "192.168.1.1",
                                      "224.0.0.1",
                                      "255.255.255.255",
                                      "::",
                                      "::1",
                                      "fe80::1",
                                      "febf::1",
                                      "fc00::1",
                                      "fdff::1",
                                      "ff02::1",
                                      "::ffff:127.0.0.1",
                                      "::ffff:192.168.0.1",
                                      "64:ff9b::a00:1"};
    static const char *const no[] = {"1.1.1.1",        "9.255.255.255",  "11.0.0.0",
                                     "100.63.255.255", "100.128.0.0",    "126.0.0.1",
                                     "128.0.0.1",      "169.253.0.1",    "172.15.0.1",
                                     "172.32.0.1",     "192.167.0.1",    "223.255.255.255",
                                     "2001:db8::1",    "::ffff:8.8.8.8", "64:ff9b::808:808"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(is_private(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!is_private(no[i]), "%s", no[i]);
}
END_TEST

START_TEST(hosts_are_private_by_address_not_by_the_start_of_their_name)
{
    static const char *const yes[] = {"localhost", "blog.localhost", "127.0.0.1",
                                      "10.1.2.3",  "172.20.0.1",     "[::1]",
                                      "[fe80::1]", "[fd00::1]",      "[::ffff:7f00:1]"};
    static const char *const no[] = {"example.org",
                                     "10.example.org",
                                     "127.0.0.1.example.org",
                                     "192.168.example.org",
                                     "172.16.0.1.example.org",
                                     "notlocalhost",
                                     "8.8.8.8",
                                     "[2001:db8::1]",
                                     "fc.example.org",
                                     ""};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(is_private_host(text_of(yes[i])), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!is_private_host(text_of(no[i])), "%s", no[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("private_address");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, private_addresses_are_known);
    tcase_add_test(tcase, hosts_are_private_by_address_not_by_the_start_of_their_name);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
