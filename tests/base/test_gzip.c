/* Gzip members: whatever library writes them, zlib must read them back. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/entropy.h"
#include "base/gzip.h"

enum { MOST = 3 << 20 };

/* Three kinds of bytes: text, random bytes, and one byte repeated. */
static char *make_bytes(int kind)
{
    char *bytes = malloc(MOST);
    if (kind == 1)
        entropy_fill(bytes, MOST);
    else
        for (size_t i = 0; i < MOST; i++)
            bytes[i] = kind == 0 ? (char)('a' + (i * i >> 9) % 26) : 'x';
    return bytes;
}

/* Inflates one member with zlib, which checks CRC and length, and compares the bytes. */
static void check_member(const struct buf *member, struct text wanted)
{
    z_stream zlib = {0};
    char *out = malloc(wanted.length + 1);
    ck_assert_uint_ge(member->length, 18);
    ck_assert_mem_eq(member->data, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    ck_assert_int_eq(inflateInit2(&zlib, MAX_WBITS + 16), Z_OK);
    zlib.next_in = (unsigned char *)member->data;
    zlib.avail_in = (unsigned)member->length;
    zlib.next_out = (unsigned char *)out;
    zlib.avail_out = (unsigned)wanted.length + 1;
    ck_assert_int_eq(inflate(&zlib, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(zlib.avail_in, 0);
    ck_assert_uint_eq(zlib.total_out, wanted.length);
    ck_assert(memcmp(out, wanted.at, wanted.length) == 0);
    inflateEnd(&zlib);
    free(out);
}

/* Two kinds of the records that are short, which one code has to suit, and what it does not suit.
 */
START_TEST(short_input_is_held_too)
{
    char bytes[1002];
    struct gzip *gzip = gzip_new();
    struct buf out;
    buf_init(&out, 1 << 20);
    for (int seed = 0; seed < 12; seed++) {
        const char *letters = seed % 3 == 0 ? "WARC-Type: request\r\nHost: example.org\r\n"
                              : seed % 3 == 1
                                  ? "\x80\xff\0\x7f~^`{|}\xc3\xa9\xe2\x82\xac\x01\x02\x03"
                                  : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = letters[seed % 3 == 1 ? (i * i * 7 + (size_t)seed * i) % 20 : i % 39];
        for (size_t length = 0; length <= sizeof bytes; length += length < 40 ? 1 : 37) {
            struct text input = {bytes, length};
            buf_clear(&out);
            ck_assert(gzip_member(gzip, GZIP_FAST, input, &out));
            check_member(&out, input);
            ck_assert_uint_le(out.length, length + 64);
        }
    }
    for (int value = 0; value < 256; value++) { /* each byte has a code */
        memset(bytes, 'e', sizeof bytes);
        bytes[500] = (char)value;
        buf_clear(&out);
        ck_assert(gzip_member(gzip, GZIP_FAST, (struct text){bytes, 900}, &out));
        check_member(&out, (struct text){bytes, 900});
    }
    buf_release(&out);
    gzip_free(gzip);
}
END_TEST

START_TEST(a_member_holds_its_input)
{
    static const size_t lengths[] = {0, 1, 2, 100, 4095, 65535, 65536, 100001, 1 << 20, MOST};
    struct gzip *gzip = gzip_new();
    struct buf out, again;
    buf_init(&out, 8 << 20);
    buf_init(&again, 8 << 20);
    for (int kind = 0; kind < 3; kind++) {
        char *bytes = make_bytes(kind);
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            for (enum gzip_effort effort = GZIP_STORE; effort <= GZIP_SMALL; effort++) {
                struct text input = {bytes, lengths[i]};
                buf_clear(&out);
                buf_clear(&again);
                ck_assert(gzip_member(gzip, effort, input, &out));
                check_member(&out, input);
                ck_assert_uint_le(out.length, lengths[i] + lengths[i] / 1000 + 64);
                /* Earlier members must leave no trace in later ones. */
                ck_assert(gzip_member(gzip, effort, input, &again));
                ck_assert_uint_eq(again.length, out.length);
                ck_assert(memcmp(again.data, out.data, out.length) == 0);
            }
        }
        free(bytes);
    }
    buf_release(&out);
    buf_release(&again);
    gzip_free(gzip);
}
END_TEST

START_TEST(pieces_make_one_member)
{
    static const size_t pieces[] = {1, 7, 1000, 65536, 300000};
    struct gzip *gzip = gzip_new();
    struct buf out, other;
    buf_init(&out, 8 << 20);
    buf_init(&other, 8 << 20);
    for (int kind = 0; kind < 3; kind++) {
        char *bytes = make_bytes(kind);
        for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
            for (enum gzip_effort effort = GZIP_STORE; effort <= GZIP_SMALL; effort++) {
                struct text whole = {bytes, pieces[i] < 10 ? 2000 : MOST}, rest = whole;
                buf_clear(&out);
                ck_assert(gzip_stream_begin(gzip, effort));
                while (rest.length) {
                    ck_assert(gzip_stream_add(gzip, text_first(rest, pieces[i]), &out));
                    rest = text_skip(rest, pieces[i]);
                }
                ck_assert(gzip_stream_end(gzip, &out));
                check_member(&out, whole);
                buf_clear(&other);
                ck_assert(gzip_member(gzip, effort, text_first(whole, 1000), &other));
                check_member(&other, text_first(whole, 1000));
            }
        }
        free(bytes);
    }
    buf_clear(&out);
    ck_assert(gzip_stream_begin(gzip, GZIP_FAST));
    ck_assert(gzip_stream_end(gzip, &out));
    check_member(&out, TEXT(""));
    buf_release(&out);
    buf_release(&other);
    gzip_free(gzip);
}
END_TEST

START_TEST(a_full_buffer_is_reported)
{
    struct gzip *gzip = gzip_new();
    char *bytes = make_bytes(1);
    struct buf out;
    for (enum gzip_effort effort = GZIP_STORE; effort <= GZIP_SMALL; effort++) {
        buf_init(&out, 1000);
        ck_assert(!gzip_member(gzip, effort, (struct text){bytes, 100000}, &out));
        ck_assert(!buf_ok(&out));
        buf_release(&out);
        buf_init(&out, 1 << 20);
        ck_assert(gzip_member(gzip, effort, (struct text){bytes, 100000}, &out));
        check_member(&out, (struct text){bytes, 100000});
        buf_release(&out);
    }
    free(bytes);
    gzip_free(gzip);
    gzip_free(NULL);
}
END_TEST

START_TEST(the_crc_is_that_of_the_specification)
{
    ck_assert_uint_eq(gzip_crc(0, TEXT("")), 0);
    ck_assert_uint_eq(gzip_crc(0, TEXT("123456789")), 0xcbf43926);
    ck_assert_uint_eq(gzip_crc(gzip_crc(0, TEXT("1234")), TEXT("56789")), 0xcbf43926);
    char bytes[3000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * i >> 3);
    for (size_t i = 0; i < sizeof bytes; i += i < 300 ? 1 : 97)
        ck_assert_uint_eq(gzip_crc(gzip_crc(0, (struct text){bytes, i}),
                                   (struct text){bytes + i, sizeof bytes - i}),
                          crc32(0, (const unsigned char *)bytes, sizeof bytes));
    ck_assert_ptr_nonnull(strstr(gzip_backends(), "zlib"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gzip");
    TCase *tests = tcase_create("gzip");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_member_holds_its_input);
    tcase_add_test(tests, short_input_is_held_too);
    tcase_add_test(tests, pieces_make_one_member);
    tcase_add_test(tests, a_full_buffer_is_reported);
    tcase_add_test(tests, the_crc_is_that_of_the_specification);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
