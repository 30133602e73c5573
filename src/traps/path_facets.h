/*
 * Facets, choices joined in the path: /shop/red/small/ shows what /shop/small/red/ shows, and both
 * lead to the same with one choice more. Of eight choices there are a hundred thousand such
 * addresses, of twenty no end; what they list, pages with one or two choices list too.  Two pages
 * that differ in the order of their last two segments, and whose links stand to them in the same
 * way, show that the two are choices of what stands before them; once that was seen twice there, no
 * third choice is joined to two others ("url.facets").
 *
 * Routes and dictionaries (/berlin/paris/, /paris/berlin/) show other things in the other order,
 * and goods below a choice
 * (/shop/red/small/boots.html) are none themselves.  Memory is fixed; what it forgets counts as new
 * again.
 */
#ifndef TRAPS_PATH_FACETS_H
#define TRAPS_PATH_FACETS_H

#include "traps/detector.h"

extern const struct detector detector_path_facets;

#endif
