/*
 * What the site lists against what is in the archive: its lists (pagers, date archives, feeds,
 * sitemaps) and the pages that they name, and the counts that its archive shows.  Only when
 * all of it is there is a capture called complete.  A crawl fills it in from its store, `verify`
 * from the WARC files alone.
 */
#ifndef STORE_COMPLETENESS_H
#define STORE_COMPLETENESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "series/archive_counts.h"
#include "store/store.h"

struct completeness_line {
    uint64_t lists, lists_captured,
        lists_closed; /* pages of the list itself; closed: by robots.txt */
    uint64_t named, captured, closed, left_out,
        missing; /* pages that it names; left out: by options */
};

struct completeness {
    struct completeness_line lines[LIST_SOURCES];
    struct archive_counts archive_counts;
    uint64_t counted, counted_captured; /* posts by the archive's own counts */
    uint64_t told, told_captured; /* pages of rows that say how many they have ("Page 3 of 41") */
    uint64_t entries, pages;      /* what the feed says it has in all; pages that are there */
    bool unseen;                  /* no page was answered with what was asked for */
    bool complete;
    bool complete_but_closed; /* all that robots.txt leaves open */
};

/* Adds the archive's counts up, and says whether all is there: when the rest is filled in. */
void completeness_judge(struct completeness *completeness);

/* Members of a JSON object: "complete" and "promises". */
void completeness_json(const struct completeness *completeness, struct buf *out);

#endif
