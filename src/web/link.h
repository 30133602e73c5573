/*
 * One link as it was found in a page, style sheet, feed, sitemap or HTTP header.  The code that
 * finds links fills it in; the code that judges links reads it.
 */
#ifndef WEB_LINK_H
#define WEB_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/referrer.h"
#include "web/url.h"
#include "web/url_rules.h"

enum link_class {
    LINK_PAGER,   /* another page of a paginated list: older, newer, page 3, rel=next */
    LINK_ARCHIVE, /* a date archive: year, month, week or day */
    LINK_FEED,
    LINK_SITEMAP,
    LINK_PAGE,      /* any other page that a person could visit */
    LINK_REQUISITE, /* needed to show the page: image, style sheet, script, font, frame */
    LINK_MEDIA,     /* a linked image, audio, video or document, not shown in the page itself */
    LINK_TRAP,      /* leads to nothing new, or on without end; never requested */
    LINK_CLASSES,
};

enum link_certainty { LINK_POSSIBLE, LINK_CERTAIN };

struct link {
    struct text url;          /* absolute, as it would be requested, without fragment */
    const struct url *parsed; /* the same, parsed */
    enum link_class class;
    enum link_certainty certainty;
    struct text where; /* "a@href", "img@srcset", "style url()", "noscript img@src", "Link: next" */
    enum url_rule rule; /* with LINK_TRAP: the rule that calls it a trap */
    /* With any other class: the rule that will leave it out if pages show that it is a trap.
     * LOGOUT: its text says so, which counts only where there is a session to lose. */
    enum url_rule suspect;
    enum referrer_policy referrer; /* what its element says of the Referer; UNSAID: as its page */
    int posts;        /* with LINK_ARCHIVE: the count in a label such as "June (27)"; 0 for none */
    int64_t dated_ms; /* last change according to a sitemap or Atom feed; 0 when not given */
    bool document; /* a requisite that is itself a document (iframe, frame, object of text/html) */
    /* A possible requisite that is requested from any host: a script loads it, an element shows it
     * later, or the page takes other parts from its host. */
    bool any_host;
    /* A number that the caller may store with this anchor, to find it again when a later page has
     * the same anchor.  0 at first; NULL when the anchor is not remembered. */
    uint64_t *note;
};

/* "pager", "archive", ..., "trap".  Static. */
const char *link_class_name(enum link_class class);
/* "possible" or "certain".  Static. */
const char *link_certainty_name(enum link_certainty certainty);

#endif
