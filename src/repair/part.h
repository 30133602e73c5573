/*
 * The sound records of one file, as gzip members one behind the other: what a repaired file is made
 * of.  Members are copied as they are stored, or compressed anew from the bytes of a record.
 */
#ifndef REPAIR_PART_H
#define REPAIR_PART_H

#include <stdint.h>

#include "base/buf.h"
#include "base/give_up.h"
#include "base/gzip.h"
#include "base/result.h"

struct record_part {
    int fd; /* -1: none is open */
    const char *path;
    int64_t length; /* bytes written */
    struct gzip *gzip;
    struct buf compressed;   /* not written yet */
    struct give_up give_up;  /* asked between pieces */
    struct trouble *trouble; /* borrowed; says why a call was BROKEN */
};

/* Creates the file, which must not exist.  `path` and `trouble` are borrowed until part_close().
 * OK or BROKEN; it must be closed in any case. */
MUST_CHECK enum result part_create(struct record_part *part, const char *path,
                                   struct give_up give_up, struct trouble *trouble);
/* Syncs the file.  OK or BROKEN. */
MUST_CHECK enum result part_sync(struct record_part *part);
void part_close(struct record_part *part);

/* Appends bytes of another file as they are.  OK or BROKEN. */
MUST_CHECK enum result part_copy(struct record_part *part, int from, int64_t offset,
                                 int64_t length);

/* Appends one member: begin, add any number of times, end.  part_cut() takes back what is not
 * ended, too.  OK or BROKEN. */
MUST_CHECK enum result part_begin_member(struct record_part *part);
MUST_CHECK enum result part_add(struct record_part *part, struct text bytes);
MUST_CHECK enum result part_end_member(struct record_part *part);

/* Takes back what was appended after the first `length` bytes.  OK or BROKEN. */
MUST_CHECK enum result part_cut(struct record_part *part, int64_t length);

#endif
