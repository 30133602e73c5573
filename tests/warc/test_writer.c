/* The writer: what it writes is read back, what breaks a rule is refused, and a full disk leaves
 * whole events. */
#include <config.h>

#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/entropy.h"
#include "tests/warc/scratch.h"
#include "tests/warc/written.h"
#include "warccap/warc.h"

START_TEST(what_is_written_is_read_back)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    static const size_t lengths[] = {0, 1, 1000, 100000, 3000000};
    struct warc_place places[5];
    char *body = malloc(3000000), name[256];
    for (size_t i = 0; i < 3000000; i++)
        body[i] = (char)(i * i >> 7);
    for (int i = 0; i < 5; i++) {
        warc_writer_set_effort(writer, i % 2 ? WARC_EFFORT_FAST : WARC_EFFORT_SMALL);
        put_event(writer, body, lengths[i], &places[i]);
    }
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz.open", NULL), 1);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, ".open", NULL), 0);
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 1);
    ck_assert_str_eq(name, places[0].file);
    for (int i = 0; i < 5; i++)
        check_record(&scratch, &places[i], body, lengths[i]);
    ck_assert_int_eq(count_good_records(&scratch, name), 11);
    free(body);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_begins_with_its_warcinfo)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    const struct warc_record *record;
    char path[SCRATCH_PATH], id[64];
    put_event(writer, "x", 1, NULL);
    scratch_path(&scratch, warc_writer_file(writer), path);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    struct warc_reader *reader = warc_reader_open(path);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(record->type, WARC_WARCINFO);
    ck_assert_str_eq(warc_record_field(record, "WARC-Filename"), strrchr(path, '/') + 1);
    snprintf(id, sizeof id, "%s", warc_record_field(record, "WARC-Record-ID"));
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_str_eq(warc_record_field(record, "WARC-Warcinfo-ID"), id);
    ck_assert_str_eq(warc_record_field(record, "WARC-Date"), "2026-03-04T05:06:07.123Z");
    warc_reader_close(reader);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(fields_have_one_order)
{
    static const char *const order[] = {"WARC-Type",           "WARC-Record-ID",
                                        "WARC-Date",           "WARC-Target-URI",
                                        "WARC-IP-Address",     "WARC-Concurrent-To",
                                        "WARC-Warcinfo-ID",    "WARC-Refers-To-Date",
                                        "WARC-Profile",        "WARC-Block-Digest",
                                        "WARC-Payload-Digest", "WARC-Identified-Payload-Type",
                                        "Content-Type",        "Content-Length"};
    const struct warc_field fields[] = {
        {"WARC-Identified-Payload-Type", "text/html"},
        {"WARC-Refers-To-Date", "2026-03-04T05:06:07Z"},
        {"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"},
        {"WARC-IP-Address", "::1"},
        {"WARC-Concurrent-To", "<urn:uuid:1>"},
    };
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of("", 0);
    struct warc_place place;
    const struct warc_record *record;
    char path[SCRATCH_PATH];
    draft.type = WARC_REVISIT;
    draft.fields = fields;
    draft.field_count = 5;
    draft.payload_digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_msg(warc_writer_put(writer, &draft, &place) == WARC_OK, "%s",
                  warc_writer_words(writer));
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    scratch_path(&scratch, place.file, path);
    struct warc_reader *reader = warc_reader_open(path);
    ck_assert_int_eq(warc_reader_seek(reader, place.offset), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_uint_eq(record->field_count, 14);
    for (size_t i = 0; i < 14; i++)
        ck_assert_str_eq(record->fields[i].name, order[i]);
    warc_reader_close(reader);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(members_have_a_fixed_frame)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_place places[4];
    struct buf bytes;
    for (int i = 0; i < 4; i++) {
        warc_writer_set_effort(writer, i % 2 ? WARC_EFFORT_FAST : WARC_EFFORT_SMALL);
        put_event(writer, "words", 5, &places[i]);
    }
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    buf_init(&bytes, 1 << 20);
    scratch_read(&scratch, places[0].file, &bytes);
    for (int i = 0; i < 4; i++)
        ck_assert_mem_eq(bytes.data + places[i].offset, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    ck_assert_int_eq(places[3].offset + places[3].length, (int64_t)bytes.length);
    buf_release(&bytes);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_new_file_is_begun_before_an_event_never_inside)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 20000);
    char body[4000], name[256], before[256] = "";
    struct warc_place place;
    for (int i = 0; i < 40; i++) {
        entropy_fill(body, sizeof body);
        ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
        snprintf(name, sizeof name, "%s", warc_writer_file(writer));
        ck_assert_int_lt(warc_writer_size(writer), 20000);
        for (int j = 0; j < 3; j++) {
            struct warc_draft draft = response_of(body, sizeof body);
            ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_OK);
            ck_assert_str_eq(place.file, name);
        }
        ck_assert_int_ge(strcmp(name, before), 0);
        snprintf(before, sizeof before, "%s", name);
    }
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 20);
    ck_assert_ptr_nonnull(strstr(name, "-00019-host.example.warc.gz"));
    ck_assert_int_eq(strncmp(name, "test-20", 7), 0);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(what_is_expected_keeps_a_file_below_its_size)
{
    enum { SIZE = 20000, EVENTS = 12 };
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, SIZE);
    char body[8000], name[256], path[SCRATCH_PATH];
    struct warc_place places[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
        entropy_fill(body, sizeof body);
        warc_writer_expect(writer, i == 5 ? 3 * SIZE : 2000 + (int64_t)sizeof body);
        put_event(writer, body, sizeof body, &places[i]);
    }
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    /* two fit, but the sixth event is said to be larger than any file */
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", name), 7);
    for (int i = 0; i < EVENTS; i++) {
        struct stat status;
        scratch_path(&scratch, places[i].file, path);
        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_int_le(status.st_size, SIZE);
    }
    ck_assert_str_ne(places[4].file, places[5].file);
    ck_assert_str_eq(places[9].file, places[10].file);
    scratch_remove(&scratch);
}
END_TEST

