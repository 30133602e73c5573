/*
 * The payload as a stream, pulled through layers: the block without its HTTP head; that without its chunk framing; and on top
 * one layer for each content coding that is taken off, the one that was applied last at the bottom.
 */
#include <config.h>

#include "warccap/warc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/http_body.h"
#include "http/http_message.h"

enum { HEAD_MOST = 1 << 20, CODINGS_MOST = 3, LAYER_BYTES = 32 * 1024 };

enum { ZLIB_OR_GZIP = 32 /* zlib: told by the first octets */ };

struct layer {
    z_stream inflater;
    struct text input;
    bool gzip;  /* the coding's name is gzip's, not deflate's */
    bool begun, ended;
    bool plain; /* it is not coded at all, whatever the message says; browsers show it so */
    char out[LAYER_BYTES];
};

struct warc_payload {
    struct warc_reader *reader;
    struct buf head;
    struct http_head parsed;
    struct text rest; /* of the block, read along with the head */
    bool parsed_ok, chunked;
    struct dechunker dechunker;
    struct layer *layers[CODINGS_MOST];
    size_t layer_count;
    char coding[128];
    char words[200];
};

static enum warc_answer lose(struct warc_payload *payload, const char *words)
{
    if (!payload->words[0])
        snprintf(payload->words, sizeof payload->words, "%s", words);
    return WARC_LOST;
}

/* ---- the layers --------------------------------------------------------------------------------------------- */

static enum warc_answer read_block(struct warc_payload *payload, struct text *piece)
{
    *piece = payload->rest;
    payload->rest = TEXT("");
    if (piece->length)
        return WARC_OK;
    enum warc_answer answer = warc_reader_block(payload->reader, &piece->at, &piece->length);
    return answer == WARC_LOST ? lose(payload, "the block is cut or damaged") : answer;
}

static enum warc_answer read_body(struct warc_payload *payload, struct text *piece)
{
    static const char cut[] = "the chunked body has no end";
    if (!payload->chunked)
        return read_block(payload, piece);
    while (payload->dechunker.state == BODY_MORE) {
        struct text input;
        if (!payload->rest.length) {
            enum warc_answer answer = read_block(payload, &input);
            if (answer != WARC_OK)
                return answer == WARC_END ? lose(payload, cut) : answer;
            payload->rest = input;
        }
        dechunker_take(&payload->dechunker, &payload->rest, piece);
        if (piece->length)
            return WARC_OK;
    }
    return payload->dechunker.state == BODY_WHOLE ? WARC_END : lose(payload, "the chunk framing is broken");
}

static enum warc_answer read_layer(struct warc_payload *payload, size_t number, struct text *piece);

/* Has input for the layer, or gives why there is none. */
static enum warc_answer feed(struct warc_payload *payload, size_t number)
{
    struct layer *layer = payload->layers[number - 1];
    return layer->input.length ? WARC_OK : read_layer(payload, number - 1, &layer->input);
}

/* Whether it is deflate without its wrapper (as some servers send it) or no coding is told by the first octets. */
static bool begin_layer(struct layer *layer)
{
    unsigned char first = (unsigned char)layer->input.at[0];
    unsigned char second = layer->input.length > 1 ? (unsigned char)layer->input.at[1] : 0;
    bool wrapped = (first & 0x0f) == Z_DEFLATED && (first * 256u + second) % 31 == 0;
    layer->begun = true;
    layer->plain = layer->gzip && first != 0x1f;
    return layer->plain || inflateInit2(&layer->inflater, layer->gzip || wrapped ? MAX_WBITS + ZLIB_OR_GZIP : -MAX_WBITS) == Z_OK;
}

static enum warc_answer read_layer(struct warc_payload *payload, size_t number, struct text *piece)
{
    if (number == 0)
        return read_body(payload, piece);
    struct layer *layer = payload->layers[number - 1];
    for (;;) {
        enum warc_answer answer = feed(payload, number);
        if (answer != WARC_OK) /* nothing at all is a coded nothing */
            return answer == WARC_END && layer->begun && !layer->plain && !layer->ended
                       ? lose(payload, "the coded body ends early")
                       : answer;
        if (!layer->begun && !begin_layer(layer))
            return lose(payload, "no memory to decode the body");
        if (layer->ended && (unsigned char)layer->input.at[0] != 0x1f) {
            layer->input = TEXT(""); /* what lies behind the end is no part of it */
            continue;
        }
        if (layer->ended) { /* several gzip members are one body */
            inflateReset(&layer->inflater);
            layer->ended = false;
        }
        if (layer->plain) {
            *piece = layer->input;
            layer->input = TEXT("");
            return WARC_OK;
        }
        z_stream *z = &layer->inflater;
        z->next_in = (unsigned char *)(uintptr_t)layer->input.at;
        z->avail_in = (unsigned)(layer->input.length < 1u << 30 ? layer->input.length : 1u << 30);
        unsigned offered = z->avail_in;
        z->next_out = (unsigned char *)layer->out;
        z->avail_out = sizeof layer->out;
        int result = inflate(z, Z_NO_FLUSH);
        layer->input = text_skip(layer->input, offered - z->avail_in);
        *piece = (struct text){layer->out, sizeof layer->out - z->avail_out};
        layer->ended = result == Z_STREAM_END;
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR && !piece->length)
            return lose(payload, "the coded body is damaged");
        if (piece->length)
            return WARC_OK;
    }
}

