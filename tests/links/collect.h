/* The links that the extractors find, as lines of text that a test can compare: CLASS CERTAINTY URL
 * WHERE [RULE]. */
#ifndef TESTS_LINKS_COLLECT_H
#define TESTS_LINKS_COLLECT_H

#include <stddef.h>

#include "base/buf.h"
#include "links/links.h"
#include "tests/hostile.h"

enum { COLLECT_YEAR = 2026 };

typedef void collect_take(void *context, const struct link *link);

/* Calls `take` for each link, in their order. False: out of memory. */
bool collect_each(const struct links_source *source, collect_take *take, void *context);

/* Appends one line per link, in their order. */
void collect(enum media_kind kind, const char *base, struct text charset, struct text bytes,
             struct buf *lines);
/* The same, with a response head. */
void collect_with_head(enum media_kind kind, const char *base, const char *head, struct text bytes,
                       struct buf *lines);

/* How many links there are, for input with too many to write down. */
size_t collect_count(enum media_kind kind, const char *base, struct text bytes);

/* Fails the test unless exactly `expected` comes out; lines end in \n. */
void collect_expects(enum media_kind kind, const char *base, const char *bytes,
                     const char *expected);

/* Fails the test unless the first link of the page has this class and certainty ("pager certain").
 */
void collect_expects_first(const char *base, const char *html, const char *expected);

/* Reads `begin`, and then this piece again and again: what is not linear runs into a timeout. */
void collect_repeated(enum media_kind kind, const char *base, const char *begin, const char *piece);

/* Adds a test that runs once for each row of a list. */
#define LOOP(tcase, test, list) tcase_add_loop_test(tcase, test, 0, sizeof(list) / sizeof *(list))

#endif
