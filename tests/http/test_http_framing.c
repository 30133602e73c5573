/* Where a response ends, whatever the pieces in which it arrives. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "http/http_framing.h"

#define OK "HTTP/1.1 200 OK\r\n"

/* The bytes of a connection, and how many of them belong to the message, interim responses
 * included.
 */
static const struct row {
    struct text bytes;
    size_t after;             /* bytes after the end of the message */
    enum framing_state state; /* after the last piece */
    bool may_end;
    int status;
} rows[] = {
    {TEXT(OK "Content-Length: 5\r\n\r\nhello"), 0, FRAMING_WHOLE, true, 200},
    {TEXT(OK "Content-Length: 5\r\n\r\nhello, more"), 6, FRAMING_WHOLE, true, 200},
    {TEXT(OK "Content-Length: 5\r\n\r\nhel"), 0, FRAMING_BODY, false, 200},
    {TEXT(OK "Content-Length: 0\r\n\r\n"), 0, FRAMING_WHOLE, true, 200},
    {TEXT(OK "content-length : 5, 5\nContent-Length: 5\n\nhello!"), 1, FRAMING_WHOLE, true, 200},
    {TEXT(OK "Content-Length: 5\r\nContent-Length: 3\r\n\r\nhello!"), 0, FRAMING_BODY, true, 200},
    {TEXT(OK "Content-Length: -5\r\n\r\nhello!"), 0, FRAMING_BODY, true, 200},
    {TEXT(OK "Content-Length: 99999999999999999999\r\n\r\nhello"), 0, FRAMING_BODY, true, 200},
    {TEXT(OK "\r\nhello"), 0, FRAMING_BODY, true, 200},
    {TEXT(OK "no colon\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok."), 1, FRAMING_WHOLE, true, 200},
    {TEXT("HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok"), 0, FRAMING_WHOLE, true, 200},
    {TEXT("http/1.1 404\n\nhello"), 0, FRAMING_BODY, true, 404},
    {TEXT("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), 5, FRAMING_WHOLE, true,
     204},
    {TEXT("HTTP/1.1 304 \r\nContent-Length: 5\r\n\r\n"), 0, FRAMING_WHOLE, true, 304},
    {TEXT("HTTP/1.1 101 Switching\r\n\r\nhello"), 0, FRAMING_BODY, true, 101},
    {TEXT("HTTP/1.1 101 Switching\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n!"),
     0, FRAMING_BODY, true, 101},
    {TEXT("HTTP/1.1 204 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 5, FRAMING_WHOLE, true,
     204},
    {TEXT("HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 \r\nLink: </a>\r\n\r\n" OK
          "Content-Length: 2\r\n\r\nok."),
     1, FRAMING_WHOLE, true, 200},
    {TEXT(OK "Transfer-Encoding: chunked\r\n\r\n5;x=\"\r\n\"\r\nhello\r\n0\r\nA: b\r\n\r\nHTTP"), 0,
     FRAMING_BODY, true, 200},
    {TEXT(OK "Transfer-Encoding: chunked\r\n\r\n05;x\r\nhello\r\n00\r\nA: b\r\n\r\nHTTP"), 4,
     FRAMING_WHOLE, true, 200},
    {TEXT(OK "Transfer-Encoding: gzip, Chunked\r\nContent-Length: 1\r\n\r\n5\nhello\n0\n\n!"), 1,
     FRAMING_WHOLE, true, 200},
    {TEXT(OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), 0, FRAMING_BODY, false, 200},
    {TEXT(OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n0\r\n\r\n"), 0, FRAMING_BODY,
     true, 200},
    {TEXT(OK "Transfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nhello"), 0, FRAMING_BODY, true,
     200},
    {TEXT(OK), 0, FRAMING_HEAD, false, 0},
    {TEXT("HTT"), 0, FRAMING_HEAD, false, 0},
    {TEXT(""), 0, FRAMING_HEAD, false, 0},
    {TEXT("HTTP/1.1 2000 OK\r\n\r\nhello"), 0, FRAMING_NO_HTTP, true, 0},
    {TEXT("ICY 200 OK\r\n\r\nhello"), 0, FRAMING_NO_HTTP, true, 0},
    {TEXT("\r\n" OK "Content-Length: 0\r\n\r\n"), 0, FRAMING_NO_HTTP, true, 0},
    {TEXT("<html>hello</html>"), 0, FRAMING_NO_HTTP, true, 0},
};

static void check_row(const struct row *row, size_t length)
{
    struct http_framing framing;
    struct text rest = row->bytes, piece;
    size_t taken = 0;
    http_framing_init(&framing);
    while (rest.length && framing.state != FRAMING_WHOLE) {
        struct text input = text_first(rest, length);
        while (input.length && framing.state != FRAMING_WHOLE) {
            ck_assert_ptr_eq(input.at, row->bytes.at + taken);
            http_framing_take(&framing, &input, &piece);
            taken += piece.length;
        }
        rest = text_skip(row->bytes, taken);
    }
    ck_assert_msg(framing.state == row->state && framing.status == row->status,
                  "row %d in pieces of %zu: state %d, status %d", (int)(row - rows), length,
                  framing.state, framing.status);
    ck_assert_uint_eq(row->bytes.length - taken, framing.state == FRAMING_WHOLE ? row->after : 0);
    ck_assert_int_eq(http_framing_may_end(&framing), row->may_end);
    http_framing_release(&framing);
}

START_TEST(a_message_ends_where_it_says)
{
    for (size_t length = 1; length <= rows[_i].bytes.length + 1; length++)
        check_row(&rows[_i], length);
}
END_TEST

START_TEST(an_endless_head_is_given_up)
{
    struct http_framing framing;
    struct text line = TEXT("X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"),
                input = TEXT(OK), piece;
    size_t taken = 0;
    http_framing_init(&framing);
    http_framing_take(&framing, &input, &piece);
    while (framing.state == FRAMING_HEAD && taken < 2 * (size_t)HTTP_HEAD_MOST) {
        input = line;
        http_framing_take(&framing, &input, &piece);
        taken += piece.length;
    }
    ck_assert_int_eq(framing.state, FRAMING_TOO_LONG);
    ck_assert_uint_lt(taken, HTTP_HEAD_MOST + line.length);
    http_framing_release(&framing);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http_framing");
    TCase *tests = tcase_create("framing");
    tcase_add_loop_test(tests, a_message_ends_where_it_says, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tests, an_endless_head_is_given_up);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
