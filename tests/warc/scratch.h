/* A directory of a test's own, and files in it. */
#ifndef TESTS_WARC_SCRATCH_H
#define TESTS_WARC_SCRATCH_H

#include <stddef.h>

#include "base/buf.h"

enum { SCRATCH_PATH = 512 };

struct scratch {
    char directory[SCRATCH_PATH / 2];
};

/* Ends the test when it can't be had. */
struct scratch scratch_new(void);
void scratch_remove(const struct scratch *scratch);

void scratch_path(const struct scratch *scratch, const char *name, char out[SCRATCH_PATH]);
void scratch_write(const struct scratch *scratch, const char *name, const void *bytes,
                   size_t length);
void scratch_read(const struct scratch *scratch, const char *name, struct buf *out);
/* How many names in the directory end so; the last of them, in byte order, is copied to `last` (may
 * be NULL). */
int scratch_count(const struct scratch *scratch, const char *ending, char last[256]);

#endif
