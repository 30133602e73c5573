/* Which responses are shorter than they say. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "http/http_short.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n"

static const struct {
    const char *response;
    enum http_short how;
} cases[] = {
    {OK "Content-Length: 5\r\n\r\nhello", SHORT_NOT},
    {OK "Content-Length: 5\r\n\r\nhello!", SHORT_NOT},
    {OK "Content-Length: 6\r\n\r\nhello", SHORT_OF_LENGTH},
    {OK "Content-Length: 6\r\n\r\n", SHORT_OF_ALL},
    {OK "Content-Length: 0\r\n\r\n", SHORT_NOT},
    {OK "Content-Length: 9223372036854775807\r\n\r\nhello", SHORT_OF_LENGTH},
    {OK "Content-Length: 9223372036854775808\r\n\r\nhello", SHORT_OF_LENGTH},
    {OK "Content-Length: 18446744073709551615\r\n\r\nhello", SHORT_OF_LENGTH},
    {OK "Content-Length: 18446744073709551616\r\n\r\nhello", SHORT_NOT}, /* no number that fits */
    {OK "Content-Length: five\r\n\r\nhello", SHORT_NOT},
    {OK "Content-Length: -6\r\n\r\nhello", SHORT_NOT},
    {OK "Content-Length: 6\r\nContent-Length: 5\r\n\r\nhello", SHORT_OF_LENGTH},
    {OK "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", SHORT_NOT},
    {OK "\r\nhello", SHORT_NOT},
    {OK "\r\n", SHORT_NOT},
    {OK, SHORT_NOT},
    {OK CHUNKED "\r\n5\r\nhello\r\n0\r\n\r\n", SHORT_NOT},
    {OK CHUNKED "\r\n5\r\nhello\r\n0\r\n\r", SHORT_OF_CHUNKS},
    {OK CHUNKED "\r\n5\r\nhello\r\n0\r\n", SHORT_OF_CHUNKS},
    {OK CHUNKED "\r\n5\r\nhello\r\n0", SHORT_OF_CHUNKS},
    {OK CHUNKED "\r\n5\r\nhel", SHORT_OF_CHUNKS},
    {OK CHUNKED "\r\n", SHORT_OF_ALL},
    {OK CHUNKED "\r\n5\nhello\n0\n\n", SHORT_NOT},
    {OK CHUNKED "\r\n0\r\nX: y\r\n\r\n", SHORT_NOT},
    {OK CHUNKED "\r\n0\r\nX: y\r\n", SHORT_OF_CHUNKS},
    {OK CHUNKED "\r\nxyz", SHORT_NOT}, /* broken: nothing says where it ends */
    {OK CHUNKED "Content-Length: 99\r\n\r\n5\r\nhello\r\n0\r\n\r\n", SHORT_NOT},
    {OK "Transfer-Encoding: gzip\r\nContent-Length: 99\r\n\r\nhello", SHORT_NOT},
    {"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", SHORT_NOT},
    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", SHORT_NOT},
    {"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhell", SHORT_OF_LENGTH},
    {"no HTTP", SHORT_NOT},
    {"", SHORT_NOT},
};

/* In memory, and on the disk from the first byte on. */
static void check_spooled(const char *response, enum http_short how)
{
    struct trouble trouble;
    for (size_t limit = 0; limit <= 4096; limit += 4096) {
        struct spool spool;
        spool_init(&spool, limit, "/tmp");
        ck_assert_int_eq(spool_append(&spool, response, strlen(response), &trouble), RESULT_OK);
        ck_assert_msg(http_short_of_spool(&spool) == how, "%s: %d", response,
                      (int)http_short_of_spool(&spool));
        spool_release(&spool);
    }
}

START_TEST(what_is_short_is_known)
{
    check_spooled(cases[_i].response, cases[_i].how);
    ck_assert_msg(http_short_of_bytes(text_of(cases[_i].response)) == cases[_i].how, "%s: %d",
                  cases[_i].response, (int)http_short_of_bytes(text_of(cases[_i].response)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("http_short");
    TCase *tests = tcase_create("core");
    tcase_add_loop_test(tests, what_is_short_is_known, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
