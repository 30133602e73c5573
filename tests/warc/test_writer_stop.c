/* A large record that is given up while it is written leaves no trace, wherever that happens. */
#include <config.h>

#include "warc/writer_stop.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/entropy.h"
#include "tests/warc/scratch.h"
#include "warc/mend.h"

enum { LARGE_BYTES = 12 << 20, PIECES = 2 * 48 }; /* a block is read twice, 256 KiB at a time */

static struct scratch scratch;
static int pieces_left; /* until the work is given up */
static int finished;
static int64_t finished_bytes;
static char finished_sha256[2 * DIGEST_MOST_BYTES + 1];

static bool asked(void *context)
{
    (void)context;
    return --pieces_left < 0;
}

static void note_finished(void *context, const char *file, int64_t bytes,
                          const unsigned char sha256[32])
{
    (void)context;
    (void)file;
    finished++;
    finished_bytes = bytes;
    digest_hex(sha256, 32, finished_sha256);
}

static struct warc_writer *begin(void)
{
    const struct warc_writer_options options = {.struct_size = sizeof options,
                                                .directory = scratch.directory,
                                                .warcinfo = "software: test\r\n",
                                                .finished = note_finished};
    struct warc_writer *writer = warc_writer_new(&options);
    ck_assert_ptr_nonnull(writer);
    warc_writer_give_up_when(writer, (struct give_up){asked, NULL});
    return writer;
}

static struct warc_draft resource_of(const char *block, int fd, int64_t length)
{
    return (struct warc_draft){.struct_size = sizeof(struct warc_draft),
                               .type = WARC_RESOURCE,
                               .date_ms = 1772600767123,
                               .target_uri = "http://example.com/a",
                               .content_type = "application/octet-stream",
                               .block = {block},
                               .block_length = {block ? strlen(block) : 0},
                               .block_fd = fd,
                               .block_fd_length = length};
}

static void put_small(struct warc_writer *writer)
{
    const struct warc_draft draft = resource_of("small", -1, 0);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
}

/* A file that does not shrink, so that much of its record is in the WARC file early. */
static int make_large(void)
{
    char *bytes = malloc(LARGE_BYTES), path[SCRATCH_PATH];
    ck_assert_ptr_nonnull(bytes);
    entropy_fill(bytes, LARGE_BYTES);
    scratch_write(&scratch, "large", bytes, LARGE_BYTES);
    free(bytes);
    scratch_path(&scratch, "large", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    return fd;
}

/* A small record, then the large one, which is given up after so many pieces. */
static void put_event_given_up(struct warc_writer *writer, int fd, int after)
{
    const struct warc_draft small = resource_of("request", -1, 0);
    const struct warc_draft large = resource_of(NULL, fd, LARGE_BYTES);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &small, NULL), WARC_OK);
    pieces_left = after;
    ck_assert_int_eq(warc_writer_put(writer, &large, NULL), WARC_LOST);
    ck_assert_int_eq(warc_writer_drop_event(writer), WARC_OK);
}

/* Records in the one finished file, without its warcinfo. */
static int count_records(void)
{
    char name[256], path[SCRATCH_PATH];
    const struct warc_record *record;
    int count = -1;
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 1);
    scratch_path(&scratch, name, path);
    struct warc_reader *reader = warc_reader_open(path);
    ck_assert_ptr_nonnull(reader);
    ck_assert(warc_reader_check_digests(reader));
    enum warc_result result;
    while ((result = warc_reader_next(reader, &record)) == WARC_OK)
        count++;
    ck_assert_int_eq(result, WARC_END);
    warc_reader_close(reader);
    ck_assert_int_eq(disk_file_size(path), finished_bytes);
    return count;
}

