/*
 * The store in an SQLite database: what crawls use.
 */
#ifndef STORE_SQLITE_STORE_H
#define STORE_SQLITE_STORE_H

#include "base/result.h"
#include "store/store.h"

/* Opens or makes the store at `path`, whose directory must exist, for the owner of the leases that
 * it will give (store_new_owner()).  Leases of others stay until queue_take_back().  LOST: what is
 * there is damaged, or no store at all; put aside, it can be made anew from the archive.  BROKEN:
 * another process has it, or another version of warccap made it. */
MUST_CHECK enum result sqlite_store_open(struct store **store, const char *path, int64_t owner,
                                         struct trouble *trouble);

/* Opens a store to look at it only, also where nothing can be written; AGAIN while a run has it. */
MUST_CHECK enum result sqlite_store_open_to_read(struct store **store, const char *path,
                                                 struct trouble *trouble);

#endif
