/*
 * The end of a message on a connection: what comes in pieces is taken as what comes at once; what
 * is taken is what came, in order; a message made of the bytes ends with its last octet, whatever
 * stands behind it.
 */
#include <config.h>

#include <string.h>

#include "http/http_framing.h"
#include "http/http_message.h"
#include "http/http_short.h"
#include "tests/fuzz/fuzz.h"

enum { MESSAGE_MOST = 1 << 24 };

struct taken {
    enum framing_state state;
    int status;
    size_t length;
    int interim;
    bool may_end;
};

/* Takes all of `bytes` in pieces of 1, 2, ... `longest` octets and again. */
static struct taken take(struct text bytes, size_t longest)
{
    struct http_framing framing;
    struct taken taken = {.state = FRAMING_HEAD};
    size_t length = 0;
    bool ended = false;
    http_framing_init(&framing);
    while (taken.length < bytes.length && !ended) {
        length = length % longest + 1;
        struct text input = text_first(text_skip(bytes, taken.length), length), piece;
        while (input.length && !ended) {
            const char *next = input.at;
            size_t left = input.length;
            enum framing_state before = framing.state;
            http_framing_take(&framing, &input, &piece);
            FUZZ_CHECK(piece.at == next && input.length == left - piece.length && piece.length);
            FUZZ_CHECK(before != FRAMING_NO_HTTP || framing.state == FRAMING_NO_HTTP);
            FUZZ_CHECK(before != FRAMING_BODY || framing.state == FRAMING_BODY ||
                       framing.state == FRAMING_WHOLE);
            taken.length += piece.length;
            taken.interim += framing.state == FRAMING_INTERIM;
            ended = framing.state == FRAMING_WHOLE || framing.state == FRAMING_TOO_LONG;
        }
    }
    taken.state = framing.state;
    taken.status = framing.status;
    taken.may_end = http_framing_may_end(&framing);
    http_framing_release(&framing);
    FUZZ_CHECK(ended || taken.length == bytes.length);
    return taken;
}

static void check_pieces(struct text bytes)
{
    static const size_t longest[] = {1, 2, 7, 100};
    struct taken whole = take(bytes, bytes.length + 1);
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct taken pieces = take(bytes, longest[i]);
        FUZZ_CHECK(pieces.state == whole.state && pieces.status == whole.status &&
                   pieces.length == whole.length);
        FUZZ_CHECK(pieces.interim == whole.interim && pieces.may_end == whole.may_end);
    }
    FUZZ_CHECK(whole.state != FRAMING_WHOLE || (whole.status >= 200 && whole.status <= 999));
}

/* A whole response is not short; without its last octet it is, unless that belongs to the head. */
static void check_short(struct text response, bool has_body)
{
    FUZZ_CHECK(http_short_of_bytes(response) == SHORT_NOT);
    response.length--;
    FUZZ_CHECK(!has_body || http_short_of_bytes(response) != SHORT_NOT);
}

/* The bytes as a body of known length and as chunks, with something behind. */
static void check_made(struct text bytes)
{
    struct buf message;
    buf_init(&message, MESSAGE_MOST);
    buf_printf(&message, "HTTP/1.1 103 Early\r\n\r\nHTTP/1.0 200 OK\nContent-Length: %zu\n\n",
               bytes.length);
    buf_add_text(&message, bytes);
    size_t length = message.length;
    buf_add_text(&message, bytes);
    struct taken taken = take(buf_text(&message), 1000);
    FUZZ_CHECK(taken.state == FRAMING_WHOLE && taken.length == length && taken.status == 200);
    struct text final =
        text_skip(text_first(buf_text(&message), length), strlen("HTTP/1.1 103 Early\r\n\r\n"));
    check_short(final, bytes.length > 0);
    buf_clear(&message);
    buf_add(&message, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    if (bytes.length) {
        buf_printf(&message, "%zX;a\r\n", bytes.length);
        buf_add_text(&message, bytes);
        buf_add(&message, "\r\n");
    }
    buf_add(&message, "0\r\nTrailer: x\r\n\r\n");
    length = message.length;
    check_short(buf_text(&message), true);
    FUZZ_CHECK(!take(text_first(buf_text(&message), length - 1), 1000).may_end);
    buf_add_text(&message, bytes);
    taken = take(buf_text(&message), 1000);
    FUZZ_CHECK(taken.state == FRAMING_WHOLE && taken.length == length);
    buf_release(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    check_pieces(bytes);
    check_made(bytes);
    http_short_of_bytes(bytes);
    return 0;
}
