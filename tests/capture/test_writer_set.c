/* The writer's thread: what is handed over comes back in its order, and only when it is on the
 * disk; and its queue has bounds. */
#include <config.h>

#include <check.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/entropy.h"
#include "capture/writer_set.h"
#include "tests/warc/scratch.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
enum { CAPTURES = 20, PATIENCE = 5000, BIG = 1 << 20, MANY = 1000 };

static struct scratch scratch;
static struct writer_set *writers;
static struct trouble trouble;
static struct dedup *dedup; /* NULL: nothing becomes a revisit */
static atomic_int woken;
static atomic_bool holds; /* the writer's thread, when it calls next */
static sem_t gate;        /* until it is let go */

static void wake(void *context)
{
    (void)context;
    woken++;
    if (holds)
        sem_wait(&gate);
}

static void start(const char *directory)
{
    const struct warc_writer_options options = {.struct_size = sizeof options,
                                                .directory = directory,
                                                .prefix = "writers",
                                                .warcinfo = "software: a test\r\n"};
    ck_assert_int_eq(writer_set_start(&writers, &options, false, dedup, COMPRESS_FAST, wake, NULL,
                                      &trouble),
                     RESULT_OK);
}

static void begin(void)
{
    scratch = scratch_new();
    trouble = trouble_none();
    woken = 0;
    dedup = NULL;
    holds = false;
    ck_assert_int_eq(sem_init(&gate, 0, 0), 0);
}

static void end(void)
{
    writer_set_free(writers);
    writers = NULL;
    dedup_close(dedup);
    scratch_remove(&scratch);
    sem_destroy(&gate);
}

static struct capture *capture_with(int number, const char *body, size_t length)
{
    struct capture *capture = capture_pool_get(writers, scratch.directory);
    ck_assert_ptr_nonnull(capture);
    struct exchange *exchange = capture->exchange;
    capture->key = number;
    capture->page = true;
    exchange->began_ms = INT64_C(1790000000000);
    exchange->status = 200;
    exchange->head_length = strlen(HEAD);
    buf_printf(&exchange->url, "http://h/%d", number);
    buf_add(&exchange->request, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    buf_add(&capture->outlinks.last, "outlink: http://h/b L page a@href\r\n");
    ck_assert_int_eq(spool_append(&exchange->response, HEAD, strlen(HEAD), &trouble), RESULT_OK);
    ck_assert_int_eq(spool_append(&exchange->response, body, length, &trouble), RESULT_OK);
    return capture;
}

static struct capture *capture_of(int number, size_t length)
{
    char *body = calloc(length + 1, 1);
    ck_assert_ptr_nonnull(body);
    memset(body, 'a' + number % 26, length);
    struct capture *capture = capture_with(number, body, length);
    free(body);
    return capture;
}

/* Waits for the next receipt; NULL when none comes. */
static struct capture *receipt(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    enum result result;
    struct capture *capture = NULL;
    for (int i = 0; i < PATIENCE && !capture; i++) {
        capture = writer_set_receipt(writers, &result, &trouble);
        ck_assert_msg(result == RESULT_OK, "%s", trouble.words);
        if (!capture)
            nanosleep(&moment, NULL);
    }
    return capture;
}

static int count_records(enum warc_type type)
{
    char name[256], path[SCRATCH_PATH];
    const struct warc_record *record;
    int count = 0;
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 1);
    scratch_path(&scratch, name, path);
    struct warc_reader *reader = warc_reader_open(path);
    while (warc_reader_next(reader, &record) == WARC_OK)
        count += record->type == type;
    warc_reader_close(reader);
    return count;
}

START_TEST(captures_come_back_in_their_order)
{
    uint64_t pages, responses;
    int64_t end_before = 0;
    start(scratch.directory);
    for (int i = 0; i < CAPTURES; i++) {
        struct capture *capture = capture_of(i, 10);
        capture->failed = i == CAPTURES - 1;
        capture->page = !capture->failed;
        writer_set_put(writers, capture);
    }
    ck_assert_int_eq(writer_set_pending(writers), CAPTURES);
    writer_set_flush(writers);
    for (int i = 0; i < CAPTURES; i++) {
        struct capture *capture = receipt();
        ck_assert_ptr_nonnull(capture);
        ck_assert_int_eq(capture->key, i);
        ck_assert_int_gt(capture->written.file_end, end_before);
        ck_assert_int_ge(capture->written.place.offset, end_before);
        end_before = capture->written.file_end;
        ck_assert_uint_eq(capture->outlinks.last.length, 0); /* what is written takes no memory */
        ck_assert(capture->failed || capture->written.line.length > 0);
        ck_assert_int_eq(writer_set_pending(writers), CAPTURES - 1 - i);
        capture_pool_put(writers, capture);
    }
    writer_set_kept(writers, &pages, &responses);
    ck_assert_uint_eq(pages, CAPTURES - 1);
    ck_assert_uint_eq(responses, CAPTURES - 1);
    ck_assert_int_gt(woken, 0);
    ck_assert_int_eq(writer_set_bytes(writers), end_before);
    ck_assert_int_eq(writer_set_stop(writers, &trouble), RESULT_OK);
    ck_assert_int_eq(count_records(WARC_RESPONSE), CAPTURES - 1);
    ck_assert_int_eq(count_records(WARC_REQUEST), CAPTURES - 1);
    ck_assert_int_eq(count_records(WARC_METADATA), CAPTURES);
}
END_TEST