/* The digest that the writer told is that of the file. */
static void check_sha256(void)
{
    char name[256], sha256[2 * DIGEST_MOST_BYTES + 1];
    unsigned char digest[DIGEST_MOST_BYTES];
    struct buf file;
    buf_init(&file, 4 * (size_t)LARGE_BYTES);
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 1);
    scratch_read(&scratch, name, &file);
    struct digester *digester = digester_new(DIGEST_SHA256);
    ck_assert_ptr_nonnull(digester);
    digester_add(digester, file.data, file.length);
    digester_end(digester, digest);
    digest_hex(digest, 32, sha256);
    ck_assert_str_eq(sha256, finished_sha256);
    digester_free(digester);
    buf_release(&file);
}

static const int moments[] = {
    0, 1, PIECES / 2 - 1, PIECES / 2, PIECES / 2 + 1, PIECES / 2 + 20, PIECES - 1};

START_TEST(what_is_given_up_leaves_no_trace)
{
    struct warc_writer *writer = begin();
    int fd = make_large();
    finished = 0;
    put_small(writer);
    put_event_given_up(writer, fd, moments[_i]);
    ck_assert_int_eq(warc_writer_sync(writer), WARC_OK);
    put_event_given_up(writer, fd, moments[_i]);
    put_small(writer);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(finished, 1);
    ck_assert_int_eq(count_records(), 2);
    check_sha256();
    close(fd);
}
END_TEST

START_TEST(a_file_with_nothing_else_is_not_kept)
{
    struct warc_writer *writer = begin();
    int fd = make_large();
    finished = 0;
    put_event_given_up(writer, fd, moments[_i]);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(finished, 0);
    ck_assert_int_eq(scratch_count(&scratch, ".gz", NULL), 0);
    ck_assert_int_eq(scratch_count(&scratch, ".open", NULL), 0);
    close(fd);
}
END_TEST

START_TEST(what_is_not_given_up_is_written)
{
    struct warc_writer *writer = begin();
    int fd = make_large();
    const struct warc_draft large = resource_of(NULL, fd, LARGE_BYTES);
    pieces_left = PIECES;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &large, NULL), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(count_records(), 1);
    check_sha256();
    close(fd);
}
END_TEST

/* A file that a killed run left open, with a large record and a torn tail. */
START_TEST(a_file_whose_repair_is_given_up_stays_as_it_was)
{
    char open_path[SCRATCH_PATH], name[256], final[256], words[512];
    struct warc_writer *writer = begin();
    int fd = make_large();
    const struct warc_draft large = resource_of(NULL, fd, LARGE_BYTES);
    pieces_left = PIECES;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &large, NULL), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 1);
    struct buf file;
    buf_init(&file, 4 * (size_t)LARGE_BYTES);
    scratch_read(&scratch, name, &file);
    scratch_write(&scratch, "killed.warc.gz.open", file.data, file.length - 3);
    scratch_path(&scratch, "killed.warc.gz.open", open_path);
    int reads = 0;
    enum warc_result result = WARC_BROKEN;
    for (; reads < 1000 && result == WARC_BROKEN; reads++) {
        pieces_left = reads;
        ck_assert_int_eq(disk_file_size(open_path), (int64_t)file.length - 3);
        ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", NULL), 1);
        result = warc_mend_until(open_path, 0, (struct give_up){asked, NULL}, final, words,
                                 sizeof words);
    }
    ck_assert_int_eq(result, WARC_FLAWED);
    ck_assert_int_gt(reads, 100); /* the scan, and the copy of what is torn */
    buf_release(&file);
    close(fd);
}
END_TEST

static void set_up(void)
{
    scratch = scratch_new();
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

int main(void)
{
    Suite *suite = suite_create("writer_stop");
    TCase *tests = tcase_create("given up");
    enum { MOMENTS = sizeof moments / sizeof *moments };
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, what_is_given_up_leaves_no_trace, 0, MOMENTS);
    tcase_add_loop_test(tests, a_file_with_nothing_else_is_not_kept, 0, MOMENTS);
    tcase_add_test(tests, what_is_not_given_up_is_written);
    tcase_add_test(tests, a_file_whose_repair_is_given_up_stays_as_it_was);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
