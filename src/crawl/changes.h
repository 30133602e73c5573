/*
 * What a run found new, changed, gone or moved, compared with the archive before.  Changes are
 * counted, and listed by URL for the run's summary.  The first run notes none: everything is new
 * then.
 */
#ifndef CRAWL_CHANGES_H
#define CRAWL_CHANGES_H

#include <stdint.h>

#include "base/buf.h"
#include "crawl/failing.h"
#include "crawl/new_homes.h"
#include "store/store.h"
#include "web/change.h"

struct changes {
    struct change_counts counts;
    /* front pages, pagination pages, date archives, topics, feeds, sitemaps: those whose bytes
     * changed */
    uint64_t lists;
    struct buf named[CHANGE_COUNT]; /* of pages and parts: JSON strings, separated by ", " */
    struct failing failing;         /* of the whole collection, also in the first run */
    struct new_homes homes;         /* also of the first run */
};

void changes_init(struct changes *changes);
void changes_release(struct changes *changes);

/* `kind`: of a chapter (crawl/chapter.h), VISIT_PAGE.  `target` is where a moved URL leads;
 * otherwise it is empty. */
void changes_note(struct changes *changes, enum change change, enum visit_kind kind,
                  struct text url, struct text target);

/* Appends members of a JSON object: "new": 1, ... "changes": {...}, "moved_seeds":
 * [...]. */
void changes_json(const struct changes *changes, struct buf *out);

#endif
