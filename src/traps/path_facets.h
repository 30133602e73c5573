/*
 * Facets are filters joined in the path. /shop/red/small/ shows what /shop/small/red/ shows, and
 * both link to the same pages with one more filter. Eight filters make a hundred thousand such
 * URLs, and twenty make them endless. Pages with one or two filters already list everything.
 *
 * Two pages that differ only in the order of their last two segments, and have the same relative
 * links, show that both segments are filters of the path before them. Once this was seen twice
 * below a path, a third filter is not joined to two others ("url.facets").
 *
 * Routes and dictionaries (/berlin/paris/, /paris/berlin/) show something else in the other order,
 * so they are not facets. Neither are products below a filter (/shop/red/small/boots.html). Memory
 * is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_PATH_FACETS_H
#define TRAPS_PATH_FACETS_H

#include "traps/detector.h"

extern const struct detector detector_path_facets;

#endif