/* One change to a good draft, and the rule that it breaks. */
struct refusal {
    const char *rule;
    enum warc_type type;
    const char *uri, *content_type, *payload_digest;
    struct warc_field field;
};

#define URI "http://example.com/a"
#define HTTP "application/http;msgtype=response"

static const struct refusal refusals[] = {
    {"uri-relative", WARC_RESPONSE, "/a", HTTP, NULL, {0}},
    {"uri-brackets", WARC_RESPONSE, "<http://example.com/>", HTTP, NULL, {0}},
    {"uri-ascii", WARC_RESPONSE, "http://example.com/\xc3\xbc", HTTP, NULL, {0}},
    {"uri-character", WARC_RESPONSE, "http://example.com/a b", HTTP, NULL, {0}},
    {"uri-fragment", WARC_RESPONSE, "http://example.com/#a", HTTP, NULL, {0}},
    {"header-control", WARC_RESPONSE, "http://example.com/\r\nX: y", HTTP, NULL, {0}},
    {"field-missing", WARC_RESPONSE, NULL, HTTP, NULL, {0}},
    {"content-type-missing", WARC_RESPONSE, URI, NULL, NULL, {0}},
    {"content-type-form", WARC_RESPONSE, URI, "html", NULL, {0}},
    {"digest-form", WARC_RESPONSE, URI, HTTP, "sha1:abc", {0}},
    {"field-not-allowed", WARC_METADATA, URI, HTTP, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", {0}},
    {"field-not-allowed", WARC_WARCINFO, URI, HTTP, NULL, {0}},
    {"field-missing", WARC_REVISIT, URI, HTTP, NULL, {0}},
    {"field-missing", WARC_CONTINUATION, URI, HTTP, NULL, {0}},
    {"field-repeated", WARC_RESPONSE, URI, HTTP, NULL, {"Content-Length", "7"}},
    {"field-repeated", WARC_RESPONSE, URI, HTTP, NULL, {"warc-type", "response"}},
    {"field-not-allowed", WARC_RESPONSE, URI, HTTP, NULL, {"WARC-Filename", "a"}},
    {"address-form", WARC_RESPONSE, URI, HTTP, NULL, {"WARC-IP-Address", "[::1]"}},
    {"header-name", WARC_RESPONSE, URI, HTTP, NULL, {"X Y", "a"}},
    {"header-utf8", WARC_RESPONSE, URI, HTTP, NULL, {"X-Y", "\xe4"}},
    {"date-form", WARC_REVISIT, URI, HTTP, NULL, {"WARC-Refers-To-Date", "yesterday"}},
    {"digest-case", WARC_RESPONSE, URI, HTTP, "sha1:3i42h3s6nnfq2msvx7xzkyaysCX5qbyj", {0}},
    {"digest-label", WARC_RESPONSE, URI, HTTP, "sha-1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", {0}},
    {"digest-algorithm", WARC_RESPONSE, URI, HTTP, "blake3:00", {0}},
    {"digest-padded", WARC_RESPONSE, URI, HTTP, "md5:AAAAAAAAAAAAAAAAAAAAAAAAAA======", {0}},
    {"address-canonical", WARC_RESPONSE, URI, HTTP, NULL, {"WARC-IP-Address", "2001:DB8:0:0::1"}},
    {"header-encoded-word", WARC_RESPONSE, URI, HTTP, NULL, {"X-Y", "=?utf-8?q?a?="}},
};

/* Puts what the row has; the writer must refuse it, and the file stay as it is. */
static void check_refused(struct warc_writer *writer, const struct refusal *row)
{
    struct warc_draft draft = response_of("x", 1);
    struct warc_place place;
    int64_t size = warc_writer_size(writer);
    draft.type = row->type;
    draft.target_uri = row->uri;
    draft.content_type = row->content_type;
    draft.payload_digest = row->payload_digest;
    draft.fields = &row->field;
    draft.field_count = row->field.name != NULL;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_LOST);
    ck_assert_msg(strstr(warc_writer_words(writer), row->rule) != NULL, "%s is not in: %s",
                  row->rule, warc_writer_words(writer));
    ck_assert_int_eq(warc_writer_size(writer), size);
}

