/* Computes the digests of a payload while it is read piece by piece. */
#include <config.h>

#include "capture/payload_identity.h"

#include <stdio.h>
#include <string.h>

#include "http/http_body.h"

enum { SLICE_BYTES = 1024 * 1024 };

bool payload_reader_init(struct payload_reader *reader, enum payload_digests digests)
{
    reader->give_up = (struct give_up){NULL, NULL};
    reader->sha1 = digester_new(DIGEST_SHA1);
    reader->sha256 = digests == PAYLOAD_SHA256 ? digester_new(DIGEST_SHA256) : NULL;
    reader->body = body_reader_new();
    return reader->sha1 && (reader->sha256 || digests == PAYLOAD_SHA1) && reader->body;
}

void payload_reader_release(struct payload_reader *reader)
{
    digester_free(reader->sha1);
    digester_free(reader->sha256);
    body_reader_free(reader->body);
}

/* Notes the codings under which the record has the payload: "chunked gzip". */
void payload_identity_set_framing(struct payload_identity *identity, const struct http_head *head)
{
    struct text coding = http_field(head, "Content-Encoding");
    if (text_equal_nocase(coding, TEXT("identity")))
        coding = TEXT("");
    snprintf(identity->framing, sizeof identity->framing, "%s%.*s",
             http_body_is_chunked(head) ? "chunked " : "", TEXT_ARGS(coding));
    for (char *c = identity->framing; *c; c++)
        *c = ascii_lower(*c);
    identity->payload.framing = text_of(identity->framing);
}

static void begin(struct payload_reader *reader, struct payload_identity *identity)
{
    *identity = (struct payload_identity){.known = false};
    digester_begin(reader->sha1);
    if (reader->sha256)
        digester_begin(reader->sha256);
}

static void add(struct payload_reader *reader, struct payload_identity *identity, struct text piece)
{
    digester_add(reader->sha1, piece.at, piece.length);
    if (reader->sha256)
        digester_add(reader->sha256, piece.at, piece.length);
    identity->payload.length += (int64_t)piece.length;
}

static void end(struct payload_reader *reader, const struct http_head *head,
                struct payload_identity *identity, bool rubbish, bool trailers)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    digester_end(reader->sha1, digest);
    memcpy(identity->payload.sha1, digest, sizeof identity->payload.sha1);
    if (reader->sha256) {
        digester_end(reader->sha256, digest);
        memcpy(identity->payload.sha256, digest, sizeof identity->payload.sha256);
    }
    payload_identity_set_framing(identity, head);
    identity->besides = rubbish ? PAYLOAD_RUBBISH : trailers ? PAYLOAD_TRAILERS : PAYLOAD_ALONE;
    identity->known = true;
}

void payload_begin_spool(struct payload_reader *reader, const struct http_head *head,
                         struct spool *spool, size_t from, struct payload_identity *identity)
{
    begin(reader, identity);
    body_reader_begin_spool(reader->body, head, BODY_AS_CODED, spool, from);
}

enum result payload_read_slice(struct payload_reader *reader, const struct http_head *head,
                               const struct spool *spool, size_t most,
                               struct payload_identity *identity, struct trouble *trouble)
{
    struct body_reader *body = reader->body;
    struct text piece;
    for (size_t done = 0; done < most; done += piece.length) {
        if (body_reader_next(body, &piece) != RESULT_OK) {
            if (body_reader_error(body) == BODY_UNREADABLE)
                return trouble_say_os(trouble, RESULT_BROKEN,
                                      "cannot read the temporary file of a response in %s",
                                      spool->directory);
            end(reader, head, identity, body_reader_error(body) == BODY_CHUNKS_BROKEN,
                body_reader_has_trailers(body));
            return RESULT_OK;
        }
        add(reader, identity, piece);
        if (give_up_asked(&reader->give_up))
            return trouble_say(trouble, RESULT_BROKEN, "a response was given up");
    }
    return RESULT_AGAIN;
}

enum result payload_read_spool(struct payload_reader *reader, const struct http_head *head,
                               struct spool *spool, size_t from, struct payload_identity *identity,
                               struct trouble *trouble)
{
    enum result result;
    payload_begin_spool(reader, head, spool, from, identity);
    while ((result = payload_read_slice(reader, head, spool, SLICE_BYTES, identity, trouble)) ==
           RESULT_AGAIN)
        continue;
    return result;
}

enum result payload_read_stored(struct payload_reader *reader, const struct http_head *head,
                                struct warc_payload *stored, struct payload_identity *identity)
{
    struct text piece;
    begin(reader, identity);
    while (warc_payload_read(stored, &piece.at, &piece.length) == WARC_OK) {
        add(reader, identity, piece);
        if (give_up_asked(&reader->give_up))
            return RESULT_LOST;
    }
    enum warc_payload_error error = warc_payload_error(stored);
    if (error == WARC_PAYLOAD_BLOCK_BROKEN)
        return RESULT_LOST;
    end(reader, head, identity, error == WARC_PAYLOAD_CHUNKS_BROKEN,
        warc_payload_has_trailers(stored));
    return RESULT_OK;
}

bool payload_identity_may_be_shared(const struct payload_identity *identity,
                                    const struct http_head *head)
{
    return identity->besides == PAYLOAD_ALONE && identity->payload.length > 0 &&
           head->status != 206 && head->status != 304;
}
