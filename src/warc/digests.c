/*
 * Digests a block and its payload while they are read, and compares the results with the fields of
 * the record.  The body of an HTTP message is digested twice, with and without its chunk framing,
 * because some tools write one and some the other.
 */
#include <config.h>

#include "warc/digests.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "http/http_split.h"

enum { KINDS = 2 };

/* A digest that a record has, and what is needed to compute it. */
struct one {
    const char *said; /* the value of the field; NULL: the record has none */
    enum digest_kind kind;
    struct digester *digesters[KINDS]; /* one per kind, made when first needed */
    bool computed;
    /* the digest of the same bytes, computed instead of this one; NULL: there is none */
    const struct one *like;
};

struct digests {
    struct one block, payload, stored_body;
    bool http;
    struct http_split split;
};

struct digests *digests_new(void)
{
    struct digests *digests = calloc(1, sizeof *digests);
    if (digests)
        http_split_init(&digests->split);
    return digests;
}

static void release(struct one *one)
{
    for (int i = 0; i < KINDS; i++)
        digester_free(one->digesters[i]);
}

void digests_free(struct digests *digests)
{
    if (!digests)
        return;
    release(&digests->block);
    release(&digests->payload);
    release(&digests->stored_body);
    http_split_release(&digests->split);
    free(digests);
}

/* ---- one digest ---- */

static bool begin_one(struct one *one, const char *said)
{
    struct text value = text_of(said ? said : "");
    one->said = said;
    one->like = NULL;
    one->computed =
        text_starts_nocase(value, TEXT("sha1:")) || text_starts_nocase(value, TEXT("sha256:"));
    if (!one->computed)
        return true;
    one->kind = text_starts_nocase(value, TEXT("sha1:")) ? DIGEST_SHA1 : DIGEST_SHA256;
    struct digester **digester = &one->digesters[one->kind == DIGEST_SHA256];
    if (!*digester)
        *digester = digester_new(one->kind);
    if (*digester)
        digester_begin(*digester);
    return *digester != NULL;
}

static struct digester *in_use(const struct one *one)
{
    return one->computed ? one->digesters[one->kind == DIGEST_SHA256] : NULL;
}

static void add_to(struct one *one, struct text piece)
{
    if (one->computed && !one->like)
        digester_add(in_use(one), piece.at, piece.length);
}

static bool is_right(const struct one *one, const unsigned char bytes[DIGEST_MOST_BYTES])
{
    char base32[2 * DIGEST_MOST_BYTES], hex[2 * DIGEST_MOST_BYTES + 1];
    size_t length = one->kind == DIGEST_SHA1 ? DIGEST_SHA1_BYTES : DIGEST_MOST_BYTES;
    struct text value = text_of(one->said);
    value = text_trim(text_skip(value, (size_t)text_find_char(value, ':') + 1));
    while (value.length && value.at[value.length - 1] == '=')
        value.length--;
    digest_hex(bytes, length, hex);
    digest_base32(bytes, length, base32);
    return text_equal_nocase(value, text_of(hex)) || text_equal_nocase(value, text_of(base32));
}

/* ---- a record ---- */

bool digests_begin(struct digests *digests, const struct warc_record *record)
{
    const char *payload = warc_record_field(record, "WARC-Payload-Digest");
    if (record->type != WARC_RESPONSE && record->type != WARC_RESOURCE &&
        record->type != WARC_REQUEST && record->type != WARC_CONVERSION)
        payload = NULL; /* the digest of a revisit is that of the record it refers to */
    digests->http = record_holds_http(record);
    http_split_begin(&digests->split, record->type == WARC_REQUEST);
    if (!begin_one(&digests->block, warc_record_field(record, "WARC-Block-Digest")) ||
        !begin_one(&digests->payload, payload) ||
        !begin_one(&digests->stored_body, digests->http ? payload : NULL))
        return false;
    /* Here the payload is the block: one computation is enough. */
    if (!digests->http && digests->block.computed && digests->payload.computed &&
        digests->block.kind == digests->payload.kind)
        digests->payload.like = &digests->block;
    return true;
}

void digests_add(struct digests *digests, struct text piece)
{
    add_to(&digests->block, piece);
    if (!digests->payload.said)
        return;
    if (!digests->http)
        add_to(&digests->payload, piece);
    while (digests->http && piece.length) {
        struct text body, payload;
        http_split_take(&digests->split, &piece, &body, &payload);
        add_to(&digests->payload, payload);
        if (digests->split.chunked)
            add_to(&digests->stored_body, body);
    }
}

/* Writes the computed digest to `bytes`. */
static void end_one(const struct one *one, unsigned char bytes[DIGEST_MOST_BYTES])
{
    if (one->computed && !one->like)
        digester_end(in_use(one), bytes);
}

void digests_end(struct digests *digests, const struct rule_listener *listener)
{
    unsigned char block[DIGEST_MOST_BYTES], payload[DIGEST_MOST_BYTES], body[DIGEST_MOST_BYTES];
    const struct one *ones[] = {&digests->block, &digests->payload};
    http_split_end(&digests->split);
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
        if (ones[i]->said && !ones[i]->computed)
            rule_tell(listener, RULE_DIGEST_UNCHECKED, "%s", ones[i]->said);
    end_one(&digests->block, block);
    end_one(&digests->payload, payload);
    if (digests->block.computed && !is_right(&digests->block, block))
        rule_tell(listener, RULE_BLOCK_DIGEST, "%s", digests->block.said);
    /* Without a readable head there is no body. */
    bool unread = digests->http && !digests->split.readable;
    if (!digests->payload.computed || unread ||
        is_right(&digests->payload, digests->payload.like ? block : payload))
        return;
    end_one(&digests->stored_body, body);
    if (digests->http && digests->split.chunked && is_right(&digests->stored_body, body))
        rule_tell(listener, RULE_PAYLOAD_DIGEST_RAW, "%s", digests->payload.said);
    else
        rule_tell(listener, RULE_PAYLOAD_DIGEST, "%s", digests->payload.said);
}
