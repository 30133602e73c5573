/* Session ids: removed from the seen key, and nothing else is. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/session.h"
#include "web/url.h"

/* A key, and the same without session ids. */
static const struct row {
    const char *key, *stripped;
} rows[] = {
    {"h/a?PHPSESSID=1a2b", "h/a"},
    {"h/a?x=1&PHPSESSID=1a2b", "h/a?x=1"},
    {"h/a?PHPSESSID=1a2b&x=1", "h/a?x=1"},
    {"h/a?x=1&phpsessid=1a2b&y=2", "h/a?x=1&y=2"},
    {"h/a?sid=0123456789abcdef0123456789ABCDEF", "h/a"},
    {"h/a?sid=0123456789abcdef", "h/a?sid=0123456789abcdef"},
    {"h/a?s=harbour", "h/a?s=harbour"},
    {"h/a?s=0123456789abcdef0123456789abcdef&s=harbour", "h/a?s=harbour"},
    {"h/t.jsp;jsessionid=1A2B.node1", "h/t.jsp"},
    {"h/t.jsp;jsessionid=1A2B?x=1", "h/t.jsp?x=1"},
    {"h/t;JSESSIONID=1A2B/u", "h/t/u"},
    {"h/(S(abc123))/default.aspx", "h/default.aspx"},
    {"h/(S(abc123", "h/(S(abc123"},
    {"h/a?CFID=1&CFTOKEN=2", "h/a"},
    {"h/a?ASPSESSIONIDQQ=XYZ&p=2", "h/a?p=2"},
    {"h/a?osCsid=1&zenid=2&x", "h/a?x"},
    {"h/a?", "h/a?"},
    {"h/a?PHPSESSID", "h/a?PHPSESSID"},
    {"h/a;b=1?c", "h/a;b=1?c"},
};

START_TEST(ids_are_left_out)
{
    struct buf key;
    buf_init(&key, 1 << 16);
    buf_add(&key, rows[_i].key);
    session_strip(&key);
    ck_assert_str_eq(key.data, rows[_i].stripped);
    ck_assert_uint_eq(key.length, strlen(key.data));
    buf_release(&key);
}
END_TEST

START_TEST(a_url_has_one_key_whatever_its_session)
{
    static const char *const spellings[] = {"http://h/f?t=9&sid=0123456789abcdef0123456789abcdef",
                                            "https://h/f?t=9",
                                            "http://h/f?sid=ffffffffffffffffffffffffffffffff&t=9"};
    struct url url;
    struct buf key;
    url_init(&url);
    buf_init(&key, 1 << 16);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        ck_assert_int_eq(url_parse(&url, text_of(spellings[i]), NULL, TEXT("")), URL_OK);
        buf_clear(&key);
        url_write_seen_key(&url, &key);
        ck_assert_str_eq(key.data, "h/f?t=9");
    }
    url_release(&url);
    buf_release(&key);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session ids");
    TCase *tests = tcase_create("sessions");
    tcase_add_loop_test(tests, ids_are_left_out, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tests, a_url_has_one_key_whatever_its_session);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
