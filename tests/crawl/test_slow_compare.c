/* Large responses are read in slices, and what comes out is what one reading gives. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "crawl/slow_compare.h"

enum { MEGABYTE = 1024 * 1024 };

static const char head_text[] = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n";
static struct trouble trouble;

static struct capture *large(int megabytes, char fill)
{
    struct capture *capture = calloc(1, sizeof *capture);
    char *bytes = malloc(MEGABYTE);
    ck_assert(capture && bytes);
    capture->exchange = exchange_new("/tmp");
    ck_assert_ptr_nonnull(capture->exchange);
    struct spool *response = &capture->exchange->response;
    memset(bytes, fill, MEGABYTE);
    ck_assert_int_eq(spool_append(response, head_text, strlen(head_text), &trouble), RESULT_OK);
    capture->exchange->head_length = strlen(head_text);
    for (int i = 0; i < megabytes; i++)
        ck_assert_int_eq(spool_append(response, bytes, MEGABYTE, &trouble), RESULT_OK);
    free(bytes);
    return capture;
}

static void release(struct capture *capture)
{
    exchange_free(capture->exchange);
    free(capture);
}

/* Computes the digests at once. */
static void expect_identity(struct capture *capture)
{
    struct payload_reader reader;
    struct payload_identity whole;
    struct http_head head = {0};
    struct exchange *exchange = capture->exchange;
    ck_assert(payload_reader_init(&reader, PAYLOAD_SHA256));
    ck_assert(http_response_read(&head, spool_bytes(&exchange->response)));
    ck_assert_int_eq(payload_read_spool(&reader, &head, &exchange->response, exchange->head_length,
                                        &whole, &trouble),
                     RESULT_OK);
    ck_assert(capture->body.identity.known);
    ck_assert_int_eq(capture->body.identity.payload.length, whole.payload.length);
    ck_assert_mem_eq(capture->body.identity.payload.sha1, whole.payload.sha1,
                     sizeof whole.payload.sha1);
    ck_assert_mem_eq(capture->body.identity.payload.sha256, whole.payload.sha256,
                     sizeof whole.payload.sha256);
    http_head_release(&head);
    payload_reader_release(&reader);
}

START_TEST(large_responses_come_back_one_after_the_other)
{
    struct slow_compare *slow = slow_compare_new(PAYLOAD_SHA256);
    struct capture *one = large(20, 'a'), *two = large(30, 'b'), *back[2];
    int slices = 0, count = 0;
    ck_assert(slow_compare_takes(slow, one) && slow_compare_takes(slow, two));
    ck_assert_int_eq(slow_compare_waiting(slow), 2);
    while (slow_compare_waiting(slow)) {
        struct capture *capture = slow_compare_slice(slow);
        slices++;
        if (capture)
            back[count++] = capture;
    }
    ck_assert_int_ge(slices, 12);
    ck_assert_int_eq(count, 2);
    ck_assert(back[0] == one && back[1] == two);
    expect_identity(one);
    expect_identity(two);
    ck_assert_ptr_null(slow_compare_slice(slow));
    slow_compare_free(slow);
    release(one);
    release(two);
}
END_TEST

START_TEST(small_responses_are_not_taken)
{
    struct slow_compare *slow = slow_compare_new(PAYLOAD_SHA1);
    struct capture *one = large(0, 'a'), *two = large(4, 'a');
    ck_assert(!slow_compare_takes(slow, one) && !slow_compare_takes(slow, two));
    ck_assert_int_eq(slow_compare_waiting(slow), 0);
    slow_compare_free(slow);
    release(one);
    release(two);
}
END_TEST

static bool yes(void *context)
{
    (void)context;
    return true;
}

START_TEST(what_is_given_up_comes_back_at_once)
{
    struct slow_compare *slow = slow_compare_new(PAYLOAD_SHA256);
    struct capture *one = large(20, 'a'), *two = large(20, 'b');
    ck_assert(slow_compare_takes(slow, one) && slow_compare_takes(slow, two));
    ck_assert_ptr_null(slow_compare_slice(slow));
    slow_compare_give_up_when(slow, (struct give_up){yes, NULL});
    ck_assert(slow_compare_slice(slow) == one);
    ck_assert(!one->body.identity.known);
    ck_assert(slow_compare_drop(slow) == two);
    ck_assert_ptr_null(slow_compare_drop(slow));
    ck_assert_int_eq(slow_compare_waiting(slow), 0);
    slow_compare_free(slow);
    release(one);
    release(two);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slow_compare");
    TCase *cases = tcase_create("slices");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, large_responses_come_back_one_after_the_other);
    tcase_add_test(cases, small_responses_are_not_taken);
    tcase_add_test(cases, what_is_given_up_comes_back_at_once);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
