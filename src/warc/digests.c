/*
 * Digests a block and its payload while they are read, and compares the results with the fields of
 * the record.  Two digests of an HTTP body are computed, with and without its chunk framing,
 * because tools differ in which of them they write.
 */
#include <config.h>

#include "warc/digests.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/digest_value.h"
#include "http/http_split.h"

/* A digest that a record has, and what is needed to compute it. */
struct one {
    const char *said; /* the value of the field; NULL: the record has none */
    struct digest_value value;
    bool readable;                            /* the value has its bytes */
    struct digester *digesters[DIGEST_KINDS]; /* one per kind, made when first needed */
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
    for (int i = 0; i < DIGEST_KINDS; i++)
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

/* SHA-1 and SHA-256 must be there.  A system may lack others, or forbid MD5: then the digest is not
 * checked. */
static bool begin_one(struct one *one, const char *said)
{
    one->said = said;
    one->like = NULL;
    enum digest_reading read = digest_value_read(text_of(said ? said : ""), &one->value);
    one->readable = read == DIGEST_IS_READ;
    one->computed = read == DIGEST_IS_READ || read == DIGEST_HAS_BAD_VALUE;
    if (!one->computed)
        return true;
    struct digester **digester = &one->digesters[one->value.kind];
    if (!*digester)
        *digester = digester_new(one->value.kind);
    if (*digester)
        digester_begin(*digester);
    else
        one->computed = false;
    return *digester || (one->value.kind != DIGEST_SHA1 && one->value.kind != DIGEST_SHA256);
}

static struct digester *in_use(const struct one *one)
{
    return one->computed ? one->digesters[one->value.kind] : NULL;
}

static void add_to(struct one *one, struct text piece)
{
    if (one->computed && !one->like)
        digester_add(in_use(one), piece.at, piece.length);
}

static bool is_right(const struct one *one, const unsigned char bytes[DIGEST_MOST_BYTES])
{
    return one->readable && memcmp(bytes, one->value.bytes, one->value.length) == 0;
}

/* ---- a record ---- */

bool digests_begin(struct digests *digests, const struct warc_record *record)
{
    const char *payload = warc_record_field(record, "WARC-Payload-Digest");
    if (record->type != WARC_RESPONSE && record->type != WARC_RESOURCE &&
        record->type != WARC_REQUEST && record->type != WARC_CONVERSION)
        payload = NULL; /* the digest of a revisit is that of the record it refers to */
    if (warc_record_field(record, "WARC-Segment-Number"))
        payload = NULL; /* it is that of all segments together (WARC 1.1, 7) */
    digests->http = record_holds_http(record);
    http_split_begin(&digests->split, record->type == WARC_REQUEST);
    if (!begin_one(&digests->block, warc_record_field(record, "WARC-Block-Digest")) ||
        !begin_one(&digests->payload, payload) ||
        !begin_one(&digests->stored_body, digests->http ? payload : NULL))
        return false;
    /* Here the payload is the block: one computation is enough. */
    if (!digests->http && digests->block.computed && digests->payload.computed &&
        digests->block.value.kind == digests->payload.value.kind)
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
