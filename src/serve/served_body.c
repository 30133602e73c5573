/* Each body has a reader of its own, because slow clients take it over a long time. */
#include <config.h>

#include "serve/served_body.h"

#include <stdlib.h>

#include "http/http_body.h"
#include "http/http_coding.h"
#include "warc/reader_part.h"
#include "warccap/warc.h"

struct served_body {
    struct warc_reader *reader;
    const struct warc_record *record;
    struct warc_payload *payload;
    struct http_head head;
    bool has_head;
    bool stored;        /* codings stay */
    int64_t skip, left; /* left: -1 for all */
};

static enum result open_record(struct served_body *body, int64_t offset, struct trouble *trouble)
{
    size_t length = 0;
    enum warc_result got = warc_reader_seek(body->reader, offset);
    if (got == WARC_OK)
        got = warc_reader_next(body->reader, &body->record);
    if ((got != WARC_OK && got != WARC_FLAWED) || !body->record)
        return trouble_say(trouble, got == WARC_BROKEN ? RESULT_BROKEN : RESULT_LOST, "%s",
                           got == WARC_END ? "the file ends before it"
                                           : warc_reader_words(body->reader));
    if (body->record->type != WARC_RESPONSE && body->record->type != WARC_RESOURCE)
        return trouble_say(trouble, RESULT_LOST, "it is a %s record",
                           warc_type_name(body->record->type));
    body->payload =
        warc_payload_open(body->reader, body->record, body->stored ? 0 : WARC_PAYLOAD_DECODED);
    if (!body->payload)
        return trouble_say(trouble, RESULT_BROKEN, "there is no memory");
    const char *head = warc_payload_head(body->payload, &length);
    body->has_head = head && http_response_read(&body->head, (struct text){head, length});
    if (body->record->type == WARC_RESPONSE && !body->has_head)
        return trouble_say(trouble, RESULT_LOST, "it has no status line");
    return RESULT_OK;
}

static enum result open_body(struct served_body **out, const struct served_place *place,
                             bool stored, struct trouble *trouble)
{
    struct served_body *body = calloc(1, sizeof *body);
    *out = NULL;
    if (body)
        body->reader = place->part ? warc_reader_open_part(place->path, place->part->from,
                                                           place->part->length, place->part->name)
                                   : warc_reader_open(place->path);
    if (!body || !body->reader) {
        free(body);
        return trouble_say(trouble, RESULT_BROKEN, "there is no memory");
    }
    body->left = -1;
    body->stored = stored;
    enum result result = open_record(body, place->offset, trouble);
    if (result != RESULT_OK) {
        served_body_close(body);
        return result;
    }
    *out = body;
    return RESULT_OK;
}

enum result served_body_open(struct served_body **body, const struct served_place *place,
                             struct trouble *trouble)
{
    return open_body(body, place, false, trouble);
}

enum result served_body_open_stored(struct served_body **body, const struct served_place *place,
                                    struct trouble *trouble)
{
    return open_body(body, place, true, trouble);
}

void served_body_close(struct served_body *body)
{
    if (!body)
        return;
    warc_payload_close(body->payload);
    warc_reader_close(body->reader);
    http_head_release(&body->head);
    free(body);
}

const struct http_head *served_body_head(const struct served_body *body)
{
    return body->has_head ? &body->head : NULL;
}

struct text served_body_url(const struct served_body *body)
{
    struct text url = text_of(warc_record_field(body->record, "WARC-Target-URI"));
    if (url.length > 2 && url.at[0] == '<' && url.at[url.length - 1] == '>')
        return (struct text){url.at + 1, url.length - 2};
    return url;
}

struct text served_body_type(const struct served_body *body)
{
    return text_of(warc_record_field(body->record, "Content-Type"));
}

struct text served_body_coding(const struct served_body *body)
{
    return warc_payload_error(body->payload) == WARC_PAYLOAD_CODING_UNKNOWN
               ? text_of(warc_payload_coding(body->payload))
               : TEXT("");
}

int64_t served_body_length(const struct served_body *body)
{
    if (body->left >= 0)
        return body->left;
    if (!body->has_head)
        return body->record->content_length;
    if (http_field(&body->head, "Transfer-Encoding").at ||
        (!body->stored && http_field(&body->head, "Content-Encoding").at &&
         !served_body_coding(body).length))
        return -1;
    return body->record->content_length - (int64_t)body->head.length;
}

/* Cuts from the piece what is not wanted. */
static void cut(struct served_body *body, struct text *piece)
{
    size_t skip = body->skip < (int64_t)piece->length ? (size_t)body->skip : piece->length;
    body->skip -= (int64_t)skip;
    *piece = text_skip(*piece, skip);
    if (body->left >= 0) {
        if ((int64_t)piece->length > body->left)
            piece->length = (size_t)body->left;
        body->left -= (int64_t)piece->length;
    }
}

enum result served_body_next(struct served_body *body, struct text *piece)
{
    do {
        *piece = TEXT("");
        if (body->left == 0)
            return RESULT_END;
        enum warc_result got = warc_payload_read(body->payload, &piece->at, &piece->length);
        if (got != WARC_OK)
            return got == WARC_END ? RESULT_END : RESULT_LOST;
        cut(body, piece);
    } while (!piece->length);
    return RESULT_OK;
}

int64_t served_body_count(struct served_body *body)
{
    struct text piece;
    int64_t count = 0;
    while (served_body_next(body, &piece) == RESULT_OK)
        count += (int64_t)piece.length;
    return count;
}

void served_body_limit(struct served_body *body, int64_t first, int64_t length)
{
    body->skip = first;
    body->left = length;
}
