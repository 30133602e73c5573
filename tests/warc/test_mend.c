/* Recovery of files that a crash left behind: cuts at every place, damage, and names. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "tests/warc/scratch.h"
#include "tests/warc/written.h"
#include "warccap/warc.h"

enum { EVENTS = 6, MOST_RECORDS = 3 * EVENTS + 1 };

/* A file as a writer leaves it, and the offsets at which its records end. */
struct sample {
    struct buf bytes;
    int64_t ends[MOST_RECORDS];
    int records;
};

static struct sample make_sample(const struct scratch *scratch)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = scratch->directory,
                                          .prefix = "sample",
                                          .hostname = "h",
                                          .file_size_bytes = 1000000000,
                                          .warcinfo = "software: test\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    struct sample sample = {.records = 0};
    char name[256], path[SCRATCH_PATH], body[700];
    for (int i = 0; i < 3 * EVENTS; i++) {
        if (i % 3 == 0) {
            ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
            if (i == 0)
                sample.ends[sample.records++] = warc_writer_size(writer);
        }
        for (size_t j = 0; j < sizeof body; j++)
            body[j] = (char)('a' + (j * j * (unsigned)(i + 1) >> 5) % 26);
        struct warc_draft draft = {.struct_size = sizeof draft,
                                   .type = WARC_RESOURCE,
                                   .date_ms = 1772600767123,
                                   .target_uri = "http://e/",
                                   .content_type = "text/plain",
                                   .block = {body},
                                   .block_length = {sizeof body},
                                   .block_fd = -1};
        warc_id_make(draft.id);
        ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
        sample.ends[sample.records++] = warc_writer_size(writer);
    }
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    buf_init(&sample.bytes, 1 << 20);
    scratch_count(scratch, ".warc.gz", name);
    scratch_read(scratch, name, &sample.bytes);
    scratch_path(scratch, name, path);
    unlink(path);
    return sample;
}

/* Recovers `bytes` and checks that exactly the first `whole` of them were kept, with `records`
 * records. */
static void check_mended(const struct scratch *scratch, const char *bytes, size_t length,
                         size_t whole, int records)
{
    char path[SCRATCH_PATH], final[256], words[512], torn_name[256];
    int64_t kept = -1, torn = -1;
    struct buf kept_bytes, torn_bytes;
    bool stays = records > 1;
    scratch_write(scratch, "a.warc.gz.open", bytes, length);
    scratch_path(scratch, "a.warc.gz.open", path);
    enum warc_result result = warc_mend(path, 0, &kept, &torn, final, words, sizeof words);
    ck_assert_msg(result == (whole < length ? WARC_FLAWED : WARC_OK), "at %zu: %s", length, words);
    ck_assert(!disk_exists(path));
    ck_assert_int_eq(torn, (int64_t)(length - whole));
    ck_assert_int_eq(kept, stays ? (int64_t)whole : 0);
    ck_assert_str_eq(final, stays ? "a.warc.gz" : "");
    ck_assert_uint_gt(strlen(words), 0);

    buf_init(&kept_bytes, 1 << 20);
    buf_init(&torn_bytes, 1 << 20);
    ck_assert_int_eq(scratch_count(scratch, "a.warc.gz", NULL), stays);
    if (stays) {
        scratch_read(scratch, final, &kept_bytes);
        ck_assert_uint_eq(kept_bytes.length, whole);
        ck_assert_mem_eq(kept_bytes.data, bytes, whole);
        ck_assert_int_eq(count_good_records(scratch, final), records);
        scratch_path(scratch, final, path);
        unlink(path);
    }
    int aside = scratch_count(scratch, "", torn_name);
    ck_assert_int_eq(aside, whole < length);
    if (aside) {
        ck_assert_int_eq(strncmp(torn_name, "a.torn-20", 9), 0);
        ck_assert_uint_eq(strlen(torn_name), 7 + 14);
        scratch_read(scratch, torn_name, &torn_bytes);
        ck_assert_uint_eq(torn_bytes.length, length - whole);
        ck_assert_mem_eq(torn_bytes.data, bytes + whole, length - whole);
        scratch_path(scratch, torn_name, path);
        unlink(path);
    }
    buf_release(&kept_bytes);
    buf_release(&torn_bytes);
}

