/*
 * Links to a page that was already requested under another URL: the page itself as its own head
 * spells it, and a page that stands in for another.
 */
#ifndef TRAPS_PAGE_COPIES_H
#define TRAPS_PAGE_COPIES_H

#include "traps/detector.h"

/* Pages name their own URL in their heads (canonical, og:url), often in a spelling that no link
 * uses: with index.html, with www. If these were followed, every page of the site would be
 * requested twice. Rule: "page.itself". */
extern const struct detector detector_page_itself;

/* The crawler requests robots.txt and some lists that no link names. A site may respond with a page
 * instead of a 404, usually its front page. That page would open its series of pages again, so the
 * page is kept but its links are not followed. Rule: "page.stand-in". */
extern const struct detector detector_page_stand_in;

#endif
