/*
 * Reads the metadata records of all captures again, file by file: the links that earlier runs found
 * stand in them.  Nothing is requested.
 */
#ifndef CRAWL_REREAD_H
#define CRAWL_REREAD_H

#include <signal.h>

#include "base/result.h"
#include "collection/collection.h"
#include "crawl/recover.h"

/* Calls `take` for each metadata record of archive/, in the order of the files, with its URL and
 * its provenance.  One record at a time is in memory.  A damaged record is skipped.  END, with
 * words, when `*stop` turned true; also any failure of `take`. */
MUST_CHECK enum result reread_metadata(const struct collection *collection, recover_take *take,
                                       void *context, const volatile sig_atomic_t *stop,
                                       struct trouble *trouble);

#endif
