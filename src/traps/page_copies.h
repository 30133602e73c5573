/*
 * Pages that are asked for under another address already: the page itself, as its own head spells
 * it, and a page that stands in for another.
 */
#ifndef TRAPS_PAGE_COPIES_H
#define TRAPS_PAGE_COPIES_H

#include "traps/detector.h"

/* Pages say in their heads what their address is (canonical, og:url), and often spell it as no link
 * does: with index.html, with www.  Followed, every page of the site would be asked for twice.
 * Rule: "page.itself". */
extern const struct detector detector_page_itself;

/* A page that came where robots.txt or a list was asked for that no link names is the site's way to
 * say that there is none.  It is the front page, more often than not, and would open its series of
 * pages once more.  What it shows is kept, what it links to is not.  Rule: "page.stand-in". */
extern const struct detector detector_page_stand_in;

#endif
