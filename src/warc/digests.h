/*
 * Whether a block and its payload are what the record's digests say, found out as the block passes
 * (WARC 1.1, 5.8 and 5.9): SHA-1 and SHA-256, in Base32 or hexadecimal.  The payload of an HTTP
 * message is its body without transfer coding; a digest over the body as it is stored, which some
 * tools write, is told from a wrong one.
 */
#ifndef WARC_DIGESTS_H
#define WARC_DIGESTS_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "warc/rules.h"

struct digests;

struct digests *digests_new(void); /* NULL without memory */
void digests_free(struct digests *digests);

/* Begins with a record, whose fields must last until the end.  False without memory, or when
 * OpenSSL does not offer the algorithm. */
MUST_CHECK bool digests_begin(struct digests *digests, const struct warc_record *record);
void digests_add(struct digests *digests, struct text piece);
/* Tells what does not fit. */
void digests_end(struct digests *digests, const struct rule_listener *listener);

#endif
