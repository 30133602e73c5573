/*
 * Whether a site shows one and the same page, or leads to one and the same page, for every URL that
 * its lists name.  Then that page is a wall: a block page, a consent page, a page that only scripts
 * fill.  None of these URLs is kept.
 */
#ifndef WEB_WALL_H
#define WEB_WALL_H

#include <stddef.h>
#include <stdint.h>

enum {
    WALL_LEAST = 3,    /* fewer equal pages are not a wall */
    WALL_PERCENT = 90, /* of the listed pages show it */
};

/* `pages`: for each listed page that has come, a hash of its bytes or of where its redirect ends;
 * sorted by this call.  The hash of the wall; 0: there is none.  Pure. */
uint64_t wall_find(uint64_t *pages, size_t count);

#endif
