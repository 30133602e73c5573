/* Payloads: codings, chunk framing, damage, heads, and memory for large bodies. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#if defined HAVE_BROTLI && defined HAVE_BROTLIENC
#define CODES_BROTLI
#include <brotli/encode.h>
#endif

#include "base/buf.h"
#include "base/spool.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "warccap/warc.h"

/* Makes a record with that content type and block. */
static void add_record(struct buf *file, const char *content_type, struct text block)
{
    buf_printf(file,
               "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: "
               "2026-03-04T05:06:07Z\r\n"
               "WARC-Target-URI: http://e/\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
               content_type, block.length);
    buf_add_text(file, block);
    buf_add(file, "\r\n\r\n");
}

/* `window_bits` as zlib uses it: 31 gzip, 15 zlib, -15 raw deflate. */
static void add_packed(struct buf *out, struct text plain, int window_bits)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)plain.at,
                  .avail_in = (unsigned)plain.length};
    ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.avail_out = (unsigned)deflateBound(&z, plain.length) + 32;
    z.next_out = (unsigned char *)buf_room(out, z.avail_out);
    unsigned room = z.avail_out;
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_grew(out, room - z.avail_out);
    deflateEnd(&z);
}

static void add_chunked(struct buf *out, struct text body, size_t size)
{
    while (body.length) {
        struct text piece = text_first(body, size);
        buf_printf(out, "%zx;x=y\r\n", piece.length);
        buf_add_text(out, piece);
        buf_add(out, "\r\n");
        body = text_skip(body, piece.length);
    }
    buf_add(out, "0\r\n\r\n");
}

/* Passes bytes one at a time, so that every boundary is tested. */
struct drip {
    struct text left;
};

static ptrdiff_t read_drip(void *context, void *out, size_t room)
{
    struct drip *drip = context;
    if (!drip->left.length || !room)
        return 0;
    *(char *)out = drip->left.at[0];
    drip->left = text_skip(drip->left, 1);
    return 1;
}

/* A body that was just received, in a spool in memory or in a file, must give the same as the one
 * in the archive. */
static void check_spools(struct text block, int flags, struct text wanted, const char *coding,
                         enum warc_result result)
{
    struct http_head head;
    struct body_reader *reader = body_reader_new();
    for (int file = 0; file < 2 && http_response_read(&head, block); file++) {
        struct trouble trouble;
        struct spool spool;
        struct text piece;
        struct buf got;
        enum result end;
        buf_init(&got, 1 << 26);
        spool_init(&spool, file ? 0 : 1 << 26, "/tmp");
        ck_assert_int_eq(spool_append(&spool, block.at, block.length, &trouble), RESULT_OK);
        body_reader_begin_spool(reader, &head, flags ? BODY_DECODED : BODY_AS_CODED, &spool,
                                head.length);
        while ((end = body_reader_next(reader, &piece)) == RESULT_OK)
            buf_add_text(&got, piece);
        ck_assert(text_equal(buf_text(&got), wanted));
        ck_assert_int_eq(end == RESULT_END, result == WARC_END);
        ck_assert_str_eq(body_reader_coding(reader), coding);
        spool_release(&spool);
        buf_release(&got);
        http_head_release(&head);
    }
    http_head_release(&head);
    body_reader_free(reader);
}

