/* What the extractors give, as lines of text that a test can compare: CLASS CERTAINTY URL WHERE [RULE]. */
#ifndef TESTS_DISCOVER_COLLECT_H
#define TESTS_DISCOVER_COLLECT_H

#include <stddef.h>

#include "base/buf.h"
#include "discover/links.h"

enum { COLLECT_YEAR = 2026 };

/* How much hostile input is tried.  Less under AddressSanitizer, whose memmem() reads the whole rest at each call and so
 * makes quadratic what is linear without it; 2 MB still tell the two apart. */
#if defined __SANITIZE_ADDRESS__
#define COLLECT_HOSTILE_BYTES ((size_t)2 * 1024 * 1024)
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define COLLECT_HOSTILE_BYTES ((size_t)2 * 1024 * 1024)
#endif
#endif
#ifndef COLLECT_HOSTILE_BYTES
#define COLLECT_HOSTILE_BYTES ((size_t)10 * 1024 * 1024)
#endif
enum { COLLECT_HOSTILE_MS = 10000 };
/* Hostile links are given no time of their own: what is linear takes well under a second, what is quadratic runs into
 * this timeout of Check, each input in a process of its own. */
enum { COLLECT_HOSTILE_SECONDS = 60 };

/* Appends one line a link, in the order in which they come. */
void collect(enum media_kind kind, const char *base, struct text charset, struct text bytes, struct buf *lines);
/* The same, with a response head. */
void collect_with_head(enum media_kind kind, const char *base, const char *head, struct text bytes, struct buf *lines);

/* How many links there are, for input whose links are too many to write down. */
size_t collect_count(enum media_kind kind, const char *base, struct text bytes);

/* Fails the test unless exactly `expected` comes out; lines end in \n. */
void collect_expects(enum media_kind kind, const char *base, const char *bytes, const char *expected);

/* The bytes of a file below TOP_SRCDIR; fails the test when it can't be read. */
void collect_read(const char *path, struct buf *bytes);

/* `count` times `piece`. */
void collect_repeat(struct buf *out, const char *piece, size_t count);

#endif
