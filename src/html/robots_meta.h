/* What a page asks of robots in <meta name="robots">. */
#ifndef HTML_ROBOTS_META_H
#define HTML_ROBOTS_META_H

#include "base/text.h"

/* The content of the first <meta name="robots"> in the first 16 KiB of the page, such as "noindex,
 * nofollow"; empty when there is none.  Points into `html`.  It is recorded, but does not change
 * what is captured. */
struct text robots_meta(struct text html);

#endif
