/* How a block comes to the writer: from memory, from a file, in pieces, compressed already. */
#include <config.h>

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/entropy.h"
#include "tests/warc/scratch.h"
#include "tests/warc/written.h"
#include "warccap/warc.h"

START_TEST(a_large_block_comes_from_a_file)
{
    enum { LENGTH = 24 << 20 };
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    char *body = malloc(LENGTH), path[SCRATCH_PATH];
    struct warc_place places[4];
    entropy_fill(body, LENGTH / 2);
    memset(body + LENGTH / 2, 'a', LENGTH / 2);
    scratch_write(&scratch, "spool", body, LENGTH);
    scratch_path(&scratch, "spool", path);
    int fd = open(path, O_RDONLY);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    for (int i = 0; i < 4; i++) {
        struct warc_draft draft = response_of(NULL, 0);
        warc_writer_set_effort(writer, i % 2 ? WARC_EFFORT_FAST : WARC_EFFORT_SMALL);
        draft.compressed_already = i == 2;
        if (i == 3) { /* also when the block is in memory */
            draft.block[1] = body;
            draft.block_length[1] = LENGTH;
        } else {
            draft.block_fd = fd;
            draft.block_fd_length = LENGTH;
        }
        ck_assert_int_eq(warc_writer_put(writer, &draft, &places[i]), WARC_OK);
        ck_assert_int_lt(places[i].length, i == 2 ? LENGTH + LENGTH / 1000 : LENGTH);
    }
    close(fd);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    for (int i = 0; i < 4; i++)
        check_record(&scratch, &places[i], body, LENGTH);
    free(body);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(the_payload_digest_of_a_record_can_be_read)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of("words", 5);
    ck_assert_str_eq(warc_writer_payload_digest(writer), "");
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    draft.type = WARC_RESOURCE; /* its payload is its block */
    draft.block_length[0] = 0;
    draft.content_type = "text/plain";
    draft.payload_digest = NULL;
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_str_eq(warc_writer_payload_digest(writer), "sha1:564JGYI6N5LPLLIHESAWGQFFBJHLBAQL");
    draft.id[0] = '\0';
    draft.type = WARC_METADATA;
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_str_eq(warc_writer_payload_digest(writer), "");
    draft.id[0] = '\0';
    draft.type = WARC_RESOURCE;
    draft.payload_digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_str_eq(warc_writer_payload_digest(writer), draft.payload_digest);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_shorter_than_its_block_loses_that_record_only)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of(NULL, 0);
    struct warc_place place;
    char path[SCRATCH_PATH];
    scratch_write(&scratch, "spool", "0123456789", 10);
    scratch_path(&scratch, "spool", path);
    draft.block_fd = open(path, O_RDONLY);
    draft.block_fd_length = 11;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_LOST);
    ck_assert_ptr_nonnull(strstr(warc_writer_words(writer), "10 of 11"));
    draft.block_fd_length = 10;
    ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_OK);
    close(draft.block_fd);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    check_record(&scratch, &place, "0123456789", 10);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(bytes_compressed_already_cost_little_and_grow_little)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    static char body[200000];
    struct warc_place place;
    entropy_fill(body, sizeof body);
    struct warc_draft draft = response_of(body, sizeof body);
    draft.compressed_already = true;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_OK);
    ck_assert_int_lt(place.length, 201500);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    check_record(&scratch, &place, body, sizeof body);
    scratch_remove(&scratch);
}
END_TEST

/* Writes `body` after the head in pieces of that size, and once as a whole.  Compares what can be
 * read back. */
static void check_pieces(const char *body, size_t length, size_t size)
{
    struct scratch scratch = scratch_new();
    struct warc_place whole, pieces;
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of(body, length), begun = response_of("", 0);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, &whole), WARC_OK);
    ck_assert_int_eq(warc_writer_begin_record(writer, &begun), WARC_OK);
    ck_assert_int_eq(warc_writer_add(writer, "given up", 8), WARC_OK);
    ck_assert_int_eq(warc_writer_begin_record(writer, &begun), WARC_OK); /* begins another record */
    for (size_t at = 0; at < length; at += size)
        ck_assert_int_eq(
            warc_writer_add(writer, body + at, length - at < size ? length - at : size), WARC_OK);
    ck_assert_msg(warc_writer_end_record(writer, &pieces) == WARC_OK, "%s",
                  warc_writer_words(writer));
    ck_assert_int_eq(warc_writer_end_record(writer, &pieces), WARC_LOST);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);

    char path[SCRATCH_PATH + 300];
    snprintf(path, sizeof path, "%s/%s", scratch.directory, whole.file);
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    struct buf blocks[2];
    char digests[2][64];
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK); /* the warcinfo */
    for (int i = 0; i < 2; i++) {
        const char *bytes;
        size_t got;
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        snprintf(digests[i], sizeof digests[i], "%s",
                 warc_record_field(record, "WARC-Block-Digest"));
        buf_init(&blocks[i], 1 << 26);
        while (warc_reader_block(reader, &bytes, &got) == WARC_OK)
            buf_append(&blocks[i], bytes, got);
        ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK);
    }
    ck_assert_uint_eq(blocks[0].length, sizeof written_head - 1 + length);
    ck_assert(text_equal(buf_text(&blocks[0]), buf_text(&blocks[1])));
    ck_assert_str_eq(digests[0], digests[1]);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    buf_release(&blocks[0]);
    buf_release(&blocks[1]);
    scratch_remove(&scratch);
}

START_TEST(test_pieces)
{
    enum { LONG = 5 * 1000 * 1000 }; /* too long to stay in memory */
    char *body = malloc(LONG);
    entropy_fill(body, LONG);
    check_pieces(body, 0, 1);
    check_pieces(body, 1000, 1);
    check_pieces(body, LONG, 4093);
    free(body);
}
END_TEST

START_TEST(test_pieces_without_a_begin)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_add(writer, "x", 1), WARC_LOST);
    struct warc_draft draft = response_of("", 0);
    draft.target_uri = "no address";
    ck_assert_int_eq(warc_writer_begin_record(writer, &draft), WARC_OK);
    ck_assert_int_eq(warc_writer_end_record(writer, NULL), WARC_LOST); /* refused like any other */
    ck_assert_ptr_nonnull(strstr(warc_writer_words(writer), "uri-"));
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warc writer blocks");
    TCase *tests = tcase_create("writer");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_large_block_comes_from_a_file);
    tcase_add_test(tests, the_payload_digest_of_a_record_can_be_read);
    tcase_add_test(tests, a_file_shorter_than_its_block_loses_that_record_only);
    tcase_add_test(tests, bytes_compressed_already_cost_little_and_grow_little);
    tcase_add_test(tests, test_pieces);
    tcase_add_test(tests, test_pieces_without_a_begin);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
