/*
 * Checks a collection, or any WARC files: record grammar, gzip members, digests, references between
 * records, and CDXJ lines against the records they point at.  Then it loads every captured page
 * through the index, as a player would, extracts its links again, and looks up every requisite and
 * every link of pagination and date archives.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/give_up.h"
#include "base/result.h"
#include "store/completeness.h"
#include "verify/check_rules.h"
#include "verify/finding.h"
#include "web/change.h"

struct page_reader;
struct spill_file;

struct verify_options {
    bool live;                /* ".open" files of a running crawl are not errors */
    bool no_replay;           /* leave out pages and their links */
    int jobs;                 /* threads that check records; 0: one */
    struct spill_file *spill; /* where what is known of many records goes; NULL: memory */
    /* An empty directory for the index of archives that have none.  NULL: these are not checked for
     * completeness. */
    const char *temporary;
    /* They read bodies (links/page_reader.h): those of pages, and, while the links of one are
     * looked at, those of robots.txt.  NULL: bodies are read here. */
    struct page_reader *pages, *rules;
    const char *manifest; /* a digest that some manifest must have, in hexadecimal; NULL: none */
    const struct check_levels *levels; /* of the rules; NULL: as in the table */
    struct give_up give_up; /* asked between records; then the rest is left out, and what was
                               counted means nothing */
};

/* What the newest run of each collection found, as the archive shows it. */
struct verified_run {
    uint64_t collections; /* that have a summary of their newest run */
    char run[15];         /* its name, "20260304050607"; of several collections, the newest */
    struct change_counts counts;
};

struct verify_summary {
    uint64_t files, records, bytes;
    uint64_t errors, warnings, notes;
    uint64_t manifests; /* of runs */
    char manifest[65];  /* SHA-256 of the last one; empty: there is none */
    struct completeness completeness;
    bool has_completeness; /* the links of pages were looked up */
    struct verified_run last_run;
};

/* What was found in one file, by all checks. */
struct verified_file {
    const char *path;
    uint64_t records, errors, warnings, notes;
};

/* Receives the findings while a verification runs; verify prints nothing itself.  Any function may
 * be NULL.  What is passed to one is borrowed until it returns. */
struct verify_observer {
    void *context; /* passed to each function */
    void (*found)(void *context, const struct finding *finding);
    /* At the end, for each file in the order of reading. */
    void (*checked)(void *context, const struct verified_file *file);
    /* Now and then: how many stored bytes are checked so far, of how many. */
    void (*progressed)(void *context, uint64_t done_bytes, uint64_t all_bytes);
};

/* Verifies `paths`: WARC files, directories of them, or collections.  `observer`
 * (may be NULL) receives the findings as they are made, and *summary counts them.  BROKEN, with
 * words, when a path cannot be read at all; else OK, whatever was found. */
MUST_CHECK enum result verify_paths(char **paths, int count, const struct verify_options *options,
                                    const struct verify_observer *observer,
                                    struct verify_summary *summary, struct trouble *trouble);

#endif
