#include <config.h>

#include "crawl/payload.h"

#include <stdio.h>
#include <string.h>

#include "web/http_body.h"

bool payload_reader_init(struct payload_reader *reader)
{
    reader->sha1 = digester_new(DIGEST_SHA1);
    reader->sha256 = digester_new(DIGEST_SHA256);
    return reader->sha1 && reader->sha256;
}

void payload_reader_release(struct payload_reader *reader)
{
    digester_free(reader->sha1);
    digester_free(reader->sha256);
}

static void add_piece(struct payload_reader *reader, struct payload *payload, struct text piece)
{
    digester_add(reader->sha1, piece.at, piece.length);
    digester_add(reader->sha256, piece.at, piece.length);
    payload->length += (int64_t)piece.length;
}

/* "chunked gzip": under which codings the payload's octets stand in the record. */
static void name_framing(const struct http_head *head, char out[PAYLOAD_FRAMING_BYTES])
{
    struct text coding = http_field(head, "Content-Encoding");
    if (text_equal_nocase(coding, TEXT("identity")))
        coding = TEXT("");
    snprintf(out, PAYLOAD_FRAMING_BYTES, "%s%.*s", http_body_is_chunked(head) ? "chunked " : "", TEXT_ARGS(coding));
    for (char *c = out; *c; c++)
        *c = ascii_lower(*c);
}

bool payload_read(struct payload_reader *reader, const struct http_head *head, struct text body, struct payload *payload)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    bool trailers = false;
    *payload = (struct payload){.length = 0};
    digester_begin(reader->sha1);
    digester_begin(reader->sha256);
    if (http_body_is_chunked(head)) {
        struct dechunker dechunker;
        dechunker_init(&dechunker);
        while (body.length && dechunker.state == BODY_MORE) {
            struct text piece;
            dechunker_take(&dechunker, &body, &piece);
            add_piece(reader, payload, piece);
        }
        trailers = dechunker.has_trailers;
    } else
        add_piece(reader, payload, body);
    digester_end(reader->sha1, digest);
    memcpy(payload->sha1, digest, sizeof payload->sha1);
    digester_end(reader->sha256, digest);
    memcpy(payload->sha256, digest, sizeof payload->sha256);
    name_framing(head, reader->framing);
    payload->framing = text_of(reader->framing);
    return trailers;
}

bool payload_may_be_shared(const struct http_head *head, const struct payload *payload)
{
    return payload->length > 0 && head->status != 206 && head->status != 304;
}
