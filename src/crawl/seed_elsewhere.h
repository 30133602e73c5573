/*
 * Seeds that lead to a page of another site, and to nothing else there: "this account has been
 * suspended", "moved", a parking page, a consent.  It looks like success, but nothing of the site
 * is kept.  A site that has really moved has more pages.  Both are told (crawl/new_homes.h).
 */
#ifndef CRAWL_SEED_ELSEWHERE_H
#define CRAWL_SEED_ELSEWHERE_H

#include "crawl/crawl_internal.h"

/* Once all that waited was asked for: takes the responses of such seeds back, so that they are
 * refused, in the store and in the archive.  Does nothing when the options ask for single pages
 * (--scope page, --level 0). */
MUST_CHECK enum result seed_elsewhere_take_back(struct crawl *crawl);

#endif
