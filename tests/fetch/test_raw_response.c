/* A response that comes in pieces over a bare connection: where it ends, and how it is cut. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/raw_response.h"

static const struct fetch_options options = {.timeout_ms = 60000};
static struct exchange *exchange;
static struct raw_response response;

static void begin_response(int64_t size_limit)
{
    struct transfer_limits limits;
    transfer_limits_begin(&limits, &options, 0, false);
    limits.size_limit = size_limit;
    exchange = exchange_new("/tmp");
    ck_assert_ptr_nonnull(exchange);
    raw_response_init(&response, exchange, &limits);
}

static bool take(const char *bytes)
{
    return raw_response_take(&response, text_of(bytes));
}

static void end_response(enum fetch_end end, enum exchange_cut cut, const char *kept)
{
    ck_assert(response.ended);
    ck_assert_int_eq(raw_response_end(&response), end);
    ck_assert_int_eq(exchange->cut, cut);
    ck_assert(text_equal(spool_bytes(&exchange->response), text_of(kept)));
    raw_response_release(&response);
    exchange_free(exchange);
}

#define HEAD "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"

START_TEST(what_is_behind_the_end_is_dropped)
{
    begin_response(0);
    ck_assert(!take("HTTP/1.1 200 OK\r\nContent-Le"));
    ck_assert(!take("ngth: 5\r\n\r\nhel"));
    ck_assert(take("lo and more"));
    ck_assert_uint_eq(exchange->head_length, strlen(HEAD));
    end_response(FETCH_RESPONSE, CUT_NONE, HEAD "hello");
}
END_TEST

START_TEST(an_end_that_comes_too_early_is_said)
{
    begin_response(0);
    ck_assert(!take(HEAD "hel"));
    raw_response_disconnect(&response, NULL);
    ck_assert_str_eq(exchange->error, "the connection ended before the response did");
    end_response(FETCH_RESPONSE, CUT_DISCONNECT, HEAD "hel");
}
END_TEST

START_TEST(a_body_is_cut_at_the_limit)
{
    begin_response(3);
    ck_assert(take(HEAD "hello"));
    ck_assert(exchange->facts.cut_for_good);
    end_response(FETCH_RESPONSE, CUT_LENGTH, HEAD "hel");
}
END_TEST

/* It is a head up to its last line; by then it is longer than the limit. */
START_TEST(what_only_looked_like_a_head_may_pass_the_limit_but_nothing_after_it)
{
    begin_response(3);
    ck_assert(!take("HTTP/1.0 200No\r\n"));
    ck_assert(take("\r\nhello"));
    end_response(FETCH_NOT_HTTP, CUT_LENGTH, "HTTP/1.0 200No\r\n");
}
END_TEST

START_TEST(interim_responses_are_kept_apart)
{
    begin_response(0);
    ck_assert(!take("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
    ck_assert(take("HTTP/1.1 204 No\r\n\r\n"));
    ck_assert_str_eq(exchange->interim.data, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
    end_response(FETCH_RESPONSE, CUT_NONE, "HTTP/1.1 204 No\r\n\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("raw_response");
    TCase *all = tcase_create("all");
    tcase_add_test(all, what_is_behind_the_end_is_dropped);
    tcase_add_test(all, an_end_that_comes_too_early_is_said);
    tcase_add_test(all, a_body_is_cut_at_the_limit);
    tcase_add_test(all, what_only_looked_like_a_head_may_pass_the_limit_but_nothing_after_it);
    tcase_add_test(all, interim_responses_are_kept_apart);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
