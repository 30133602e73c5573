/* What the extractors give, as lines of text that a test can compare: CLASS CERTAINTY URL WHERE
 * [RULE]. */
#ifndef TESTS_LINKS_COLLECT_H
#define TESTS_LINKS_COLLECT_H

#include <stddef.h>

#include "base/buf.h"
#include "links/links.h"
#include "tests/hostile.h"

enum { COLLECT_YEAR = 2026 };

typedef void collect_take(void *context, const struct link *link);

/* Gives each link to `take`, in the order in which they come; false without memory. */
bool collect_each(const struct links_source *source, collect_take *take, void *context);

/* Appends one line a link, in the order in which they come. */
void collect(enum media_kind kind, const char *base, struct text charset, struct text bytes,
             struct buf *lines);
/* The same, with a response head. */
void collect_with_head(enum media_kind kind, const char *base, const char *head, struct text bytes,
                       struct buf *lines);

/* How many links there are, for input whose links are too many to write down. */
size_t collect_count(enum media_kind kind, const char *base, struct text bytes);

/* Fails the test unless exactly `expected` comes out; lines end in \n. */
void collect_expects(enum media_kind kind, const char *base, const char *bytes,
                     const char *expected);

/* The bytes of a file below TOP_SRCDIR; fails the test when it can't be read. */
void collect_read(const char *path, struct buf *bytes);

#endif
