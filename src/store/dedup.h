/*
 * The payloads in the archive by digest, each with the response that first had it. If a payload
 * comes again, it is written as a revisit of that response. They are looked up by SHA-1, the
 * format's digest. SHA-256 is compared before two payloads are called identical, so a crafted SHA-1
 * collision loses no page.
 *
 * This is a file of its own under state/, and only the writer's thread uses it. If it is lost,
 * payloads are stored once more, and nothing else happens. Only dedup_commit() keeps what was
 * added; call it after the records were synced.
 */
#ifndef STORE_DEDUP_H
#define STORE_DEDUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/result.h"
#include "base/text.h"

/* What identifies a payload. `framing` is its Transfer-Encoding and Content-Encoding. Replay tools
 * combine a revisit's own HTTP head with the original's bytes, so both must have the same
 * codings. */
struct payload {
    unsigned char sha1[DIGEST_SHA1_BYTES];
    unsigned char sha256[32];
    int64_t length; /* bytes */
    struct text framing;
};

enum { ORIGINAL_URL_MOST = 8192 };

/* The response that first had a payload: the fields of its record as they were written. */
struct dedup_original {
    char id[64];
    char date[32];
    char url[ORIGINAL_URL_MOST + 1];
};

struct dedup;

/* Opens or creates the file. LOST: the file is damaged; put it aside, and it can be created
 * anew. */
MUST_CHECK enum result dedup_open(struct dedup **dedup, const char *path, struct trouble *trouble);
/* Whether it has no payloads. */
bool dedup_is_empty(struct dedup *dedup);
/* Discards what was not committed, and closes. */
void dedup_close(struct dedup *dedup);
/* Empties the file, and keeps that at once: the archive may not have all that it knows. */
MUST_CHECK enum result dedup_forget(struct dedup *dedup, struct trouble *trouble);

enum dedup_result {
    DEDUP_NONE, /* no such payload */
    DEDUP_FOUND,
    DEDUP_COLLISION, /* one with this SHA-1, but other bytes */
    DEDUP_TROUBLE,   /* the file can't be read: store the payload */
};
enum dedup_result dedup_find(struct dedup *dedup, const struct payload *payload,
                             struct dedup_original *original);

/* Adds the response that has a new payload. If there are several, the first stays the original. */
void dedup_add(struct dedup *dedup, const struct payload *payload,
               const struct dedup_original *original);
MUST_CHECK enum result dedup_commit(struct dedup *dedup, struct trouble *trouble);

#endif
