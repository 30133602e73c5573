/* What a collection has besides its records: index, checksums, summaries, the log. */
#ifndef REPAIR_REPAIR_TREE_H
#define REPAIR_REPAIR_TREE_H

#include "base/result.h"
#include "repair/repair.h"
#include "repair/repaired_file.h"

/* The files of a directory, and where the copy of it is made. */
struct repair_tree {
    const char *source;          /* a directory of WARC files, or a collection */
    char archive[PATH_MAX];      /* where the files are */
    char made[PATH_MAX];         /* the copy while it is made */
    char made_archive[PATH_MAX]; /* where its files are */
    char parts[PATH_MAX];        /* directory of the parts */
    bool is_collection;
    bool fresh_checksums;        /* those of the source no longer fit */
    char run[32];                /* names the new manifest; 14 digits */
    struct repaired_file *files; /* owned */
    size_t count, room;
    struct repaired_file whole; /* what is changed of the collection, not of one file */
};

/* Finds the files of the source and makes the directories.  OK; AGAIN when a crawl writes one of
 * them; BROKEN.  It must be released in any case. */
MUST_CHECK enum result repair_tree_begin(struct repair_tree *tree, const char *source,
                                         const char *made, const char *parts,
                                         const struct repair_observer *observer,
                                         struct trouble *trouble);
void repair_tree_release(struct repair_tree *tree);

/* Compares the files of the source with its SHA256SUMS.  OK or BROKEN. */
MUST_CHECK enum result repair_tree_compare(struct repair_tree *tree,
                                           const struct repair_observer *observer,
                                           struct trouble *trouble);

/* Writes what a collection has besides its finished files; what an earlier call wrote is replaced.
 * OK or BROKEN. */
MUST_CHECK enum result repair_tree_write(struct repair_tree *tree, struct give_up give_up,
                                         struct trouble *trouble);

/* Takes the checksums anew from now on. */
void repair_tree_renew_checksums(struct repair_tree *tree, const struct repair_observer *observer);

/* Removes what was made so far, by path. */
void repair_remove(const char *path);

#endif
