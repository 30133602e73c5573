/* What a page itself asks of robots: <meta name="robots">. */
#ifndef HTML_ROBOTS_META_H
#define HTML_ROBOTS_META_H

#include "base/text.h"

/* The content of the first <meta name="robots"> in the page's first 16 KB ("noindex, nofollow");
 * empty when there is none. It points into `html`.  An archive reports it and keeps the page. */
struct text robots_meta(struct text html);

#endif
