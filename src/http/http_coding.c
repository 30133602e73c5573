/*
 * One decoder per content coding, behind one function.  The first bytes of a body decide how it is
 * really coded, because servers send wrong labels.
 */
#include <config.h>

#include "http/http_coding.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

enum {
    FIRST = 2,            /* bytes that show how a body is coded */
    ZLIB_OR_GZIP = 32,    /* added to the window bits: zlib detects the wrapper */
    ZSTD_WINDOW_LOG = 23, /* RFC 9659, section 3 */
    ZSTD_BLOCK_HEADER = 3,
    TEXT_LOOK = 512,      /* bytes that show whether a body is text */
    PIECE_MOST = 1 << 30, /* zlib counts in 32 bits */
};

struct coding {
    enum coding_kind kind;
    char first[FIRST];
    size_t first_count, first_given;
    bool begun, ended, plain;
    bool past;         /* what follows is no more of the body, and is passed over */
    size_t to_look_at; /* how many more plain bytes must be text */
    z_stream zlib;
#ifdef HAVE_BROTLI
    BrotliDecoderState *brotli;
#endif
#ifdef HAVE_ZSTD
    ZSTD_DStream *zstd;
    /* How many bytes the decoder reads next: up to the end of a header, block or checksum. */
    size_t zstd_wants;
#endif
};

enum coding_kind coding_of(struct text name)
{
    static const struct {
        struct text name;
        enum coding_kind kind;
    } names[] = {
        {{"", 0}, CODING_NONE},
        {{"identity", 8}, CODING_NONE},
        {{"gzip", 4}, CODING_GZIP},
        {{"x-gzip", 6}, CODING_GZIP},
        {{"deflate", 7}, CODING_DEFLATE},
#ifdef HAVE_BROTLI
        {{"br", 2}, CODING_BROTLI},
#else
        {{"br", 2}, CODING_UNKNOWN},
#endif
#ifdef HAVE_ZSTD
        {{"zstd", 4}, CODING_ZSTD},
#else
        {{"zstd", 4}, CODING_UNKNOWN},
#endif
        /* the others that IANA registers, and those that are in use without that */
        {{"aes128gcm", 9}, CODING_UNKNOWN},
        {{"bzip2", 5}, CODING_UNKNOWN},
        {{"compress", 8}, CODING_UNKNOWN},
        {{"dcb", 3}, CODING_UNKNOWN},
        {{"dcz", 3}, CODING_UNKNOWN},
        {{"exi", 3}, CODING_UNKNOWN},
        {{"lz4", 3}, CODING_UNKNOWN},
        {{"lzma", 4}, CODING_UNKNOWN},
        {{"pack200-gzip", 12}, CODING_UNKNOWN},
        {{"sdch", 4}, CODING_UNKNOWN},
        {{"x-bzip2", 7}, CODING_UNKNOWN},
        {{"x-compress", 10}, CODING_UNKNOWN},
        {{"xz", 2}, CODING_UNKNOWN},
    };
    ptrdiff_t parameters = text_find_char(name, ';');
    if (parameters >= 0)
        name = text_trim(text_first(name, (size_t)parameters));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_equal_nocase(name, names[i].name))
            return names[i].kind;
    return CODING_UNNAMED;
}

struct coding *coding_new(enum coding_kind kind)
{
    struct coding *coding = calloc(1, sizeof *coding);
    if (coding) /* what is labelled gzip may be plain: so for any other label */
        coding->kind = kind == CODING_UNNAMED ? CODING_GZIP : kind;
    return coding;
}

void coding_expect_text(struct coding *coding)
{
    coding->to_look_at = TEXT_LOOK;
}

void coding_free(struct coding *coding)
{
    if (!coding)
        return;
    if (coding->begun && !coding->plain &&
        (coding->kind == CODING_GZIP || coding->kind == CODING_DEFLATE))
        inflateEnd(&coding->zlib);
#ifdef HAVE_BROTLI
    if (coding->brotli)
        BrotliDecoderDestroyInstance(coding->brotli);
#endif
#ifdef HAVE_ZSTD
    ZSTD_freeDStream(coding->zstd);
#endif
    free(coding);
}

