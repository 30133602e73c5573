/* How messages to people are worded: plurals, and paths that can be pasted into a shell. */
#ifndef BASE_WORDING_H
#define BASE_WORDING_H

#include <stdint.h>

#include "base/buf.h"

/* `one` for a count of 1, else `many`: "1 page", "0 pages". */
const char *wording_plural(uint64_t count, const char *one, const char *many);

/* Appends "1 page" or "1234 pages". */
void wording_add_count(struct buf *out, uint64_t count, const char *one, const char *many);

/* Appends a path as a POSIX shell reads it (XCU, 2.2): unchanged if it has only letters, digits
 * and "/._-+,:@%=", otherwise in single quotes. */
void wording_add_path(struct buf *out, const char *path);

#endif
