/* Files of the source tree that tests read. */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "base/buf.h"

/* Appends a file, by its path from the top: "fixtures/urls/surt.tsv". Fails the test if it cannot
 * be read. */
void fixture_read(const char *path, struct buf *out);

#endif
