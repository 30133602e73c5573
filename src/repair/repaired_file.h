/*
 * One file that is repaired: where it comes from, what was changed, and which of its records the
 * copy does not get.
 *
 * Its sound records are written to a part (part.h) first.  The finished file is a warcinfo record
 * that says what the file was made from, and then the part.  If nothing was changed, the part has
 * the bytes of the source, and is the finished file.
 */
#ifndef REPAIR_REPAIRED_FILE_H
#define REPAIR_REPAIRED_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "collection/manifest_text.h"
#include "repair/repair.h"
#include "repair/repair_change.h"

enum { REPAIR_PATH = PATH_MAX + 300 }; /* a path with the name of a file behind it */

/* A place in the part that the finished file does not get. */
struct dropped {
    int64_t offset, length;
};

struct repaired_file {
    char source[REPAIR_PATH]; /* its path */
    char name[256];           /* of the finished file */
    char part[REPAIR_PATH];
    char finished[REPAIR_PATH]; /* where it is made */
    bool is_arc;                /* then there is no warcinfo record */
    bool changed, loses;
    bool stale;                        /* something was noted since it was finished */
    char sha256[MANIFEST_DIGEST_SIZE]; /* of the source; empty: not known yet */
    int64_t bytes;                     /* of the source, then */
    uint64_t records;                  /* written to the part */
    uint64_t changes[CHANGE_KINDS];
    struct buf told;    /* lines for the warcinfo record: see made_from.h */
    char told_last[64]; /* the kind of the last line, if the next change can join it */
    int64_t told_from, told_count;
    /* Owned.  The finished file lacks the first `applied`, which are in order; the others are
     * left out when it is written again. */
    struct dropped *dropped;
    size_t dropped_count, applied;
    int64_t before; /* bytes of the finished file before those of the part */
};

/* Prepares the state for a source; the other paths are filled in by the caller. */
void repaired_file_init(struct repaired_file *file, const char *source);
void repaired_file_release(struct repaired_file *file);

/* Notes a change and tells the observer.  change->file, if NULL, gets the source. */
void repaired_file_note(struct repaired_file *file, struct repair_change *change,
                        const struct repair_observer *observer);

/* Reads the source for its checksum, once.  OK or BROKEN. */
MUST_CHECK enum result repaired_file_digest(struct repaired_file *file, struct trouble *trouble);

/* Leaves the record at that place of the finished file out of the next one.  END when there is no
 * record of the part there, or it is left out already; BROKEN without memory. */
MUST_CHECK enum result repaired_file_drop(struct repaired_file *file, int64_t offset,
                                          int64_t length, struct trouble *trouble);

/* Writes the finished file anew; one that is there is removed before.  OK or BROKEN. */
MUST_CHECK enum result repaired_file_finish(struct repaired_file *file, struct give_up give_up,
                                            struct trouble *trouble);

#endif