START_TEST(what_was_handed_over_is_written_before_the_end)
{
    start(scratch.directory);
    for (int i = 0; i < CAPTURES; i++)
        writer_set_put(writers, capture_of(i, 10));
    ck_assert_int_eq(writer_set_stop(writers, &trouble), RESULT_OK);
    ck_assert_int_eq(count_records(WARC_RESPONSE), CAPTURES);
    for (int i = 0; i < CAPTURES; i++) { /* receipts can still be taken */
        struct capture *capture = receipt();
        ck_assert_ptr_nonnull(capture);
        capture_pool_put(writers, capture);
    }
    ck_assert_int_eq(writer_set_pending(writers), 0);
}
END_TEST

/* Hands a small capture over, and leaves the thread where it tells of it. */
static void hold_thread(void)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    holds = true;
    writer_set_put(writers, capture_of(0, 10));
    writer_set_flush(writers);
    for (int i = 0; i < PATIENCE && !woken; i++)
        nanosleep(&moment, NULL);
    ck_assert_int_eq(woken, 1);
    holds = false;
}

static void take_receipts(int count)
{
    sem_post(&gate);
    writer_set_flush(writers);
    for (int i = 0; i < count; i++) {
        struct capture *capture = receipt();
        ck_assert_ptr_nonnull(capture);
        ck_assert_int_eq(capture->key, i);
        capture_pool_put(writers, capture);
    }
    ck_assert(writer_set_have_room(writers));
}

START_TEST(the_queue_is_bounded_by_bytes)
{
    start(scratch.directory);
    hold_thread();
    writer_set_put(writers, capture_of(1, BIG - 1024));
    writer_set_put(writers, capture_of(2, BIG - 1024));
    ck_assert(writer_set_have_room(writers));
    writer_set_put(writers, capture_of(3, BIG - 1024));
    ck_assert(!writer_set_have_room(writers));
    take_receipts(4);
}
END_TEST

START_TEST(the_queue_is_bounded_in_number)
{
    int count = 1;
    start(scratch.directory);
    hold_thread();
    for (; writer_set_have_room(writers) && count < MANY; count++)
        writer_set_put(writers, capture_of(count, 10));
    ck_assert_int_gt(count, CAPTURES);
    ck_assert_int_lt(count, MANY);
    take_receipts(count);
}
END_TEST

START_TEST(a_file_that_can_not_be_made_is_told_every_time)
{
    enum result result = RESULT_OK;
    start("/nonexistent");
    writer_set_put(writers, capture_of(0, 10));
    ck_assert_int_eq(writer_set_stop(writers, &trouble), RESULT_BROKEN);
    for (int i = 0; i < 2; i++) {
        trouble = trouble_none();
        ck_assert_ptr_null(writer_set_receipt(writers, &result, &trouble));
        ck_assert_int_eq(result, RESULT_BROKEN);
        ck_assert_ptr_nonnull(strstr(trouble.words, "/nonexistent"));
    }
    ck_assert_int_eq(writer_set_pending(writers), 1); /* it was never written */
}
END_TEST

START_TEST(a_used_capture_is_as_a_new_one)
{
    start(scratch.directory);
    struct capture *capture = capture_of(7, 10);
    capture->not_modified = capture->conditional = capture->same = true;
    capture->before.status = 200;
    buf_add(&capture->via, "http://h/");
    buf_add(&capture->target, "http://h/else");
    capture_pool_put(writers, capture);
    struct capture *again = capture_pool_get(writers, scratch.directory);
    ck_assert_ptr_eq(again, capture);
    ck_assert(!again->not_modified && !again->conditional && !again->same && !again->page);
    ck_assert_int_eq(again->before.status, 0);
    ck_assert_uint_eq(again->via.length + again->target.length + again->outlinks.last.length, 0);
    ck_assert_uint_eq(again->exchange->url.length + again->exchange->request.length, 0);
    ck_assert_int_eq(again->exchange->response.length, 0);
    capture_pool_put(writers, again);
}
END_TEST

/* Only what was written whole gets a receipt.  The bytes of one response are gone when they are to
 * be written: at the digest of its payload, or later, at that of its block. */
