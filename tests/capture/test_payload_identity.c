#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "capture/dechunk.h"
#include "capture/payload_identity.h"

enum { MEBIBYTE = 1 << 20 };

static struct trouble trouble;

static struct http_head head_of(struct text message)
{
    struct http_head head;
    ck_assert(http_response_read(&head, message));
    return head;
}

/* The identity of a response that has just come. */
static void read_spool(struct payload_reader *reader, struct text message, size_t in_memory,
                       struct payload_identity *identity)
{
    struct http_head head = head_of(message);
    struct spool spool;
    spool_init(&spool, in_memory, "/tmp");
    ck_assert_int_eq(spool_append(&spool, message.at, message.length, &trouble), RESULT_OK);
    ck_assert_int_eq(payload_read_spool(reader, &head, &spool, head.length, identity, &trouble),
                     RESULT_OK);
    ck_assert(identity->known);
    spool_release(&spool);
    http_head_release(&head);
}

/* The identity of the same response, read from the archive. */
static void read_stored(struct payload_reader *reader, struct text message,
                        struct payload_identity *identity)
{
    struct http_head head = head_of(message);
    const struct warc_record *record;
    struct buf file;
    buf_init(&file, MEBIBYTE);
    buf_printf(&file,
               "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: "
               "2026-03-04T05:06:07Z\r\nWARC-Target-URI: http://e/\r\nContent-Type: "
               "application/http;msgtype=response\r\nContent-Length: %zu\r\n\r\n",
               message.length);
    buf_add_text(&file, message);
    buf_add(&file, "\r\n\r\n");
    struct warc_reader *warc = warc_reader_open_memory(file.data, file.length, "memory");
    ck_assert_int_eq(warc_reader_next(warc, &record), WARC_OK);
    struct warc_payload *payload = warc_payload_open(warc, record, 0);
    ck_assert_int_eq(payload_read_stored(reader, &head, payload, identity), RESULT_OK);
    ck_assert(identity->known);
    warc_payload_close(payload);
    warc_reader_close(warc);
    buf_release(&file);
    http_head_release(&head);
}

static void check_same(const struct payload_identity *a, const struct payload_identity *b)
{
    ck_assert_mem_eq(a->payload.sha1, b->payload.sha1, sizeof a->payload.sha1);
    ck_assert_mem_eq(a->payload.sha256, b->payload.sha256, sizeof a->payload.sha256);
    ck_assert_int_eq(a->payload.length, b->payload.length);
    ck_assert(text_equal(a->payload.framing, b->payload.framing));
    ck_assert_int_eq(a->besides, b->besides);
}

static const struct {
    struct text message;
    int64_t length;
    const char *framing;
    enum payload_besides besides;
    bool shared;
} responses[] = {
    {WORD("HTTP/1.1 200 OK\r\n\r\nwords"), 5, "", PAYLOAD_ALONE, true},
    {WORD("HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\n\r\nwords"), 5, "", PAYLOAD_ALONE,
     true},
    {WORD("HTTP/1.1 200 OK\r\nContent-Encoding: X-Own\r\n\r\nwords"), 5, "x-own", PAYLOAD_ALONE,
     true},
    {WORD("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nwo\r\n3\r\nrds\r\n0\r\n\r\n"),
     5, "chunked ", PAYLOAD_ALONE, true},
    {WORD("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\nX: y\r\n\r\n"),
     5, "chunked ", PAYLOAD_TRAILERS, false},
    {WORD("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\nrubbish"), 5,
     "chunked ", PAYLOAD_RUBBISH, false},
    {WORD("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwor"), 3, "chunked ",
     PAYLOAD_ALONE, true},
    {WORD("HTTP/1.1 206 Part\r\n\r\nwords"), 5, "", PAYLOAD_ALONE, false},
    {WORD("HTTP/1.1 200 OK\r\n\r\n"), 0, "", PAYLOAD_ALONE, false},
};

START_TEST(test_stored_and_live_payloads_have_one_identity)
{
    struct payload_reader reader;
    struct payload_identity live, large, stored;
    ck_assert(payload_reader_init(&reader, PAYLOAD_SHA256));
    for (size_t i = 0; i < sizeof responses / sizeof *responses; i++) {
        struct http_head head = head_of(responses[i].message);
        read_spool(&reader, responses[i].message, MEBIBYTE, &live);
        read_spool(&reader, responses[i].message, 0, &large);
        read_stored(&reader, responses[i].message, &stored);
        check_same(&live, &large);
        check_same(&live, &stored);
        ck_assert_int_eq(live.payload.length, responses[i].length);
        ck_assert_str_eq(live.framing, responses[i].framing);
        ck_assert_int_eq(live.besides, responses[i].besides);
        ck_assert_int_eq(payload_identity_may_be_shared(&live, &head), responses[i].shared);
        http_head_release(&head);
    }
    payload_reader_release(&reader);
}
END_TEST

START_TEST(test_without_deduplication_only_sha1_is_computed)
{
    static const unsigned char none[32];
    struct payload_reader one, both;
    struct payload_identity a, b;
    ck_assert(payload_reader_init(&one, PAYLOAD_SHA1));
    ck_assert(payload_reader_init(&both, PAYLOAD_SHA256));
    read_spool(&one, responses[0].message, MEBIBYTE, &a);
    read_spool(&both, responses[0].message, MEBIBYTE, &b);
    ck_assert_mem_eq(a.payload.sha1, b.payload.sha1, sizeof a.payload.sha1);
    ck_assert_mem_eq(a.payload.sha256, none, sizeof none);
    ck_assert_mem_ne(b.payload.sha256, none, sizeof none);
    payload_reader_release(&one);
    payload_reader_release(&both);
}
END_TEST

/* What was computed with chunks is also right for the response without them. */
START_TEST(test_an_identity_outlives_chunks_that_are_taken_off)
{
    struct payload_reader reader;
    struct payload_identity before, after;
    struct exchange *exchange = exchange_new("/tmp");
    struct text message = responses[3].message;
    struct http_head head = head_of(message);
    ck_assert(payload_reader_init(&reader, PAYLOAD_SHA256));
    ck_assert_int_eq(spool_append(&exchange->response, message.at, message.length, &trouble),
                     RESULT_OK);
    read_spool(&reader, message, MEBIBYTE, &before);
    ck_assert(dechunk_may(&head, before.besides));
    ck_assert_int_eq(dechunk(&reader, exchange, &head, &trouble), RESULT_OK);
    http_head_release(&head);
    ck_assert(text_equal(spool_bytes(&exchange->response), responses[0].message));
    head = head_of(spool_bytes(&exchange->response));
    ck_assert_uint_eq(exchange->head_length, head.length);
    payload_identity_set_framing(&before, &head);
    read_spool(&reader, responses[0].message, MEBIBYTE, &after);
    check_same(&before, &after);
    http_head_release(&head);
    exchange_free(exchange);
    payload_reader_release(&reader);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("payload_identity");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, test_stored_and_live_payloads_have_one_identity);
    tcase_add_test(tests, test_without_deduplication_only_sha1_is_computed);
    tcase_add_test(tests, test_an_identity_outlives_chunks_that_are_taken_off);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
