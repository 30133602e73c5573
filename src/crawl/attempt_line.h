/* One attempt as the log says it: a line in Heritrix's columns. */
#ifndef CRAWL_ATTEMPT_LINE_H
#define CRAWL_ATTEMPT_LINE_H

#include <stdio.h>

#include "capture/writer_set.h"

/* Writes time, status, size, address, hops, via, type, worker, begin+duration, digest, source and
 * annotation; "-" stands for what is not known.  An error of `out` is not told: see ferror(). */
void attempt_line_write(FILE *out, const struct capture *capture, const char *annotation);

#endif
