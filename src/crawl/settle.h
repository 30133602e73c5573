/*
 * Judges at the end of a run what shows only when all responses are known. These are redirects in a
 * circle, listed pages that lead to a login or to what is not kept, and walls (web/wall.h).  It
 * reads nothing but the store.  So it makes no difference whether a response came in this run or
 * was learned again from the archive.
 */
#ifndef CRAWL_SETTLE_H
#define CRAWL_SETTLE_H

#include "base/result.h"
#include "store/store.h"

/* Gives each page and list that is a redirect the state of the response at its end.  A part of a
 * page is broken if it leads nowhere; what it leads to is counted itself. */
MUST_CHECK enum result settle_states(struct store *store, struct trouble *trouble);

#endif