enum warc_answer warc_payload_read(struct warc_payload *payload, const char **bytes, size_t *length)
{
    struct text piece = TEXT("");
    enum warc_answer answer = payload->words[0] ? WARC_LOST : read_layer(payload, payload->layer_count, &piece);
    *bytes = answer == WARC_OK ? piece.at : "";
    *length = answer == WARC_OK ? piece.length : 0;
    return answer;
}

/* ---- opening ------------------------------------------------------------------------------------------------ */

/* Takes the head off the block.  False without memory. */
static bool take_head(struct warc_payload *payload, enum warc_type type)
{
    size_t end = 0;
    for (struct text piece; !end && payload->head.length < HEAD_MOST && read_block(payload, &piece) == WARC_OK;) {
        size_t before = payload->head.length, room = HEAD_MOST - before;
        buf_add_text(&payload->head, text_first(piece, room));
        end = http_head_length(buf_text(&payload->head), before);
        if (end)
            payload->rest = text_skip(piece, end - before);
        else if (piece.length > room)
            payload->rest = text_skip(piece, room);
    }
    if (!buf_ok(&payload->head))
        return false;
    if (end)
        payload->head.length = end;
    payload->parsed_ok = type == WARC_REQUEST ? http_request_read(&payload->parsed, buf_text(&payload->head))
                                              : http_response_read(&payload->parsed, buf_text(&payload->head));
    payload->chunked = payload->parsed_ok && http_body_is_chunked(&payload->parsed);
    dechunker_init(&payload->dechunker);
    return true;
}

static bool add_layer(struct warc_payload *payload, bool gzip)
{
    struct layer *layer = calloc(1, sizeof *layer);
    payload->layers[payload->layer_count] = layer;
    if (!layer)
        return false;
    layer->input = TEXT("");
    layer->gzip = gzip;
    payload->layer_count++;
    return true;
}

/* The codings were applied in the order in which they are named: the last comes off first.  One that is not known keeps those
 * before it on.  False without memory. */
static bool take_codings_off(struct warc_payload *payload, int flags)
{
    struct text left = text_trim(http_field(&payload->parsed, "Content-Encoding"));
    bool ok = true;
    while (ok && left.length) {
        size_t from = left.length;
        while (from && left.at[from - 1] != ',')
            from--;
        struct text coding = text_trim(text_skip(left, from));
        bool gzip = text_equal_nocase(coding, TEXT("gzip")) || text_equal_nocase(coding, TEXT("x-gzip"));
        bool none = !coding.length || text_equal_nocase(coding, TEXT("identity"));
        if (!none && (!(flags & WARC_PAYLOAD_DECODED) || payload->layer_count == CODINGS_MOST ||
                      !(gzip || text_equal_nocase(coding, TEXT("deflate")))))
            break;
        ok = none || add_layer(payload, gzip);
        left = text_trim(text_first(left, from ? from - 1 : 0));
    }
    snprintf(payload->coding, sizeof payload->coding, "%.*s", TEXT_ARGS(left));
    return ok;
}

struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record, int flags)
{
    struct warc_payload *payload = calloc(1, sizeof *payload);
    const char *type = warc_record_field(record, "Content-Type");
    if (!payload)
        return NULL;
    payload->reader = reader;
    payload->rest = TEXT("");
    buf_init(&payload->head, HEAD_MOST);
    bool http = type && text_starts_nocase(text_of(type), TEXT("application/http"));
    if (http && (!take_head(payload, record->type) || (payload->parsed_ok && !take_codings_off(payload, flags)))) {
        warc_payload_close(payload);
        return NULL;
    }
    return payload;
}

void warc_payload_close(struct warc_payload *payload)
{
    if (!payload)
        return;
    for (size_t i = 0; i < payload->layer_count; i++) {
        if (payload->layers[i]->begun && !payload->layers[i]->plain)
            inflateEnd(&payload->layers[i]->inflater);
        free(payload->layers[i]);
    }
    http_head_release(&payload->parsed);
    buf_release(&payload->head);
    free(payload);
}

/* ---- what is known of it ------------------------------------------------------------------------------------ */

const char *warc_payload_words(const struct warc_payload *payload)
{
    return payload->words;
}

const char *warc_payload_coding(const struct warc_payload *payload)
{
    return payload->coding;
}

int warc_payload_status(const struct warc_payload *payload)
{
    return payload->parsed_ok ? payload->parsed.status : 0;
}

const char *warc_payload_head(const struct warc_payload *payload, size_t *length)
{
    *length = payload->head.length;
    return payload->head.length ? payload->head.data : NULL;
}

bool warc_payload_field(const struct warc_payload *payload, size_t number, const char **name, size_t *name_length,
                        const char **value, size_t *value_length)
{
    if (!payload->parsed_ok || number >= payload->parsed.field_count)
        return false;
    const struct http_field *field = &payload->parsed.fields[number];
    *name = field->name.at;
    *name_length = field->name.length;
    *value = field->value.at;
    *value_length = field->value.length;
    return true;
}
