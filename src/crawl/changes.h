/*
 * What a run found new, changed, gone or moved against what the archive held before: counted, and
 * named address by address for the run's summary.  Of the first run nothing is noted: everything is
 * new then.
 */
#ifndef CRAWL_CHANGES_H
#define CRAWL_CHANGES_H

#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"
#include "web/change.h"

struct changes {
    uint64_t pages[CHANGE_COUNT]; /* posts and other pages */
    uint64_t parts[CHANGE_COUNT]; /* what is shown or linked in them: images, sheets, media */
    uint64_t
        lists; /* front pages, pagers, archives, topics, feeds, sitemaps: those with other octets */
    struct buf named[CHANGE_COUNT]; /* JSON strings, ", " between; of pages and parts */
};

void changes_init(struct changes *changes);
void changes_release(struct changes *changes);

/* `target` is where a moved one leads, else empty. */
void changes_note(struct changes *changes, enum change change, enum visit_kind kind,
                  struct text url, struct text target);

/* Members of a JSON object: "new": 1, ... "changes": {...}. */
void changes_json(const struct changes *changes, struct buf *out);

#endif
