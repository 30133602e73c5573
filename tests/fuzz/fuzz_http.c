/*
 * Messages: head, framing and coding of a body.  Fields lie in the head; a body that comes in
 * pieces is de-chunked as one that comes at once; what is put into chunks comes out of them; less
 * room for the decoded body gives less of the same.
 */
#include <config.h>

#include "http/body_reader.h"
#include "http/http_body.h"
#include "http/http_message.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"
#include "traps/challenge.h"
#include "traps/jump.h"
#include "traps/login_page.h"
#include "web/media_type.h"

enum { PAYLOAD_MOST = 1 << 24, DECODED_MOST = 1 << 17, DECODED_LESS = 1000 };

static void check_head(const struct http_head *head, struct text bytes)
{
    struct text own = text_first(bytes, head->length);
    FUZZ_CHECK(head->length <= bytes.length);
    FUZZ_CHECK(fuzz_is_inside(own, head->start) && fuzz_is_inside(head->start, head->version));
    FUZZ_CHECK(fuzz_is_inside(head->start, head->reason) &&
               fuzz_is_inside(head->start, head->method) &&
               fuzz_is_inside(head->start, head->target));
    FUZZ_CHECK(head->field_count <= HTTP_FIELDS_MOST);
    for (size_t i = 0; i < head->field_count; i++) {
        FUZZ_CHECK(fuzz_is_inside(own, head->fields[i].name) &&
                   fuzz_is_inside(own, head->fields[i].value));
        FUZZ_CHECK(text_find_char(head->fields[i].name, ':') < 0 &&
                   text_find_char(head->fields[i].name, '\n') < 0);
    }
}

static void check_type(const struct http_head *head, struct text body)
{
    struct text type = http_field(head, "Content-Type"), charset = media_type_charset(type);
    struct text essence = media_type_essence(type);
    FUZZ_CHECK(fuzz_is_inside(type, essence) && fuzz_is_inside(type, charset));
    FUZZ_CHECK(!essence.length || text_find_char(essence, '/') > 0);
    enum media_kind kind = media_kind_of(type, TEXT("/sitemap.xml"), body);
    FUZZ_CHECK(media_kind_from_name(text_of(media_kind_name(kind))) == (int)kind);
}

/* De-chunks `body` in pieces of 1, 2, ... `longest` octets and again; nothing is looked at behind a
 * piece. */
static void dechunk(struct text body, size_t longest, struct dechunker *dechunker,
                    struct buf *payload)
{
    size_t length = 0;
    dechunker_init(dechunker);
    while (body.length && dechunker->state == BODY_MORE) {
        length = length % longest + 1;
        struct text input = text_first(body, length), whole = input, piece;
        uint64_t before = dechunker->consumed;
        while (input.length && dechunker->state == BODY_MORE) {
            size_t left = input.length;
            dechunker_take(dechunker, &input, &piece);
            FUZZ_CHECK(fuzz_is_inside(whole, piece));
            FUZZ_CHECK(input.length < left || dechunker->state == BODY_BAD);
            buf_add_text(payload, piece);
        }
        FUZZ_CHECK(dechunker->consumed - before == whole.length - input.length);
        body = text_skip(body, whole.length - input.length);
    }
    FUZZ_CHECK(buf_ok(payload));
}

static void check_pieces(struct text body)
{
    static const size_t longest[] = {1, 7};
    struct dechunker at_once, in_pieces;
    struct buf payload, pieces;
    buf_init(&payload, PAYLOAD_MOST);
    buf_init(&pieces, PAYLOAD_MOST);
    dechunker_init(&at_once);
    for (struct text rest = body, piece; rest.length && at_once.state == BODY_MORE;) {
        dechunker_take(&at_once, &rest, &piece);
        buf_add_text(&payload, piece);
    }
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        buf_clear(&pieces);
        dechunk(body, longest[i], &in_pieces, &pieces);
        FUZZ_CHECK(in_pieces.state == at_once.state && in_pieces.consumed == at_once.consumed &&
                   in_pieces.has_trailers == at_once.has_trailers);
        FUZZ_CHECK(text_equal(buf_text(&payload), buf_text(&pieces)));
    }
    FUZZ_CHECK(payload.length <= at_once.consumed && at_once.consumed <= body.length);
    buf_release(&payload);
    buf_release(&pieces);
}

/* What body_reader_all() makes of a body in memory. */
static struct text read_all(struct body_reader *reader, const struct http_head *head,
                            enum body_wanted wanted, struct text body, struct buf *room,
                            enum body_error *error)
{
    body_reader_begin_text(reader, head, wanted, body);
    struct text all = body_reader_all(reader, room, error);
    FUZZ_CHECK(buf_ok(room) && all.length <= room->limit && *error != BODY_UNREADABLE);
    return all;
}

