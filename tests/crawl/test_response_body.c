/* What of a response is read before it is stored, and what is known of its body then. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "crawl/response_body.h"

static struct jail *jail; /* NULL: bodies are read here */

static void check_error(const char *response, enum body_error expected)
{
    struct response_body *body = response_body_new(jail);
    struct exchange *exchange = exchange_new("/tmp");
    struct http_head head;
    struct trouble trouble;
    struct text bytes = text_of(response), text;
    ck_assert(body && exchange);
    buf_add(&exchange->url, "http://h/file");
    ck_assert_int_eq(spool_append(&exchange->response, bytes.at, bytes.length, &trouble),
                     RESULT_OK);
    ck_assert(http_response_read(&head, spool_bytes(&exchange->response)));
    exchange->head_length = head.length;
    ck_assert_int_eq(response_body_read(body, exchange, &head, PAGE_FOR_LINKS, &text, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(response_body_error(body), expected);
    http_head_release(&head);
    exchange_free(exchange);
    response_body_free(body);
}

#define CHUNKED "Transfer-Encoding: chunked\r\n\r\n"
#define PDF "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
#define HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

START_TEST(broken_framing_is_seen_whatever_the_type)
{
    struct trouble trouble;
    if (_i)
        ck_assert_int_eq(jail_new(&jail, &page_reader_task, &trouble), RESULT_OK);
    check_error(HTML CHUNKED "5\r\nhello\r\nxyz\r\n", BODY_CHUNKS_BROKEN);
    check_error(PDF CHUNKED "5\r\nhello\r\nxyz\r\n", BODY_CHUNKS_BROKEN);
    check_error(PDF CHUNKED "5\r\nhello\r\n", BODY_ENDS_EARLY);
    check_error(PDF CHUNKED "5\r\nhello\r\n0\r\n\r\n", BODY_SOUND);
    check_error(PDF "\r\nhello", BODY_SOUND);
    jail_free(jail);
}
END_TEST

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&page_reader_task);
    Suite *suite = suite_create("response_body");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, broken_framing_is_seen_whatever_the_type, 0, 2);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
