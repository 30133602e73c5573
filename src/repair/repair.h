/*
 * Makes a sound copy of a damaged WARC or ARC file, of a directory of them, or of a collection.
 * The source is never changed.
 *
 * Sound records are copied.  The bytes of a gzip member that needs no mending are the same in the
 * copy.  What can be mended in exactly one way is mended (repair/repair_change.h has the table);
 * all else is left out, and named.  Then the copy is verified as `warccap verify` does it. Records
 * with errors are left out until none is found, so the copy verifies without errors, whatever the
 * source was.
 *
 * Each file in which something was changed begins with a new warcinfo record.  It has the name, the
 * size and the SHA-256 of the source, and the changes.  A collection gets a new index, and, unless
 * all its files are as they were, new checksums and manifests.
 */
#ifndef REPAIR_REPAIR_H
#define REPAIR_REPAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/give_up.h"
#include "base/result.h"
#include "repair/repair_change.h"

struct page_reader;

struct repair_options {
    bool brackets;             /* take < and > away that are around WARC-Target-URI */
    struct give_up give_up;    /* asked often: ends the work with BROKEN */
    struct page_reader *pages; /* decodes bodies (links/page_reader.h); NULL: here */
};

struct repair_observer {
    void *context;
    /* Something was changed.  What is passed is borrowed.  May be NULL. */
    void (*changed)(void *context, const struct repair_change *change);
};

struct repair_summary {
    uint64_t files, records; /* of the copy; not counting the new warcinfo records */
    uint64_t changes[CHANGE_KINDS];
    uint64_t mended, lost; /* changes by whether they lose something */
    int64_t bytes_lost;    /* as stored, as far as known */
    bool begun;            /* the copy was begun, though it may be removed again */
};

/* Repairs `source` into `copy`, which must not exist.  While it is made it has the name COPY.open,
 * beside its parts in COPY.parts; both are removed if this fails.  OK: the copy is there and
 * verified.  END: nothing of the source can be read, and nothing was written.  AGAIN: a crawl is
 * writing to the source.  BROKEN: reading or writing failed, or it was given up.  *trouble then has
 * words. */
MUST_CHECK enum result repair_path(const char *source, const char *copy,
                                   const struct repair_options *options,
                                   const struct repair_observer *observer,
                                   struct repair_summary *summary, struct trouble *trouble);

#endif
