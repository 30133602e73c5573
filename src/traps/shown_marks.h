/*
 * What was shown before, as a set of marks of hashes in a table of fixed size.  A new mark takes
 * the place of the one of its row that was not shown for the longest time.  So what is shown again
 * and again stays known, however much else the site shows in between.
 */
#ifndef TRAPS_SHOWN_MARKS_H
#define TRAPS_SHOWN_MARKS_H

#include <stdbool.h>
#include <stdint.h>

enum { SHOWN_ROWS = 1 << 16, MARK_BITS = 16 };

/* All zero: nothing was shown.  512 KB. */
struct shown_marks {
    uint64_t rows[SHOWN_ROWS]; /* four marks each, the last one shown lowest; 0: free */
};

/* Whether it is shown for the first time, or not for a very long time; notes it.  `hash` is mixed
 * well in all its bits. */
static inline bool shown_marks_note(struct shown_marks *marks, uint64_t hash)
{
    const uint64_t ones = UINT64_C(0x0001000100010001);
    uint64_t *row = &marks->rows[hash % SHOWN_ROWS], mark = hash >> 48 | 1;
    if ((*row & 0xffff) == mark) /* as most words are */
        return false;
    uint64_t other = *row ^ mark * ones; /* a mark that is the same is 0 here */
    /* The highest bit of each 0.  Above the lowest of them, bits can be wrong. */
    uint64_t same = (other - ones) & ~other & ones << (MARK_BITS - 1);
    /* The marks that move up: those below the same one, which they overwrite, or all. */
    uint64_t moved = same ? (same & -same) * 2 - 1 : UINT64_MAX;
    *row = (*row & ~moved) | (*row << MARK_BITS & moved) | mark;
    return !same;
}

#endif
