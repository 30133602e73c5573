/*
 * The payload as a stream, pulled through layers: the block without its HTTP head; that without its
 * chunk framing; and on top one layer for each content coding that is taken off, the one that was
 * applied last at the bottom.
 */
#include <config.h>

#include "warccap/warc.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "http/http_coding.h"
#include "http/http_split.h"
#include "warc/rules.h"

enum { CODINGS_MOST = 3, LAYER_BYTES = 32 * 1024 };

struct layer {
    struct coding *coding;
    struct text input;
    bool full; /* there may be more to come of what went in */
    bool damaged;
    char out[LAYER_BYTES];
};

struct warc_payload {
    struct warc_reader *reader;
    bool http;
    struct http_split split;
    struct text rest;  /* of the block, read along with the head ... */
    struct text ready; /* ... and the payload that it began with */
    struct layer *layers[CODINGS_MOST];
    size_t layer_count;
    char coding[128];
    char words[200];
};

static enum warc_result lose(struct warc_payload *payload, const char *words)
{
    if (!payload->words[0])
        snprintf(payload->words, sizeof payload->words, "%s", words);
    return WARC_LOST;
}

/* ---- the layers ---- */

/* Has octets of the block in payload->rest. */
static enum warc_result read_block(struct warc_payload *payload)
{
    if (payload->rest.length)
        return WARC_OK;
    enum warc_result result =
        warc_reader_block(payload->reader, &payload->rest.at, &payload->rest.length);
    return result == WARC_LOST ? lose(payload, "the block is cut or damaged") : result;
}

static enum warc_result read_body(struct warc_payload *payload, struct text *piece)
{
    const struct http_split *split = &payload->split;
    *piece = payload->ready;
    payload->ready = TEXT("");
    while (!piece->length) {
        struct text body;
        if (split->chunked && split->dechunker.state != BODY_MORE)
            return split->dechunker.state == BODY_WHOLE
                       ? WARC_END
                       : lose(payload, "the chunk framing is broken");
        enum warc_result result = read_block(payload);
        if (result == WARC_END && split->chunked)
            return lose(payload, "the chunked body has no end");
        if (result != WARC_OK)
            return result;
        if (payload->http)
            http_split_take(&payload->split, &payload->rest, &body, piece);
        else {
            *piece = payload->rest;
            payload->rest = TEXT("");
        }
    }
    return WARC_OK;
}

static enum warc_result read_layer(struct warc_payload *payload, size_t number, struct text *piece)
{
    if (number == 0)
        return read_body(payload, piece);
    struct layer *layer = payload->layers[number - 1];
    for (size_t made = 0; !made; *piece = (struct text){layer->out, made}) {
        if (layer->damaged)
            return lose(payload, "the coded body is damaged");
        if (!layer->input.length && !layer->full) {
            enum warc_result result = read_layer(payload, number - 1, &layer->input);
            if (result == WARC_END && !coding_may_end(layer->coding))
                return lose(payload, "the coded body ends early");
            if (result != WARC_OK)
                return result;
        }
        layer->damaged =
            !coding_take(layer->coding, &layer->input, layer->out, sizeof layer->out, &made);
        layer->full = made == sizeof layer->out;
    }
    return WARC_OK;
}

enum warc_result warc_payload_read(struct warc_payload *payload, const char **bytes, size_t *length)
{
    struct text piece = TEXT("");
    enum warc_result result =
        payload->words[0] ? WARC_LOST : read_layer(payload, payload->layer_count, &piece);
    *bytes = result == WARC_OK ? piece.at : "";
    *length = result == WARC_OK ? piece.length : 0;
    return result;
}

/* ---- opening ---- */

/* Takes the head off the block. */
static void take_head(struct warc_payload *payload, enum warc_type type)
{
    struct text body;
    http_split_begin(&payload->split, type == WARC_REQUEST);
    while (!payload->split.in_body && read_block(payload) == WARC_OK)
        http_split_take(&payload->split, &payload->rest, &body, &payload->ready);
    http_split_end(&payload->split);
}

static bool add_layer(struct warc_payload *payload, enum coding_kind kind)
{
    struct layer *layer = calloc(1, sizeof *layer);
    if (!layer)
        return false;
    payload->layers[payload->layer_count++] = layer;
    layer->input = TEXT("");
    layer->coding = coding_new(kind);
    return layer->coding != NULL;
}

/* The codings were applied in the order in which they are named: the last comes off first.  One
 * that is not known keeps those before it on.  False without memory. */
static bool take_codings_off(struct warc_payload *payload, int flags)
{
    struct text left = text_trim(http_field(&payload->split.parsed, "Content-Encoding"));
    bool ok = true;
    while (ok && left.length) {
        size_t from = left.length;
        while (from && left.at[from - 1] != ',')
            from--;
        enum coding_kind kind = coding_of(text_trim(text_skip(left, from)));
        bool none = kind == CODING_NONE;
        if (!none && (!(flags & WARC_PAYLOAD_DECODED) || payload->layer_count == CODINGS_MOST ||
                      kind == CODING_UNKNOWN))
            break;
        ok = none || add_layer(payload, kind);
        left = text_trim(text_first(left, from ? from - 1 : 0));
    }
    snprintf(payload->coding, sizeof payload->coding, "%.*s", TEXT_ARGS(left));
    return ok;
}

struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record,
                                       int flags)
{
    struct warc_payload *payload = calloc(1, sizeof *payload);
    if (!payload)
        return NULL;
    payload->reader = reader;
    payload->rest = payload->ready = TEXT("");
    payload->http = record_holds_http(record);
    http_split_init(&payload->split);
    if (payload->http)
        take_head(payload, record->type);
    if (!buf_ok(&payload->split.head) ||
        (payload->split.readable && !take_codings_off(payload, flags))) {
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
        coding_free(payload->layers[i]->coding);
        free(payload->layers[i]);
    }
    http_split_release(&payload->split);
    free(payload);
}

/* ---- what is known of it ---- */

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
    return payload->split.readable ? payload->split.parsed.status : 0;
}

const char *warc_payload_head(const struct warc_payload *payload, size_t *length)
{
    *length = payload->split.head.length;
    return *length ? payload->split.head.data : NULL;
}

const char *warc_payload_start(const struct warc_payload *payload, int part, size_t *length)
{
    const struct http_head *head = &payload->split.parsed;
    struct text status = {head->version.at, 0}, none = {NULL, 0};
    *length = 0;
    if (!payload->split.readable)
        return NULL;
    if (head->status) { /* it stands alone behind the version */
        status = text_trim(text_skip(head->start, head->version.length));
        status.length = 3;
    }
    struct text parts[] = {head->start, head->status ? head->version : head->method,
                           head->status ? status : head->target,
                           head->status ? head->reason : head->version};
    struct text wanted =
        part >= 0 && part < (int)(sizeof parts / sizeof parts[0]) ? parts[part] : none;
    *length = wanted.length;
    return wanted.at;
}

bool warc_payload_field(const struct warc_payload *payload, size_t number, const char **name,
                        size_t *name_length, const char **value, size_t *value_length)
{
    if (!payload->split.readable || number >= payload->split.parsed.field_count)
        return false;
    const struct http_field *field = &payload->split.parsed.fields[number];
    *name = field->name.at;
    *name_length = field->name.length;
    *value = field->value.at;
    *value_length = field->value.length;
    return true;
}
