/*
 * Checks the files on several threads.  A file is checked in units: parts of a few megabytes, each
 * from a gzip member in which a record begins to the next such member.  Where units begin is found
 * by looking for members (warc/member.h), so it depends on the file alone.  A unit that does not
 * end where the next one begins shows that there is no record at that place; the rest of the file
 * is then one unit.
 *
 * Findings are reported in the order of the files (unit_events.h), so they are the same for any
 * number of threads.  Private to this room.
 */
#ifndef VERIFY_CHECK_UNITS_H
#define VERIFY_CHECK_UNITS_H

#include "verify/check.h"

/* A part of a file: what one thread checks. */
struct check_unit {
    uint32_t file;
    int64_t from, to;      /* where it begins; where the next one does, INT64_MAX: the file ends */
    int64_t stopped;       /* where it ended: at a record that begins there; -1: with the file */
    struct verification v; /* of its own */
    struct verify_summary summary;
};

/* Checks all of v->files with v->options->jobs threads, and notes their records.  The results of
 * each file are complete then. */
void check_units(struct verification *v);

#endif
