/* The URLs that verify has counted as kept, until it is known whether they show a wall
 * (web/wall.h). */
#ifndef VERIFY_COUNTED_PAGES_H
#define VERIFY_COUNTED_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/url_state.h"

struct counted_page;

/* All zero: none. */
struct counted_pages {
    struct counted_page *list;
    size_t count, room;
    bool no_memory; /* something is lacking */
};

void counted_pages_release(struct counted_pages *pages);
/* `page`: a hash of what came; 0: unknown, and not noted.  `judges`: it is a page that some list
 * names, and each is noted once.  The counts are borrowed. */
void counted_pages_note(struct counted_pages *pages, struct state_counts *counts, uint64_t page,
                        bool judges);
/* Counts as refused what shows a wall. */
void counted_pages_judge(struct counted_pages *pages);

#endif
