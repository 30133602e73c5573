/* Bodies: whole, cut off, damaged, too long and unreadable; and how much memory they cost. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include "http/body_reader.h"
#include "http/http_coding.h"

enum { LARGE = 300 << 20, MEBIBYTE = 1 << 20, LIMIT = 1000 };

static struct http_head head_of(const char *fields)
{
    static char bytes[300];
    struct http_head head;
    snprintf(bytes, sizeof bytes, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    ck_assert(http_response_read(&head, text_of(bytes)));
    return head;
}

static void add_gzip(struct buf *out, struct text plain)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)plain.at,
                  .avail_in = (unsigned)plain.length};
    ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.avail_out = (unsigned)deflateBound(&z, plain.length) + 32;
    z.next_out = (unsigned char *)buf_room(out, z.avail_out);
    unsigned room = z.avail_out;
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_grew(out, room - z.avail_out);
    deflateEnd(&z);
}

/* Reads a whole body three times: from memory, from a spool in memory, from a spool in a file. */
static void check_all(const char *fields, struct text body, size_t limit, struct text wanted,
                      enum body_error error)
{
    struct body_reader *reader = body_reader_new();
    struct http_head head = head_of(fields);
    struct trouble trouble;
    struct buf room;
    buf_init(&room, limit);
    for (int way = 0; way < 3; way++) {
        struct spool spool;
        enum body_error got_error;
        spool_init(&spool, way == 1 ? MEBIBYTE : 0, "/tmp");
        ck_assert_int_eq(spool_append(&spool, "head", 4, &trouble), RESULT_OK);
        ck_assert_int_eq(spool_append(&spool, body.at, body.length, &trouble), RESULT_OK);
        ck_assert_int_eq(spool.fd >= 0, way != 1);
        if (way == 0)
            body_reader_begin_text(reader, &head, BODY_DECODED, body);
        else
            body_reader_begin_spool(reader, &head, BODY_DECODED, &spool, 4);
        struct text got = body_reader_all(reader, &room, &got_error);
        ck_assert_msg(text_equal(got, wanted), "way %d: %zu bytes instead of %zu", way, got.length,
                      wanted.length);
        ck_assert_str_eq(body_error_name(got_error), body_error_name(error));
        spool_release(&spool);
    }
    http_head_release(&head);
    buf_release(&room);
    body_reader_free(reader);
}

START_TEST(test_a_body_without_framing_is_not_copied)
{
    struct body_reader *reader = body_reader_new();
    struct http_head head = head_of("Content-Encoding: identity\r\n"),
                     chunked = head_of("Transfer-Encoding: chunked\r\n");
    enum body_error error;
    struct buf room;
    struct text body = TEXT("some words"), one_chunk = TEXT("a\r\nsome words\r\n0\r\n\r\n");
    buf_init(&room, LIMIT);
    body_reader_begin_text(reader, &head, BODY_DECODED, body);
    ck_assert_ptr_eq(body_reader_all(reader, &room, &error).at, body.at);
    body_reader_begin_text(reader, &chunked, BODY_DECODED, one_chunk);
    struct text got = body_reader_all(reader, &room, &error);
    ck_assert_ptr_eq(got.at, one_chunk.at + 3);
    ck_assert(text_equal(got, body));
    ck_assert_ptr_null(room.data);
    http_head_release(&head);
    http_head_release(&chunked);
    body_reader_free(reader);
}
END_TEST