/* Reads the payload of a block both ways and compares them.  Returns the result at the end. */
static enum warc_result read_back(const char *content_type, struct text block, int flags,
                                  struct text wanted, const char *coding)
{
    struct buf file, got;
    enum warc_result result = WARC_OK, first = WARC_OK;
    buf_init(&file, 1 << 26);
    add_record(&file, content_type, block);
    for (int way = 0; way < 2; way++) {
        struct drip drip = {buf_text(&file)};
        struct warc_source source = {.struct_size = sizeof(struct warc_source),
                                     .read = read_drip,
                                     .context = &drip,
                                     .name = "drip"};
        struct warc_reader *reader =
            way ? warc_reader_open_source(&source)
                : warc_reader_open_memory(file.data, file.length, "memory");
        const struct warc_record *record;
        const char *bytes;
        size_t length;
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        struct warc_payload *payload = warc_payload_open(reader, record, flags);
        ck_assert_ptr_nonnull(payload);
        buf_init(&got, 1 << 26);
        while ((result = warc_payload_read(payload, &bytes, &length)) == WARC_OK)
            buf_append(&got, bytes, length);
        ck_assert_msg(text_equal(buf_text(&got), wanted), "way %d: %zu bytes instead of %zu", way,
                      got.length, wanted.length);
        ck_assert_str_eq(warc_payload_coding(payload), coding);
        ck_assert_int_eq(result == WARC_LOST, warc_payload_words(payload)[0] != '\0');
        bool known = !*coding || !(flags & WARC_PAYLOAD_DECODED);
        ck_assert_int_eq(warc_payload_error(payload) == WARC_PAYLOAD_SOUND,
                         result == WARC_END && known);
        /* and so does every later call */
        ck_assert_int_eq(warc_payload_read(payload, &bytes, &length), result);
        warc_payload_close(payload);
        ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK); /* the record itself is fine */
        warc_reader_close(reader);
        buf_release(&got);
        first = way ? first : result;
        ck_assert_int_eq(first, result);
    }
    buf_release(&file);
    if (strncmp(content_type, "application/http", 16) == 0)
        check_spools(block, flags, wanted, coding, result);
    return result;
}

#define HTTP "application/http;msgtype=response"

static struct buf message(const char *fields)
{
    struct buf block;
    buf_init(&block, 1 << 26);
    buf_printf(&block, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    return block;
}

/* Compressible, and longer than every buffer involved. */
static struct buf long_text(void)
{
    struct buf text;
    buf_init(&text, 1 << 24);
    for (int i = 0; i < 20000; i++)
        buf_printf(&text, "line %d of the page, ", i * 7919 % 10007);
    return text;
}

START_TEST(test_whole_block)
{
    ck_assert_int_eq(read_back("text/plain", TEXT("some words"), 0, TEXT("some words"), ""),
                     WARC_END);
    ck_assert_int_eq(read_back("text/plain", TEXT(""), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_END);
}
END_TEST

START_TEST(test_chunked_and_coded)
{
    static const struct {
        const char *name;
        int window_bits;
    } codings[] = {{"gzip", 31}, {"x-gzip", 31}, {"deflate", 15}, {"deflate", -15}};
    struct buf text = long_text();
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
        char fields[128];
        struct buf packed;
        buf_init(&packed, 1 << 24);
        add_packed(&packed, buf_text(&text), codings[i].window_bits);
        snprintf(fields, sizeof fields, "Content-Encoding: %s\r\nTransfer-Encoding: chunked\r\n",
                 codings[i].name);
        struct buf block = message(fields);
        add_chunked(&block, buf_text(&packed), 999);
        ck_assert_int_eq(read_back(HTTP, buf_text(&block), 0, buf_text(&packed), codings[i].name),
                         WARC_END);
        ck_assert_int_eq(
            read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, buf_text(&text), ""), WARC_END);
        buf_release(&block);
        buf_release(&packed);
    }
    buf_release(&text);
}
END_TEST

START_TEST(test_codings_over_each_other)
{
    struct buf text = long_text(), once, twice,
               block = message("Content-Encoding: deflate, gzip\r\n"),
               other = message("Content-Encoding: compress, gzip\r\n");
    buf_init(&once, 1 << 24);
    buf_init(&twice, 1 << 24);
    add_packed(&once, buf_text(&text), 15);
    add_packed(&twice, buf_text(&once), 31);
    buf_add_text(&block, buf_text(&twice));
    buf_add_text(&other, buf_text(&twice));
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, buf_text(&text), ""),
                     WARC_END);
    ck_assert_int_eq(read_back(HTTP, buf_text(&other), WARC_PAYLOAD_DECODED, buf_text(&once),
                               "compress"),
                     WARC_END);
    buf_release(&text);
    buf_release(&once);
    buf_release(&twice);
    buf_release(&block);
    buf_release(&other);
}
END_TEST

#ifdef CODES_BROTLI
static void add_brotli(struct buf *out, struct text plain)
{
    size_t length = BrotliEncoderMaxCompressedSize(plain.length);
    char *room = buf_room(out, length);
    ck_assert(BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, plain.length,
                                    (const uint8_t *)plain.at, &length, (uint8_t *)room));
    buf_grew(out, length);
}

