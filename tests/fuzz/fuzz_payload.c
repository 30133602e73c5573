/*
 * HTTP messages as blocks of records: the payload comes to an end, is the same whether octets come
 * at once or one at a time, and without decoding what is left of the block when the chunk framing
 * is taken off it.  Digests are checked beside it.  A check of the record finds the same both ways.
 */
#include <config.h>

#include <string.h>

#include "base/buf.h"
#include "http/http_body.h"
#include "tests/fuzz/fuzz.h"
#include "warccap/warc.h"

enum { PAYLOAD_MOST = 1 << 22 }; /* a small body may decode to a large one */

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

static enum warc_result read_payload(struct warc_reader *reader, int flags, struct buf *out)
{
    const struct warc_record *record;
    const char *bytes;
    size_t length;
    enum warc_result result;
    FUZZ_CHECK(reader && warc_reader_check_digests(reader));
    FUZZ_CHECK(warc_reader_next(reader, &record) == WARC_OK);
    struct warc_payload *payload = warc_payload_open(reader, record, flags);
    FUZZ_CHECK(payload);
    while ((result = warc_payload_read(payload, &bytes, &length)) == WARC_OK &&
           out->length < PAYLOAD_MOST) {
        FUZZ_CHECK(length > 0);
        buf_append(out, bytes, length);
    }
    FUZZ_CHECK(result == WARC_OK || result == WARC_END || result == WARC_LOST);
    FUZZ_CHECK((result == WARC_LOST) == (warc_payload_words(payload)[0] != '\0'));
    warc_payload_close(payload);
    FUZZ_CHECK(warc_reader_finish(reader, NULL) == WARC_FLAWED); /* its digests are wrong */
    FUZZ_CHECK(warc_reader_next(reader, &record) == WARC_END);
    warc_reader_close(reader);
    return result;
}

/* Octet by octet, so that nothing is shared with how the library reads. */
static enum body_state dechunk(struct text body, struct buf *payload)
{
    struct dechunker dechunker;
    dechunker_init(&dechunker);
    while (body.length && dechunker.state == BODY_MORE) {
        struct text octet = text_first(body, 1), piece;
        dechunker_take(&dechunker, &octet, &piece);
        buf_add_text(payload, piece);
        body = text_skip(body, 1 - octet.length);
    }
    return dechunker.state;
}

/* What the payload has to be when nothing is decoded. */
static void check_framing(struct text block, struct text payload, enum warc_result result)
{
    struct http_head head = {0};
    struct buf wanted;
    buf_init(&wanted, 1 << 24);
    if (http_response_read(&head, block) && http_head_length(block, 0) == head.length) {
        struct text body = text_skip(block, head.length);
        enum body_state state = BODY_WHOLE;
        if (http_body_is_chunked(&head))
            state = dechunk(body, &wanted);
        else
            buf_add_text(&wanted, body);
        FUZZ_CHECK(text_equal(payload, buf_text(&wanted)));
        FUZZ_CHECK((result == WARC_END) == (state == BODY_WHOLE));
    }
    http_head_release(&head);
    buf_release(&wanted);
}

/* A block, given in pieces. */
struct pieces {
    struct text left;
    size_t most;
};

static enum warc_result next_piece(void *context, const char **bytes, size_t *length)
{
    struct pieces *pieces = context;
    struct text piece =
        text_first(pieces->left,
                   pieces->left.length < pieces->most ? pieces->left.length : pieces->most);
    pieces->left = text_skip(pieces->left, piece.length);
    *bytes = piece.at;
    *length = piece.length;
    return piece.length ? WARC_OK : WARC_END;
}

/* What is found in the record, as text. */
static void check_in_pieces(struct text block, enum warc_type type, size_t most, struct buf *found)
{
    const struct warc_field fields[] = {{"WARC-Target-URI", "http://e/"},
                                        {"WARC-Date", "2026-03-04T05:06:07Z"},
                                        {"Content-Type", "application/http"}};
    const struct warc_record record = {type, 11, fields, 3, (int64_t)block.length};
    struct pieces pieces = {block, most};
    const struct warc_flaw *flaw;
    struct warc_check *check = warc_check_new();
    FUZZ_CHECK(check);
    enum warc_result result =
        warc_check_record(check, &record,
                          &(struct warc_block){sizeof(struct warc_block), next_piece, &pieces},
                          WARC_CHECK_CONTENT);
    FUZZ_CHECK(result == WARC_OK || result == WARC_FLAWED);
    for (size_t i = 0; (flaw = warc_check_flaw(check, i)); i++)
        buf_printf(found, "%d %s\n", flaw->level, flaw->words);
    warc_check_free(check);
}

static void compare_checks(struct text block, enum warc_type type)
{
    struct buf at_once, dripped;
    buf_init(&at_once, 1 << 20);
    buf_init(&dripped, 1 << 20);
    check_in_pieces(block, type, block.length ? block.length : 1, &at_once);
    check_in_pieces(block, type, 1, &dripped);
    FUZZ_CHECK(text_equal(buf_text(&at_once), buf_text(&dripped)));
    buf_release(&at_once);
    buf_release(&dripped);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text block = fuzz_text(data, size);
    struct buf file, at_once, dripped;
    if (size > 1 << 16)
        return 0;
    buf_init(&file, 1 << 20);
    buf_printf(&file,
               "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: "
               "2026-03-04T05:06:07Z\r\n"
               "WARC-Target-URI: http://e/\r\nContent-Type: application/http;msgtype=response\r\n"
               "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
               "WARC-Payload-Digest: sha256:%064d\r\nContent-Length: %zu\r\n\r\n",
               0, size);
    buf_add_text(&file, block);
    buf_add(&file, "\r\n\r\n");
    for (int flags = 0; flags <= WARC_PAYLOAD_DECODED; flags++) {
        struct drip drip = {buf_text(&file)};
        buf_init(&at_once, 2 * PAYLOAD_MOST);
        buf_init(&dripped, 2 * PAYLOAD_MOST);
        enum warc_result one =
            read_payload(warc_reader_open_memory(file.data, file.length, "memory"), flags,
                         &at_once);
        enum warc_result other = read_payload(
            warc_reader_open_source(&(struct warc_source){.struct_size = sizeof(struct warc_source),
                                                          .read = read_drip,
                                                          .context = &drip,
                                                          .name = "drip"}),
            flags, &dripped);
        size_t least = at_once.length < dripped.length ? at_once.length : dripped.length;
        FUZZ_CHECK(memcmp(at_once.length ? at_once.data : "", dripped.length ? dripped.data : "",
                          least) == 0);
        if (one != WARC_OK && other != WARC_OK) /* neither was left off for its length */
            FUZZ_CHECK(one == other && at_once.length == dripped.length);
        if (!flags && one != WARC_OK)
            check_framing(block, buf_text(&at_once), one);
        buf_release(&at_once);
        buf_release(&dripped);
    }
    buf_release(&file);
    compare_checks(block, WARC_RESPONSE);
    compare_checks(block, WARC_REQUEST);
    return 0;
}
