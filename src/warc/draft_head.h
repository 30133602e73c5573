/*
 * The head of a record that is being written (WARC 1.1, section 5): digests of its block and
 * payload, then its fields in their order.  The caller passes the block piece by piece.
 */
#ifndef WARC_DRAFT_HEAD_H
#define WARC_DRAFT_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/result.h"
#include "http/http_split.h"
#include "warccap/warc.h"

enum { PAYLOAD_DIGEST_MOST = 256 };

struct draft_head {
    struct digester *digester;
    struct digester *payload_digester; /* made when first needed */
    struct http_split split;           /* splits the block whose payload is digested */
    int64_t payload_length;
    bool digests_payload;      /* the block is an HTTP message, whose payload the writer digests */
    struct warc_field *fields; /* of the current record */
    size_t field_room;
    char payload_digest[PAYLOAD_DIGEST_MOST]; /* of the last record; empty: it has none */
};

/* False without memory; it must be released nevertheless. */
MUST_CHECK bool draft_head_init(struct draft_head *head);
void draft_head_release(struct draft_head *head);

/* Begins a record.  False without memory. */
MUST_CHECK bool draft_head_begin(struct draft_head *head, const struct warc_draft *draft);
/* Takes the next piece of the block. */
void draft_head_add(struct draft_head *head, struct text piece);
/* The block has ended. */
void draft_head_end(struct draft_head *head);

/* Writes the version line and all fields into *out, which is cleared first.  `length` is that of
 * the block.  WARC_LOST: the record breaks a rule, and *trouble says which.  WARC_BROKEN: there is
 * no memory. */
MUST_CHECK enum warc_result draft_head_write(struct draft_head *head,
                                             const struct warc_draft *draft, int64_t length,
                                             const char *warcinfo_id, struct buf *out,
                                             struct trouble *trouble);

#endif
