/*
 * What was shown before, as a set of marks of hashes in a table of fixed size.  A new mark takes
 * the place of the one of its row that was not shown for the longest time.  So what is shown again
 * and again stays known, however much else the site shows in between.
 */
#ifndef TRAPS_SHOWN_MARKS_H
#define TRAPS_SHOWN_MARKS_H

#include <stdbool.h>
#include <stdint.h>

enum { SHOWN_ROWS = 1 << 16, SHOWN_WAYS = 4 };

/* All zero: nothing was shown.  512 KB. */
struct shown_marks {
    uint16_t rows[SHOWN_ROWS][SHOWN_WAYS]; /* in each, the last one shown is the first; 0: free */
};

/* Whether it is shown for the first time, or not for a very long time; notes it.  `hash` is mixed
 * well in all its bits. */
static inline bool shown_marks_note(struct shown_marks *marks, uint64_t hash)
{
    uint16_t *row = marks->rows[hash % SHOWN_ROWS], mark = (uint16_t)(hash >> 48 | 1);
    int place = 0;
    while (place < SHOWN_WAYS - 1 && row[place] != mark)
        place++;
    bool first = row[place] != mark;
    for (; place > 0; place--)
        row[place] = row[place - 1];
    row[0] = mark;
    return first;
}

#endif