START_TEST(test_brotli)
{
    struct buf text = long_text(), packed,
               block = message("Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n"),
               over = message("Content-Encoding: gzip, br\r\n"),
               cut = message("Content-Encoding: br\r\n"),
               empty = message("Content-Encoding: br\r\n"),
               bad = message("Content-Encoding: br\r\n"), once;
    buf_init(&packed, 1 << 24);
    buf_init(&once, 1 << 24);
    add_brotli(&packed, buf_text(&text));
    add_chunked(&block, buf_text(&packed), 777);
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), 0, buf_text(&packed), "br"), WARC_END);
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, buf_text(&text), ""),
                     WARC_END);
    add_packed(&once, buf_text(&text), 31);
    add_brotli(&over, buf_text(&once));
    buf_add(&over, "behind it");
    ck_assert_int_eq(read_back(HTTP, buf_text(&over), WARC_PAYLOAD_DECODED, buf_text(&text), ""),
                     WARC_END);
    add_brotli(&empty, TEXT(""));
    ck_assert_int_eq(read_back(HTTP, buf_text(&empty), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_END);
    buf_clear(&packed);
    add_brotli(&packed, TEXT("hello, hello, hello"));
    buf_add_text(&cut, text_first(buf_text(&packed), packed.length - 1));
    ck_assert_int_eq(read_back(HTTP, buf_text(&cut), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_LOST);
    buf_add(&bad, "\xff\xff\xff\xff");
    ck_assert_int_eq(read_back(HTTP, buf_text(&bad), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_LOST);
    for (size_t i = 0; i < 7; i++)
        buf_release((struct buf *[]){&text, &packed, &block, &over, &cut, &empty, &bad}[i]);
    buf_release(&once);
}
END_TEST
#endif

#ifdef HAVE_ZSTD
static void add_zstd(struct buf *out, struct text plain, int window_log)
{
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(plain.length);
    ck_assert(!ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, window_log)));
    ck_assert(!ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_contentSizeFlag, 0)));
    ZSTD_inBuffer in = {plain.at, plain.length, 0};
    ZSTD_outBuffer space = {buf_room(out, room), room, 0};
    ck_assert(!ZSTD_isError(ZSTD_compressStream2(zstd, &space, &in, ZSTD_e_continue)));
    ck_assert_uint_eq(ZSTD_compressStream2(zstd, &space, &in, ZSTD_e_end), 0);
    buf_grew(out, space.pos);
    ZSTD_freeCCtx(zstd);
}

START_TEST(test_zstd)
{
    struct buf text = long_text(), packed, block = message("Content-Encoding: zstd\r\n"),
               frames = message("Content-Encoding: ZSTD\r\n"),
               cut = message("Content-Encoding: zstd\r\n"),
               wide = message("Content-Encoding: zstd\r\n"),
               bad = message("Content-Encoding: zstd\r\n");
    buf_init(&packed, 1 << 24);
    add_zstd(&block, buf_text(&text), 23);
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, buf_text(&text), ""),
                     WARC_END);
    add_zstd(&frames, TEXT("one and "), 20);
    add_zstd(&frames, TEXT("the other"), 20);
    buf_add(&frames, "behind it");
    ck_assert_int_eq(read_back(HTTP, buf_text(&frames), WARC_PAYLOAD_DECODED,
                               TEXT("one and the other"), ""),
                     WARC_END);
    add_zstd(&packed, TEXT("hello, hello, hello"), 20);
    buf_add_text(&cut, text_first(buf_text(&packed), packed.length - 1));
    ck_assert_int_eq(read_back(HTTP, buf_text(&cut), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_LOST);
    /* a body must not make the reader allocate a window of 128 MiB */
    add_zstd(&wide, buf_text(&text), 27);
    ck_assert_int_eq(read_back(HTTP, buf_text(&wide), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_LOST);
    buf_add(&bad, "plain words");
    ck_assert_int_eq(read_back(HTTP, buf_text(&bad), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_LOST);
    for (size_t i = 0; i < 7; i++)
        buf_release((struct buf *[]){&text, &packed, &block, &frames, &cut, &wide, &bad}[i]);
}
END_TEST
#endif

/* A few bytes that decode to tens of millions come in small pieces, and reading can stop at any
 * time. */
START_TEST(test_bombs)
{
    static const struct {
        const char *name;
        int window_bits;
    } codings[] = {{"gzip", 31}, {"br", 0}, {"zstd", 0}};
    enum { MUCH = 48 << 20 };
    char *zeros = calloc(1, MUCH);
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++) {
        char fields[64];
        struct buf file, block;
        snprintf(fields, sizeof fields, "Content-Encoding: %s\r\n", codings[i].name);
        block = message(fields);
        if (codings[i].window_bits)
            add_packed(&block, (struct text){zeros, MUCH}, codings[i].window_bits);
#ifdef CODES_BROTLI
        if (i == 1)
            add_brotli(&block, (struct text){zeros, MUCH});
#endif
#ifdef HAVE_ZSTD
        if (i == 2)
            add_zstd(&block, (struct text){zeros, MUCH}, 23);
#endif
        if (block.length < 100)
            continue; /* the library for this coding is not installed */
        buf_init(&file, 1 << 24);
        add_record(&file, HTTP, buf_text(&block));
        struct warc_reader *reader = warc_reader_open_memory(file.data, file.length, "memory");
        const struct warc_record *record;
        const char *bytes;
        size_t length, most = 0, sum = 0;
        ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
        struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
        while (sum < MUCH / 3 && warc_payload_read(payload, &bytes, &length) == WARC_OK) {
            most = length > most ? length : most;
            sum += length;
        }
        ck_assert_uint_ge(sum, MUCH / 3);
        ck_assert_uint_le(most, 1 << 16);
        warc_payload_close(payload);
        ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK);
        warc_reader_close(reader);
        buf_release(&file);
        buf_release(&block);
    }
    free(zeros);
}
END_TEST

