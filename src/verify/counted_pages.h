/* The URLs that verify has counted as kept, until it is known whether they show a wall
 * (web/wall.h). */
#ifndef VERIFY_COUNTED_PAGES_H
#define VERIFY_COUNTED_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/url_state.h"

struct counted_url;

/* All zero: none. */
struct counted_pages {
    struct counted_url *list;
    size_t count, room;
    bool no_memory; /* something is lacking */
};

void counted_pages_release(struct counted_pages *pages);
/* A URL that is kept. */
struct counted_url {
    struct state_counts *counts; /* borrowed */
    uint64_t page;               /* a hash of what came; 0: unknown, and the URL is not noted */
    bool judges;                 /* it is a page that some list names, and each is noted once */
    bool led_on;                 /* a redirect that the counts do not have so far */
};
void counted_pages_note(struct counted_pages *pages, const struct counted_url *url);
/* Counts as refused what shows a wall.  Returns how many of the listed pages do. */
uint64_t counted_pages_judge(struct counted_pages *pages);

#endif
