/* What warc_check(3) finds in one record, by itself and with a reader. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "warccap/warc.h"

#define RESPONSE "application/http;msgtype=response"
#define REQUEST "application/http;msgtype=request"
#define URI "http://example.com/a?b=%7e"
#define ID "<urn:uuid:00000000-0000-4000-8000-000000000001>"
#define DATE "2026-03-04T05:06:07Z"
#define HELLO_SHA1 "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N" /* of "hello" */

/* A block, given in pieces of some size. */
struct block {
    struct text left;
    size_t piece;
    enum warc_result end;
};

static enum warc_result next_piece(void *context, const char **bytes, size_t *length)
{
    struct block *block = context;
    *bytes = block->left.at;
    *length = block->left.length < block->piece ? block->left.length : block->piece;
    block->left = text_skip(block->left, *length);
    return *length ? WARC_OK : block->end;
}

struct given {
    enum warc_type type;
    const char *content_type, *block;
    struct warc_field more; /* one further field */
    const char *found;      /* "rule:level rule:level" */
};

static struct warc_record record_of(const struct given *given, struct warc_field fields[7])
{
    size_t count = 0;
    char *length = malloc(32);
    snprintf(length, 32, "%zu", strlen(given->block));
    fields[count++] = (struct warc_field){"WARC-Type", warc_type_name(given->type)};
    fields[count++] = (struct warc_field){"WARC-Record-ID", ID};
    fields[count++] = (struct warc_field){"WARC-Date", DATE};
    if (given->type != WARC_WARCINFO)
        fields[count++] = (struct warc_field){"WARC-Target-URI", URI};
    fields[count++] = (struct warc_field){"Content-Type", given->content_type};
    fields[count++] = (struct warc_field){"Content-Length", length};
    if (given->more.name)
        fields[count++] = given->more;
    return (struct warc_record){.type = given->type,
                                .version = 11,
                                .fields = fields,
                                .field_count = count,
                                .content_length = (int64_t)strlen(given->block)};
}

/* Checks a record whose block comes in such pieces; `found` gets the rules.  Every record here
 * lacks a block digest, which is said of each and left out. */
static enum warc_result check_it(struct warc_check *check, const struct given *given, size_t piece,
                                 int flags, struct buf *found)
{
    struct warc_field fields[7];
    struct warc_record record = record_of(given, fields);
    struct block from = {text_of(given->block), piece, WARC_END};
    const struct warc_block block = {sizeof block, next_piece, &from};
    const struct warc_flaw *flaw;
    enum warc_result result = warc_check_record(check, &record, &block, flags);
    buf_clear(found);
    for (size_t i = 0; (flaw = warc_check_flaw(check, i)); i++) {
        ck_assert_int_eq(flaw->offset, -1);
        if (strcmp(flaw->rule, "block-digest-missing") != 0)
            buf_printf(found, "%s%s:%s", found->length ? " " : "", flaw->rule,
                       warc_level_name(flaw->level));
    }
    free((char *)(uintptr_t)fields[record.field_count - (given->more.name ? 2 : 1)].value);
    return result;
}

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

