/* The reader: records, places, flaws, and files that are cut or changed at every byte. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/gzip.h"
#include "tests/warc/scratch.h"
#include "warc/rules.h"
#include "warccap/warc.h"

/* the most calls that a reader of a small file may need to reach its end */
enum { ENOUGH = 10000 };

/* of a file in which one is cut */
enum { MEMBERS = 5 };

static void add_record(struct buf *out, const char *type, int number, const char *block)
{
    buf_printf(out,
               "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: "
               "2026-03-04T05:06:07Z\r\n%s"
               "Content-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
               type, number, strcmp(type, "warcinfo") == 0 ? "" : "WARC-Target-URI: http://e/\r\n",
               strlen(block), block);
}

/* A warcinfo and three resources, plain or gzip.  ends[] gets the offsets at which they end. */
static struct buf make_file(bool gzip, int64_t ends[4])
{
    static const char *const blocks[] = {"software: x\r\n",
                                         "first words and words and words and words", "",
                                         "last octets, the last ones there are"};
    struct buf file, record;
    struct gzip *compressor = gzip_new();
    buf_init(&file, 1 << 20);
    buf_init(&record, 1 << 20);
    for (int i = 0; i < 4; i++) {
        buf_clear(&record);
        add_record(&record, i ? "resource" : "warcinfo", i, blocks[i]);
        if (gzip)
            ck_assert(gzip_member(compressor, GZIP_SMALL, buf_text(&record), &file));
        else
            buf_add_text(&file, buf_text(&record));
        ends[i] = (int64_t)file.length;
    }
    gzip_free(compressor);
    buf_release(&record);
    return file;
}

static struct warc_reader *open_in(const struct scratch *scratch, const char *name)
{
    char path[SCRATCH_PATH];
    scratch_path(scratch, name, path);
    struct warc_reader *reader = warc_reader_open(path);
    ck_assert_ptr_nonnull(reader);
    return reader;
}

static bool has_flaw(const struct warc_reader *reader, const char *rule)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++)
        if (strcmp(flaw->rule, rule) == 0)
            return true;
    return false;
}

START_TEST(gives_records_blocks_and_places)
{
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    struct warc_place place;
    const char *bytes;
    size_t length;
    int64_t ends[4];
    struct buf file = make_file(_i, ends);
    scratch_write(&scratch, "file", file.data, file.length);
    struct warc_reader *reader = open_in(&scratch, "file");
    ck_assert_int_eq(warc_reader_is_gzip(reader), _i);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        ck_assert_int_eq(record->type, i ? WARC_RESOURCE : WARC_WARCINFO);
        ck_assert_int_eq(record->version, 11);
        ck_assert_int_eq(warc_reader_offset(reader), i ? ends[i - 1] : 0);
        if (i == 1) {
            ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_OK);
            ck_assert_uint_eq(length, 41);
            ck_assert_int_eq(strncmp(bytes, "first words", 11), 0);
        }
        if (i != 3) {
            ck_assert_int_eq(warc_reader_finish(reader, &place), WARC_OK);
            ck_assert_int_eq(place.offset, i ? ends[i - 1] : 0);
            ck_assert_int_eq(place.offset + place.length, ends[i]);
            ck_assert_str_eq(place.file, "file");
        }
    }
    ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_OK);
    ck_assert_str_eq(warc_record_field(record, "warc-record-id"),
                     "<urn:x:3>"); /* the header stays valid while the block is read */
    ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_END);
    ck_assert_uint_eq(length, 0);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    ck_assert_int_eq(warc_reader_finish(reader, &place), WARC_LOST);
    warc_reader_close(reader);
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(seeks_to_any_record)
{
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    char id[32];
    int64_t ends[4];
    struct buf file = make_file(_i, ends);
    scratch_write(&scratch, "file", file.data, file.length);
    struct warc_reader *reader = open_in(&scratch, "file");
    for (int i = 3; i >= 0; i--) {
        ck_assert_int_eq(warc_reader_seek(reader, i ? ends[i - 1] : 0), WARC_OK);
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        snprintf(id, sizeof id, "<urn:x:%d>", i);
        ck_assert_str_eq(warc_record_field(record, "WARC-Record-ID"), id);
    }
    /* Where no record begins, the result says so, and reading goes on at the next record. */
    ck_assert_int_eq(warc_reader_seek(reader, ends[0] + 7), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_LOST);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_str_eq(warc_record_field(record, "WARC-Record-ID"), "<urn:x:2>");
    ck_assert_int_eq(warc_reader_seek(reader, (int64_t)file.length), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    ck_assert_int_eq(warc_reader_seek(reader, (int64_t)file.length + 1000), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(reports_flaws_after_a_skipped_block_with_the_next_record)
{
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    int64_t ends[4];
    struct buf file = make_file(false, ends);
    memcpy(file.data + ends[1] - 4, "\n\n\n\n", 4);
    scratch_write(&scratch, "file", file.data, file.length);
    struct warc_reader *reader = open_in(&scratch, "file");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_FLAWED);
    ck_assert(has_flaw(reader, "record-trailer"));
    ck_assert_int_eq(warc_reader_flaw(reader, 0)->offset, ends[0]);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_ptr_null(warc_reader_flaw(reader, 0));
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(reports_that_a_block_is_cut)
{
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    struct warc_place place;
    const char *bytes;
    size_t length;
    int64_t ends[4];
    struct buf file = make_file(false, ends);
    scratch_write(&scratch, "file", file.data, (size_t)ends[3] - 20);
    struct warc_reader *reader = open_in(&scratch, "file");
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_OK);
    ck_assert_uint_eq(length, 20);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_LOST);
        ck_assert_uint_eq(length, 0);
    }
    ck_assert_int_eq(warc_reader_finish(reader, &place), WARC_LOST);
    ck_assert(has_flaw(reader, "length-beyond-file"));
    ck_assert_ptr_nonnull(strstr(warc_reader_words(reader), "16 of 36 bytes are missing"));
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(reports_why_a_file_cannot_be_read)
{
    const struct warc_record *record;
    struct warc_reader *reader = warc_reader_open("/nonexistent/file.warc");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_BROKEN);
    ck_assert_ptr_nonnull(strstr(warc_reader_words(reader), "No such file"));
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_BROKEN);
    ck_assert_int_eq(warc_reader_seek(reader, 0), WARC_BROKEN);
    warc_reader_close(reader);
    reader = warc_reader_open("/tmp");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_BROKEN);
    ck_assert_uint_gt(strlen(warc_reader_words(reader)), 0);
    warc_reader_close(reader);
    warc_reader_close(NULL);
}
END_TEST