START_TEST(a_record_that_breaks_a_rule_is_refused)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_place place;
    put_event(writer, "x", 1, NULL);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        check_refused(writer, &refusals[i]);
    struct warc_draft draft = response_of("x", 1);
    draft.type = WARC_UNKNOWN;
    ck_assert_int_eq(warc_writer_put(writer, &draft, &place), WARC_LOST);
    put_event(writer, "y", 1, &place);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(count_good_records(&scratch, place.file), 5);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_header_too_long_to_be_read_is_refused)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of("x", 1);
    size_t length = 2 << 20;
    char *uri = malloc(length + 1);
    memset(uri, 'a', length);
    memcpy(uri, "http://e/", 9);
    uri[length] = '\0';
    draft.target_uri = uri;
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_LOST);
    uri[500000] = '\0';
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    free(uri);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(all_is_in_the_file_after_a_sync)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    char path[SCRATCH_PATH], name[256];
    ck_assert_int_eq(warc_writer_sync(writer), WARC_OK);
    put_event(writer, "x", 1, NULL);
    ck_assert_int_eq(warc_writer_sync(writer), WARC_OK);
    snprintf(name, sizeof name, "%s.open", warc_writer_file(writer));
    scratch_path(&scratch, name, path);
    ck_assert_int_eq(disk_file_size(path), warc_writer_size(writer));
    ck_assert_int_eq(count_good_records(&scratch, name), 3);
    ck_assert_int_eq(warc_writer_finish_file(writer), WARC_OK);
    ck_assert_str_eq(warc_writer_file(writer), "");
    ck_assert_int_eq(warc_writer_size(writer), 0);
    ck_assert_int_eq(warc_writer_finish_file(writer), WARC_OK);
    put_event(writer, "x", 1, NULL);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, ".warc.gz", NULL), 2);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_writer_that_wrote_no_record_leaves_no_file)
{
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    struct warc_draft draft = response_of("x", 1);
    ck_assert_int_eq(warc_writer_put(writer, &draft, NULL), WARC_LOST); /* no event was begun */
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, "", NULL), 0);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(names_are_made_of_harmless_letters)
{
    struct scratch scratch = scratch_new();
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = scratch.directory,
                                          .prefix = "a/b c",
                                          .hostname = "h/x.y",
                                          .file_size_bytes = 1000,
                                          .warcinfo = ""};
    struct warc_writer *writer = warc_writer_new(&options);
    char name[256];
    put_event(writer, "x", 1, NULL);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    ck_assert_int_eq(scratch_count(&scratch, "-00000-h_x.y.warc.gz", name), 1);
    ck_assert_int_eq(strncmp(name, "a_b_c-", 6), 0);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_missing_directory_breaks_the_writer)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = "/nonexistent/directory",
                                          .prefix = "a",
                                          .hostname = "h",
                                          .file_size_bytes = 1000,
                                          .warcinfo = ""};
    struct warc_writer *writer = warc_writer_new(&options);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_BROKEN);
    ck_assert_int_eq(warc_writer_errno(writer), ENOENT);
    ck_assert_ptr_nonnull(strstr(warc_writer_words(writer), "/nonexistent/directory"));
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_BROKEN);
    ck_assert_int_eq(warc_writer_close(writer), WARC_BROKEN);
}
END_TEST

/* The file size limit of the process stands in for a full disk.  It also leaves writes half done.
 * Nothing is asserted while it is set, because the test library writes files too. */