bool coding_may_end(const struct coding *coding)
{
    return coding->plain || coding->ended || (!coding->begun && !coding->first_count);
}

/* ---- decoders ---- */

/* Each decodes as much as it can, and sets `ended` when the body may end here. */

/* What follows the end begins no other member.  Nor does any later byte, in whatever pieces they
 * come. */
static bool pass_over(struct coding *coding, struct text *input)
{
    coding->past = true;
    *input = text_skip(*input, input->length);
    return true;
}

static bool inflate_some(struct coding *coding, struct text *input, char *out, size_t room,
                         size_t *made)
{
    z_stream *zlib = &coding->zlib;
    if (coding->ended && input->length) {
        bool another = coding->kind == CODING_GZIP && (unsigned char)input->at[0] == 0x1f;
        if (!another || inflateReset(zlib) != Z_OK)
            return pass_over(coding, input);
        coding->ended = false;
    }
    unsigned offered = (unsigned)(input->length < PIECE_MOST ? input->length : PIECE_MOST);
    unsigned space = (unsigned)(room < PIECE_MOST ? room : PIECE_MOST);
    zlib->next_in = (unsigned char *)(uintptr_t)input->at;
    zlib->avail_in = offered;
    zlib->next_out = (unsigned char *)out;
    zlib->avail_out = space;
    int result = coding->ended ? Z_STREAM_END : inflate(zlib, Z_NO_FLUSH);
    *input = text_skip(*input, offered - zlib->avail_in);
    *made = space - zlib->avail_out;
    coding->ended = result == Z_STREAM_END;
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
}

#ifdef HAVE_BROTLI
/* A call that fails loses what it has decoded, however much it is; a call that runs out of input
 * gives all.  So the decoder gets one byte at a time, and none before it has given all: what is
 * left of a damaged body is the same whatever the pieces in which it comes. */
static bool unbrotli_some(struct coding *coding, struct text *input, char *out, size_t room,
                          size_t *made)
{
    const uint8_t *next_in = (const uint8_t *)input->at;
    uint8_t *next_out = (uint8_t *)out;
    size_t left = input->length, space = room;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;
    if (coding->ended)
        return pass_over(coding, input);
    for (size_t offered = 0;; offered = 1) { /* first comes what the call before had no room for */
        size_t in = offered;
        result =
            BrotliDecoderDecompressStream(coding->brotli, &in, &next_in, &space, &next_out, NULL);
        left -= offered - in;
        if (!left || !space || result != BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            break;
    }
    *input = text_skip(*input, input->length - left);
    *made = room - space;
    coding->ended = result == BROTLI_DECODER_RESULT_SUCCESS;
    return result != BROTLI_DECODER_RESULT_ERROR;
}
#endif

#ifdef HAVE_ZSTD
/* A call that fails loses what it has decoded.  zstd asks for a block together with the next
 * header, so the block is passed alone, and the header in the next call. */
static bool unzstd_some(struct coding *coding, struct text *input, char *out, size_t room,
                        size_t *made)
{
    size_t most =
        coding->zstd_wants > ZSTD_BLOCK_HEADER ? coding->zstd_wants - ZSTD_BLOCK_HEADER : 1;
    ZSTD_inBuffer in = {input->at, input->length < most ? input->length : most, 0};
    ZSTD_outBuffer space = {out, room, 0};
    if (coding->ended) {
        unsigned char first = input->length ? (unsigned char)input->at[0] : 0;
        /* Neither a frame nor a skippable one (RFC 8878, section 3.1). */
        if (first != 0x28 && (first & 0xf0) != 0x50)
            return !input->length || pass_over(coding, input);
    }
    size_t result = ZSTD_decompressStream(coding->zstd, &space, &in);
    *input = text_skip(*input, in.pos);
    *made = space.pos;
    coding->ended = result == 0;
    coding->zstd_wants = result;
    return !ZSTD_isError(result);
}
#endif

/* Whether these bytes may begin or continue a text: they have no binary data bytes (MIME Sniffing
 * Standard, section 3), but for those of UTF-16, which begins with its byte order mark. */
static bool may_be_text(const struct coding *coding, struct text bytes)
{
    bool utf_16 = memcmp(coding->first, "\xfe\xff", FIRST) == 0 ||
                  memcmp(coding->first, "\xff\xfe", FIRST) == 0;
    for (size_t i = 0; i < bytes.length && !utf_16; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1a) || (c >= 0x1c && c <= 0x1f))
            return false;
    }
    return true;
}

