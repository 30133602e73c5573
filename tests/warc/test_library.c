/* The contract of the library, tested with the public interface alone. */
#include <config.h>

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tests/warc/scratch.h"
#include "warccap/warc.h"

#define HTTP "application/http;msgtype=response"
#define URI "http://example.com/a"
#define EMPTY_SHA1 "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
#define HELLO_SHA1 "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N" /* of "hello" */

static struct warc_writer *writer_in(const struct scratch *scratch, bool commit_log)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = scratch->directory,
                                          .warcinfo = "software: a stranger's\r\n",
                                          .commit_log = commit_log};
    struct warc_writer *writer = warc_writer_new(&options);
    ck_assert_ptr_nonnull(writer);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    return writer;
}

static struct warc_draft draft_of(enum warc_type type, const char *content_type, const char *block)
{
    return (struct warc_draft){.struct_size = sizeof(struct warc_draft),
                               .type = type,
                               .target_uri = URI,
                               .content_type = content_type,
                               .block = {block},
                               .block_length = {block ? strlen(block) : 0}};
}

static struct warc_reader *open_in(const struct scratch *scratch, const char *name)
{
    char path[SCRATCH_PATH + 300];
    snprintf(path, sizeof path, "%s/%s", scratch->directory, name);
    return warc_reader_open(path);
}

/* ---- writing ---- */

/* One record of each type, with the payload digest that the standard asks for; NULL: none. */
static const struct {
    enum warc_type type;
    const char *content_type, *block, *given, *digest;
    struct warc_field fields[3];
} kinds[] = {
    {WARC_RESPONSE, HTTP, "HTTP/1.1 200 OK\r\n\r\nhello", NULL, HELLO_SHA1, {{0}}},
    {WARC_RESPONSE,
     HTTP,
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x\r\nllo\r\n0\r\n\r\n",
     NULL,
     HELLO_SHA1,
     {{0}}},
    {WARC_RESPONSE, HTTP, "HTTP/1.1 204 No\r\n\r\n", NULL, EMPTY_SHA1, {{0}}},
    {WARC_RESPONSE, HTTP, "HTTP/1.1 200 OK\r\n\r\nhello", "", NULL, {{0}}},
    {WARC_RESOURCE, "text/plain", "hello", NULL, HELLO_SHA1, {{0}}},
    {WARC_REQUEST,
     "application/http;msgtype=request",
     "GET /a HTTP/1.1\r\nHost: e\r\n\r\n",
     NULL,
     NULL,
     {{0}}},
    {WARC_REQUEST,
     "application/http;msgtype=request",
     "POST /a HTTP/1.1\r\nHost: e\r\n\r\nhello",
     NULL,
     HELLO_SHA1,
     {{0}}},
    {WARC_METADATA, "application/warc-fields", "via: http://e/\r\n", NULL, NULL, {{0}}},
    {WARC_REVISIT,
     HTTP,
     "HTTP/1.1 200 OK\r\n\r\n",
     HELLO_SHA1,
     HELLO_SHA1,
     {{"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"},
      {"WARC-Refers-To-Target-URI", URI},
      {"WARC-Refers-To-Date", "2026-03-04T05:06:07.123Z"}}},
    {WARC_CONVERSION,
     "text/plain",
     "hello",
     NULL,
     HELLO_SHA1,
     {{"WARC-Refers-To", "<urn:uuid:00000000-0000-4000-8000-000000000001>"}}},
    {WARC_RESOURCE,
     "text/plain",
     "hel",
     NULL,
     NULL,
     {{"WARC-Segment-Number", "1"}, {"WARC-Truncated", "length"}}},
    {WARC_CONTINUATION,
     NULL,
     "lo",
     NULL,
     NULL,
     {{"WARC-Segment-Origin-ID", "<urn:uuid:00000000-0000-4000-8000-000000000002>"},
      {"WARC-Segment-Number", "2"},
      {"WARC-Segment-Total-Length", "5"}}},
    {WARC_WARCINFO, "application/warc-fields", "description: another\r\n", NULL, NULL, {{0}}},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void put_kind(struct warc_writer *writer, size_t number, bool in_pieces)
{
    struct warc_draft draft =
        draft_of(kinds[number].type, kinds[number].content_type, kinds[number].block);
    if (draft.type == WARC_WARCINFO)
        draft.target_uri = NULL;
    draft.payload_digest = kinds[number].given;
    draft.fields = kinds[number].fields;
    while (draft.field_count < 3 && kinds[number].fields[draft.field_count].name)
        draft.field_count++;
    if (!in_pieces) {
        ck_assert_msg(warc_writer_put(writer, &draft, NULL) == WARC_OK, "%zu: %s", number,
                      warc_writer_words(writer));
        return;
    }
    draft.block[0] = NULL;
    draft.block_length[0] = 0;
    ck_assert_int_eq(warc_writer_begin_record(writer, &draft), WARC_OK);
    for (const char *at = kinds[number].block; *at; at++)
        ck_assert_int_eq(warc_writer_add(writer, at, 1), WARC_OK);
    ck_assert_msg(warc_writer_end_record(writer, NULL) == WARC_OK, "%zu: %s", number,
                  warc_writer_words(writer));
}

static void check_kind(struct warc_reader *reader, size_t number)
{
    const struct warc_record *record;
    const char *bytes;
    size_t length;
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(record->type, kinds[number].type);
    ck_assert_int_eq(record->content_length, (int64_t)strlen(kinds[number].block));
    const char *digest = warc_record_field(record, "WARC-Payload-Digest");
    if (kinds[number].digest)
        ck_assert_msg(digest && strcmp(digest, kinds[number].digest) == 0, "%zu: %s", number,
                      digest ? digest : "none");
    else
        ck_assert_msg(!digest, "%zu: %s", number, digest);
    for (size_t i = 0; i < 3 && kinds[number].fields[i].name; i++)
        ck_assert_str_eq(warc_record_field(record, kinds[number].fields[i].name),
                         kinds[number].fields[i].value);
    ck_assert_int_eq(warc_reader_block(reader, &bytes, &length), WARC_OK);
    ck_assert_uint_eq(length, strlen(kinds[number].block));
    ck_assert(memcmp(bytes, kinds[number].block, length) == 0);
    ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK);
    ck_assert_ptr_null(warc_reader_flaw(reader, 0));
}

