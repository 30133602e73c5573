/* How many entries a feed says that there are, whatever one page of it holds (OpenSearch's
 * totalResults). */
#ifndef SERIES_FEED_TOTAL_H
#define SERIES_FEED_TOTAL_H

#include "base/text.h"
#include "web/url.h"

/* 0: it does not say, or it is one of comments. */
int feed_total(const struct url *url, struct text feed);

#endif
