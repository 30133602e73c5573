/*
 * One link as it was found in a page, style sheet, feed, sitemap or HTTP header.  A plain record:
 * the rooms that find links fill it in, and the rooms that judge links read it.
 */
#ifndef WEB_LINK_H
#define WEB_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/url.h"
#include "web/url_rules.h"

enum link_class {
    LINK_PAGER,   /* another page of a paged list: older, newer, page 3, rel=next */
    LINK_ARCHIVE, /* a dated archive: year, month, day, week */
    LINK_FEED,
    LINK_SITEMAP,
    LINK_PAGE,      /* any other page that a person could go to */
    LINK_REQUISITE, /* needed to show the page: image, style sheet, script, font, frame */
    LINK_MEDIA, /* linked image, audio, video, document: part of the post, but not shown in the page
                 */
    LINK_TRAP,  /* known to lead nowhere or without end; never requested */
    LINK_CLASSES,
};

enum link_certainty { LINK_POSSIBLE, LINK_CERTAIN };

struct link {
    struct text url;          /* absolute, as it would be requested, without fragment */
    const struct url *parsed; /* the same, with its parts */
    enum link_class class;
    enum link_certainty certainty;
    struct text where; /* "a@href", "img@srcset", "style url()", "noscript img@src", "Link: next" */
    enum url_rule rule; /* of a trap: by which rule */
    int posts; /* of an archive: how many posts it is said to hold, "June (27)"; 0: nothing is said
                */
    int64_t dated_ms; /* when a sitemap or an Atom feed says that it was changed last; 0: nothing is
                         said */
    bool document;  /* a requisite that is itself a document (iframe, frame, object of text/html) */
    uint64_t *note; /* a word that `take` may keep with this anchor, to find it again when a later
                       page has the same one; 0 at first.  NULL: it is not remembered */
};

const char *link_class_name(enum link_class class);             /* "pager" ... "trap" */
const char *link_certainty_name(enum link_certainty certainty); /* "possible", "certain" */

#endif
