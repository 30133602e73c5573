/*
 * From captures to records when memory runs out: the n-th allocation fails, for every n.  The
 * writer's thread is left out, for what fails is counted on one thread only.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture_records.h"
#include "tests/memory/failing.h"
#include "tests/warc/scratch.h"

#define RESPONSE                                                                       \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" \
    "5\r\nhello\r\n0\r\n\r\n"
#define PAYLOAD_DIGEST "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"

struct work {
    struct scratch scratch;
    bool failed, not_http, strip;
    bool lost_some; /* although it was said that all went well */
};

/* False without memory, as the fetcher would say before there is a capture to write. */
static bool fill(const struct work *work, struct capture *capture)
{
    struct trouble trouble;
    struct exchange *exchange = capture->exchange;
    capture->kind = VISIT_PAGE;
    strcpy(capture->hops, "L");
    buf_init(&capture->via, 1 << 16);
    buf_init(&capture->target, 1 << 16);
    buf_init(&capture->outlinks.last, 1 << 16);
    buf_init(&capture->written.line, 1 << 16);
    buf_init(&capture->original_url, 1 << 16);
    buf_add(&capture->via, "http://h/");
    buf_add(&capture->outlinks.last, "outlink: http://h/b L page a@href\r\n");
    exchange->began_ms = INT64_C(1790000000000);
    buf_add(&exchange->url, "http://h/a");
    buf_add(&exchange->request, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
    buf_add(&exchange->certificates, "-----BEGIN CERTIFICATE-----\n");
    buf_add(&exchange->dns_name, "h");
    buf_add(&exchange->dns, "20260921141320\nh. 60 IN A 127.0.0.1\n");
    if (work->failed) {
        capture->failed = true;
        strcpy(exchange->error, "nobody answers");
    } else if (spool_append(&exchange->response, RESPONSE, strlen(RESPONSE), &trouble) != RESULT_OK)
        return false;
    else {
        exchange->head_length = (size_t)(strstr(RESPONSE, "\r\n\r\n") + 4 - RESPONSE);
        exchange->status = 200;
        capture->not_http = work->not_http;
    }
    return buf_ok(&capture->via) && buf_ok(&capture->outlinks.last) && buf_ok(&exchange->url) &&
           buf_ok(&exchange->request) && buf_ok(&exchange->certificates) &&
           buf_ok(&exchange->dns_name) && buf_ok(&exchange->dns);
}

static void empty(struct capture *capture)
{
    exchange_free(capture->exchange);
    buf_release(&capture->via);
    buf_release(&capture->target);
    buf_release(&capture->outlinks.last);
    buf_release(&capture->written.line);
    buf_release(&capture->original_url);
}

/* The lines of the index, and how the capture is known later. */
static bool is_whole(const struct work *work, const struct capture *capture)
{
    struct text line = buf_text(&capture->written.line);
    bool dns = text_find(line, TEXT("dns:h")) >= 0,
         certificates = text_find(line, TEXT("certificates:h")) >= 0,
         page = text_find(line, TEXT("\"url\": \"http://h/a\"")) >= 0;
    if (work->failed)
        return dns;
    return dns && certificates && page &&
           (work->not_http || (strcmp(capture->written.digest, PAYLOAD_DIGEST) == 0 &&
                               text_find(line, TEXT("\"mime\": \"text/html\"")) >= 0 &&
                               text_equal(buf_text(&capture->original_url), TEXT("http://h/a"))));
}

static bool write_capture(void *context)
{
    struct work *work = context;
    const struct warc_writer_options options = {.struct_size = sizeof options,
                                                .directory = work->scratch.directory,
                                                .prefix = "memory",
                                                .warcinfo = "software: a test\r\n"};
    struct capture_scratch desk;
    struct capture capture = {.exchange = exchange_new(work->scratch.directory)};
    struct warc_writer *writer = warc_writer_new(&options);
    bool fine = capture_scratch_init(&desk, NULL, work->strip) && writer && capture.exchange;
    if (fine)
        fine = fill(work, &capture) && capture_write(&desk, writer, &capture) == WARC_OK;
    if (writer && warc_writer_close(writer) != WARC_OK)
        fine = false;
    work->lost_some = work->lost_some || (fine && !is_whole(work, &capture));
    capture_scratch_release(&desk);
    if (capture.exchange)
        empty(&capture);
    return fine;
}

static const struct {
    bool failed, not_http, strip;
} captures[] = {
    {false, false, false}, {true, false, false}, {false, true, false}, {false, false, true}};

START_TEST(a_capture_is_written_whole_or_it_is_said_that_it_is_not)
{
    struct work work = {.scratch = scratch_new(),
                        .failed = captures[_i / 2].failed,
                        .not_http = captures[_i / 2].not_http,
                        .strip = captures[_i / 2].strip};
    ck_assert(write_capture(&work));
    ck_assert(!work.lost_some);
    ck_assert_int_gt(
        failing_run(write_capture, &work, _i % 2 ? FAILING_ONCE : FAILING_FROM_THEN_ON), 10);
    ck_assert(!work.lost_some);
    scratch_remove(&work.scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of captures");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 120);
    tcase_add_loop_test(test, a_capture_is_written_whole_or_it_is_said_that_it_is_not, 0, 8);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
