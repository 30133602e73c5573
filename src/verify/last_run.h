/*
 * What the newest run of a collection found new, changed, gone or moved.  Its summary under runs/
 * names the URLs; what counts is what the captures of each in the index show.  What they do not
 * show is reported, and does not count.
 */
#ifndef VERIFY_LAST_RUN_H
#define VERIFY_LAST_RUN_H

#include "verify/check.h"

/* Adds to v->summary->last_run.  Without a summary, or without an index that can be read, nothing
 * is known. */
void last_run_check(struct verification *v, const char *runs, const char *index_path);

#endif