START_TEST(a_full_disk_leaves_whole_events)
{
    static const rlim_t limits[] = {0, 100, 5000, 70000, 300001, 700000};
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    char body[30000], name[256], final[256], words[512];
    enum warc_result result = WARC_OK;
    int events = 0;
    struct rlimit limit = {limits[_i], RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    while (result == WARC_OK && events < 100) {
        result = warc_writer_begin_event(writer);
        for (int j = 0; j < 2 && result == WARC_OK; j++) {
            entropy_fill(body, sizeof body);
            struct warc_draft draft = response_of(body, sizeof body);
            result = warc_writer_put(writer, &draft, NULL);
        }
        if (result == WARC_OK && events % 3 == 2)
            result = warc_writer_sync(writer);
        events++;
    }
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(result, WARC_BROKEN);
    ck_assert_int_eq(warc_writer_errno(writer), EFBIG);
    ck_assert_ptr_nonnull(strstr(warc_writer_words(writer), "was cut back to"));
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_BROKEN);
    ck_assert_int_eq(warc_writer_sync(writer), WARC_BROKEN);
    ck_assert_int_eq(warc_writer_finish_file(writer), WARC_BROKEN);
    ck_assert_int_eq(warc_writer_close(writer), WARC_BROKEN);

    ck_assert_int_eq(scratch_count(&scratch, ".open", name), 1);
    char path[SCRATCH_PATH];
    scratch_path(&scratch, name, path);
    ck_assert_int_le(disk_file_size(path), (int64_t)limits[_i]);
    int records = disk_file_size(path) ? count_good_records(&scratch, name) : 0;
    ck_assert_int_eq(records > 0, limits[_i] > 200000);
    ck_assert(records == 0 || records % 2 == 1); /* warcinfo and events of two records */
    ck_assert_int_eq(warc_mend(path, 0, NULL, NULL, final, words, sizeof words), WARC_OK);
    ck_assert_int_eq(records > 1, *final != '\0');
    scratch_remove(&scratch);
}
END_TEST

/* The last sync was acknowledged, so a write that fails later must not take its bytes back:
 * revisits may refer to them by now.  After the sync several events wait, and the limit falls
 * between them.
 */
START_TEST(a_full_disk_takes_nothing_back_that_was_synced)
{
    enum { BODY = 3000, EVENTS_AFTER = 4 };
    struct scratch scratch = scratch_new();
    struct warc_writer *writer = writer_in(&scratch, 1000000000);
    char body[BODY], name[256], path[SCRATCH_PATH];
    int events_before = _i / 8, eighths = _i % 8;
    for (int i = 0; i < events_before; i++) {
        entropy_fill(body, sizeof body);
        put_event(writer, body, sizeof body, NULL);
    }
    ck_assert_int_eq(warc_writer_sync(writer), WARC_OK);
    int64_t synced = warc_writer_size(writer);
    for (int i = 0; i < EVENTS_AFTER; i++) {
        entropy_fill(body, sizeof body);
        put_event(writer, body, sizeof body, NULL);
    }
    int64_t after = warc_writer_size(writer) - synced;
    struct rlimit limit = {(rlim_t)(synced + after * eighths / 8), RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    enum warc_result result = warc_writer_sync(writer);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(result, WARC_BROKEN);
    ck_assert_int_eq(warc_writer_close(writer), WARC_BROKEN);
    ck_assert_int_eq(scratch_count(&scratch, ".open", name), 1);
    scratch_path(&scratch, name, path);
    ck_assert_int_ge(disk_file_size(path), synced);
    ck_assert_int_ge(count_good_records(&scratch, name), 1 + 2 * events_before);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(identifiers_never_repeat)
{
    char a[48], b[48];
    warc_id_make(a);
    warc_id_make(b);
    ck_assert_str_ne(a, b);
    ck_assert_uint_eq(strlen(a), 47);
    ck_assert_int_eq(strncmp(a, "<urn:uuid:", 10), 0);
    ck_assert_int_eq(a[46], '>');
    ck_assert_int_eq(a[24], '4');
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warc writer");
    TCase *tests = tcase_create("writer");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, what_is_written_is_read_back);
    tcase_add_test(tests, a_file_begins_with_its_warcinfo);
    tcase_add_test(tests, fields_have_one_order);
    tcase_add_test(tests, members_have_a_fixed_frame);
    tcase_add_test(tests, a_new_file_is_begun_before_an_event_never_inside);
    tcase_add_test(tests, what_is_expected_keeps_a_file_below_its_size);
    tcase_add_test(tests, a_record_that_breaks_a_rule_is_refused);
    tcase_add_test(tests, a_header_too_long_to_be_read_is_refused);
    tcase_add_test(tests, all_is_in_the_file_after_a_sync);
    tcase_add_test(tests, a_writer_that_wrote_no_record_leaves_no_file);
    tcase_add_test(tests, names_are_made_of_harmless_letters);
    tcase_add_test(tests, a_missing_directory_breaks_the_writer);
    tcase_add_loop_test(tests, a_full_disk_leaves_whole_events, 0, 6);
    tcase_add_loop_test(tests, a_full_disk_takes_nothing_back_that_was_synced, 8, 32);
    tcase_add_test(tests, identifiers_never_repeat);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