START_TEST(test_errors_are_reported)
{
    struct buf gzip, broken, chunked;
    buf_init(&gzip, MEBIBYTE);
    buf_init(&broken, MEBIBYTE);
    buf_init(&chunked, MEBIBYTE);
    add_gzip(&gzip, TEXT("words that were packed, and words that were packed"));
    struct text words = TEXT("words that were packed, and words that were packed");
    buf_printf(&chunked, "%zx\r\n", gzip.length);
    buf_add_text(&chunked, buf_text(&gzip));
    buf_add(&chunked, "\r\n0\r\n\r\n");

    check_all("", TEXT(""), LIMIT, TEXT(""), BODY_SOUND);
    check_all("", TEXT("plain"), LIMIT, TEXT("plain"), BODY_SOUND);
    check_all("", TEXT("plain"), 5, TEXT("plain"), BODY_SOUND);
    check_all("", TEXT("plain"), 4, TEXT("plai"), BODY_TOO_LONG);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\n4\r\n two\r\n0\r\n\r\n"), LIMIT,
              TEXT("one two"), BODY_SOUND);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\n4\r\n two\r\n0\r\n\r\nrest"),
              LIMIT, TEXT("one two"), BODY_SOUND);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\n4\r\n two\r\n0\r\n\r\n"), 7,
              TEXT("one two"), BODY_SOUND);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\n4\r\n two\r\n0\r\n\r\n"), 6,
              TEXT("one tw"), BODY_TOO_LONG);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\n4\r\n t"), LIMIT, TEXT("one t"),
              BODY_ENDS_EARLY);
    check_all("Transfer-Encoding: chunked\r\n", TEXT("3\r\none\r\nwords"), LIMIT, TEXT("one"),
              BODY_CHUNKS_BROKEN);
    check_all("Content-Encoding: gzip\r\n", buf_text(&gzip), LIMIT, words, BODY_SOUND);
    check_all("Content-Encoding: gzip\r\n", buf_text(&gzip), words.length, words, BODY_SOUND);
    check_all("Content-Encoding: gzip\r\n", buf_text(&gzip), 20, text_first(words, 20),
              BODY_TOO_LONG);
    check_all("Content-Encoding: gzip\r\n", TEXT("plain all the same"), LIMIT,
              TEXT("plain all the same"), BODY_SOUND);
    check_all("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", buf_text(&chunked), LIMIT,
              words, BODY_SOUND);
    check_all("Content-Encoding: gzip\r\n", text_first(buf_text(&gzip), gzip.length - 8), LIMIT,
              words, BODY_ENDS_EARLY);
    buf_add_text(&broken, buf_text(&gzip));
    broken.data[gzip.length - 5] ^= 1; /* in the checksum */
    check_all("Content-Encoding: gzip\r\n", buf_text(&broken), LIMIT, words, BODY_CODING_BROKEN);
    check_all("Content-Encoding: compress\r\n", TEXT("no words"), LIMIT, TEXT(""),
              BODY_CODING_UNKNOWN);
    check_all("Content-Encoding: sdch\r\n", TEXT("no words"), LIMIT, TEXT(""), BODY_CODING_UNKNOWN);
    check_all("Content-Encoding: sdch, gzip\r\n", buf_text(&gzip), LIMIT, TEXT(""),
              BODY_CODING_UNKNOWN);
    check_all("Content-Encoding: gzip, gzip, gzip, gzip\r\n", buf_text(&gzip), LIMIT, TEXT(""),
              BODY_CODING_UNKNOWN);
    buf_release(&gzip);
    buf_release(&broken);
    buf_release(&chunked);
}
END_TEST

/* Decodes until the end or the damage.  Whether it is sound. */
static bool decode_in_pieces(enum coding_kind kind, struct text body, size_t piece, size_t room,
                             struct buf *out)
{
    struct coding *coding = coding_new(kind);
    char bytes[MEBIBYTE / 64];
    bool good = true, full = false;
    buf_clear(out);
    while (good && (body.length || full)) {
        size_t made = 0;
        struct text input = text_first(body, piece);
        size_t offered = input.length;
        good = coding_take(coding, &input, bytes, room, &made);
        buf_append(out, bytes, made);
        body = text_skip(body, offered - input.length);
        full = made == room;
    }
    ck_assert(buf_ok(out));
    good = good && coding_may_end(coding);
    coding_free(coding);
    return good;
}

/* Each byte in turn is damaged, and the room is too small now and then. */
static void check_damage(enum coding_kind kind, struct text sound)
{
    static const size_t rooms[] = {1, 7, MEBIBYTE / 64};
    char bytes[256];
    struct buf at_once, dripped;
    buf_init(&at_once, MEBIBYTE);
    buf_init(&dripped, MEBIBYTE);
    ck_assert_uint_le(sound.length, sizeof bytes);
    for (size_t i = 0; i < 8 * sound.length; i++) {
        struct text body = {bytes, sound.length};
        memcpy(bytes, sound.at, sound.length);
        bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
        bool good = decode_in_pieces(kind, body, 1, MEBIBYTE / 64, &dripped);
        for (size_t k = 0; k < sizeof rooms / sizeof rooms[0]; k++) {
            ck_assert_int_eq(decode_in_pieces(kind, body, body.length, rooms[k], &at_once), good);
            ck_assert_msg(text_equal(buf_text(&at_once), buf_text(&dripped)),
                          "coding %d, bit %zu, room %zu: %zu bytes instead of %zu", kind, i,
                          rooms[k], at_once.length, dripped.length);
        }
    }
    buf_release(&at_once);
    buf_release(&dripped);
}

#define HELLO "hello hello hello hello hello hello hello hello hello hello, and the end\n"