START_TEST(joins_folded_lines)
{
    static const char text[] =
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID:<urn:x:1>\r\nX-A: one \r\n  two\r\n"
        "\tthree\r\nX-B:\r\nX-C: a:b \r\nWARC-Date: 2016-01-01T00:00:00Z\r\n"
        "WARC-Target-URI: http://e/\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    scratch_write(&scratch, "file", text, sizeof text - 1);
    struct warc_reader *reader = open_in(&scratch, "file");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_FLAWED);
    ck_assert_int_eq(record->version, 10);
    ck_assert_str_eq(warc_record_field(record, "WARC-Record-ID"), "<urn:x:1>");
    ck_assert_str_eq(warc_record_field(record, "X-A"), "one     two  \tthree");
    ck_assert_str_eq(warc_record_field(record, "X-B"), "");
    ck_assert_str_eq(warc_record_field(record, "X-C"), "a:b");
    ck_assert_ptr_null(warc_record_field(record, "X-D"));
    ck_assert(has_flaw(reader, "header-folded"));
    warc_reader_close(reader);
    scratch_remove(&scratch);
}
END_TEST

/* Reads everything.  Returns the number of whole records, and whether any flaw beyond a note was
 * reported. */
static int read_all(const struct scratch *scratch, const char *name, bool *flawed)
{
    struct warc_reader *reader = open_in(scratch, name);
    const struct warc_record *record;
    struct warc_place place;
    enum warc_result result;
    int whole = 0, calls = 0;
    *flawed = false;
    while ((result = warc_reader_next(reader, &record)) != WARC_END) {
        ck_assert_int_ne(result, WARC_BROKEN);
        ck_assert_int_lt(calls++, ENOUGH);
        enum warc_result finished =
            result == WARC_LOST ? WARC_LOST : warc_reader_finish(reader, &place);
        *flawed = *flawed || result != WARC_OK || finished != WARC_OK;
        whole += finished == WARC_OK;
        if (finished != WARC_LOST)
            ck_assert_int_gt(place.length, 0);
    }
    *flawed = *flawed || warc_reader_flaw(reader, 0);
    warc_reader_close(reader);
    return whole;
}

