/*
 * Compares what the site lists with what is in the archive. The site's lists (pagers, date
 * archives, feeds, sitemaps) name pages, and its date archives show counts of posts. A capture is
 * called complete only when no page of these is in a state that forbids it (web/url_state.h). A
 * crawl fills this in from its store, `verify` from the WARC files alone.
 */
#ifndef STORE_COMPLETENESS_H
#define STORE_COMPLETENESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "series/archive_counts.h"
#include "store/store.h"
#include "web/url_totals.h"

struct completeness_line {
    struct state_counts lists; /* pages of the list itself */
    struct state_counts pages; /* pages that it names */
};

struct completeness {
    struct completeness_line lines[LIST_SOURCES];
    struct state_counts all;      /* the pages that lists name, each once */
    uint64_t suspects[URL_RULES]; /* ... those that trap rules leave out, by rule */
    struct url_totals totals;     /* all URLs, listed or not */
    struct archive_counts archive_counts;
    /* Posts, by the counts of the date archives, and pages of series that give their number ("Page
     * 3 of 41").  What the user's options leave out counts as if it were kept. */
    uint64_t counted, counted_kept;
    uint64_t told, told_kept;
    uint64_t entries; /* number of posts that the feed gives */
    /* URLs in the queue, of any kind, also guesses and what is to be looked at again: they may list
     * more */
    uint64_t waiting;
    uint64_t unread;   /* pages whose links verify could not read: what they name is not known */
    uint64_t posts;    /* pages that are kept, without seeds and pages of lists */
    bool nothing_kept; /* no page is kept at all ... */
    bool no_seeds;     /* ... because the user has taken all seeds back, or ... */
    char why_nothing[480]; /* ... for that reason: "URL is gone (...)"; empty: not known */
    /* Everything listed is kept, gone, or left out by the user's own option, and no other page,
     * list or part waits or failed ... */
    bool complete;
    bool complete_but_closed; /* ... or closed by robots.txt, or left out by a rule as a suspect */
};

/* Adds up the counts of the date archives and decides whether all is there. Fill in the rest
 * first. */
void completeness_judge(struct completeness *completeness);

/* Counts a listed URL that this rule leaves out, if it is one for traps. */
void completeness_note_suspect(struct completeness *completeness, enum url_rule rule);
/* How many that are. */
uint64_t completeness_suspects(const struct completeness *completeness);

/* Whether the site lists anything, or counts its posts. */
bool completeness_lists_anything(const struct completeness *completeness);

/* How many URLs that the site lists, and pages of its lists, are left out by that choice. */
uint64_t completeness_left_out(const struct completeness *completeness, enum left_out_by by);

/* Members of a JSON object: "complete", "listed", "urls" and "lists" (of old "promises"). */
void completeness_json(const struct completeness *completeness, struct buf *out);

#endif
