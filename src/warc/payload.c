/*
 * The payload of a record.  The head of an HTTP message is taken off the block here.  What follows
 * goes through the reader of bodies (http/body_reader.h).
 */
#include <config.h>

#include "warccap/warc.h"

#include <stdlib.h>

#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_split.h"
#include "warc/rules.h"

struct warc_payload {
    struct warc_reader *reader;
    struct http_split split;
    struct text rest; /* the part of the block that was read along with the head */
    bool lost;        /* the rest of the block is missing or damaged */
    struct body_reader *body;
};

/* ---- the block ---- */

static enum result next_of_block(void *context, struct text *piece)
{
    struct warc_payload *payload = context;
    *piece = payload->rest;
    payload->rest = TEXT("");
    if (piece->length)
        return RESULT_OK;
    enum warc_result result =
        payload->lost ? WARC_LOST : warc_reader_block(payload->reader, &piece->at, &piece->length);
    payload->lost = result != WARC_OK && result != WARC_END;
    return result == WARC_OK ? RESULT_OK : result == WARC_END ? RESULT_END : RESULT_LOST;
}

/* Reads the head off the block. */
static void take_head(struct warc_payload *payload, enum warc_type type)
{
    struct text piece;
    http_split_begin(&payload->split, type == WARC_REQUEST);
    while (!payload->split.in_body && next_of_block(payload, &piece) == RESULT_OK) {
        http_split_take_head(&payload->split, &piece);
        payload->rest = piece;
    }
    http_split_end(&payload->split);
}

struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record,
                                       int flags)
{
    struct warc_payload *payload = calloc(1, sizeof *payload);
    if (!payload)
        return NULL;
    payload->reader = reader;
    payload->rest = TEXT("");
    http_split_init(&payload->split);
    payload->body = body_reader_new();
    if (record_holds_http(record))
        take_head(payload, record->type);
    if (!payload->body || payload->split.no_memory) {
        warc_payload_close(payload);
        return NULL;
    }
    body_reader_begin(payload->body, payload->split.readable ? &payload->split.parsed : NULL,
                      flags & WARC_PAYLOAD_DECODED ? BODY_DECODED : BODY_AS_CODED,
                      (struct body_source){next_of_block, payload});
    if (body_reader_error(payload->body) == BODY_UNREADABLE) { /* there was no memory */
        warc_payload_close(payload);
        return NULL;
    }
    return payload;
}

void warc_payload_close(struct warc_payload *payload)
{
    if (!payload)
        return;
    body_reader_free(payload->body);
    http_split_release(&payload->split);
    free(payload);
}

enum warc_result warc_payload_read(struct warc_payload *payload, const char **bytes, size_t *length)
{
    struct text piece;
    enum result result = body_reader_next(payload->body, &piece);
    *bytes = piece.at;
    *length = piece.length;
    return result == RESULT_OK ? WARC_OK : result == RESULT_END ? WARC_END : WARC_LOST;
}

/* ---- what is known of it ---- */

const char *warc_payload_words(const struct warc_payload *payload)
{
    return body_reader_words(payload->body);
}

enum warc_payload_error warc_payload_error(const struct warc_payload *payload)
{
    static const enum warc_payload_error errors[BODY_ERRORS] = {
        [BODY_SOUND] = WARC_PAYLOAD_SOUND,
        [BODY_TOO_LONG] = WARC_PAYLOAD_SOUND, /* this reader has no limit */
        [BODY_ENDS_EARLY] = WARC_PAYLOAD_ENDS_EARLY,
        [BODY_CHUNKS_BROKEN] = WARC_PAYLOAD_CHUNKS_BROKEN,
        [BODY_CODING_BROKEN] = WARC_PAYLOAD_CODING_BROKEN,
        [BODY_CODING_UNKNOWN] = WARC_PAYLOAD_CODING_UNKNOWN,
        [BODY_UNREADABLE] = WARC_PAYLOAD_BLOCK_BROKEN};
    return errors[body_reader_error(payload->body)];
}

const char *warc_payload_coding(const struct warc_payload *payload)
{
    return body_reader_coding(payload->body);
}

bool warc_payload_has_trailers(const struct warc_payload *payload)
{
    return body_reader_has_trailers(payload->body);
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
    if (head->status) { /* only the text after the version has it */
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
