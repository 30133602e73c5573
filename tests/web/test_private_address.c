/* Which addresses and hosts are private: each range of the IANA registries, first and last address,
 * and what lies beside it; each spelling of an address that a URL may have. */
#include <config.h>

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "web/private_address.h"
#include "web/url.h"

static const struct sockaddr *address_of(const char *words)
{
    static struct sockaddr_storage address;
    ck_assert_msg(read_ip_address(text_of(words), &address), "%s", words);
    return (const struct sockaddr *)&address;
}

/* A range that is not public: its first and its last address, and the public ones on both sides;
 * NULL: there is none. */
static const struct row {
    const char *before, *first, *last, *behind;
} ranges[] = {
    {NULL, "0.0.0.0", "0.255.255.255", "1.0.0.0"},
    {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
    {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
    {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
    {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
    {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
    {"191.255.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.9"},
    {"192.0.0.10", "192.0.0.11", "192.0.0.255", "192.0.1.0"},
    {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
    {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
    {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
    {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
    {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
    {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
    {"223.255.255.255", "224.0.0.0", "239.255.255.255", NULL},
    {NULL, "240.0.0.0", "255.255.255.255", NULL},
    /* IPv6 */
    {NULL, "::", "::", NULL},
    {NULL, "::1", "::1", NULL},
    {NULL, "::2", "::ffff:ffff", NULL},
    {NULL, "::7f00:1", "::808:808", NULL},
    {NULL, "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff", "64:ff9b::ffff:ffff", NULL},
    {NULL, "64:ff9b:0:0:0:1::", "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "100::", "100::ffff:ffff:ffff:ffff", NULL},
    {NULL, "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", NULL},
    {NULL, "1fff:ffff::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2000::"},
    {"2000:ffff::", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "2001:1::", "2001:1::", "2001:1::1"},
    {"2001:1::3", "2001:1::4", "2001:1:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "2001:2:1::", "2001:2:ffff:ffff:ffff:ffff:ffff:ffff", "2001:3::"},
    {"2001:3:ffff:ffff:ffff:ffff:ffff:ffff", "2001:4::", "2001:4:111:ffff::", "2001:4:112::"},
    {"2001:4:112:ffff:ffff:ffff:ffff:ffff", "2001:4:113::", "2001:f:ffff::", NULL},
    {NULL, "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "2001:20::"},
    {"2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", "2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
     "2001:200::"},
    {"2001:db7:ffff::", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"},
    {"2001:ffff::", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::"},
    {NULL, "2002:7f00:1::", "2002:808:808::1", NULL},
    {"3ffe:ffff::", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"},
    {"3fff:ffff::", "4000::", "5eff:ffff::", NULL},
    {NULL, "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
    {NULL, "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL},
};

START_TEST(ranges_begin_and_end_where_the_registries_say)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const struct row *row = &ranges[i];
        if (i && row->first[0] == '6') /* 64:ff9b::ffff:ffff is broadcast, translated */
            ck_assert_str_eq(private_address_purpose(address_of("64:ff9b::ffff:ffff")),
                             "broadcast");
        ck_assert_msg(is_private_address(address_of(row->first)), "%s", row->first);
        ck_assert_msg(is_private_address(address_of(row->last)), "%s", row->last);
        if (row->before)
            ck_assert_msg(!is_private_address(address_of(row->before)), "%s", row->before);
        if (row->behind)
            ck_assert_msg(!is_private_address(address_of(row->behind)), "%s", row->behind);
    }
}
END_TEST

START_TEST(globally_reachable_exceptions_are_public)
{
    static const char *const yes[] = {"192.0.0.9",       "192.0.0.10",      "192.31.196.1",
                                      "192.52.193.1",    "192.175.48.1",    "2001:1::1",
                                      "2001:1::2",       "2001:1::3",       "2001:3::1",
                                      "2001:4:112::1",   "2001:20::1",      "2001:30::1",
                                      "2001:3f:ffff::1", "2620:4f:8000::1", "2606:4700::1111",
                                      "2a00:1450::1",    "8.8.8.8",         "2001:4860:4860::8888"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(!is_private_address(address_of(yes[i])), "%s", yes[i]);
}
END_TEST

START_TEST(mapped_and_translated_addresses_are_judged_by_the_address_inside)
{
    static const char *const prefixes[] = {"::ffff:", "::ffff:0:", "64:ff9b::"};
    static const char *const inside[] = {"127.0.0.1",       "10.1.2.3",  "192.168.0.1",
                                         "169.254.169.254", "0.0.0.0",   "100.64.0.1",
                                         "198.18.0.1",      "192.0.0.1", "224.0.0.1",
                                         "255.255.255.255"};
    static const char *const public[] = {"8.8.8.8", "1.1.1.1", "192.0.0.9", "172.32.0.1"};
    char words[64];
    for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++) {
        for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
            snprintf(words, sizeof words, "%s%s", prefixes[p], inside[i]);
            ck_assert_msg(is_private_address(address_of(words)), "%s", words);
        }
        for (size_t i = 0; i < sizeof public / sizeof *public; i++) {
            snprintf(words, sizeof words, "%s%s", prefixes[p], public[i]);
            ck_assert_msg(!is_private_address(address_of(words)), "%s", words);
        }
    }
}
END_TEST

START_TEST(an_address_has_a_purpose_in_words)
{
    struct sockaddr other = {.sa_family = AF_UNIX};
    ck_assert_str_eq(private_address_purpose(address_of("127.0.0.1")), "loopback");
    ck_assert_str_eq(private_address_purpose(address_of("::ffff:10.0.0.1")), "private use");
    ck_assert_str_eq(private_address_purpose(address_of("fe80::1%eth0")), "link-local");
    ck_assert_str_eq(private_address_purpose(&other), "not of the internet");
    ck_assert_ptr_null(private_address_purpose(address_of("8.8.8.8")));
}
END_TEST

START_TEST(a_mapped_address_is_the_same_as_its_ipv4_address)
{
    struct sockaddr_storage a, b;
    static const char *const same[][2] = {{"127.0.0.1", "::ffff:127.0.0.1"},
                                          {"::1", "[::1]"},
                                          {"10.0.0.1", "10.0.0.1"}};
    static const char *const others[][2] = {{"127.0.0.1", "127.0.0.2"},
                                            {"::1", "::2"},
                                            {"127.0.0.1", "::127.0.0.1"}};
    for (size_t i = 0; i < 3; i++) {
        ck_assert(read_ip_address(text_of(same[i][0]), &a) &&
                  read_ip_address(text_of(same[i][1]), &b));
        ck_assert(is_same_address((struct sockaddr *)&a, (struct sockaddr *)&b));
        ck_assert(read_ip_address(text_of(others[i][0]), &a) &&
                  read_ip_address(text_of(others[i][1]), &b));
        ck_assert(!is_same_address((struct sockaddr *)&a, (struct sockaddr *)&b));
    }
    ck_assert(!read_ip_address(text_of("localhost"), &a) && !read_ip_address(text_of(""), &a));
    ck_assert(!read_ip_address(text_of("127.1"), &a) && !read_ip_address(text_of("[]"), &a));
}
END_TEST

/* The host of a URL, written as a stranger may. */
static int judged(const char *host)
{
    struct url url;
    char href[300];
    url_init(&url);
    snprintf(href, sizeof href, "http://%s/", host);
    int verdict = url_parse(&url, text_of(href), NULL, TEXT("")) != URL_OK ? -1
                  : is_private_host(url_host(&url))                        ? 1
                                                                           : 0;
    if (verdict >= 0) /* and so it is before it is parsed */
        ck_assert_msg(is_private_host(text_of(host)) == verdict, "%s", host);
    url_release(&url);
    return verdict;
}

static const char *const private_spellings[] = {
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0.0.1",
    "017700000001",
    "0177.1",
    "0177.0.0.01",
    "0x7f.0x0.0x0.0x1",
    "127.0x1",
    "0",
    "0.0.0.0",
    "0x0",
    "127.00000000001",
    "%31%32%37.0.0.1",
    "127%2E0%2E0%2E1",
    ("127\xe3\x80\x82"
     "0\xe3\x80\x82"
     "0\xe3\x80\x82"
     "1"), /* ideographic full stops */
    ("127\xef\xbc\x8e"
     "0.0.1"),                                    /* a fullwidth one */
    "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1", /* fullwidth digits */
    "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1", /* circled digits */
    "10.1",
    "167772161",
    "0xa000001",
    "012.0.0.1",
    "172.16.1",
    "192.168.257",
    "3232235777",
    "169.254.43518",
    "2852039166",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::FFFF:7F00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[64:ff9b::127.0.0.1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00::1]",
    "[2002:7f00:1::]",
    "[::]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "blog.localhost",
    "a.b.localhost.",
    "loc%61lhost",
    "\xef\xbd\x8cocalhost"};

static const char *const no_hosts[] = {
    "[fe80::1%25eth0]", "[fe80::1%eth0]", "127.0.0.256",     "0x7g.1",
    "1.2.3.4.5",        "[::1",           "127.0.0.1:99999", "",
    "4294967296",       "[::ffff:127.1]", "[v1.a]"};

static const char *const public_spellings[] = {"example.org",
                                               "10.example.org",
                                               "127.0.0.1.example.org",
                                               "192.168.example.org",
                                               "172.16.0.1.example.org",
                                               "notlocalhost",
                                               "localhost.example.org",
                                               "localhost.localdomain",
                                               "8.8.8.8",
                                               "8.8.8.8.",
                                               "134744072",
                                               "0x08080808",
                                               "8.526344",
                                               "010.8.8.8",
                                               "[2606:4700::1111]",
                                               "[::ffff:8.8.8.8]",
                                               "[64:ff9b::8.8.8.8]",
                                               "fc.example.org",
                                               "xn--bcher-kva.example",
                                               ("b\xc3\xbc"
                                                "cher.example"),
                                               "127-0-0-1.example",
                                               "1e100.net"};

START_TEST(every_spelling_of_a_private_host_is_known)
{
    for (size_t i = 0; i < sizeof private_spellings / sizeof *private_spellings; i++)
        ck_assert_msg(judged(private_spellings[i]) == 1, "%s: %d", private_spellings[i],
                      judged(private_spellings[i]));
    for (size_t i = 0; i < sizeof public_spellings / sizeof *public_spellings; i++)
        ck_assert_msg(judged(public_spellings[i]) == 0, "%s: %d", public_spellings[i],
                      judged(public_spellings[i]));
    for (size_t i = 0; i < sizeof no_hosts / sizeof *no_hosts; i++)
        ck_assert_msg(judged(no_hosts[i]) == -1, "%s is not a host", no_hosts[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("private_address");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, ranges_begin_and_end_where_the_registries_say);
    tcase_add_test(tcase, globally_reachable_exceptions_are_public);
    tcase_add_test(tcase, mapped_and_translated_addresses_are_judged_by_the_address_inside);
    tcase_add_test(tcase, an_address_has_a_purpose_in_words);
    tcase_add_test(tcase, a_mapped_address_is_the_same_as_its_ipv4_address);
    tcase_add_test(tcase, every_spelling_of_a_private_host_is_known);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
