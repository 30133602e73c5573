/* What the name of an attribute, or of a member of JSON in one, says about its value. */
#ifndef LINKS_ATTRIBUTE_NAME_H
#define LINKS_ATTRIBUTE_NAME_H

#include "base/text.h"

enum attribute_says {
    SAYS_NOTHING,
    SAYS_NO_URL, /* alt, data-image-title, itemtype: text, or a name that only looks like a URL */
    SAYS_SHOWN,  /* data-lazy-src, data-bgset, data-zoom-image: it is shown in the page */
    SAYS_FRAME,  /* data-iframe-src, data-embed-url: a document that is shown in the page */
    SAYS_HREF,   /* data-href: a person could go there */
    SAYS_LINK,   /* data-url, data-permalink: perhaps, or it is the page's own URL */
    SAYS_LOADED, /* hx-get: a script gets it and puts it in the page */
    SAYS_MORE,   /* data-next-url, data-load-more: the next part of a list */
};

/* `name` is in lower case. */
enum attribute_says attribute_says(struct text name);

#endif
