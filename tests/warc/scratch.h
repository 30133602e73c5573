/* A temporary directory for one test, and files in it. */
#ifndef TESTS_WARC_SCRATCH_H
#define TESTS_WARC_SCRATCH_H

#include <stddef.h>

#include "base/buf.h"

enum { SCRATCH_PATH = 512 };

struct scratch {
    char directory[SCRATCH_PATH / 2];
};

/* Ends the test when the directory cannot be made. */
struct scratch scratch_new(void);
void scratch_remove(const struct scratch *scratch);

void scratch_path(const struct scratch *scratch, const char *name, char out[SCRATCH_PATH]);
void scratch_write(const struct scratch *scratch, const char *name, const void *bytes,
                   size_t length);
void scratch_read(const struct scratch *scratch, const char *name, struct buf *out);
/* The number of names in the directory with that ending.  The last of them, in byte order, is
 * copied to `last` (may be NULL). */
int scratch_count(const struct scratch *scratch, const char *ending, char last[256]);

#endif
