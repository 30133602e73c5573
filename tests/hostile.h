/* How much hostile input the tests try, and how it is made. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "base/buf.h"

/* How much hostile input is tried.  Less under AddressSanitizer, whose memmem() reads the whole
 * rest at each call and so makes quadratic what is linear without it; 2 MB still tell the two
 * apart. */
#if defined __SANITIZE_ADDRESS__
#define HOSTILE_BYTES ((size_t)2 * 1024 * 1024)
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define HOSTILE_BYTES ((size_t)2 * 1024 * 1024)
#endif
#endif
#ifndef HOSTILE_BYTES
#define HOSTILE_BYTES ((size_t)10 * 1024 * 1024)
#endif
enum { HOSTILE_MS = 10000 };
/* Hostile links are given no time of their own: what is linear takes well under a second, what is
 * quadratic runs into this timeout of Check, each input in a process of its own. */
enum { HOSTILE_SECONDS = 60 };

/* `count` times `piece`. */
void hostile_repeat(struct buf *out, const char *piece, size_t count);

#endif
