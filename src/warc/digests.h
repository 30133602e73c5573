/*
 * Compares a block and its payload with the digests of the record while the block is read (WARC
 * 1.1, 5.8 and 5.9).  Knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512
 * (base/digest_value.h).  Of a record in segments only the block is compared.
 *
 * The payload of an HTTP message is its body without transfer coding.  Some tools write the digest
 * of the body as it is stored, chunk framing included.  Such a digest is told apart from a wrong
 * one.
 */
#ifndef WARC_DIGESTS_H
#define WARC_DIGESTS_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "warc/rules.h"

struct digests;

/* NULL when there is no memory.  The caller frees it with digests_free(). */
struct digests *digests_new(void);
void digests_free(struct digests *digests);

/* Begins a record.  Its fields must live until digests_end().  False when there is no memory, or
 * when OpenSSL does not offer the algorithm. */
MUST_CHECK bool digests_begin(struct digests *digests, const struct warc_record *record);
/* Adds the next piece of the block. */
void digests_add(struct digests *digests, struct text piece);
/* Ends the record and reports digests that do not match, or cannot be checked, to `listener`. */
void digests_end(struct digests *digests, const struct rule_listener *listener);

#endif