START_TEST(all_types_are_written_with_their_digests_and_read_again)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, false);
    const struct warc_record *record;
    char file[256];
    for (size_t i = 0; i < 2 * KINDS; i++)
        put_kind(writer, i / 2, i % 2);
    snprintf(file, sizeof file, "%s", warc_writer_file(writer));
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    struct warc_reader *reader = open_in(&scratch, file);
    warc_reader_set_strict(reader);
    ck_assert(warc_reader_check_digests(reader));
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(record->type, WARC_WARCINFO);
    ck_assert_str_eq(warc_record_field(record, "WARC-Filename"), file);
    for (size_t i = 0; i < 2 * KINDS; i++)
        check_kind(reader, i / 2);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(what_is_left_out_is_filled_in)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, false);
    struct warc_draft draft = draft_of(WARC_RESOURCE, "text/plain", "x");
    ck_assert(strncmp(warc_writer_file(writer), "warc-", 5) == 0); /* no prefix, no hostname */
    ck_assert_int_eq(strlen(warc_writer_file(writer)),
                     strlen("warc-20260304050607123-00000.warc.gz"));
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    char first[WARC_ID_SIZE];
    memcpy(first, warc_writer_id(writer), sizeof first);
    ck_assert_int_eq(strlen(first), WARC_ID_SIZE - 1);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_str_ne(first, warc_writer_id(writer));
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(an_identifier_appears_once_in_a_file)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, false);
    struct warc_draft draft = draft_of(WARC_RESOURCE, "text/plain", "x");
    warc_id_make(draft.id);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    for (int i = 0; i < 5000; i++) { /* more than any table had room for at first */
        struct warc_draft other = draft_of(WARC_RESOURCE, "text/plain", "x");
        ck_assert_int_eq(warc_writer_put(writer, &other, NULL), WARC_OK);
    }
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_LOST);
    ck_assert_ptr_nonnull(strstr(warc_writer_words(writer), draft.id));
    ck_assert_int_eq(warc_writer_begin_record(writer, &draft), WARC_LOST);
    ck_assert_int_eq(warc_writer_finish_file(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK); /* of another file */
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(nonsense_is_refused_with_a_message)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, false);
    struct warc_draft good = draft_of(WARC_RESOURCE, "text/plain", "x"), bad[7];
    int64_t size = warc_writer_size(writer);
    for (int i = 0; i < 7; i++)
        bad[i] = good;
    bad[0].struct_size = 0;
    bad[1].type = (enum warc_type)77;
    bad[2].type = (enum warc_type) - 1;
    memset(bad[3].id, 'x', sizeof bad[3].id);
    bad[4].block_fd_length = -1;
    bad[5].date_ms = INT64_MAX;
    bad[6].date_ms = INT64_MIN;
    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(warc_writer_put(writer, &bad[i], NULL), WARC_LOST);
        ck_assert(warc_writer_words(writer)[0]);
        ck_assert_int_eq(warc_writer_begin_record(writer, &bad[i]), WARC_LOST);
        ck_assert_int_eq(warc_writer_end_record(writer, NULL), WARC_LOST);
    }
    ck_assert_int_eq(warc_writer_size(writer), size);
    ck_assert_int_eq(warc_writer_put(writer, &good, NULL), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_remove(&scratch);
}
END_TEST

