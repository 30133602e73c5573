/* How a response differs from the capture of its URL that the archive had before. */
#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

enum change {
    CHANGE_NONE,
    CHANGE_NEW,
    CHANGE_CHANGED,   /* different bytes; for a page, different text of its own */
    CHANGE_REFRESHED, /* a page with the same text and different menus, counts or design */
    CHANGE_GONE,      /* 404 or 410, where there was a page or file */
    CHANGE_MOVED,     /* a redirect, where there was a page or file */
    CHANGE_COUNT,
};

/* How many URLs of each group changed how. */
struct change_counts {
    uint64_t pages[CHANGE_COUNT]; /* posts, chapters and other pages */
    uint64_t parts[CHANGE_COUNT]; /* what these show or link to: images, style sheets, media */
};

/* "none", "new", "changed", ...: for logs, summaries and records.  Static. */
const char *change_name(enum change change);
/* The change with this name; CHANGE_NONE when there is none. */
enum change change_of_name(struct text name);

/* Appends members of a JSON object: "new": 1, ... of pages, "parts": {...}. */
void change_counts_json(const struct change_counts *counts, struct buf *out);
/* Appends words: "new 3 pages and 1 requisite or media file; gone 1 page".  Nothing when there is
 * no change. */
void change_counts_words(const struct change_counts *counts, struct buf *out);

#endif
