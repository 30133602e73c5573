/* The seeds of a collection that no run has open: from its store, else from its runs or archive. */
#ifndef CRAWL_KNOWN_SEEDS_H
#define CRAWL_KNOWN_SEEDS_H

#include "base/result.h"
#include "crawl/url_list.h"

/* Reads them into *list, which must be empty.  The store has all of them.  When it cannot be read,
 * for example because a run uses it, the newest summary in runs/ has them. Without a summary, they
 * are the URLs that were captured first.  END: nothing tells.  Nothing is changed. */
MUST_CHECK enum result known_seeds_read(const char *directory, struct url_list *list,
                                        struct trouble *trouble);

#endif