static bool copy_some(struct coding *coding, struct text *input, char *out, size_t room,
                      size_t *made)
{
    struct text piece = text_first(*input, room), seen = text_first(piece, coding->to_look_at);
    if (!may_be_text(coding, seen))
        return false;
    coding->to_look_at -= seen.length;
    if (piece.length)
        memcpy(out, piece.at, piece.length);
    *made = piece.length;
    *input = text_skip(*input, piece.length);
    return true;
}

static bool take_some(struct coding *coding, struct text *input, char *out, size_t room,
                      size_t *made)
{
    if (coding->past)
        return pass_over(coding, input);
    if (coding->plain)
        return copy_some(coding, input, out, room, made);
    switch (coding->kind) {
    case CODING_GZIP:
    case CODING_DEFLATE:
        return inflate_some(coding, input, out, room, made);
#ifdef HAVE_BROTLI
    case CODING_BROTLI:
        return unbrotli_some(coding, input, out, room, made);
#endif
#ifdef HAVE_ZSTD
    case CODING_ZSTD:
        return unzstd_some(coding, input, out, room, made);
#endif
    default:
        return false;
    }
}

/* ---- the beginning ---- */

/* How many bytes show how the body is coded.  Often the first one shows that it is not gzip. */
static size_t bytes_needed(const struct coding *coding)
{
    bool gzip = coding->kind == CODING_GZIP &&
                (!coding->first_count || (unsigned char)coding->first[0] == 0x1f);
    bool marked =
        coding->to_look_at && coding->first_count && (unsigned char)coding->first[0] >= 0xfe;
    return gzip || marked || coding->kind == CODING_DEFLATE ? FIRST : 1;
}

static bool begin(struct coding *coding)
{
    unsigned first = (unsigned char)coding->first[0], second = (unsigned char)coding->first[1];
    bool wrapped = (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
    coding->begun = true;
    coding->plain = coding->kind == CODING_NONE ||
                    (coding->kind == CODING_GZIP && (first != 0x1f || second != 0x8b));
    if (coding->plain)
        return true;
#ifdef HAVE_BROTLI
    if (coding->kind == CODING_BROTLI)
        return (coding->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL)) != NULL;
#endif
#ifdef HAVE_ZSTD
    if (coding->kind == CODING_ZSTD)
        return (coding->zstd = ZSTD_createDStream()) != NULL &&
               !ZSTD_isError(
                   ZSTD_DCtx_setParameter(coding->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG));
#endif
    int bits = coding->kind == CODING_DEFLATE && !wrapped ? -MAX_WBITS : MAX_WBITS + ZLIB_OR_GZIP;
    if (inflateInit2(&coding->zlib, bits) == Z_OK)
        return true;
    coding->plain = true; /* there is nothing to free */
    return false;
}

bool coding_take(struct coding *coding, struct text *input, char *out, size_t room, size_t *made)
{
    *made = 0;
    while (!coding->begun && coding->first_count < bytes_needed(coding)) {
        if (!input->length)
            return true;
        coding->first[coding->first_count++] = input->at[0];
        *input = text_skip(*input, 1);
    }
    if (!coding->begun && !begin(coding))
        return false;
    struct text first =
        text_skip((struct text){coding->first, coding->first_count}, coding->first_given);
    while (first.length && *made < room) {
        size_t part = 0;
        bool good = take_some(coding, &first, out + *made, room - *made, &part);
        coding->first_given = coding->first_count - first.length;
        *made += part;
        if (!good)
            return false;
    }
    if (*made == room)
        return true;
    size_t part = 0;
    bool good = take_some(coding, input, out + *made, room - *made, &part);
    *made += part;
    return good;
}
