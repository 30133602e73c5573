/*
 * The commit log of a file that is being written: NAME.warc.gz.commits beside NAME.warc.gz.open,
 * one line a sync, with how many octets of the archive it made certain.  A line is written and
 * synced only when they are; the last whole line is the truth.
 */
#ifndef WARC_COMMITS_H
#define WARC_COMMITS_H

#include <stdint.h>

#include "base/result.h"

/* Creates the log for the file that gets the name `final_path`; the directory is the caller's to
 * sync.  -1 with trouble. */
MUST_CHECK int commits_create(const char *final_path, struct trouble *trouble);

/* Says that the first `bytes` octets are on the disk. */
MUST_CHECK enum result commits_add(int fd, const char *final_path, int64_t bytes,
                                   struct trouble *trouble);

/* Removes the log, if there is one. */
void commits_remove(const char *final_path);

/* What the last whole line says; 0 when there is none. */
int64_t commits_read(const char *final_path);

#endif
