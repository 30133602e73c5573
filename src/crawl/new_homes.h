/*
 * Where seeds lead that lead to another site, so that the user hears of a move and can name the new
 * site.  The next run would find it by the redirect, too, but only as long as the old site is
 * there.
 */
#ifndef CRAWL_NEW_HOMES_H
#define CRAWL_NEW_HOMES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

struct new_homes {
    size_t count;
    struct buf json;  /* objects, separated by ", " */
    struct buf first; /* the first seed ... */
    struct buf to;    /* ... and where it leads */
};

void new_homes_init(struct new_homes *homes);
void new_homes_release(struct new_homes *homes);

/* Notes that the seed leads to `to`, on another site. */
void new_homes_note(struct new_homes *homes, struct text seed, struct text to);

/* Appends a member of a JSON object: "moved_seeds": [{"from": ..., "to": ...}]. */
void new_homes_json(const struct new_homes *homes, struct buf *out);

#endif
