/*
 * The store in memory, for tests and for uses without a second run. A crawl keeps its store on disk
 * even for one page, because its next run has to know what this one captured. Finding the next
 * visit walks through all of them, so this is for thousands of URLs, not for millions.
 */
#ifndef STORE_MEMORY_STORE_H
#define STORE_MEMORY_STORE_H

#include "base/result.h"
#include "store/store.h"

/* An empty store. `owner` owns the leases that it grants. BROKEN: out of memory. */
MUST_CHECK enum result memory_store_open(struct store **store, int64_t owner,
                                         struct trouble *trouble);

#endif
