/*
 * A digest as fields of records and lines of an index have it: "label:value" (WARC 1.1, 5.8).  The
 * label names the algorithm; a dash in it does not count ("sha-256").  The value is hexadecimal,
 * Base32 or Base64 (RFC 4648, with either alphabet), padded or not.  Its length tells which.  So
 * digests can be compared as values, however they are written.
 */
#ifndef BASE_DIGEST_VALUE_H
#define BASE_DIGEST_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/text.h"

enum digest_reading {
    DIGEST_IS_READ,
    DIGEST_HAS_NO_LABEL,
    DIGEST_IS_OF_UNKNOWN_ALGORITHM,
    DIGEST_HAS_BAD_VALUE, /* `kind` and `length` are set, the bytes are not */
};

enum digest_form { DIGEST_HEX, DIGEST_BASE32, DIGEST_BASE64 };

struct digest_value {
    enum digest_kind kind;
    size_t length; /* in bytes, as the algorithm has it */
    unsigned char bytes[DIGEST_MOST_BYTES];
    enum digest_form form;
    bool dashed, padded;
    bool unusual_case; /* Base32 with lower-case letters, or hexadecimal with upper-case ones */
};

enum digest_reading digest_value_read(struct text text, struct digest_value *value);

/* Whether two digests are the same value.  Indexes leave the label out: then the lengths have to
 * agree.  What cannot be read is compared as text, in either case; with the label if both have one.
 */
bool digest_value_same(struct text one, struct text other);

#endif
