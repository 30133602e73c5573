/*
 * Which page a request names as the one that led to it (web/referrer.h).  Servers that keep others
 * from showing their pictures want to see it, as browsers send it.
 */
#ifndef FRONTIER_FRONTIER_REFERRER_H
#define FRONTIER_FRONTIER_REFERRER_H

#include "frontier/frontier.h"
#include "web/referrer.h"

enum referrer_of {
    REFERRER_OF_PAGE, /* for all that the page names: the latest counts */
    REFERRER_OF_LINK, /* for one URL, said by its element: the first counts, until the end */
};

/* Keeps the policy that a page, or a link to a URL, asks for.  `key`: of the page, or of the URL.
 */
MUST_CHECK enum result frontier_keep_referrer(struct frontier *frontier, enum referrer_of of,
                                              int64_t key, enum referrer_policy policy,
                                              struct trouble *trouble);

/* Appends the Referer of a visit to `out`; nothing: it has none.  After redirects it is that of the
 * first request.  Seeds, and what robots.txt, sitemaps and platforms name, have none. */
MUST_CHECK enum result frontier_write_referrer(struct frontier *frontier, const struct visit *visit,
                                               struct buf *out, struct trouble *trouble);

#endif
