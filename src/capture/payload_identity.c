#include <config.h>

#include "capture/payload_identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_BYTES = 256 * 1024 };

bool payload_reader_init(struct payload_reader *reader)
{
    reader->room = malloc(ROOM_BYTES);
    reader->sha1 = digester_new(DIGEST_SHA1);
    reader->sha256 = digester_new(DIGEST_SHA256);
    return reader->sha1 && reader->sha256 && reader->room;
}

void payload_reader_release(struct payload_reader *reader)
{
    digester_free(reader->sha1);
    digester_free(reader->sha256);
    free(reader->room);
}

/* "chunked gzip": under which codings the payload's octets stand in the record. */
static void name_framing(const struct http_head *head, char out[PAYLOAD_FRAMING_BYTES])
{
    struct text coding = http_field(head, "Content-Encoding");
    if (text_equal_nocase(coding, TEXT("identity")))
        coding = TEXT("");
    snprintf(out, PAYLOAD_FRAMING_BYTES, "%s%.*s", http_body_is_chunked(head) ? "chunked " : "",
             TEXT_ARGS(coding));
    for (char *c = out; *c; c++)
        *c = ascii_lower(*c);
}

static void begin(struct payload_reader *reader, const struct http_head *head,
                  struct payload *payload)
{
    *payload = (struct payload){.length = 0};
    reader->chunked = http_body_is_chunked(head);
    dechunker_init(&reader->dechunker);
    digester_begin(reader->sha1);
    digester_begin(reader->sha256);
}

static void add_payload(struct payload_reader *reader, struct payload *payload, struct text piece)
{
    digester_add(reader->sha1, piece.at, piece.length);
    digester_add(reader->sha256, piece.at, piece.length);
    payload->length += (int64_t)piece.length;
}

static void add_body(struct payload_reader *reader, struct payload *payload, struct text body)
{
    if (!reader->chunked)
        add_payload(reader, payload, body);
    while (reader->chunked && body.length && reader->dechunker.state == BODY_MORE) {
        struct text piece;
        dechunker_take(&reader->dechunker, &body, &piece);
        add_payload(reader, payload, piece);
    }
}

static enum payload_besides end(struct payload_reader *reader, const struct http_head *head,
                                struct payload *payload)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    digester_end(reader->sha1, digest);
    memcpy(payload->sha1, digest, sizeof payload->sha1);
    digester_end(reader->sha256, digest);
    memcpy(payload->sha256, digest, sizeof payload->sha256);
    name_framing(head, reader->framing);
    payload->framing = text_of(reader->framing);
    if (reader->dechunker.state == BODY_BAD)
        return PAYLOAD_RUBBISH;
    return reader->dechunker.has_trailers ? PAYLOAD_TRAILERS : PAYLOAD_ALONE;
}

enum payload_besides payload_read(struct payload_reader *reader, const struct http_head *head,
                                  struct text body, struct payload *payload)
{
    begin(reader, head, payload);
    add_body(reader, payload, body);
    return end(reader, head, payload);
}

enum result payload_read_spool(struct payload_reader *reader, const struct http_head *head,
                               const struct spool *spool, size_t from, struct payload *payload,
                               enum payload_besides *besides, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    int64_t at = (int64_t)from;
    begin(reader, head, payload);
    while (result == RESULT_OK && at < spool->length) {
        struct text piece = spool_piece(spool, at, reader->room, ROOM_BYTES);
        if (!piece.length)
            result = trouble_say_os(trouble, RESULT_BROKEN,
                                    "cannot read the temporary file of an answer in %s",
                                    spool->directory);
        add_body(reader, payload, piece);
        at += (int64_t)piece.length;
    }
    *besides = end(reader, head, payload);
    return result;
}

bool payload_may_be_shared(const struct http_head *head, const struct payload *payload,
                           enum payload_besides besides)
{
    return besides == PAYLOAD_ALONE && payload->length > 0 && head->status != 206 &&
           head->status != 304;
}
