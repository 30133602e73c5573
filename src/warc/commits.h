/*
 * The commit log of a WARC file that is being written: NAME.warc.gz.commits beside
 * NAME.warc.gz.open.  Each sync adds one line, the number of bytes of the WARC file that are on the
 * disk.  The line is written and synced after those bytes are, so the last whole line can be
 * trusted.
 */
#ifndef WARC_COMMITS_H
#define WARC_COMMITS_H

#include <stdint.h>

#include "base/result.h"

/* Creates the log for the file that will be named `final_path`.  The caller syncs the directory and
 * closes the file descriptor that is returned. -1 with trouble on failure. */
MUST_CHECK int commits_create(const char *final_path, struct trouble *trouble);

/* Notes that the first `bytes` bytes of the WARC file are on the disk, and syncs the log.
 * RESULT_OK, or RESULT_BROKEN with trouble. */
MUST_CHECK enum result commits_add(int fd, const char *final_path, int64_t bytes,
                                   struct trouble *trouble);

/* Removes the log, if there is one. */
void commits_remove(const char *final_path);

/* The number in the last whole line; 0 when there is no log or no whole line, -1 when the log can't
 * be read. */
MUST_CHECK int64_t commits_read(const char *final_path);

#endif
