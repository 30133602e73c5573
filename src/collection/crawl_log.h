/*
 * logs/crawl.log: appended line by line, and rotated by day and by size, so that no other program
 * has to.
 *
 *   crawl.log  ->  crawl-YYYYMMDD.log     the day on which its first line was written (UTC)
 *                  crawl-YYYYMMDD-2.log   the second of that day, and so on
 *
 * A rotated file is never opened again.
 */
#ifndef COLLECTION_CRAWL_LOG_H
#define COLLECTION_CRAWL_LOG_H

#include <stdint.h>
#include <stdio.h>

#include "base/result.h"

enum { CRAWL_LOG_MOST_BYTES = 100 * 1000 * 1000 };

/* Opens the log at `path` for appending. First rotates it if it is from another day or has
 * `most_bytes`. */
MUST_CHECK enum result crawl_log_open(FILE **log, const char *path, int64_t wall_ms,
                                      int64_t most_bytes, struct trouble *trouble);

/* Flushes the buffer, and rotates the file once it has `most_bytes`. */
MUST_CHECK enum result crawl_log_flush(FILE **log, const char *path, int64_t most_bytes,
                                       struct trouble *trouble);

/* Closes and reopens `path`, because another program may have moved the file. If that fails, the
 * old one stays in use. */
MUST_CHECK enum result crawl_log_reopen(FILE **log, const char *path, struct trouble *trouble);

#endif
