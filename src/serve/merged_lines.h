/* The lines of all archives that are served, from one key to another, as one sorted list. */
#ifndef SERVE_MERGED_LINES_H
#define SERVE_MERGED_LINES_H

#include "serve/archive_set.h"

struct merged_head; /* the next line of one archive */

struct merged_lines {
    struct archive_set *set;
    struct text end;
    struct merged_head *heads; /* one for each archive */
};

/* A line.  Its texts live until the next call; `archive` and `place` find it again. */
struct merged_line {
    size_t archive;
    int64_t place;
    struct text line;
    struct cdxj_entry entry;
};

/* Begins with the first line that does not sort before `start`; only lines before `end` come.
 * `end` must live as long.  Nothing else may be asked of the set until merged_lines_end().
 * BROKEN: no memory. */
MUST_CHECK enum result merged_lines_begin(struct merged_lines *lines, struct archive_set *set,
                                          struct text start, struct text end);
/* False: there are no more.  Lines that cannot be read are left out. */
MUST_CHECK bool merged_lines_next(struct merged_lines *lines, struct merged_line *line);
void merged_lines_end(struct merged_lines *lines);

#endif
