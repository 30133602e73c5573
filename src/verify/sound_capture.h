/*
 * The newest capture of a URL that is the URL's own.  When a host begins to show one wall for
 * everything, the first responses are taken for pages, and later records take them back.  What
 * a list named before still holds then, as it does for the crawl.
 */
#ifndef VERIFY_SOUND_CAPTURE_H
#define VERIFY_SOUND_CAPTURE_H

#include "collection/cdxj_lookup.h"
#include "verify/crawl_claims.h"

/* As cdxj_lookup_newest(), without what was taken back.  If all were, the newest.  `scratch` is
 * the caller's, and *entry lives as long as that and the lookup are left alone. */
MUST_CHECK enum result sound_capture_find(struct cdxj_lookup *lookup,
                                          const struct crawl_claims *claims, struct text url,
                                          struct buf *scratch, struct cdxj_entry *entry);

/* Whether the line is of a list whose newest capture has other bytes, and of which nothing was
 * taken back. */
bool sound_capture_is_older_list(struct cdxj_lookup *lookup, const struct crawl_claims *claims,
                                 const struct cdxj_entry *line);

#endif
