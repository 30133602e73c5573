/*
 * logs/crawl.log: appended line by line, put aside by day and by size, so that no other program
 * need do it.
 *
 *   crawl.log  ->  crawl-YYYYMMDD.log     the day on which its first line was written (UTC)
 *                  crawl-YYYYMMDD-2.log   the second of that day, and so on
 *
 * A file that was put aside is never opened again.
 */
#ifndef COLLECTION_CRAWL_LOG_H
#define COLLECTION_CRAWL_LOG_H

#include <stdint.h>
#include <stdio.h>

#include "base/result.h"

enum { CRAWL_LOG_MOST_BYTES = 100 * 1000 * 1000 };

/* Opens the log at `path` for appending; first puts aside what another day began or what has
 * `most_bytes`. */
MUST_CHECK enum result crawl_log_open(FILE **log, const char *path, int64_t wall_ms,
                                      int64_t most_bytes, struct trouble *trouble);

/* Writes out what is buffered and puts the file aside once it has `most_bytes`. */
MUST_CHECK enum result crawl_log_flush(FILE **log, const char *path, int64_t most_bytes,
                                       struct trouble *trouble);

/* Closes and opens `path` again, under which some other program may have put another file, or none.
 * When that fails the old one stays in use. */
MUST_CHECK enum result crawl_log_reopen(FILE **log, const char *path, struct trouble *trouble);

#endif
