/*
 * Proves a collection, or any WARC files: record grammar, gzip members, digests, references between
 * records, CDXJ lines against the records they point at; then loads every captured page through the
 * index as a reader would, extracts its links again, and looks every requisite and every pager and
 * archive link up.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "store/completeness.h"
#include "verify/finding.h"

struct verify_options {
    bool live;      /* ".open" files of a running crawl are no faults */
    bool no_replay; /* leave out the second half */
};

/* How many addresses of a kind the pages link to, and how many of them are there. */
struct linked {
    uint64_t all;
    uint64_t captured;
    uint64_t elsewhere; /* not captured, and outside the crawl's scope or closed by robots.txt */
};

struct verify_summary {
    uint64_t files, records, bytes, pages;
    uint64_t faults, warnings, notes;
    uint64_t manifests;               /* of runs */
    char manifest[65];                /* SHA-256 of the last one; empty: none */
    struct linked requisites, others; /* what pages need to be shown; the pages that they link to */
    struct completeness completeness;
    bool has_ledger; /* the links of pages were looked up */
};

/* Whom a verification tells what it finds, while it goes; it prints nothing itself.  Any function
 * may be NULL.  What is given to one is borrowed until it returns. */
struct verify_observer {
    void *context; /* given to each function */
    void (*found)(void *context, const struct finding *finding);
    /* Now and then: how many stored bytes are checked so far, and how many there are. */
    void (*progressed)(void *context, uint64_t done_bytes, uint64_t all_bytes);
};

/* Verifies `paths`: WARC files, directories of them, or collections.  `observer` is told the
 * findings as they are made (NULL: nobody is), and *summary counts them.  BROKEN when a path can't
 * be read at all (words tell); else OK, whatever was found. */
MUST_CHECK enum result verify_paths(char **paths, int count, const struct verify_options *options,
                                    const struct verify_observer *observer,
                                    struct verify_summary *summary, struct trouble *trouble);

#endif