START_TEST(test_damage_is_judged_alike_in_any_pieces)
{
    struct buf gzip;
    buf_init(&gzip, MEBIBYTE);
    add_gzip(&gzip, TEXT(HELLO));
    check_damage(CODING_GZIP, buf_text(&gzip));
    /* without the header (10 bytes) and the checksum */
    check_damage(CODING_DEFLATE, text_skip(text_first(buf_text(&gzip), gzip.length - 8), 10));
#ifdef HAVE_BROTLI
    check_damage(CODING_BROTLI,
                 TEXT("\x1b\x48\x00\xf8\x8d\x94\x6e\xde\x44\x55\x86\xd6\x0a\x20\x6c\x6f"
                      "\x5a\x11\x60\x84\xb1\x47\x1e\x60\x91\x4b\xfb\x6a\x69\x9f\x56\x64"
                      "\x01"));
#endif
#ifdef HAVE_ZSTD
    check_damage(CODING_ZSTD,
                 TEXT("\x28\xb5\x2f\xfd\x04\x58\xd5\x00\x00\xa0\x68\x65\x6c\x6c\x6f\x20"
                      "\x2c\x20\x61\x6e\x64\x20\x74\x68\x65\x20\x65\x6e\x64\x0a\x01\x00"
                      "\xca\x59\x8a\x63\x72\x10\xbd\x28\xb5\x2f\xfd\x04\x58\xd5\x00\x00"
                      "\xa0\x68\x65\x6c\x6c\x6f\x20\x2c\x20\x61\x6e\x64\x20\x74\x68\x65"
                      "\x20\x65\x6e\x64\x0a\x01\x00\xca\x59\x8a\x63\x72\x10\xbd"));
#endif
    buf_release(&gzip);
}
END_TEST

/* Names that no coding has: the body tells. */
START_TEST(test_the_body_tells_what_no_coding_is_called)
{
    struct buf gzip;
    buf_init(&gzip, MEBIBYTE);
    add_gzip(&gzip, TEXT("words that were packed, and words that were packed"));
    struct text words = TEXT("words that were packed, and words that were packed");
    static const char *const unnamed[] = {"UTF-8",       "none",          "binary",
                                          "ISO-8859-1",  "8bit",          "text/html",
                                          "chunked",     "gzip;q=1.0",    "utf-8, gzip",
                                          "gzip, utf-8", "none, identity"};
    for (size_t i = 0; i < sizeof unnamed / sizeof *unnamed; i++) {
        char field[64];
        snprintf(field, sizeof field, "Content-Encoding: %s\r\n", unnamed[i]);
        check_all(field, TEXT("plain all the same"), LIMIT, TEXT("plain all the same"), BODY_SOUND);
        check_all(field, TEXT("\x1f"), LIMIT, TEXT(""), BODY_ENDS_EARLY);
        check_all(field, TEXT(""), LIMIT, TEXT(""), BODY_SOUND);
        check_all(field, buf_text(&gzip), LIMIT, words, BODY_SOUND);
        check_all(field, text_first(buf_text(&gzip), gzip.length - 8), LIMIT, words,
                  BODY_ENDS_EARLY);
    }
    buf_release(&gzip);
}
END_TEST

/* ... also that it is not plain, if it should be text. */
START_TEST(test_the_body_tells_that_it_is_no_text)
{
    const struct text noise = TEXT("\x93\x02noise\xff\x11");
    check_all("Content-Encoding: zpaq\r\nContent-Type: text/html\r\n", noise, LIMIT,
              text_first(noise, 1), BODY_CODING_BROKEN);
    check_all("Content-Encoding: zpaq\r\nContent-Type: text/html\r\n", TEXT("\xfe\x93\x02noise"),
              LIMIT, TEXT("\xfe\x93"), BODY_CODING_BROKEN);
    check_all("Content-Encoding: binary\r\nContent-Type: image/jpeg\r\n", noise, LIMIT, noise,
              BODY_SOUND);
    check_all("Content-Encoding: utf-8\r\nContent-Type: text/html\r\n",
              TEXT("\xff\xfew\0o\0r\0d\0"), LIMIT, TEXT("\xff\xfew\0o\0r\0d\0"), BODY_SOUND);
    check_all("Content-Encoding: latin1\r\nContent-Type: text/plain\r\n",
              TEXT("\x1b[1m caf\xe9\t\f\r\n"), LIMIT, TEXT("\x1b[1m caf\xe9\t\f\r\n"), BODY_SOUND);
}
END_TEST

START_TEST(test_errors_have_names_and_words)
{
    for (int error = 0; error < BODY_ERRORS; error++) {
        enum body_error found;
        ck_assert(body_error_of_name(text_of(body_error_name((enum body_error)error)), &found));
        ck_assert_int_eq(found, error);
        ck_assert_ptr_nonnull(body_error_words((enum body_error)error));
    }
    enum body_error none;
    ck_assert(!body_error_of_name(TEXT("sounder"), &none));
}
END_TEST

