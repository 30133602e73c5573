/*
 * Gzip members, each compressed by the library that suits the task best:
 *
 *   effort        whole buffer                        in pieces
 *   GZIP_STORE    libdeflate 0, else zlib 0           zlib 0
 *   GZIP_FAST     ISA-L 1, else libdeflate 1, zlib 1  ISA-L 1, else zlib 1
 *   GZIP_SMALL    libdeflate 6, else zlib 6           zlib 6
 *
 * Half of an archive's records are short: requests, and metadata that name no links.  To make a
 * code for each takes ISA-L five times as long as to use it.  So with GZIP_FAST they share one,
 * made for the letters of such records; they become some 6 % longer.
 *
 * All three produce raw deflate.  Header and trailer are written here, so that they never depend on
 * the library.  ISA-L's own gzip header is not used: before 2.31 it may write past the end of its
 * buffer.  ISA-L's fields for level and format are set again after each reset, which clears them.
 */
#include <config.h>

#include "base/gzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif
#ifdef HAVE_ISAL
#include <isa-l.h>
#endif

enum {
    TRAILER_BYTES = 8,
    PIECE_BYTES = 1 << 28, /* most input per call, because the libraries count in 32 bits */
    ROOM_BYTES = 1 << 16,  /* output room per call where the length is not known in advance */
    SHORT_BYTES = 1000,    /* input for which no code of its own is made */
};