/* A record of 300 MiB, made while it is read. */
struct large {
    char head[400];
    size_t head_length, at;
};

enum { LARGE = 300 << 20 };

static ptrdiff_t read_large(void *context, void *out, size_t room)
{
    struct large *large = context;
    size_t all = large->head_length + LARGE + 4, left = all - large->at;
    struct text head = text_skip((struct text){large->head, large->head_length}, large->at);
    size_t length = head.length && head.length < room ? head.length : left < room ? left : room;
    if (head.length)
        memcpy(out, head.at, length);
    else
        for (size_t i = 0; i < length; i++)
            ((char *)out)[i] = large->at + i < all - 4 ? 'x' : "\r\n"[(large->at + i - all) & 1];
    large->at += length;
    return (ptrdiff_t)length;
}

START_TEST(test_a_large_body_costs_little_memory)
{
    struct large large = {.at = 0};
    struct rusage before, after;
    struct warc_source source = {.struct_size = sizeof(struct warc_source),
                                 .read = read_large,
                                 .context = &large,
                                 .name = "large"};
    const struct warc_record *record;
    const char *bytes;
    size_t length, sum = 0;
    enum warc_result result;
    large.head_length = (size_t)snprintf(
        large.head, sizeof large.head,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: "
        "2026-03-04T05:06:07Z\r\nWARC-Target-URI: http://e/\r\nContent-Type: " HTTP
        "\r\nContent-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        LARGE + 19);
    struct warc_reader *reader = warc_reader_open_source(&source);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    getrusage(RUSAGE_SELF, &before);
    struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
    while ((result = warc_payload_read(payload, &bytes, &length)) == WARC_OK)
        sum += length;
    ck_assert_int_eq(result, WARC_END);
    ck_assert_uint_eq(sum, LARGE);
    getrusage(RUSAGE_SELF, &after);
    ck_assert_int_lt(after.ru_maxrss - before.ru_maxrss, 24 * 1024);
    warc_payload_close(payload);
    ck_assert_int_eq(warc_reader_finish(reader, NULL), WARC_OK);
    warc_reader_close(reader);
}
END_TEST

START_TEST(test_members_one_after_another)
{
    struct buf block = message("Content-Encoding: gzip\r\n");
    add_packed(&block, TEXT("one and "), 31);
    add_packed(&block, TEXT("the other"), 31);
    buf_add(&block, "\0\0 behind it"); /* which does not belong to the coded body */
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED,
                               TEXT("one and the other"), ""),
                     WARC_END);
    buf_release(&block);
}
END_TEST

