/*
 * What the site promised against what is in the archive: its lists (pager chains, dated archives, feeds, sitemaps) and
 * the pages that they name, and the counts that its archive shows.  Only when all of it is there is a capture called
 * complete.  A crawl fills it in from its store, `verify` from the WARC files alone.
 */
#ifndef ARCHIVE_LEDGER_H
#define ARCHIVE_LEDGER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "archive/store.h"
#include "base/buf.h"
#include "discover/periods.h"

struct ledger_line {
    uint64_t lists, lists_captured, lists_closed;        /* pages of the list itself; closed: by robots.txt */
    uint64_t named, captured, closed, left_out, missing; /* pages that it names; left out: by options */
};

struct ledger {
    struct ledger_line lines[PROMISE_SOURCES];
    struct periods periods;
    uint64_t counted, counted_captured; /* posts by the archive's own counts */
    uint64_t told, told_captured;       /* pages of rows that say how many they have ("Page 3 of 41") */
    uint64_t entries, pages;            /* what the feed says it has in all; pages that are there */
    bool unseen;                        /* no page was answered with what was asked for */
    bool complete;
    bool complete_but_closed; /* all that robots.txt leaves open */
};

/* Adds the archive's counts up, and says whether all is there: when the rest is filled in. */
void ledger_judge(struct ledger *ledger);

/* Five lines, and a sentence where robots.txt closed lists. */
void ledger_print(const struct ledger *ledger, FILE *out);
/* Members of a JSON object: "complete" and "promises". */
void ledger_json(const struct ledger *ledger, struct buf *out);

#endif
