/*
 * Compares what the site lists with what is in the archive. The site's lists (pagers, date
 * archives, feeds, sitemaps) name pages, and its date archives show counts of posts. A capture is
 * called complete only when all of that is there. A crawl fills this in from its store, `verify`
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
    uint64_t counted, counted_captured; /* posts, by the counts of the date archives */
    uint64_t told, told_captured; /* pages of series that give their number ("Page 3 of 41") */
    uint64_t entries, pages;      /* number of posts that the feed gives; pages that are there */
    bool unseen;                  /* no page was fetched as requested */
    bool complete;
    bool complete_but_closed; /* complete but for what robots.txt closes */
};

/* Adds up the counts of the date archives and decides whether all is there. Fill in the rest
 * first. */
void completeness_judge(struct completeness *completeness);

/* Members of a JSON object: "complete" and "promises". */
void completeness_json(const struct completeness *completeness, struct buf *out);

#endif