START_TEST(finds_each_cut)
{
    struct scratch scratch = scratch_new();
    int64_t ends[4];
    bool flawed;
    struct buf file = make_file(_i, ends);
    for (size_t cut = 0; cut <= file.length; cut++) {
        int whole = 0;
        bool at_end = false;
        for (int i = 0; i < 4; i++) {
            whole += ends[i] <= (int64_t)cut;
            at_end = at_end || ends[i] == (int64_t)cut;
        }
        scratch_write(&scratch, "file", file.data, cut);
        ck_assert_msg(read_all(&scratch, "file", &flawed) == whole, "cut at %zu: not %d records",
                      cut, whole);
        ck_assert_msg(flawed == !at_end, "cut at %zu: flawed %d", cut, flawed);
    }
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

/* Changes each byte in turn.  In a gzip file, no change to the content of a member may go
 * unnoticed. */
START_TEST(finds_each_changed_byte)
{
    static const unsigned char changes[] = {0x01, 0x20, 0x80, 0xff};
    struct scratch scratch = scratch_new();
    int64_t ends[4];
    bool flawed;
    struct buf file = make_file(_i, ends);
    for (size_t at = 0; at < file.length; at++) {
        for (size_t i = 0; i < sizeof changes; i++) {
            file.data[at] = (char)(file.data[at] ^ changes[i]);
            scratch_write(&scratch, "file.warc.gz", file.data, file.length);
            int whole = read_all(&scratch, "file.warc.gz", &flawed);
            file.data[at] = (char)(file.data[at] ^ changes[i]);
            ck_assert_int_le(whole, 4);
            if (!_i)
                continue;
            size_t member = 0, j = 0;
            for (; ends[j] <= (int64_t)at; j++)
                member = (size_t)ends[j];
            /* Flags, time and system in the header of a member have no effect on its content.
             * Neither have the bits that fill up the last byte of the data. */
            bool no_content = (at - member >= 3 && at - member < 10) || at + 9 == (size_t)ends[j];
            ck_assert_msg(flawed || no_content, "byte %zu of %zu changed by %02x is not seen",
                          at - member, (size_t)ends[0], changes[i]);
            ck_assert_msg(whole >= 2 || at < (size_t)ends[0] + 10, "byte %zu changed by %02x: %d",
                          at, changes[i], whole);
        }
    }
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

/* Records whose header or block is longer than the reader's window. */
START_TEST(reads_what_is_larger_than_its_window)
{
    enum { HEADER = 900000, BLOCK = 500000 };
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    struct gzip *gzip = gzip_new();
    struct buf plain, file;
    size_t at = 0, length;
    const char *bytes;
    char *filler = malloc(HEADER + 1), *block = malloc(BLOCK + 1);
    memset(filler, 'f', HEADER);
    filler[HEADER] = '\0';
    for (size_t i = 0; i < BLOCK; i++)
        block[i] = (char)('a' + (i * 7 >> 3) % 26);
    block[BLOCK] = '\0';
    buf_init(&plain, 1 << 24);
    buf_init(&file, 1 << 24);
    buf_printf(&plain, "WARC/1.1\r\nX-Long: %s\r\n", filler);
    size_t before = plain.length;
    add_record(&plain, "resource", 1, block);
    memmove(plain.data + before, plain.data + before + 10,
            plain.length - before - 10); /* the second version line */
    plain.length -= 10;
    add_record(&plain, "resource", 2, "x");
    if (_i)
        ck_assert(gzip_member(gzip, GZIP_FAST, buf_text(&plain), &file));
    else
        buf_add_text(&file, buf_text(&plain));
    scratch_write(&scratch, "file", file.data, file.length);
    struct warc_reader *reader = open_in(&scratch, "file");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert(has_flaw(reader, "header-long"));
    ck_assert_uint_eq(strlen(warc_record_field(record, "X-Long")), HEADER);
    while (warc_reader_block(reader, &bytes, &length) == WARC_OK) {
        ck_assert_mem_eq(bytes, block + at, length);
        at += length;
    }
    ck_assert_uint_eq(at, BLOCK);
    ck_assert_int_eq(warc_reader_finish(reader, NULL),
                     _i ? WARC_FLAWED : WARC_OK); /* two share a member */
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_str_eq(warc_record_field(record, "WARC-Record-ID"), "<urn:x:2>");
    warc_reader_close(reader);
    gzip_free(gzip);
    buf_release(&plain);
    buf_release(&file);
    free(filler);
    free(block);
    scratch_remove(&scratch);
}
END_TEST

/* Reading each record to the end of the file, as it claims, would take hours. */
START_TEST(is_not_kept_busy_by_records_that_claim_the_rest_of_the_file)
{
    enum { RECORDS = 100000 };
    struct scratch scratch = scratch_new();
    const struct warc_record *record;
    struct buf file;
    int records = 0;
    buf_init(&file, 1 << 26);
    for (int i = 0; i < RECORDS; i++)
        buf_printf(&file, "WARC/1.1\r\nContent-Length: %d\r\n\r\n\r\n",
                   _i ? 1000000000 : 36 * (RECORDS - i) / 2);
    scratch_write(&scratch, "file", file.data, file.length);
    struct warc_reader *reader = open_in(&scratch, "file");
    while (warc_reader_next(reader, &record) != WARC_END)
        records++;
    ck_assert_int_le(records, RECORDS);
    /* In the first file a claimed length may happen to end just before a record. */
    ck_assert(_i == 0 || records == RECORDS);
    warc_reader_close(reader);
    buf_release(&file);
    scratch_remove(&scratch);
}
END_TEST

/* Words that are not alike, so that a member has several Huffman codes. */
static void add_words(struct buf *out, unsigned seed, int count)
{
    for (int i = 0; i < count; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_printf(out, "%x ", seed >> (8 + seed % 16));
    }
}

/* Returns how many of these resources can be read without a flaw. */
static int count_others(const struct buf *file, const struct buf *cut, size_t length,
                        const int64_t ends[MEMBERS])
{
    const struct warc_record *record;
    struct buf damaged;
    int sound = 0;
    buf_init(&damaged, 1 << 20);
    buf_add_text(&damaged, text_first(buf_text(file), (size_t)ends[1]));
    buf_add_text(&damaged, text_first(buf_text(cut), length));
    buf_add_text(&damaged, text_skip(buf_text(file), (size_t)ends[2]));
    struct warc_reader *reader =
        warc_reader_open_memory(damaged.data, damaged.length, "damaged.warc.gz");
    ck_assert_ptr_nonnull(reader);
    enum warc_result result;
    for (int calls = 0; (result = warc_reader_next(reader, &record)) != WARC_END; calls++) {
        ck_assert_int_lt(calls, ENOUGH);
        /* What is wrong with a block is told when it is finished. */
        bool whole = record && warc_reader_finish(reader, NULL) == WARC_OK;
        sound += result == WARC_OK && whole;
    }
    warc_reader_close(reader);
    buf_release(&damaged);
    return sound;
}

/* Where the end of a member is missing, inflating goes on into the next ones: for some bytes, to
 * the end of one of them, or to the end of the file. */
START_TEST(reads_all_others_when_the_end_of_a_member_is_missing)
{
    struct gzip *compressor = gzip_new();
    struct buf file, cut, record, block;
    int64_t ends[MEMBERS];
    buf_init(&file, 1 << 20);
    buf_init(&cut, 1 << 20);
    buf_init(&record, 1 << 20);
    buf_init(&block, 1 << 20);
    for (int i = 0; i < MEMBERS; i++) {
        buf_clear(&record);
        buf_clear(&block);
        add_words(&block, (unsigned)(100 * _i + i), i == 2 ? 60 : 20);
        add_record(&record, "resource", i, block.data);
        ck_assert(gzip_member(compressor, GZIP_SMALL, buf_text(&record), &file));
        if (i == 2)
            ck_assert(gzip_member(compressor, GZIP_SMALL, buf_text(&record), &cut));
        ends[i] = (int64_t)file.length;
    }
    for (size_t length = 0; length < cut.length; length++)
        ck_assert_msg(count_others(&file, &cut, length, ends) >= MEMBERS - 1,
                      "a record is lost besides the one that ends after %zu bytes", length);
    buf_release(&block);
    buf_release(&record);
    buf_release(&cut);
    buf_release(&file);
    gzip_free(compressor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warc reader");
    TCase *tests = tcase_create("reader");
    tcase_set_timeout(tests, 120);
    /* Loop tests run with a plain file and with a gzip file. */
    tcase_add_loop_test(tests, gives_records_blocks_and_places, 0, 2);
    tcase_add_loop_test(tests, seeks_to_any_record, 0, 2);
    tcase_add_test(tests, reports_flaws_after_a_skipped_block_with_the_next_record);
    tcase_add_test(tests, reports_that_a_block_is_cut);
    tcase_add_test(tests, reports_why_a_file_cannot_be_read);
    tcase_add_test(tests, joins_folded_lines);
    tcase_add_loop_test(tests, finds_each_cut, 0, 2);
    tcase_add_loop_test(tests, finds_each_changed_byte, 0, 2);
    tcase_add_loop_test(tests, reads_what_is_larger_than_its_window, 0, 2);
    tcase_add_loop_test(tests, is_not_kept_busy_by_records_that_claim_the_rest_of_the_file, 0, 2);
    tcase_add_loop_test(tests, reads_all_others_when_the_end_of_a_member_is_missing, 0, 12);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