static const struct given givens[] = {
    {WARC_RESPONSE, RESPONSE, OK "Content-Length: 5\r\n\r\nhello", {0}, ""},
    {WARC_RESPONSE, RESPONSE, OK "Content-Length: 6\r\n\r\nhello", {0}, "http-short:error"},
    {WARC_RESPONSE,
     RESPONSE,
     OK "Content-Length: 6\r\n\r\nhello",
     {"WARC-Truncated", "disconnect"},
     ""},
    {WARC_RESPONSE, RESPONSE, OK "Content-Length: 4\r\n\r\nhello", {0}, "http-long:warning"},
    {WARC_RESPONSE, RESPONSE, OK "Content-Length: 4\r\n\r\n", {0}, "http-body-missing:warning"},
    {WARC_RESPONSE, RESPONSE, CHUNKED "5\r\nhello\r\n0\r\n\r\n", {0}, ""},
    {WARC_RESPONSE, RESPONSE, CHUNKED "5\r\nhello\r\n", {0}, "http-short:error"},
    {WARC_RESPONSE, RESPONSE, CHUNKED "5\r\nhello\r\nx\r\n", {0}, "http-chunks:warning"},
    {WARC_RESPONSE, RESPONSE, CHUNKED "0\r\n\r\nmore", {0}, "http-after-chunks:warning"},
    {WARC_RESPONSE, RESPONSE, CHUNKED "0\r\nA: b\r\n\r\n", {0}, "http-trailers:note"},
    {WARC_RESPONSE, RESPONSE, "", {0}, "http-empty:warning"},
    {WARC_RESPONSE, RESPONSE, "ICY 200 OK\r\n\r\nhello", {0}, "http-head:warning"},
    {WARC_RESPONSE, RESPONSE, "HTTP/2 200 \r\n\r\nhello", {0}, "http-version:warning"},
    {WARC_RESPONSE, RESPONSE, "HTTP/1.1 200 OK\nA: b\n\nhello", {0}, "http-line-ends:warning"},
    {WARC_RESPONSE, RESPONSE, "HTTP/1.1 103 Hints\r\n\r\n", {0}, "http-interim:warning"},
    {WARC_RESPONSE, RESPONSE, "HTTP/1.1 304 No\r\n\r\nhello", {0}, "http-unwanted-body:warning"},
    {WARC_RESPONSE,
     RESPONSE,
     (OK "Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x01\x01\x01\x01\x01\x01\x03\x07\x07"),
     {0},
     "body-coding-broken:warning"},
    {WARC_RESPONSE,
     RESPONSE,
     OK "Content-Type: image/png\r\n\r\n<!DOCTYPE html>",
     {0},
     "payload-kind:note"},
    {WARC_RESPONSE, RESPONSE, OK "\r\n<title>404 Not Found</title>", {0}, "soft-error:note"},
    {WARC_RESPONSE,
     RESPONSE,
     OK "Date: Fri, 06 Mar 2026 05:06:07 GMT\r\n\r\nhello",
     {0},
     "http-date:warning"},
    {WARC_RESPONSE,
     RESPONSE,
     OK "Date: Mon, 02 Mar 2026 05:06:07 GMT\r\n\r\nhello",
     {0},
     "http-date:note"},
    {WARC_REQUEST, REQUEST, "GET /a?b=~ HTTP/1.1\r\nHost: Example.com:80\r\n\r\n", {0}, ""},
    {WARC_REQUEST,
     REQUEST,
     "GET /a?b=%7E HTTP/1.1\r\nHost: example.org\r\n\r\n",
     {0},
     "request-url:warning"},
    {WARC_REQUEST,
     REQUEST,
     "GET /a?b HTTP/1.1\r\nHost: example.com\r\n\r\n",
     {0},
     "request-url:warning"},
    {WARC_METADATA, "application/warc-fields", "via: http://e/\r\n", {0}, ""},
    {WARC_METADATA, "application/warc-fields", "no field\r\n", {0}, "warc-fields:warning"},
    {WARC_RESOURCE, "text/plain", "hello", {"WARC-Payload-Digest", HELLO_SHA1}, ""},
    {WARC_CONVERSION, "text/plain", "HTTP/1.1 100 \r\n\r\n", {0}, ""},
};
enum { GIVENS = sizeof givens / sizeof *givens };

START_TEST(test_the_content_of_records)
{
    struct warc_check *check = warc_check_new();
    struct buf found;
    buf_init(&found, 1 << 16);
    ck_assert_ptr_nonnull(check);
    for (size_t i = 0; i < GIVENS; i++)
        for (size_t piece = 1; piece < 1000; piece *= 9) {
            enum warc_result result =
                check_it(check, &givens[i], piece, (int)piece & WARC_CHECK_CONTENT, &found);
            ck_assert_msg(text_equal(buf_text(&found), text_of(givens[i].found)),
                          "%zu in pieces of %zu: %.*s instead of %s", i, piece, (int)found.length,
                          found.data, givens[i].found);
            ck_assert_int_eq(result, strstr(givens[i].found, ":error") ||
                                             strstr(givens[i].found, ":warning")
                                         ? WARC_FLAWED
                                         : WARC_OK);
        }
    buf_release(&found);
    warc_check_free(check);
}
END_TEST

