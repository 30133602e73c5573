/* Every host has a name below localhost, and no other name leads to it. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "serve/archived_host.h"

static const struct {
    const char *url, *date, *origin;
} origins[] = {
    {"http://blog.example/", "", "http://blog.example.localhost:8080"},
    {"https://blog.example/a", "", "http://blog.example.localhost:8080"},
    {"http://blog.example/", "20190101000000", "http://blog.example.20190101000000.localhost:8080"},
    {"https://blog.example:8443/", "", "http://blog.example.port-8443.localhost:8080"},
    {"http://[::1]:81/", "20190101000000", "http://ip6-xx1.port-81.20190101000000.localhost:8080"},
    {"http://127.0.0.1/", "", "http://127.0.0.1.localhost:8080"},
    {"http://a_b.example/", "", "http://a_b.example.localhost:8080"},
    {"http://localhost:8000/", "", "http://localhost.port-8000.localhost:8080"},
};

START_TEST(an_origin_leads_back_to_its_host)
{
    struct url url;
    struct buf origin;
    struct archived_host host;
    url_init(&url);
    buf_init(&origin, 1000);
    ck_assert_int_eq(url_parse(&url, text_of(origins[_i].url), NULL, TEXT("")), URL_OK);
    ck_assert(
        archived_host_write(&url, text_of(origins[_i].date), TEXT("localhost:8080"), &origin));
    ck_assert_str_eq(origin.data, origins[_i].origin);
    ck_assert_int_eq(archived_host_read(&host, text_of(origins[_i].origin + strlen("http://"))),
                     HOST_ARCHIVED);
    ck_assert(text_equal(text_of(host.authority), url_authority(&url)));
    ck_assert_str_eq(host.date, origins[_i].date);
    ck_assert_str_eq(host.local, "localhost:8080");
    url_release(&url);
    buf_release(&origin);
}
END_TEST

static const struct {
    const char *field;
    enum host_kind kind;
    const char *authority, *date, *local;
} fields[] = {
    {"localhost:8080", HOST_OWN, "", "", "localhost:8080"},
    {"localhost", HOST_OWN, "", "", "localhost"},
    {"127.0.0.1:81", HOST_OWN, "", "", "localhost:81"},
    {"[::1]:81", HOST_OWN, "", "", "localhost:81"},
    {"BLOG.example.LOCALHOST:8080", HOST_ARCHIVED, "blog.example", "", "localhost:8080"},
    {"warccap-player.localhost:8080", HOST_PLAYER, "", "", "localhost:8080"},
    {"Warccap-Player.localhost", HOST_PLAYER, "", "", "localhost"},
    {"a.warccap-player.localhost", HOST_ARCHIVED, "a.warccap-player", "", "localhost"},
    {"IP6-XX1.localhost", HOST_ARCHIVED, "[::1]", "", "localhost"},
    {"a.2019.localhost", HOST_FOREIGN, NULL, NULL, NULL}, /* a number is no name of a host */
    {"20190101000000.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.201901010000000.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.port-0.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.port-65536.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.port-x.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"ip6-zz.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {".localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"..localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a b.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a/b.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a@b.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"%61.localhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.localhost:0", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.localhost:65536", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.localhost:99999999999999999999", HOST_FOREIGN, NULL, NULL, NULL},
    {"a.localhost:80x", HOST_FOREIGN, NULL, NULL, NULL},
    {"evil.example", HOST_FOREIGN, NULL, NULL, NULL},
    {"localhost.evil.example", HOST_FOREIGN, NULL, NULL, NULL},
    {"evillocalhost", HOST_FOREIGN, NULL, NULL, NULL},
    {"192.168.1.1", HOST_FOREIGN, NULL, NULL, NULL},
    {"", HOST_FOREIGN, NULL, NULL, NULL},
    {":", HOST_FOREIGN, NULL, NULL, NULL},
};

START_TEST(fields_of_requests)
{
    struct archived_host host;
    enum host_kind kind = archived_host_read(&host, text_of(fields[_i].field));
    ck_assert_msg(kind == fields[_i].kind, "%s: %d", fields[_i].field, (int)kind);
    if (kind == HOST_FOREIGN)
        return;
    ck_assert_str_eq(host.authority, fields[_i].authority);
    ck_assert_str_eq(host.date, fields[_i].date);
    ck_assert_str_eq(host.local, fields[_i].local);
}
END_TEST

START_TEST(names_that_are_too_long)
{
    char name[400];
    struct url url;
    struct buf origin;
    struct archived_host host;
    for (size_t i = 0; i < 250; i++)
        name[i] = i % 50 == 49 ? '.' : 'a';
    memcpy(name + 249, ".localhost", sizeof ".localhost");
    ck_assert_int_eq(archived_host_read(&host, text_of(name)), HOST_FOREIGN);
    memcpy(name, "http://", 7);
    memcpy(name + 249, "/", 2);
    url_init(&url);
    buf_init(&origin, 1000);
    ck_assert_int_eq(url_parse(&url, text_of(name), NULL, TEXT("")), URL_OK);
    ck_assert(!archived_host_write(&url, TEXT("20190101000000"), TEXT("localhost"), &origin));
    url_release(&url);
    buf_release(&origin);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("archived_host");
    TCase *tests = tcase_create("archived_host");
    tcase_add_loop_test(tests, an_origin_leads_back_to_its_host, 0,
                        sizeof origins / sizeof *origins);
    tcase_add_loop_test(tests, fields_of_requests, 0, sizeof fields / sizeof *fields);
    tcase_add_test(tests, names_that_are_too_long);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
