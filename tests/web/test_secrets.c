/* Secrets: removed from requests, with every other byte unchanged. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/secrets.h"

/* A request, the same without its secrets, and the names of their fields. */
static const struct row {
    const char *request, *left, *names;
} rows[] = {
    {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ""},
    {"GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\nAccept: */*\r\n\r\n",
     "GET / HTTP/1.1\r\nHost: a\r\nCookie:\r\nAccept: */*\r\n\r\n", "Cookie"},
    {"GET / HTTP/1.1\r\nauthorization : Basic eDp5\r\n\r\n",
     "GET / HTTP/1.1\r\nauthorization :\r\n\r\n", "authorization"},
    {"GET / HTTP/1.1\nCookie: a\n folded\n\tmore\nX: y\n folded\n\n",
     "GET / HTTP/1.1\nCookie:\nX: y\n folded\n\n", "Cookie"},
    {"GET / HTTP/1.1\r\nProxy-Authorization: x\r\nCookie: a\r\nCOOKIE: b\r\n\r\n",
     "GET / HTTP/1.1\r\nProxy-Authorization:\r\nCookie:\r\nCOOKIE:\r\n\r\n",
     "Proxy-Authorization, Cookie, COOKIE"},
    {"GET /Cookie: HTTP/1.1\r\nX-Cookie: a\r\nCookie2: b\r\n\r\n",
     "GET /Cookie: HTTP/1.1\r\nX-Cookie: a\r\nCookie2: b\r\n\r\n", ""},
    {"POST / HTTP/1.1\r\n\r\nCookie: in a body\r\n", "POST / HTTP/1.1\r\n\r\nCookie: in a body\r\n",
     ""},
    {"GET / HTTP/1.1\r\nCookie: cut", "GET / HTTP/1.1\r\nCookie:", "Cookie"},
};

START_TEST(values_are_left_out_and_nothing_else)
{
    struct buf request, names;
    buf_init(&request, 1 << 16);
    buf_init(&names, 1 << 16);
    buf_add(&request, rows[_i].request);
    ck_assert(secrets_leave_out(&request, TEXT(""), &names));
    ck_assert_str_eq(request.data, rows[_i].left);
    ck_assert(text_equal(buf_text(&names), text_of(rows[_i].names)));
    buf_release(&request);
    buf_release(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("secrets");
    TCase *tests = tcase_create("secrets");
    tcase_add_loop_test(tests, values_are_left_out_and_nothing_else, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