START_TEST(test_an_error_stays_and_the_next_body_is_read)
{
    struct body_reader *reader = body_reader_new();
    struct http_head chunked = head_of("Transfer-Encoding: chunked\r\n");
    struct text piece;
    body_reader_begin_text(reader, &chunked, BODY_DECODED, TEXT("3\r\none\r\nwords"));
    ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_OK);
    ck_assert(text_equal(piece, TEXT("one")));
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_LOST);
        ck_assert_int_eq(body_reader_error(reader), BODY_CHUNKS_BROKEN);
        ck_assert_str_eq(body_reader_words(reader), "the chunk framing is broken");
    }
    body_reader_begin_text(reader, &chunked, BODY_DECODED,
                           TEXT("2\r\nup\r\n0\r\nField: x\r\n\r\n"));
    ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_OK);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_END);
    ck_assert_int_eq(body_reader_error(reader), BODY_SOUND);
    ck_assert_str_eq(body_reader_words(reader), "");
    ck_assert(body_reader_has_trailers(reader));
    http_head_release(&chunked);
    body_reader_free(reader);
}
END_TEST

static enum result next_that_fails(void *context, struct text *bytes)
{
    int *left = context;
    *bytes = TEXT("words");
    return (*left)-- > 0 ? RESULT_OK : RESULT_BROKEN;
}

START_TEST(test_a_source_that_fails)
{
    struct body_reader *reader = body_reader_new();
    struct text piece;
    int left = 1;
    body_reader_begin(reader, NULL, BODY_DECODED, (struct body_source){next_that_fails, &left});
    ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_OK);
    ck_assert_int_eq(body_reader_next(reader, &piece), RESULT_LOST);
    ck_assert_int_eq(body_reader_error(reader), BODY_UNREADABLE);
    body_reader_free(reader);
}
END_TEST

/* ---- large bodies ---- */

static long resident_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

START_TEST(test_a_large_spool_costs_little_memory)
{
    struct body_reader *reader = body_reader_new();
    struct http_head chunked = head_of("Transfer-Encoding: chunked\r\n");
    struct trouble trouble;
    struct spool spool;
    struct text piece;
    struct buf room;
    enum body_error error;
    char *bytes = calloc(1, MEBIBYTE);
    size_t sum = 0;
    spool_init(&spool, MEBIBYTE, "/tmp");
    for (int i = 0; i < LARGE / MEBIBYTE; i++) {
        ck_assert_int_eq(spool_append(&spool, "100000\r\n", 8, &trouble), RESULT_OK);
        ck_assert_int_eq(spool_append(&spool, bytes, MEBIBYTE, &trouble), RESULT_OK);
        ck_assert_int_eq(spool_append(&spool, "\r\n", 2, &trouble), RESULT_OK);
    }
    ck_assert_int_eq(spool_append(&spool, "0\r\n\r\n", 5, &trouble), RESULT_OK);
    long before = resident_kb();
    body_reader_begin_spool(reader, &chunked, BODY_DECODED, &spool, 0);
    while (body_reader_next(reader, &piece) == RESULT_OK)
        sum += piece.length;
    ck_assert_uint_eq(sum, LARGE);
    ck_assert_int_eq(body_reader_error(reader), BODY_SOUND);
    buf_init(&room, 4 * (size_t)MEBIBYTE);
    body_reader_begin_spool(reader, &chunked, BODY_DECODED, &spool, 0);
    ck_assert_uint_eq(body_reader_all(reader, &room, &error).length, room.limit);
    ck_assert_int_eq(error, BODY_TOO_LONG);
    ck_assert_int_lt(resident_kb() - before, 16 * 1024);
    free(bytes);
    buf_release(&room);
    spool_release(&spool);
    http_head_release(&chunked);
    body_reader_free(reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("body_reader");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_a_body_without_framing_is_not_copied);
    tcase_add_test(tests, test_errors_are_reported);
    tcase_add_test(tests, test_damage_is_judged_alike_in_any_pieces);
    tcase_add_test(tests, test_the_body_tells_what_no_coding_is_called);
    tcase_add_test(tests, test_the_body_tells_that_it_is_no_text);
    tcase_add_test(tests, test_errors_have_names_and_words);
    tcase_add_test(tests, test_an_error_stays_and_the_next_body_is_read);
    tcase_add_test(tests, test_a_source_that_fails);
    tcase_add_test(tests, test_a_large_spool_costs_little_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