/* Chunks whose sizes come from the bytes themselves. */
static void check_framing(struct body_reader *reader, struct text bytes)
{
    struct http_head head;
    struct buf framed, room;
    enum body_error error;
    buf_init(&framed, PAYLOAD_MOST);
    buf_init(&room, PAYLOAD_MOST);
    for (struct text rest = bytes; rest.length;) {
        struct text chunk = text_first(rest, 1u + (unsigned char)rest.at[0]);
        buf_printf(&framed, chunk.length & 1 ? "%zx\r\n" : "%04zX ;a=b\r\n", chunk.length);
        buf_add_text(&framed, chunk);
        buf_add(&framed, "\r\n");
        rest = text_skip(rest, chunk.length);
    }
    buf_add(&framed, "0\r\n\r\n");
    FUZZ_CHECK(http_response_read(
        &head, TEXT("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n")));
    FUZZ_CHECK(http_body_is_chunked(&head));
    FUZZ_CHECK(text_equal(read_all(reader, &head, BODY_AS_CODED, buf_text(&framed), &room, &error),
                          bytes));
    FUZZ_CHECK(error == BODY_SOUND);
    /* One octet less, and it is not whole. */
    read_all(reader, &head, BODY_AS_CODED, text_first(buf_text(&framed), framed.length - 1), &room,
             &error);
    FUZZ_CHECK(error == BODY_ENDS_EARLY);
    http_head_release(&head);
    buf_release(&framed);
    buf_release(&room);
}

/* The same in pieces and at once; and less of the same where there is less room. */
static void check_decoding(struct body_reader *reader, const struct http_head *head,
                           struct text body)
{
    struct buf much, less, pieces;
    enum body_error error, error_less;
    struct text piece;
    buf_init(&much, DECODED_MOST);
    buf_init(&less, DECODED_LESS);
    buf_init(&pieces, PAYLOAD_MOST);
    struct text all = read_all(reader, head, BODY_DECODED, body, &much, &error);
    struct text some = read_all(reader, head, BODY_DECODED, body, &less, &error_less);
    FUZZ_CHECK(text_starts(all, some));
    FUZZ_CHECK(error != BODY_CODING_UNKNOWN || (!all.length && error_less == BODY_CODING_UNKNOWN));
    if (error != BODY_TOO_LONG && error != BODY_CODING_UNKNOWN)
        FUZZ_CHECK(all.length > DECODED_LESS ? error_less == BODY_TOO_LONG : error_less == error);
    body_reader_begin_text(reader, head, BODY_DECODED, body);
    while (pieces.length <= DECODED_MOST && body_reader_next(reader, &piece) == RESULT_OK) {
        FUZZ_CHECK(piece.length > 0);
        buf_add_text(&pieces, piece);
    }
    if (error != BODY_CODING_UNKNOWN) { /* whose octets come as they are */
        FUZZ_CHECK(text_equal(text_first(buf_text(&pieces), all.length), all));
        FUZZ_CHECK(error == BODY_TOO_LONG ? pieces.length > all.length
                                          : body_reader_error(reader) == error);
    }
    buf_release(&much);
    buf_release(&less);
    buf_release(&pieces);
}

static void check_response(struct body_reader *reader, const struct http_head *head,
                           struct text body)
{
    struct buf room;
    enum body_error error;
    buf_init(&room, PAYLOAD_MOST);
    struct text payload = read_all(reader, head, BODY_AS_CODED, body, &room, &error);
    FUZZ_CHECK(payload.length <= body.length);
    FUZZ_CHECK(http_body_is_chunked(head) || (error == BODY_SOUND && text_equal(payload, body)));
    check_decoding(reader, head, body);
    buf_release(&room);
}

/* A link that leads on makes a page of a login. */
static void check_login(struct text body)
{
    struct url url;
    struct buf more;
    url_init(&url);
    FUZZ_CHECK(url_parse(&url, TEXT("http://h.test/a"), NULL, TEXT("")) == URL_OK);
    if (login_page_find(body, &url)) {
        buf_init(&more, body.length + 100);
        buf_add(&more, "<a href=/post/1>");
        buf_add_text(&more, body);
        FUZZ_CHECK(!login_page_find(buf_text(&more), &url));
        buf_release(&more);
    }
    url_release(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size), body;
    struct http_head head;
    struct body_reader *reader = body_reader_new();
    FUZZ_CHECK(reader);
    ptrdiff_t end = text_find(bytes, TEXT("\r\n\r\n"));
    body = end < 0 ? bytes : text_skip(bytes, (size_t)end + 4);
    if (http_request_read(&head, bytes))
        check_head(&head, bytes);
    http_head_release(&head);
    if (http_response_read(&head, bytes)) {
        FUZZ_CHECK(head.status >= 100 && head.status <= 999);
        check_head(&head, bytes);
        body = text_skip(bytes, head.length);
        check_type(&head, body);
        check_response(reader, &head, body);
        fuzz_links(MEDIA_OTHER, &head, TEXT(""));
        const char *service = challenge_find(&head, body);
        FUZZ_CHECK(!service || service == challenge_find(&head, body));
        struct text target;
        if (jump_find(body, &target) && target.length)
            FUZZ_CHECK(target.at >= body.at && target.length <= body.length);
        check_login(body);
    }
    http_head_release(&head);
    check_pieces(body);
    check_framing(reader, body);
    body_reader_free(reader);
    return 0;
}