/* ---- structures that grow ---- */

START_TEST(a_program_of_another_version_is_understood_or_refused)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, false);
    struct {
        struct warc_draft draft;
        long more[4];
    } newer = {.draft = draft_of(WARC_RESOURCE, "text/plain", "x")};
    newer.draft.struct_size = sizeof newer;
    ck_assert_int_eq(warc_writer_put(writer, &newer.draft, NULL),
                     WARC_OK); /* it does not use the new members */
    ck_assert_int_eq(warc_writer_begin_record(writer, &newer.draft), WARC_OK);
    ck_assert_int_eq(warc_writer_end_record(writer, NULL), WARC_OK);
    newer.more[1] = 1;
    ck_assert_int_eq(warc_writer_put(writer, &newer.draft, NULL), WARC_LOST);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    struct warc_writer_options options = {.directory = "."};
    errno = 0;
    ck_assert_ptr_null(warc_writer_new(&options));
    ck_assert_int_eq(errno, EINVAL);
    errno = 0;
    ck_assert_ptr_null(
        warc_reader_open_source(&(struct warc_source){.struct_size = sizeof(struct warc_source)}));
    ck_assert_int_eq(errno, EINVAL);
    scratch_remove(&scratch);
}
END_TEST

/* ---- the commit log ---- */

enum harm { TORN, DAMAGED, SHORT };

/* Copies the file and its log to another directory, as if the machine had stopped here.  The
 * beginning of another record follows.  Optionally the file is damaged at `at`, or its end is
 * missing. */
static void crash(const struct scratch *scratch, const char *file, enum harm harm, int64_t at,
                  const struct scratch *other)
{
    static const char *const endings[] = {".open", ".commits"};
    for (int i = 0; i < 2; i++) {
        char name[300];
        struct buf bytes;
        buf_init(&bytes, 1 << 16);
        snprintf(name, sizeof name, "%s%s", file, endings[i]);
        scratch_read(scratch, name, &bytes);
        if (!i && harm == DAMAGED)
            memset(bytes.data + at, 0xff, 8);
        if (!i && harm == SHORT)
            bytes.length -= 3;
        else if (!i)
            buf_append(&bytes, "\x1f\x8b\x08", 3);
        scratch_write(other, name, bytes.data, bytes.length);
        buf_release(&bytes);
    }
}

START_TEST(the_commit_log_separates_damage_from_a_torn_tail)
{
    for (enum harm harm = TORN; harm <= SHORT; harm++) {
        struct scratch scratch = scratch_new(), other = scratch_new();
        struct warc_writer *writer = writer_in(&scratch, true);
        struct warc_draft draft = draft_of(WARC_RESOURCE, "text/plain", "some words");
        struct warc_place first;
        char name[300], path[SCRATCH_PATH], words[1024], final[256];
        int64_t kept, torn;
        ck_assert_int_eq(warc_writer_put(writer, &draft, &first), WARC_OK);
        ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
        ck_assert_int_eq(warc_writer_sync(writer), WARC_OK);
        crash(&scratch, first.file, harm, first.offset + 30, &other);
        snprintf(name, sizeof name, "%s.open", first.file);
        scratch_path(&other, name, path);
        ck_assert_int_eq(warc_mend(path, 0, &kept, &torn, final, words, sizeof words),
                         harm ? WARC_LOST : WARC_FLAWED);
        ck_assert_int_eq(kept, warc_writer_size(writer) - (harm == SHORT ? 3 : 0));
        ck_assert_int_eq(torn, harm == SHORT ? 0 : 3);
        ck_assert_str_eq(final, first.file);
        ck_assert_int_eq(scratch_count(&other, ".commits", NULL), 0);
        ck_assert_int_eq(scratch_count(&scratch, ".commits", NULL), 1);
        ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
        ck_assert_int_eq(scratch_count(&scratch, ".commits", NULL),
                         0); /* a finished file needs no log */
        scratch_remove(&scratch);
        scratch_remove(&other);
    }
}
END_TEST

/* ---- reading ---- */

static const char kind_file[] =
    "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: "
    "2026-03-04T05:06:07Z\r\n"
    "WARC-Target-URI: http://e/\r\nContent-Type: text/plain\r\nX-Y: =?a?b?=\r\nContent-Length: "
    "1\r\n\r\nx\r\n\r\n"
    "WARC/1.1\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:2>\r\nWARC-Date: "
    "2026-03-04T05:06:07Z\r\n"
    "WARC-Target-URI: http://e/\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:3>\r\nWARC-Date: "
    "2026-03-04T05:06:07Z\r\n"
    "WARC-Target-URI: http://e/\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n";

