/*
 * Payloads that are in the archive: by digest, where the response that first held them is.  A payload that comes again is
 * written as a revisit of that one.  SHA-1 is the format's digest and finds them; SHA-256 is compared before anything is
 * called identical, so that a made-up SHA-1 collision costs nobody a page.
 *
 * A file of its own under state/, used by the writer's thread alone; it may be lost without harm: payloads are then stored
 * once more.  What was added is kept only by originals_commit(), which is to follow the sync of the records.
 */
#ifndef ARCHIVE_ORIGINALS_H
#define ARCHIVE_ORIGINALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/answer.h"
#include "base/digest.h"
#include "base/text.h"

/* What identifies a payload.  `framing` is the Transfer-Encoding and Content-Encoding under which it came: readers put a
 * revisit's own HTTP head before the original's octets, so both have to speak of the same octets. */
struct payload {
    unsigned char sha1[DIGEST_SHA1_BYTES];
    unsigned char sha256[32];
    int64_t length; /* octets */
    struct text framing;
};

enum { ORIGINAL_URL_MOST = 8192 };

/* The response that holds a payload: its record's fields as they were written. */
struct original {
    char id[64];
    char date[32];
    char url[ORIGINAL_URL_MOST + 1];
};

struct originals;

/* Opens or makes the file.  LOST: what is there is damaged; put aside, it can be made anew. */
enum answer originals_open(struct originals **originals, const char *path, struct trouble *trouble);
/* Whether it knows of none. */
bool originals_are_none(struct originals *originals);
/* Forgets what was not committed, and closes. */
void originals_close(struct originals *originals);

enum original_answer {
    ORIGINAL_NONE,      /* no such payload */
    ORIGINAL_FOUND,
    ORIGINAL_COLLISION, /* one with this SHA-1, but with other octets */
    ORIGINAL_TROUBLE,   /* the file can't be read: store the payload */
};
enum original_answer originals_find(struct originals *originals, const struct payload *payload, struct original *original);

/* Adds the response that holds a payload which was not found; of several the first stays the original. */
void originals_add(struct originals *originals, const struct payload *payload, const struct original *original);
enum answer originals_commit(struct originals *originals, struct trouble *trouble);

#endif