static const unsigned char member_header[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

struct gzip {
    z_stream zlib;
    bool zlib_ready;
#ifdef HAVE_LIBDEFLATE
    struct libdeflate_compressor *deflaters[GZIP_SMALL + 1]; /* by effort */
#endif
#ifdef HAVE_ISAL
    struct isal_zstream *isal;
    unsigned char *isal_memory;
    struct isal_hufftables *code; /* for short input */
#endif
    /* The member that is being streamed: */
    bool by_isal;
    bool header_due;
    uint32_t crc;
    uint32_t length; /* modulo 2^32, as ISIZE is */
};

struct gzip *gzip_new(void)
{
    return calloc(1, sizeof(struct gzip));
}

void gzip_free(struct gzip *gzip)
{
    if (!gzip)
        return;
    if (gzip->zlib_ready)
        deflateEnd(&gzip->zlib);
#ifdef HAVE_LIBDEFLATE
    for (size_t i = 0; i <= GZIP_SMALL; i++)
        libdeflate_free_compressor(gzip->deflaters[i]);
#endif
#ifdef HAVE_ISAL
    free(gzip->isal);
    free(gzip->isal_memory);
    free(gzip->code);
#endif
    free(gzip);
}

uint32_t gzip_crc(uint32_t crc, struct text bytes)
{
#if defined HAVE_ISAL
    return crc32_gzip_refl(crc, (const unsigned char *)bytes.at, bytes.length);
#elif defined HAVE_LIBDEFLATE
    return libdeflate_crc32(crc, bytes.at, bytes.length);
#else
    return (uint32_t)crc32_z(crc, (const unsigned char *)bytes.at, bytes.length);
#endif
}

static void little_endian(unsigned char *out, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(number >> (8 * i));
}

static void write_trailer(struct buf *out, uint32_t crc, uint32_t length)
{
    unsigned char trailer[TRAILER_BYTES];
    little_endian(trailer, crc);
    little_endian(trailer + 4, length);
    buf_append(out, trailer, sizeof trailer);
}

/* ---- zlib ---- */

static int zlib_level(enum gzip_effort effort)
{
    return effort == GZIP_STORE ? 0 : effort == GZIP_FAST ? 1 : 6;
}

static bool zlib_begin(struct gzip *gzip, enum gzip_effort effort)
{
    int level = zlib_level(effort);
    if (gzip->zlib_ready)
        return deflateReset(&gzip->zlib) == Z_OK &&
               deflateParams(&gzip->zlib, level, Z_DEFAULT_STRATEGY) == Z_OK;
    gzip->zlib_ready =
        deflateInit2(&gzip->zlib, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    return gzip->zlib_ready;
}

/* Compresses one piece (at most PIECE_BYTES).  With Z_FINISH, continues until the stream ends. */
static bool zlib_feed(struct gzip *gzip, struct text piece, int flush, struct buf *out)
{
    z_stream *zlib = &gzip->zlib;
    zlib->next_in = (unsigned char *)(uintptr_t)piece.at;
    zlib->avail_in = (unsigned)piece.length;
    do {
        char *room = buf_room(out, ROOM_BYTES);
        if (!room)
            return false;
        zlib->next_out = (unsigned char *)room;
        zlib->avail_out = ROOM_BYTES;
        int result = deflate(zlib, flush);
        buf_grew(out, ROOM_BYTES - zlib->avail_out);
        if (result == Z_STREAM_END)
            return true;
        if (result != Z_OK && result != Z_BUF_ERROR)
            return false;
    } while (zlib->avail_out == 0);
    return flush != Z_FINISH;
}

/* ---- ISA-L ---- */

#ifdef HAVE_ISAL

/* What most short input looks like. */
static const char short_sample[] = {
    "WARC/1.1\r\nWARC-Type: request\r\n"
    "WARC-Record-ID: <urn:uuid:93fc28fe-51d3-4081-b244-85be5bc845d6>\r\n"
    "WARC-Date: 2026-12-01T03:23:51.575Z\r\n"
    "WARC-Target-URI: https://www.example.org/2019/07/a-long-walk-in-the-hills.html\r\n"
    "WARC-IP-Address: 192.0.2.146\r\nWARC-Protocol: http/1.1\r\n"
    "WARC-Concurrent-To: <urn:uuid:9830a11a-dfd2-4e3c-aea4-e2585e5e6824>\r\n"
    "WARC-Warcinfo-ID: <urn:uuid:8f1791f3-a9a6-4673-a21b-68f344e66268>\r\n"
    "WARC-Block-Digest: sha1:UFOYPW4CJKTUFQAJX3CALHZNNVMIGILT\r\n"
    "Content-Type: application/http;msgtype=request\r\nContent-Length: 151\r\n\r\n"
    "GET /2019/07/a-long-walk-in-the-hills.html HTTP/1.1\r\nHost: www.example.org\r\n"
    "User-Agent: Mozilla/5.0 (compatible; warccap; +https://example.net/about)\r\n"
    "Accept: */*\r\nAccept-Encoding: gzip\r\n"
    "Referer: https://www.example.org/2019/07/\r\n\r\n\r\n\r\n"
    "WARC/1.1\r\nWARC-Type: metadata\r\n"
    "WARC-Record-ID: <urn:uuid:800aaa96-cfd9-495a-b9de-b4bb7f71924e>\r\n"
    "WARC-Date: 2025-08-19T17:42:06.389Z\r\n"
    "WARC-Target-URI: https://images.example.org/uploads/summer/IMG_4507.jpg\r\n"
    "WARC-IP-Address: 198.51.100.73\r\n"
    "WARC-Concurrent-To: <urn:uuid:f683eb28-7d00-4252-97c8-b6cb2a16fadf>\r\n"
    "WARC-Warcinfo-ID: <urn:uuid:8f1791f3-a9a6-4673-a21b-68f344e66268>\r\n"
    "WARC-Block-Digest: sha1:VJ34EUXIO57I6DKDO2KFVFWVHVQ65DKG\r\n"
    "Content-Type: application/warc-fields\r\nContent-Length: 190\r\n\r\n"
    "via: https://www.example.org/2019/07/a-long-walk-in-the-hills.html\r\n"
    "hopsFromSeed: LE\r\nclass: requisite\r\ndepth: 2\r\nfetchTimeMs: 28\r\n"
    "fetchTimesUs: lookup 20, connect 136, firstOctet 15012\r\ntries: 1\r\n\r\n\r\n"};

static bool isal_make(struct gzip *gzip)
{
    struct isal_huff_histogram letters;
    unsigned char sample[sizeof short_sample - 1];
    gzip->isal = calloc(1, sizeof *gzip->isal);
    gzip->isal_memory = malloc(ISAL_DEF_LVL1_DEFAULT);
    gzip->code = malloc(sizeof *gzip->code);
    if (gzip->isal && gzip->isal_memory && gzip->code) {
        memset(&letters, 0, sizeof letters);
        memcpy(sample, short_sample, sizeof sample);
        isal_update_histogram(sample, sizeof sample, &letters);
        if (isal_create_hufftables(gzip->code, &letters) == 0)
            return true;
    }
    free(gzip->isal);
    free(gzip->isal_memory);
    free(gzip->code);
    gzip->isal = NULL;
    gzip->isal_memory = NULL;
    gzip->code = NULL;
    return false;
}

/* Level 0 uses the code for short input. */
static bool isal_begin(struct gzip *gzip, int level)
{
    if (gzip->isal)
        isal_deflate_reset(gzip->isal);
    else if (isal_make(gzip))
        isal_deflate_init(gzip->isal);
    else
        return false;
    gzip->isal->level = (uint32_t)level;
    gzip->isal->level_buf = level ? gzip->isal_memory : NULL;
    gzip->isal->level_buf_size = level ? ISAL_DEF_LVL1_DEFAULT : 0;
    gzip->isal->gzip_flag = IGZIP_DEFLATE;
    gzip->isal->flush = NO_FLUSH;
    gzip->isal->end_of_stream = 0;
    return level ||
           isal_deflate_set_hufftables(gzip->isal, gzip->code, IGZIP_HUFFTABLE_CUSTOM) == COMP_OK;
}

static bool isal_feed(struct gzip *gzip, struct text piece, bool last, struct buf *out)
{
    struct isal_zstream *isal = gzip->isal;
    size_t room_bytes = ROOM_BYTES + piece.length;
    isal->next_in = (unsigned char *)(uintptr_t)piece.at;
    isal->avail_in = (uint32_t)piece.length;
    isal->end_of_stream = last;
    do {
        char *room = buf_room(out, room_bytes);
        if (!room)
            return false;
        isal->next_out = (unsigned char *)room;
        isal->avail_out = (uint32_t)room_bytes;
        if (isal_deflate(isal) != COMP_OK)
            return false;
        buf_grew(out, room_bytes - isal->avail_out);
    } while (isal->avail_out == 0);
    return !last || isal->internal_state.state == ZSTATE_END;
}

static bool isal_whole(struct gzip *gzip, struct text input, struct buf *out)
{
    size_t before = out->length;
    if (input.length && input.length <= SHORT_BYTES) {
        if (!isal_begin(gzip, 0) || !isal_feed(gzip, input, true, out))
            return false;
        if (out->length - before < input.length)
            return true;
        out->length = before; /* it has other letters */
    }
    return isal_begin(gzip, 1) && isal_feed(gzip, input, true, out);
}

#endif

/* ---- whole buffers ---- */

#ifdef HAVE_LIBDEFLATE

static bool deflate_whole(struct gzip *gzip, enum gzip_effort effort, struct text input,
                          struct buf *out)
{
    struct libdeflate_compressor **deflater = &gzip->deflaters[effort];
    if (!*deflater)
        *deflater = libdeflate_alloc_compressor(zlib_level(effort));
    if (!*deflater)
        return false;
    size_t bound = libdeflate_deflate_compress_bound(*deflater, input.length);
    char *room = buf_room(out, bound);
    if (!room)
        return false;
    size_t length = libdeflate_deflate_compress(*deflater, input.at, input.length, room, bound);
    buf_grew(out, length);
    return length > 0;
}

#endif

bool gzip_member(struct gzip *gzip, enum gzip_effort effort, struct text input, struct buf *out)
{
#ifdef HAVE_ISAL
    bool by_isal = effort == GZIP_FAST && input.length <= PIECE_BYTES;
#else
    bool by_isal = false;
#endif
#ifdef HAVE_LIBDEFLATE
    bool by_deflate = !by_isal;
#else
    bool by_deflate = false;
#endif
    if (!by_isal && !by_deflate)
        return gzip_stream_begin(gzip, effort) && gzip_stream_add(gzip, input, out) &&
               gzip_stream_end(gzip, out);

    bool done = false;
    buf_append(out, member_header, sizeof member_header);
#ifdef HAVE_ISAL
    if (by_isal)
        done = isal_whole(gzip, input, out);
#endif
#ifdef HAVE_LIBDEFLATE
    if (by_deflate)
        done = deflate_whole(gzip, effort, input, out);
#endif
    write_trailer(out, gzip_crc(0, input), (uint32_t)input.length);
    return done && buf_ok(out);
}

/* ---- pieces ---- */

bool gzip_stream_begin(struct gzip *gzip, enum gzip_effort effort)
{
    gzip->crc = 0;
    gzip->length = 0;
    gzip->by_isal = false;
    gzip->header_due = true;
#ifdef HAVE_ISAL
    if (effort == GZIP_FAST) {
        gzip->by_isal = true;
        return isal_begin(gzip, 1);
    }
#endif
    return zlib_begin(gzip, effort);
}

static bool feed(struct gzip *gzip, struct text piece, bool last, struct buf *out)
{
    if (gzip->header_due)
        buf_append(out, member_header, sizeof member_header);
    gzip->header_due = false;
#ifdef HAVE_ISAL
    if (gzip->by_isal)
        return isal_feed(gzip, piece, last, out);
#endif
    return zlib_feed(gzip, piece, last ? Z_FINISH : Z_NO_FLUSH, out);
}

bool gzip_stream_add(struct gzip *gzip, struct text piece, struct buf *out)
{
    gzip->crc = gzip_crc(gzip->crc, piece);
    gzip->length += (uint32_t)piece.length;
    while (piece.length) {
        struct text part = text_first(piece, PIECE_BYTES);
        if (!feed(gzip, part, false, out))
            return false;
        piece = text_skip(piece, part.length);
    }
    return true;
}

bool gzip_stream_end(struct gzip *gzip, struct buf *out)
{
    if (!feed(gzip, TEXT(""), true, out))
        return false;
    write_trailer(out, gzip->crc, gzip->length);
    return buf_ok(out);
}

const char *gzip_backends(void)
{
#define NUMBER_(x) #x
#define NUMBER(x) NUMBER_(x)
#if defined HAVE_LIBDEFLATE && defined HAVE_ISAL
    return "libdeflate " LIBDEFLATE_VERSION_STRING ", ISA-L " NUMBER(ISAL_MAJOR_VERSION) "." NUMBER(
        ISAL_MINOR_VERSION) ", zlib " ZLIB_VERSION;
#elif defined HAVE_LIBDEFLATE
    return "libdeflate " LIBDEFLATE_VERSION_STRING ", zlib " ZLIB_VERSION;
#elif defined HAVE_ISAL
    return "ISA-L " NUMBER(ISAL_MAJOR_VERSION) "." NUMBER(
        ISAL_MINOR_VERSION) ", zlib " ZLIB_VERSION;
#else
    return "zlib " ZLIB_VERSION;
#endif
}
