/*
 * Payloads that are in the archive: by digest, where the response that first held them is.  A
 * payload that comes again is written as a revisit of that one.  SHA-1 is the format's digest and
 * finds them; SHA-256 is compared before anything is called identical, so that a made-up SHA-1
 * collision costs nobody a page.
 *
 * A file of its own under state/, used by the writer's thread alone; it may be lost without harm:
 * payloads are then stored once more.  What was added is kept only by dedup_commit(), which is to
 * follow the sync of the records.
 */
#ifndef STORE_DEDUP_H
#define STORE_DEDUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/result.h"
#include "base/text.h"

/* What identifies a payload.  `framing` is the Transfer-Encoding and Content-Encoding under which
 * it came: readers put a revisit's own HTTP head before the original's octets, so both have to
 * speak of the same octets. */
struct payload {
    unsigned char sha1[DIGEST_SHA1_BYTES];
    unsigned char sha256[32];
    int64_t length; /* octets */
    struct text framing;
};

enum { ORIGINAL_URL_MOST = 8192 };

/* The response that holds a payload: its record's fields as they were written. */
struct dedup_original {
    char id[64];
    char date[32];
    char url[ORIGINAL_URL_MOST + 1];
};

struct dedup;

/* Opens or makes the file.  LOST: what is there is damaged; put aside, it can be made anew. */
MUST_CHECK enum result dedup_open(struct dedup **dedup, const char *path, struct trouble *trouble);
/* Whether it knows of none. */
bool dedup_is_empty(struct dedup *dedup);
/* Forgets what was not committed, and closes. */
void dedup_close(struct dedup *dedup);

enum dedup_result {
    DEDUP_NONE, /* no such payload */
    DEDUP_FOUND,
    DEDUP_COLLISION, /* one with this SHA-1, but with other octets */
    DEDUP_TROUBLE,   /* the file can't be read: store the payload */
};
enum dedup_result dedup_find(struct dedup *dedup, const struct payload *payload,
                             struct dedup_original *original);

/* Adds the response that holds a payload which was not found; of several the first stays the
 * original. */
void dedup_add(struct dedup *dedup, const struct payload *payload,
               const struct dedup_original *original);
MUST_CHECK enum result dedup_commit(struct dedup *dedup, struct trouble *trouble);

#endif