START_TEST(strict_reading_ends_at_the_first_flaw)
{
    const struct warc_record *record;
    struct warc_reader *lenient =
        warc_reader_open_memory(kind_file, sizeof kind_file - 1, "memory");
    ck_assert_int_eq(warc_reader_next(lenient, &record), WARC_OK); /* with a note */
    ck_assert_int_eq(warc_reader_flaw(lenient, 0)->level, WARC_NOTE);
    ck_assert_int_eq(warc_reader_next(lenient, &record), WARC_FLAWED);
    ck_assert_str_eq(warc_reader_flaw(lenient, 0)->rule, "header-line-ends");
    ck_assert_int_eq(warc_reader_flaw(lenient, 0)->level, WARC_ERROR);
    ck_assert_int_eq(warc_reader_next(lenient, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_finish(lenient, NULL), WARC_FLAWED); /* record-trailer */
    warc_reader_close(lenient);

    struct warc_reader *strict = warc_reader_open_memory(kind_file, sizeof kind_file - 1, "memory");
    warc_reader_set_strict(strict);
    ck_assert_int_eq(warc_reader_next(strict, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_next(strict, &record), WARC_BROKEN);
    ck_assert_ptr_null(record);
    ck_assert_ptr_nonnull(strstr(warc_reader_words(strict), "header-line-ends"));
    ck_assert_str_eq(warc_reader_flaw(strict, 0)->rule, "header-line-ends");
    ck_assert_int_eq(warc_reader_next(strict, &record), WARC_BROKEN);
    warc_reader_close(strict);

    const char *last = strstr(kind_file + 300, "WARC/1.1\r\n");
    strict = warc_reader_open_memory(last, strlen(last), "memory");
    warc_reader_set_strict(strict);
    ck_assert_int_eq(warc_reader_next(strict, &record), WARC_OK);
    ck_assert_int_eq(warc_reader_finish(strict, NULL), WARC_BROKEN);
    warc_reader_close(strict);
}
END_TEST

START_TEST(fields_of_a_block_are_read_in_place)
{
    static const char block[] = "\r\nvia: http://e/\r\nno field\n a fold of it\r\nlong "
                                ":one\r\n\ttwo\r\nempty:\r\n: nameless\nlast:  x ";
    static const struct {
        enum warc_result result;
        const char *name, *value;
    } wanted[] = {
        {WARC_OK, "via", "http://e/"},
        {WARC_FLAWED, "", "no field\n a fold of it"},
        {WARC_OK, "long", "one\r\n\ttwo"},
        {WARC_OK, "empty", ""},
        {WARC_FLAWED, "", ": nameless"},
        {WARC_OK, "last", "x"},
        {WARC_END, "", ""},
    };
    const char *at = block, *name, *value;
    size_t length = sizeof block - 1, name_length, value_length;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        ck_assert_int_eq(warc_fields_next(&at, &length, &name, &name_length, &value, &value_length),
                         wanted[i].result);
        ck_assert_uint_eq(name_length, strlen(wanted[i].name));
        ck_assert(!name_length || memcmp(name, wanted[i].name, name_length) == 0);
        ck_assert_uint_eq(value_length, strlen(wanted[i].value));
        ck_assert(!value_length || memcmp(value, wanted[i].value, value_length) == 0);
    }
}
END_TEST

START_TEST(closing_null_does_nothing)
{
    warc_reader_close(NULL);
    warc_payload_close(NULL);
    ck_assert_int_eq(warc_writer_close(NULL), WARC_OK);
    ck_assert_str_eq(warc_type_name((enum warc_type)99), "unknown");
    ck_assert_str_eq(warc_level_name(WARC_ERROR), "error");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("the library's contract");
    TCase *all = tcase_create("all");
    tcase_add_test(all, all_types_are_written_with_their_digests_and_read_again);
    tcase_add_test(all, what_is_left_out_is_filled_in);
    tcase_add_test(all, an_identifier_appears_once_in_a_file);
    tcase_add_test(all, nonsense_is_refused_with_a_message);
    tcase_add_test(all, a_program_of_another_version_is_understood_or_refused);
    tcase_add_test(all, the_commit_log_separates_damage_from_a_torn_tail);
    tcase_add_test(all, strict_reading_ends_at_the_first_flaw);
    tcase_add_test(all, fields_of_a_block_are_read_in_place);
    tcase_add_test(all, closing_null_does_nothing);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