START_TEST(test_bodies_that_only_claim_a_coding)
{
    struct buf block = message("Content-Encoding: gzip\r\n"),
               empty = message("Content-Encoding: gzip\r\n");
    buf_add(&block, "p");
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, TEXT("p"), ""),
                     WARC_END);
    buf_add(&block, "lain words");
    ck_assert_int_eq(
        read_back(HTTP, buf_text(&block), WARC_PAYLOAD_DECODED, TEXT("plain words"), ""), WARC_END);
    ck_assert_int_eq(read_back(HTTP, buf_text(&empty), WARC_PAYLOAD_DECODED, TEXT(""), ""),
                     WARC_END);
    buf_release(&block);
    buf_release(&empty);
}
END_TEST

START_TEST(test_damage)
{
    struct buf block = message("Transfer-Encoding: chunked\r\n"),
               cut = message("Transfer-Encoding: chunked\r\n"),
               coded = message("Content-Encoding: gzip\r\n"), packed;
    buf_add(&block, "5\r\nhello\r\nxyz\r\n");
    ck_assert_int_eq(read_back(HTTP, buf_text(&block), 0, TEXT("hello"), ""), WARC_LOST);
    buf_add(&cut, "5\r\nhello\r\nff\r\nhe");
    ck_assert_int_eq(read_back(HTTP, buf_text(&cut), 0, TEXT("hellohe"), ""), WARC_LOST);
    buf_init(&packed, 1 << 16);
    add_packed(&packed, TEXT("hello, hello, hello"), 31);
    buf_add_text(&coded,
                 text_first(buf_text(&packed), packed.length - 8)); /* all but the trailer */
    ck_assert_int_eq(read_back(HTTP, buf_text(&coded), WARC_PAYLOAD_DECODED,
                               TEXT("hello, hello, hello"), ""),
                     WARC_LOST);
    buf_release(&block);
    buf_release(&cut);
    buf_release(&coded);
    buf_release(&packed);
}
END_TEST

START_TEST(test_head)
{
    struct buf file, block = message("X-A: b\r\nContent-Type:  text/html \r\n");
    const struct warc_record *record;
    size_t length, name_length, value_length;
    const char *name, *value;
    buf_add(&block, "body");
    buf_init(&file, 1 << 16);
    add_record(&file, HTTP, buf_text(&block));
    struct warc_reader *reader = warc_reader_open_memory(file.data, file.length, "memory");
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    struct warc_payload *payload = warc_payload_open(reader, record, 0);
    ck_assert_int_eq(warc_payload_status(payload), 200);
    const char *head = warc_payload_head(payload, &length);
    ck_assert_int_eq(length, block.length - 4);
    ck_assert(memcmp(head, block.data, length) == 0);
    ck_assert(warc_payload_field(payload, 1, &name, &name_length, &value, &value_length));
    ck_assert(text_equal((struct text){name, name_length}, TEXT("Content-Type")));
    ck_assert(text_equal((struct text){value, value_length}, TEXT("text/html")));
    ck_assert(!warc_payload_field(payload, 2, &name, &name_length, &value, &value_length));
    static const char *const parts[] = {"HTTP/1.1 200 OK", "HTTP/1.1", "200", "OK"};
    for (int i = 0; i < 4; i++) {
        const char *part = warc_payload_start(payload, i, &length);
        ck_assert(part && text_equal((struct text){part, length}, text_of(parts[i])));
    }
    ck_assert_ptr_null(warc_payload_start(payload, 4, &length));
    ck_assert_ptr_null(warc_payload_start(payload, -1, &length));
    warc_payload_close(payload);
    warc_reader_close(reader);
    buf_release(&file);
    buf_release(&block);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("payload");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, test_whole_block);
    tcase_add_test(all, test_chunked_and_coded);
    tcase_add_test(all, test_codings_over_each_other);
#ifdef CODES_BROTLI
    tcase_add_test(all, test_brotli);
#endif
#ifdef HAVE_ZSTD
    tcase_add_test(all, test_zstd);
#endif
    tcase_add_test(all, test_bombs);
    tcase_add_test(all, test_a_large_body_costs_little_memory);
    tcase_add_test(all, test_members_one_after_another);
    tcase_add_test(all, test_bodies_that_only_claim_a_coding);
    tcase_add_test(all, test_damage);
    tcase_add_test(all, test_head);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
