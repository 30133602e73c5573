/* libwarccap when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/memory/failing.h"
#include "tests/warc/scratch.h"
#include "warccap/warc.h"

#define RESPONSE                                                                       \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" \
    "5\r\nhello\r\n0\r\n\r\n"

struct work {
    struct scratch scratch;
    char path[SCRATCH_PATH + 300];
    bool from_memory;
    struct buf bytes; /* of a file written before */
};

static struct warc_draft draft_of(enum warc_type type, const char *content_type, const char *block)
{
    return (struct warc_draft){.struct_size = sizeof(struct warc_draft),
                               .type = type,
                               .target_uri = "http://example.com/a",
                               .content_type = content_type,
                               .block = {block},
                               .block_length = {strlen(block)}};
}

/* Writes two records, one of them in pieces. False: a step reported failure. */
static bool write_records(void *context)
{
    struct work *work = context;
    const struct warc_writer_options options = {.struct_size = sizeof options,
                                                .directory = work->scratch.directory,
                                                .prefix = "memory",
                                                .warcinfo = "software: a test\r\n",
                                                .commit_log = true};
    struct warc_draft response =
        draft_of(WARC_RESPONSE, "application/http;msgtype=response", RESPONSE);
    struct warc_draft resource = draft_of(WARC_RESOURCE, "text/plain", "");
    struct warc_writer *writer = warc_writer_new(&options);
    if (!writer)
        return false;
    enum warc_result result = warc_writer_begin_event(writer);
    if (result == WARC_OK)
        result = warc_writer_put(writer, &response, NULL);
    if (result == WARC_OK)
        result = warc_writer_begin_record(writer, &resource);
    for (int i = 0; result == WARC_OK && i < 3; i++)
        result = warc_writer_add(writer, "some words", 10);
    if (result == WARC_OK)
        result = warc_writer_end_record(writer, NULL);
    if (result == WARC_OK)
        result = warc_writer_sync(writer);
    snprintf(work->path, sizeof work->path, "%s/%s", work->scratch.directory,
             warc_writer_file(writer));
    enum warc_result closed = warc_writer_close(writer);
    return result == WARC_OK && closed == WARC_OK;
}

/* Reads all records with their digests and decoded payloads. */
static bool read_records(void *context)
{
    const struct work *work = context;
    struct warc_reader *reader =
        work->from_memory ? warc_reader_open_memory(work->bytes.data, work->bytes.length, "memory")
                          : warc_reader_open(work->path);
    const struct warc_record *record;
    enum warc_result result = reader && warc_reader_check_digests(reader) ? WARC_OK : WARC_BROKEN;
    int records = 0;
    while (result == WARC_OK && (result = warc_reader_next(reader, &record)) == WARC_OK) {
        struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
        const char *bytes;
        size_t length;
        if (!payload) {
            result = WARC_BROKEN;
            break;
        }
        while ((result = warc_payload_read(payload, &bytes, &length)) == WARC_OK)
            ;
        warc_payload_close(payload);
        if (result == WARC_END)
            result = warc_reader_finish(reader, NULL);
        records += result == WARC_OK;
    }
    warc_reader_close(reader);
    return result == WARC_END && records == 3;
}

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};

START_TEST(a_writer_without_memory_says_so)
{
    struct work work = {.scratch = scratch_new()};
    ck_assert_int_gt(failing_run(write_records, &work, kinds[_i]), 5);
    scratch_remove(&work.scratch);
}
END_TEST

/* A file written once there was enough memory again is complete. */
START_TEST(a_reader_without_memory_says_so)
{
    struct work work = {.scratch = scratch_new()};
    char name[256];
    buf_init(&work.bytes, 1 << 20);
    ck_assert(write_records(&work));
    ck_assert_int_eq(scratch_count(&work.scratch, ".warc.gz", name), 1);
    scratch_read(&work.scratch, name, &work.bytes);
    for (int from_memory = 0; from_memory < 2; from_memory++) {
        work.from_memory = from_memory;
        ck_assert_int_gt(failing_run(read_records, &work, kinds[_i]), 5);
    }
    buf_release(&work.bytes);
    scratch_remove(&work.scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of the library");
    TCase *test = tcase_create("failing");
    tcase_add_loop_test(test, a_writer_without_memory_says_so, 0, 2);
    tcase_add_loop_test(test, a_reader_without_memory_says_so, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
