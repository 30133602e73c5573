/* The number of entries that a feed says it has on all its pages (OpenSearch 1.1, totalResults). */
#ifndef SERIES_FEED_TOTAL_H
#define SERIES_FEED_TOTAL_H

#include "base/text.h"
#include "web/url.h"

/* 0 when the feed does not say, or when its URL is that of a comment feed. */
int feed_total(const struct url *url, struct text feed);

#endif
