/*
 * The store in memory: for tests, and for whoever needs no second run.  A crawl keeps its store on
 * the disk also when it is of one page: its next run has to know what this one captured.  Looking
 * for the next visit walks all of them, so that it is for thousands of URLs, not for millions.
 */
#ifndef STORE_MEMORY_STORE_H
#define STORE_MEMORY_STORE_H

#include "base/result.h"
#include "store/store.h"

/* An empty store, for the owner of the leases that it will give.  BROKEN without memory. */
MUST_CHECK enum result memory_store_open(struct store **store, int64_t owner,
                                         struct trouble *trouble);

#endif
