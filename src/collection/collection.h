/*
 * A collection on disk: where its parts are, which process has it locked, and its metadata.yaml.
 *
 *   DIR/archive/  DIR/indexes/index.cdxj  DIR/state/  DIR/logs/crawl.log  DIR/runs/
 *   DIR/metadata.yaml
 */
#ifndef COLLECTION_COLLECTION_H
#define COLLECTION_COLLECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct collection {
    char *directory;
    char *archive, *indexes, *index, *state, *store, *payloads, *logs, *log, *runs, *metadata;
    int lock_fd;
};

/* Names the parts of the collection at `directory` and touches nothing. NULL: out of memory. */
struct collection *collection_new(const char *directory);
void collection_free(struct collection *collection); /* unlocks it too */

/* Whether `directory` looks like a collection: it has archive/. */
bool collection_is_at(const char *directory);

/* Whether a file of that name in archive/ has records: *.warc, *.warc.gz, *.arc or *.arc.gz, in
 * upper or lower case. */
bool collection_is_archive_file(const char *name);

/* Makes the directories that are missing. */
MUST_CHECK enum result collection_make(struct collection *collection, struct trouble *trouble);

/* Free bytes on the fullest disk, since its directories may be on several. *where (owned by the
 * collection) names that directory. -1: not known. */
int64_t collection_free_bytes(const struct collection *collection, const char **where);

/* Locks the collection for this process. AGAIN: another one has it; the message names its pid, host
 * and start. The lock ends with the process, however that ends. */
MUST_CHECK enum result collection_lock(struct collection *collection, struct trouble *trouble);

/* Whether a process has the collection at `directory` locked: a crawl writes it.  Takes no lock. */
bool collection_is_locked(const char *directory);

/* Renames a damaged database (c->store, c->payloads) and its log, so that nobody opens them.
 * `words` gets a message that names both. */
MUST_CHECK enum result collection_put_aside(const char *database, char *words, size_t size,
                                            struct trouble *trouble);

/* Writes metadata.yaml with `title` if there is none. The caller must have the lock. */
MUST_CHECK enum result collection_describe(struct collection *collection, const char *title,
                                           struct trouble *trouble);

#endif