START_TEST(a_capture_that_can_not_be_written_leaves_nothing_and_gets_no_receipt)
{
    enum { BEFORE = 3, LENGTH = 8 << 20 };
    enum result result;
    start(scratch.directory);
    for (int i = 0; i < BEFORE; i++)
        writer_set_put(writers, capture_of(i, 10));
    struct capture *lost = capture_of(BEFORE, LENGTH);
    ck_assert_int_ge(lost->exchange->response.fd, 0);
    ck_assert_int_eq(ftruncate(lost->exchange->response.fd, LENGTH / 2), 0);
    lost->body.identity.known = _i == 1;
    writer_set_put(writers, lost);
    writer_set_put(writers, capture_of(BEFORE + 1, 10));
    ck_assert_int_eq(writer_set_stop(writers, &trouble), RESULT_BROKEN);
    for (int i = 0; i < BEFORE; i++) {
        struct capture *capture = writer_set_receipt(writers, &result, &trouble);
        ck_assert_ptr_nonnull(capture);
        ck_assert_int_eq(capture->key, i);
        capture_pool_put(writers, capture);
    }
    ck_assert_ptr_null(writer_set_receipt(writers, &result, &trouble));
    ck_assert_int_eq(result, RESULT_BROKEN);
    ck_assert_int_eq(writer_set_pending(writers), 2);
    ck_assert_int_eq(count_records(WARC_REQUEST), BEFORE);
    ck_assert_int_eq(count_records(WARC_RESPONSE), BEFORE);
    ck_assert_int_eq(count_records(WARC_METADATA), BEFORE);
}
END_TEST

/* ---- deduplication, when the disk is full ---- */

static void open_dedup(void)
{
    char path[SCRATCH_PATH];
    scratch_path(&scratch, "payloads.db", path);
    ck_assert_int_eq(dedup_open(&dedup, path, &trouble), RESULT_OK);
}

/* Whether a record of the file that was not finished has this identifier. */
static bool archive_has(const char *id)
{
    char name[256], path[SCRATCH_PATH];
    const struct warc_record *record;
    bool found = false;
    if (scratch_count(&scratch, ".warc.gz.open", name) != 1)
        return false;
    scratch_path(&scratch, name, path);
    struct warc_reader *reader = warc_reader_open(path);
    while (!found && warc_reader_next(reader, &record) == WARC_OK)
        found = strcmp(warc_record_field(record, "WARC-Record-ID"), id) == 0;
    warc_reader_close(reader);
    return found;
}

/* Random, so that it takes as much room as it is long. */
static struct capture *random_capture(int number, size_t length)
{
    char *body = malloc(length);
    ck_assert_ptr_nonnull(body);
    entropy_fill(body, length);
    struct capture *capture = capture_with(number, body, length);
    capture->kind = VISIT_PAGE;
    free(body);
    return capture;
}

/* Some captures are durable.  The next ones do not fit on the disk, for which the file size limit
 * of the process stands; it falls in each of them in turn.  A later run refers to what the
 * deduplication knows, so all of that must be in the archive. */
START_TEST(what_a_revisit_may_refer_to_is_in_the_archive)
{
    enum { DURABLE = 3, MORE = 4, LENGTH = 100000 };
    struct capture *first[DURABLE];
    struct dedup_original original;
    open_dedup();
    start(scratch.directory);
    for (int i = 0; i < DURABLE; i++) {
        writer_set_put(writers, random_capture(i, LENGTH));
        writer_set_flush(writers);
        first[i] = receipt();
        ck_assert_ptr_nonnull(first[i]);
    }
    struct rlimit limit = {(rlim_t)first[DURABLE - 1]->written.file_end + LENGTH / 2 + _i * LENGTH,
                           RLIM_INFINITY};
    struct capture *more[MORE];
    for (int i = 0; i < MORE; i++)
        more[i] = random_capture(DURABLE + i, LENGTH);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit); /* nothing is asserted while it is set */
    for (int i = 0; i < MORE; i++)
        writer_set_put(writers, more[i]);
    enum result result = writer_set_stop(writers, &trouble);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(result, RESULT_BROKEN);
    dedup_close(dedup);
    open_dedup();
    for (int i = 0; i < DURABLE; i++) {
        ck_assert_int_eq(dedup_find(dedup, &first[i]->body.identity.payload, &original),
                         DEDUP_FOUND);
        ck_assert_msg(archive_has(original.id), "%s is not in the archive", original.url);
        capture_pool_put(writers, first[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("writer set");
    TCase *tests = tcase_create("writer set");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, captures_come_back_in_their_order);
    tcase_add_test(tests, what_was_handed_over_is_written_before_the_end);
    tcase_add_test(tests, the_queue_is_bounded_by_bytes);
    tcase_add_test(tests, the_queue_is_bounded_in_number);
    tcase_add_test(tests, a_file_that_can_not_be_made_is_told_every_time);
    tcase_add_test(tests, a_used_capture_is_as_a_new_one);
    tcase_add_loop_test(tests, a_capture_that_can_not_be_written_leaves_nothing_and_gets_no_receipt,
                        0, 2);
    tcase_add_loop_test(tests, what_a_revisit_may_refer_to_is_in_the_archive, 0, 4);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
