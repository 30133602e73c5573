/*
 * The store in an SQLite database, which crawls use.
 */
#ifndef STORE_SQLITE_STORE_H
#define STORE_SQLITE_STORE_H

#include "base/result.h"
#include "store/store.h"

/* Opens or creates the store at `path`, whose directory must exist. `owner` (store_new_owner())
 * owns the leases that it grants. The leases of other owners stay until queue_take_back(). LOST:
 * the file is damaged or not a store; put it aside, and it can be rebuilt from the archive. BROKEN:
 * another process has it open, or another version of warccap made it. */
MUST_CHECK enum result sqlite_store_open(struct store **store, const char *path, int64_t owner,
                                         struct trouble *trouble);

/* Opens a store read-only, even where nothing can be written. AGAIN: a run is using it. */
MUST_CHECK enum result sqlite_store_open_to_read(struct store **store, const char *path,
                                                 struct trouble *trouble);

#endif
