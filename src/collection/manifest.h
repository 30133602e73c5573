/*
 * Lists of digests by which the finished WARC files can be checked:
 *
 *   archive/SHA256SUMS            one line per file; `sha256sum -c` checks it too
 *   runs/YYYYMMDDhhmmss.manifest  one per run (JSON): the files that it finished, and the SHA-256
 * of the manifest before
 *
 * The manifests form a chain. To alter a file unnoticed, one has to alter its line, the manifest
 * that names it and all later manifests. Anyone who kept the digest of a later manifest will
 * notice. It is printed, and stands in the warcinfo records of the next run.
 */
#ifndef COLLECTION_MANIFEST_H
#define COLLECTION_MANIFEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "collection/collection.h"
#include "collection/manifest_text.h"

struct manifest;

/* NULL: out of memory. */
struct manifest *manifest_new(void);
void manifest_free(struct manifest *manifest);

/* A file got its final name. May be called from any thread, but one at a time, before
 * manifest_write(). */
void manifest_add(struct manifest *manifest, const char *file, int64_t bytes,
                  const unsigned char sha256[32]);

/* The last manifest: its file name ("": there is none) and digest. */
MUST_CHECK enum result manifest_last(const struct collection *collection,
                                     char name[MANIFEST_OWN_SIZE],
                                     char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble);

/* Writes both lists for the added files. Finished files without a line are read and added too: an
 * earlier run was killed before it came to this. Writes nothing if nothing is new. `run` names the
 * run ("20260104050607"). `digest` gets the digest of the new manifest, or of the last one. */
MUST_CHECK enum result manifest_write(struct manifest *manifest,
                                      const struct collection *collection, const char *run,
                                      char digest[MANIFEST_DIGEST_SIZE], struct trouble *trouble);

/* Appends the text of the manifest as it is now (manifest_text.h). */
void manifest_text(const struct manifest *manifest, const char *run,
                   const struct manifest_head *head, struct buf *out);

/* SHA-256 of a file. */
MUST_CHECK enum result manifest_digest_file(const char *path, char digest[MANIFEST_DIGEST_SIZE],
                                            int64_t *bytes, struct trouble *trouble);

#endif
