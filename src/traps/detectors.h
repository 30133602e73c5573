/*
 * The table of trap detectors, and their states in one crawl. A new detector is a file with a
 * `const struct detector`, and a row here.
 */
#ifndef TRAPS_DETECTORS_H
#define TRAPS_DETECTORS_H

#include <stddef.h>

#include "traps/detector.h"

enum { DETECTORS_MOST = 32 }; /* so that a set of detectors fits in one word */

/* In the order in which they are called. The first rule given counts. */
#define DETECTORS_TABLE(ROW)                                                   \
    ROW(detector_page_itself)                                                  \
    ROW(detector_page_stand_in)                                                \
    ROW(detector_suspects)                                                     \
    ROW(detector_series_novelty)                                               \
    ROW(detector_url_token)                                                    \
    ROW(detector_path_echo)                                                    \
    ROW(detector_path_facets)                                                  \
    ROW(detector_novelty_budget) /* after series_novelty: uses its findings */ \
    ROW(detector_archive_period)

#define ROW(value) extern const struct detector value;
DETECTORS_TABLE(ROW)
#undef ROW

/* The same, as pointers. NULL after the last. */
extern const struct detector *const detectors[];

/* The states of all detectors, in the order of the table. */
struct detector_states {
    uint64_t key; /* for the words of pages */
    void *list[DETECTORS_MOST];
    int watching[DETECTORS_MOST]; /* places of those that see the links of the current page */
    int watching_count;
};

/* False: out of memory. Release the states even then. */
bool detector_states_init(struct detector_states *states);
void detector_states_release(struct detector_states *states);

void detectors_begin_page(struct detector_states *states, struct trap_page *page);
void detectors_see_link(struct detector_states *states, const struct trap_page *page,
                        const struct link *link, int64_t key);
/* Reads the page's words, if a detector wants them. Call it after the last link, before the
 * end_page of each. */
void detectors_see_words(struct detector_states *states, const struct trap_page *page);
void detectors_end_turn(struct detector_states *states, int64_t key);
void detectors_see_redirect(struct detector_states *states, int64_t key, int64_t via_key);

#endif
