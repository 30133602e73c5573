/* The WARC files that are to be packed, and the collections that they come from. */
#ifndef PACK_PACKED_FILES_H
#define PACK_PACKED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

struct packed_file {
    char *path;       /* owned */
    const char *name; /* its last part, by which the index knows it */
    int64_t bytes;
    size_t part;    /* of the package */
    bool is_of_run; /* the run that was asked for wrote it; true if none was */
    bool picked;    /* the package contains it */
};

struct packed_files {
    struct packed_file *list; /* by name */
    size_t count, room;
    uint64_t bytes;     /* of all */
    uint64_t left_open; /* files of a crawl that is still running, or was killed */
    struct buf title;   /* of the first collection that has one */
};

void packed_files_init(struct packed_files *files);
void packed_files_release(struct packed_files *files);

/* Finds the files of `paths`: collections, directories of WARC files, and WARC files.  `run` (may
 * be NULL) names a run of the collections.  BROKEN: a path cannot be read, two files have the same
 * name, or no collection has such a run. */
MUST_CHECK enum result packed_files_find(struct packed_files *files, char **paths, int count,
                                         const char *run, struct trouble *trouble);

/* The file with this name; NULL: there is none. */
struct packed_file *packed_files_named(const struct packed_files *files, struct text name);

#endif
