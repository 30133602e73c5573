/* What a page asks of its requests in <meta name="referrer">. */
#ifndef HTML_REFERRER_META_H
#define HTML_REFERRER_META_H

#include "base/text.h"

/* The content of the last <meta name="referrer"> in the first 64 KiB of the page, such as
 * "no-referrer"; empty when there is none.  Points into `html`. */
struct text referrer_meta(struct text html);

#endif
