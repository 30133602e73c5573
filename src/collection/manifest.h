/*
 * What vouches for the finished WARC files, beside them:
 *
 *   archive/SHA256SUMS            one line a file; checked by `sha256sum -c` too
 *   runs/YYYYMMDDhhmmss.manifest  one a run (JSON): the files that it finished, and the SHA-256 of
 * the manifest before
 *
 * so that the runs vouch for one another: who alters a file has to alter its line, the manifest
 * that names it and all that came after, and whoever kept one digest of a later manifest (it is
 * printed, and stands in the next run's warcinfo records) sees it.
 */
#ifndef COLLECTION_MANIFEST_H
#define COLLECTION_MANIFEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "collection/collection.h"

enum { MANIFEST_DIGEST_SIZE = 65 }; /* lower-case hexadecimal SHA-256 and NUL */

struct manifest;

/* NULL without memory. */
struct manifest *manifest_new(void);
void manifest_free(struct manifest *manifest);

/* A file got its final name.  From any one thread at a time, before manifest_write(). */
void manifest_add(struct manifest *manifest, const char *file, int64_t bytes,
                  const unsigned char sha256[32]);

/* The last manifest: its file name ("" when there is none) and digest. */
MUST_CHECK enum result manifest_last(const struct collection *collection, char name[64],
                                     char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble);

/* Writes both for what was added, and for finished files that stand in no line yet (a run was
 * killed before it came to this): those are read.  Writes nothing when there is nothing new.  `run`
 * names the run ("20260104050607"); `digest` gets the new manifest's digest, or the last one's. */
MUST_CHECK enum result manifest_write(struct manifest *manifest,
                                      const struct collection *collection, const char *run,
                                      char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble);

/* A line of SHA256SUMS: "DIGEST  NAME". */
bool manifest_line_read(struct text line, struct text *digest, struct text *name);
/* SHA-256 of a file. */
MUST_CHECK enum result manifest_digest_file(const char *path, char digest[MANIFEST_DIGEST_SIZE],
                                            int64_t *bytes, struct trouble *trouble);

#endif
