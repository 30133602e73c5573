/* Reading responses back from an archive: bodies, revisits, and files that appear later. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "collection/capture_reader.h"
#include "warccap/warc.h"

#define DATE "2026-03-04T05:06:07.000Z"

enum { DATE_SECONDS = 1772600767 };

static char directory[] = "/tmp/test-capture-reader-XXXXXX", index_path[64], file[128];
static struct cdxj_entry lines[8]; /* of the archive, in the order of writing */
static struct warc_place places[8];
static struct trouble trouble;

static void add_gzip(struct buf *out, const char *bytes, size_t length)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (unsigned)length};
    ck_assert_int_eq(deflateInit2(&z, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.avail_out = (unsigned)deflateBound(&z, length) + 32;
    z.next_out = (unsigned char *)buf_room(out, z.avail_out);
    unsigned room = z.avail_out;
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_grew(out, room - z.avail_out);
    deflateEnd(&z);
}

static void put(struct warc_writer *writer, int number, enum warc_type type, const char *url,
                struct text block, const struct warc_field *fields, size_t field_count)
{
    struct warc_draft draft = {.struct_size = sizeof draft,
                               .type = type,
                               .date_ms = DATE_SECONDS * INT64_C(1000),
                               .target_uri = url,
                               .content_type = "application/http;msgtype=response",
                               .fields = fields,
                               .field_count = field_count,
                               .block = {block.at},
                               .block_length = {block.length}};
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_msg(warc_writer_put(writer, &draft, &places[number]) == WARC_OK, "%s",
                  warc_writer_words(writer));
    snprintf(file, sizeof file, "%s", places[number].file);
    lines[number] =
        (struct cdxj_entry){.timestamp = TEXT("20260304050607"),
                            .url = text_of(url),
                            .mime = type == WARC_REVISIT ? TEXT("warc/revisit") : TEXT("text/html"),
                            .status = TEXT("200"),
                            .digest = TEXT("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                            .filename = text_of(file),
                            .length = places[number].length,
                            .offset = places[number].offset};
}

/* An archive of six responses and a revisit, and its index. */
static void make_archive(void)
{
    static const struct warc_field revisit[] = {
        {"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"},
        {"WARC-Refers-To-Target-URI", "http://e/b"},
        {"WARC-Refers-To-Date", DATE},
        {"WARC-Payload-Digest", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}};
    struct buf block, index;
    static const char sitemap[] =
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>http://e/</loc>";
    char *zeros = calloc(1, BODY_READ_MOST + 1);
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(index_path, sizeof index_path, "%s/index.cdxj", directory);
    struct warc_writer *writer = warc_writer_new(&(struct warc_writer_options){
        .struct_size = sizeof(struct warc_writer_options), .directory = directory});
    buf_init(&block, 2 * (size_t)BODY_READ_MOST);
    buf_init(&index, 1 << 16);
    put(writer, 0, WARC_RESPONSE, "http://e/a",
        TEXT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nwords of a"), NULL, 0);
    buf_add(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    add_gzip(&block, "words of b", 10);
    put(writer, 1, WARC_RESPONSE, "http://e/b", buf_text(&block), NULL, 0);
    put(writer, 2, WARC_RESPONSE, "http://e/c", text_first(buf_text(&block), block.length - 8),
        &(struct warc_field){"WARC-Truncated", "disconnect"}, 1);
    put(writer, 3, WARC_RESPONSE, "http://e/d",
        TEXT("HTTP/1.1 200 OK\r\nContent-Encoding: sdch\r\n\r\nwords of d"), NULL, 0);
    buf_clear(&block);
    buf_add(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    add_gzip(&block, zeros, BODY_READ_MOST + 1);
    put(writer, 4, WARC_RESPONSE, "http://e/e", buf_text(&block), NULL, 0);
    put(writer, 5, WARC_REVISIT, "http://e/f", TEXT("HTTP/1.1 200 OK\r\n\r\n"), revisit,
        sizeof revisit / sizeof *revisit);
    buf_clear(&block);
    buf_add(&block, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\n\r\n");
    memcpy(zeros, sitemap, strlen(sitemap));
    add_gzip(&block, zeros, BODY_READ_MOST + 1);
    put(writer, 6, WARC_RESPONSE, "http://e/g", buf_text(&block), NULL, 0);
    ck_assert_int_eq(warc_writer_close(writer), WARC_OK);
    for (int i = 0; i < 7; i++)
        cdxj_line_write(&lines[i], &index);
    FILE *out = fopen(index_path, "w");
    fwrite(index.data, 1, index.length, out);
    fclose(out);
    buf_release(&block);
    buf_release(&index);
    free(zeros);
}

static void remove_archive(void)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    unlink(path);
    unlink(index_path);
    rmdir(directory);
}

START_TEST(test_bodies_are_decoded_and_their_errors_reported)
{
    static const struct {
        struct text body;
        enum body_error error;
        bool truncated;
    } wanted[] = {{{"words of a", 10}, BODY_SOUND, false},
                  {{"words of b", 10}, BODY_SOUND, false},
                  {{"words of b", 10}, BODY_ENDS_EARLY, true},
                  {{"", 0}, BODY_CODING_UNKNOWN, false}};
    struct capture_reader *reader;
    struct stored_response response;
    ck_assert_int_eq(capture_reader_open(&reader, index_path, directory, &trouble), RESULT_OK);
    for (int i = 3; i >= 0; i--) {
        ck_assert(capture_reader_read_entry(reader, &lines[i], &response));
        ck_assert(text_equal(response.body, wanted[i].body));
        ck_assert_str_eq(body_error_name(response.error), body_error_name(wanted[i].error));
        ck_assert_int_eq(response.truncated, wanted[i].truncated);
        ck_assert_int_eq(response.head->status, 200);
    }
    ck_assert(text_equal(http_field(response.head, "Content-Type"), TEXT("text/html")));
    ck_assert(capture_reader_read_entry(reader, &lines[4], &response));
    ck_assert_uint_eq(response.body.length, body_read_most(0));
    ck_assert_int_eq(response.error, BODY_TOO_LONG);
    ck_assert(capture_reader_read_entry(reader, &lines[6], &response));
    ck_assert_uint_eq(response.body.length, BODY_READ_MOST);
    ck_assert_int_eq(response.error, BODY_TOO_LONG);
    capture_reader_close(reader);
}
END_TEST

START_TEST(test_a_revisit_leads_to_its_response)
{
    struct capture_reader *reader;
    struct stored_response response;
    struct cdxj_entry entry = lines[5];
    ck_assert_int_eq(capture_reader_open(&reader, index_path, directory, &trouble), RESULT_OK);
    ck_assert(!capture_reader_read_entry(reader, &entry, &response));
    ck_assert(capture_reader_find_original(reader, &entry));
    ck_assert(text_equal(entry.url, TEXT("http://e/b")));
    ck_assert(capture_reader_read_entry(reader, &entry, &response));
    ck_assert(text_equal(response.body, TEXT("words of b")));
    ck_assert(capture_reader_read(reader, TEXT("http://e/a"), DATE, &response));
    ck_assert(text_equal(response.body, TEXT("words of a")));
    ck_assert(!capture_reader_read(reader, TEXT("http://e/a"), "2025-03-04T05:06:07Z", &response));
    capture_reader_close(reader);
}
END_TEST

START_TEST(test_a_file_that_appears_later_is_read)
{
    struct capture_reader *reader;
    struct stored_response response;
    char path[256], away[300];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    snprintf(away, sizeof away, "%s.open", path);
    ck_assert_int_eq(rename(path, away), 0);
    ck_assert_int_eq(capture_reader_open(&reader, index_path, directory, &trouble), RESULT_OK);
    ck_assert(!capture_reader_read_entry(reader, &lines[0], &response));
    ck_assert_int_eq(rename(away, path), 0);
    ck_assert(capture_reader_read_entry(reader, &lines[0], &response));
    capture_reader_close(reader);
}
END_TEST

START_TEST(test_without_an_index_there_is_no_reader)
{
    struct capture_reader *reader;
    ck_assert_int_eq(capture_reader_open(&reader, "/nowhere/index.cdxj", directory, &trouble),
                     RESULT_BROKEN);
    ck_assert_ptr_null(reader);
    capture_reader_close(reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("capture_reader");
    TCase *tests = tcase_create("all");
    tcase_add_unchecked_fixture(tests, make_archive, remove_archive);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_bodies_are_decoded_and_their_errors_reported);
    tcase_add_test(tests, test_a_revisit_leads_to_its_response);
    tcase_add_test(tests, test_a_file_that_appears_later_is_read);
    tcase_add_test(tests, test_without_an_index_there_is_no_reader);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