START_TEST(test_fields_and_digests_are_checked_unless_a_reader_did)
{
    static const struct given given = {
        WARC_RESOURCE, "text/plain", "hallo", {"WARC-Payload-Digest", HELLO_SHA1}, ""};
    static const struct given number = {WARC_RESOURCE, "text", "a", {"WARC-Profile", "x"}, ""};
    struct warc_check *check = warc_check_new();
    struct buf found;
    buf_init(&found, 1 << 16);
    ck_assert_int_eq(check_it(check, &given, 2, WARC_CHECK_CONTENT, &found), WARC_OK);
    ck_assert_int_eq(found.length, 0);
    ck_assert_int_eq(check_it(check, &given, 2, 0, &found), WARC_FLAWED);
    ck_assert(text_equal(buf_text(&found), TEXT("payload-digest:error")));
    ck_assert_int_eq(check_it(check, &number, 2, 0, &found), WARC_FLAWED);
    ck_assert(text_find(buf_text(&found), TEXT("field-not-allowed:error")) >= 0);
    ck_assert(text_find(buf_text(&found), TEXT("content-type-form:warning")) >= 0);
    buf_release(&found);
    warc_check_free(check);
}
END_TEST

/* A block that is not whole is not judged; one that is too long is. */
START_TEST(test_the_length_of_the_block)
{
    struct warc_check *check = warc_check_new();
    struct warc_field fields[7];
    struct warc_record record = record_of(&givens[0], fields);
    char *length = (char *)(uintptr_t)fields[record.field_count - 1].value;
    struct block from = {text_of("HTTP/1.1 200 OK\r\n"), 100, WARC_END};
    struct warc_block block = {sizeof block, next_piece, &from};
    size_t bytes;
    bool decoded;
    ck_assert_int_eq(warc_check_record(check, &record, &block, 0), WARC_LOST);
    from = (struct block){text_of(givens[0].block), 100, WARC_LOST};
    ck_assert_int_eq(warc_check_record(check, &record, &block, 0), WARC_LOST);
    from = (struct block){text_of(givens[0].block), 100, WARC_END};
    ck_assert_int_eq(warc_check_record(check, &record, &block, 0), WARC_OK);
    ck_assert_int_eq(warc_check_status(check), 200);
    ck_assert(text_ends((struct text){warc_check_head(check, &bytes), bytes}, TEXT("\r\n\r\n")));
    const char *start = warc_check_start(check, &bytes, &decoded);
    ck_assert(text_equal((struct text){start, bytes}, TEXT("hello")));
    ck_assert(!decoded);
    record.content_length--;
    from = (struct block){text_of(givens[0].block), 100, WARC_END};
    ck_assert_int_eq(warc_check_record(check, &record, &block, 0), WARC_FLAWED);
    ck_assert_str_eq(warc_check_flaw(check, 0)->rule, "length-too-short");
    block.struct_size = 0;
    ck_assert_int_eq(warc_check_record(check, &record, &block, 0), WARC_BROKEN);
    free(length);
    warc_check_free(check);
}
END_TEST

START_TEST(test_the_records_of_a_reader)
{
    struct buf file;
    const struct warc_record *record;
    struct warc_check *check = warc_check_new();
    buf_init(&file, 1 << 16);
    for (int i = 0; i < 2; i++)
        buf_printf(&file,
                   "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: " ID "\r\nWARC-Date: " DATE
                   "\r\nWARC-Target-URI: http://e/\r\nContent-Type: " RESPONSE
                   "\r\nContent-Length: 43\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                   "helli\r\n\r\n",
                   5 + i);
    struct warc_reader *reader = warc_reader_open_memory(file.data, file.length, "memory");
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        ck_assert_int_eq(warc_check_read(check, reader, record), i ? WARC_FLAWED : WARC_OK);
        ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK);
        ck_assert_str_eq(warc_check_flaw(check, 0)->rule, "block-digest-missing");
        ck_assert_int_eq(warc_check_flaw(check, 0)->offset, warc_reader_offset(reader));
        ck_assert_int_eq(warc_check_flaw(check, 1) != NULL, i);
    }
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_END);
    warc_reader_close(reader);
    warc_check_free(check);
    buf_release(&file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checker");
    TCase *all = tcase_create("all");
    tcase_add_test(all, test_the_content_of_records);
    tcase_add_test(all, test_fields_and_digests_are_checked_unless_a_reader_did);
    tcase_add_test(all, test_the_length_of_the_block);
    tcase_add_test(all, test_the_records_of_a_reader);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
