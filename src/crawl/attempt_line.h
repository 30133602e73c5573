/* The log line of one attempt, in Heritrix's columns. */
#ifndef CRAWL_ATTEMPT_LINE_H
#define CRAWL_ATTEMPT_LINE_H

#include <stdio.h>

#include "capture/writer_set.h"

/* Writes time, status, size, URL, hops, via, type, worker, begin+duration, digest, source and
 * annotation; "-" for what is not known.  Write errors are left to ferror(out). */
void attempt_line_write(FILE *out, const struct capture *capture, const char *annotation);

#endif
