/*
 * Sorts lines by their bytes, as `LC_ALL=C sort -u` does, in bounded memory. Lines that exceed it
 * are sorted in parts, which stay in a temporary file until they are merged.
 *
 *   line_sort_add() ... -> line_sort_next() ... until RESULT_END
 *
 * One thread.
 */
#ifndef BASE_LINE_SORT_H
#define BASE_LINE_SORT_H

#include <stddef.h>

#include "base/result.h"
#include "base/text.h"

struct line_sort;

/* `directory` is borrowed: the temporary file, which has no name, is made there.  About
 * `memory_bytes` are used, at least 64 KiB, and as much as the longest line needs.  NULL: out of
 * memory.  The caller frees it. */
struct line_sort *line_sort_new(const char *directory, size_t memory_bytes);
/* NULL is allowed. */
void line_sort_free(struct line_sort *sort);

/* Adds a line without its end, which is copied.  Not after line_sort_next().  OK; BROKEN: no
 * memory, or the disk is full. */
MUST_CHECK enum result line_sort_add(struct line_sort *sort, struct text line,
                                     struct trouble *trouble);

/* The next line in order; one that was added twice comes once.  It lives until the next call.  OK;
 * END; BROKEN: no memory, or the temporary file cannot be read or written. */
MUST_CHECK enum result line_sort_next(struct line_sort *sort, struct text *line,
                                      struct trouble *trouble);

#endif
