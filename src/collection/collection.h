/*
 * A collection on disk: where its parts lie, who holds it, and its metadata.yaml.
 *
 *   DIR/archive/  DIR/indexes/index.cdxj  DIR/state/  DIR/logs/crawl.log  DIR/runs/
 * DIR/metadata.yaml
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

/* Names the parts of the collection at `directory`; touches nothing.  NULL without memory. */
struct collection *collection_new(const char *directory);
void collection_free(struct collection *collection); /* unlocks too */

/* Whether `directory` looks like one: it has archive/. */
bool collection_is_at(const char *directory);

/* Whether a file of that name in archive/ holds records: *.warc, *.warc.gz, *.arc or *.arc.gz, in
 * small or capital letters. */
bool collection_is_archive_file(const char *name);

/* Makes the directories that are missing. */
MUST_CHECK enum result collection_make(struct collection *collection, struct trouble *trouble);

/* Bytes that may still be written where least is left: its directories may lie on several disks.
 * *where (the collection's) names that one.  -1 when it can't be told. */
int64_t collection_free_bytes(const struct collection *collection, const char **where);

/* Takes the collection for this process.  AGAIN when another one holds it: the words name its pid,
 * host and since when. The lock goes with the process, however it ends. */
MUST_CHECK enum result collection_lock(struct collection *collection, struct trouble *trouble);

/* Gives a damaged database (c->store, c->payloads) and what belongs to it names that nobody opens;
 * `words` tells which. */
MUST_CHECK enum result collection_put_aside(const char *database, char *words, size_t size,
                                            struct trouble *trouble);

/* Writes metadata.yaml with `title` when there is none.  For who holds the lock. */
MUST_CHECK enum result collection_describe(struct collection *collection, const char *title,
                                           struct trouble *trouble);

#endif