START_TEST(keeps_the_whole_records_wherever_a_file_was_cut)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    ck_assert_int_eq(sample.ends[sample.records - 1], (int64_t)sample.bytes.length);
    for (size_t cut = 0; cut <= sample.bytes.length; cut++) {
        int whole = 0;
        while (whole < sample.records && sample.ends[whole] <= (int64_t)cut)
            whole++;
        /* Every cut in the first two records and in the last one; elsewhere a sample. */
        if (whole >= 3 && whole < sample.records - 1 && cut % 37)
            continue;
        check_mended(&scratch, sample.bytes.data, cut, whole ? (size_t)sample.ends[whole - 1] : 0,
                     whole);
    }
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(moves_what_follows_damage_to_another_file)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    size_t length = sample.bytes.length;
    char *bytes = malloc(length + 4096);
    memcpy(bytes, sample.bytes.data, length);
    memset(bytes + length, 0, 4096); /* blocks that were reserved and never written */
    check_mended(&scratch, bytes, length + 4096, length, sample.records);
    memset(bytes + sample.ends[5] + 40, 0, 100);
    check_mended(&scratch, bytes, length, (size_t)sample.ends[5], 6);
    bytes[sample.ends[2] - 6] ^= 1; /* a CRC */
    check_mended(&scratch, bytes, length, (size_t)sample.ends[1], 2);
    free(bytes);
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(keeps_what_follows_damage_in_what_had_been_synced)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    char path[SCRATCH_PATH], final[256], words[512];
    int64_t kept = -1, torn = -1, length = (int64_t)sample.bytes.length,
            synced = sample.ends[sample.records - 2];
    struct buf after;
    buf_init(&after, 1 << 20);
    memset(sample.bytes.data + sample.ends[2] + 40, 0, 30);
    scratch_write(&scratch, "a.warc.gz.open", sample.bytes.data, (size_t)length - 5);
    scratch_path(&scratch, "a.warc.gz.open", path);
    ck_assert_int_eq(warc_mend(path, synced, &kept, &torn, final, words, sizeof words), WARC_LOST);
    ck_assert_int_eq(kept, synced);
    ck_assert_int_eq(torn, length - 5 - synced);
    ck_assert_ptr_nonnull(strstr(words, "is damaged at"));
    ck_assert_ptr_nonnull(strstr(words, "torn bytes were put aside"));
    scratch_read(&scratch, final, &after);
    ck_assert_uint_eq(after.length, (size_t)synced);
    ck_assert_mem_eq(after.data, sample.bytes.data, (size_t)synced);
    buf_release(&after);
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(refuses_a_file_that_is_being_written)
{
    struct scratch scratch = scratch_new();
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = scratch.directory,
                                          .prefix = "live",
                                          .hostname = "h",
                                          .file_size_bytes = 1000000000,
                                          .warcinfo = "software: test\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    char name[256], path[SCRATCH_PATH], final[256], words[512];
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    scratch_count(&scratch, ".open", name);
    scratch_path(&scratch, name, path);
    ck_assert_int_eq(warc_mend(path, 0, NULL, NULL, final, words, sizeof words), WARC_BROKEN);
    ck_assert_ptr_nonnull(strstr(words, "being written"));
    ck_assert(disk_exists(path));
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(replaces_no_file)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    char path[SCRATCH_PATH], final[256], words[512];
    scratch_write(&scratch, "a.warc.gz.open", sample.bytes.data, sample.bytes.length);
    scratch_write(&scratch, "a.warc.gz", "here first", 10);
    scratch_path(&scratch, "a.warc.gz.open", path);
    ck_assert_int_eq(warc_mend(path, 0, NULL, NULL, final, words, sizeof words), WARC_BROKEN);
    ck_assert(disk_exists(path));
    scratch_path(&scratch, "a.warc.gz", path);
    ck_assert_int_eq(disk_file_size(path), 10);
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

/* A crash between link and unlink leaves both names, on file systems that cannot rename without
 * replacing. */
START_TEST(finishes_a_rename_that_was_cut)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    char path[SCRATCH_PATH], finished[SCRATCH_PATH], final[256], words[512];
    int64_t kept, torn;
    scratch_write(&scratch, "a.warc.gz.open", sample.bytes.data, sample.bytes.length);
    scratch_path(&scratch, "a.warc.gz.open", path);
    scratch_path(&scratch, "a.warc.gz", finished);
    ck_assert_int_eq(link(path, finished), 0);
    ck_assert_int_eq(warc_mend(path, 0, &kept, &torn, final, words, sizeof words), WARC_OK);
    ck_assert(!disk_exists(path));
    ck_assert_str_eq(final, "a.warc.gz");
    ck_assert_int_eq(kept, (int64_t)sample.bytes.length);
    ck_assert_int_eq(torn, 0);
    ck_assert_int_eq(disk_file_size(finished), (int64_t)sample.bytes.length);
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

/* How far the file was synced is not known then: nothing may be taken for torn. */
START_TEST(leaves_a_file_whose_commit_log_can_not_be_read)
{
    struct scratch scratch = scratch_new();
    struct sample sample = make_sample(&scratch);
    char path[SCRATCH_PATH], log[SCRATCH_PATH], final[256], words[512];
    scratch_write(&scratch, "a.warc.gz.open", sample.bytes.data, sample.bytes.length - 1);
    scratch_path(&scratch, "a.warc.gz.open", path);
    scratch_path(&scratch, "a.warc.gz.commits", log);
    ck_assert_int_eq(mkdir(log, 0777), 0);
    ck_assert_int_eq(warc_mend(path, 0, NULL, NULL, final, words, sizeof words), WARC_BROKEN);
    ck_assert_ptr_nonnull(strstr(words, "a.warc.gz.commits"));
    ck_assert_int_eq(disk_file_size(path), (int64_t)sample.bytes.length - 1);
    ck_assert_int_eq(rmdir(log), 0);
    ck_assert_int_eq(warc_mend(path, 0, NULL, NULL, final, words, sizeof words), WARC_FLAWED);
    buf_release(&sample.bytes);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(refuses_names_without_open)
{
    char final[256], words[512];
    ck_assert_int_eq(warc_mend("a.warc.gz", 0, NULL, NULL, final, words, sizeof words),
                     WARC_BROKEN);
    ck_assert_ptr_nonnull(strstr(words, ".open"));
    ck_assert_int_eq(warc_mend("/nonexistent/a.warc.gz.open", 0, NULL, NULL, final, words,
                               sizeof words),
                     WARC_BROKEN);
    ck_assert_ptr_nonnull(strstr(words, "/nonexistent/a.warc.gz.open"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warc mend");
    TCase *tests = tcase_create("mend");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, keeps_the_whole_records_wherever_a_file_was_cut);
    tcase_add_test(tests, moves_what_follows_damage_to_another_file);
    tcase_add_test(tests, keeps_what_follows_damage_in_what_had_been_synced);
    tcase_add_test(tests, refuses_a_file_that_is_being_written);
    tcase_add_test(tests, replaces_no_file);
    tcase_add_test(tests, finishes_a_rename_that_was_cut);
    tcase_add_test(tests, refuses_names_without_open);
    tcase_add_test(tests, leaves_a_file_whose_commit_log_can_not_be_read);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
