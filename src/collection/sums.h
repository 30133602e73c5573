/*
 * SHA256SUMS as sha256sum(1) reads it: a line for each file, "DIGEST  NAME" or "DIGEST *NAME".
 */
#ifndef COLLECTION_SUMS_H
#define COLLECTION_SUMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

/* The lines, in order of their names, so that one is found at once. All zero, it is empty. */
struct sums {
    struct sums_line {
        struct text name, digest;
    } * lines;
    size_t count;
};

/* A line without its end: `digest` is a SHA-256 in lower-case hexadecimal, `name` is not empty. */
MUST_CHECK bool sums_line_read(struct text line, struct text *digest, struct text *name);

/* Reads the lines of the list, and skips lines of any other form. `bytes` must live as long as
 * *sums, which is released in any case. BROKEN: no memory. */
MUST_CHECK enum result sums_read(struct sums *sums, struct text bytes, struct trouble *trouble);
void sums_release(struct sums *sums);

/* The digest of the first line with this name; empty when there is none. */
struct text sums_digest_of(const struct sums *sums, struct text name);

#endif
