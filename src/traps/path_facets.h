/*
 * Choices joined in the path: /shop/red/small/ shows what /shop/small/red/ shows, and both lead to
 * the same with one choice more. Of eight choices there are a hundred thousand such addresses, of
 * twenty no end; what they list, pages with one or two choices list too.  Two pages that differ in
 * the order of their last two segments, and whose links stand to them in the same way, show that
 * the two are choices of what stands before them; once that was seen twice there, no third choice
 * is joined to two others.
 *
 * Routes and dictionaries (/berlin/paris/, /paris/berlin/) show other things in the other order,
 * and goods below a choice
 * (/shop/red/small/boots.html) are none themselves.  Memory is fixed; what it forgets counts as new
 * again.
 */
#ifndef TRAPS_PATH_FACETS_H
#define TRAPS_PATH_FACETS_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

struct path_facets;

struct path_facets *path_facets_new(void); /* NULL without memory */
void path_facets_free(struct path_facets *path_facets);

/* A page, its links with the keys of their addresses, and its end. */
void path_facets_begin(struct path_facets *path_facets, const struct url *page);
void path_facets_link(struct path_facets *path_facets, const struct url *link, int64_t key);
void path_facets_end(struct path_facets *path_facets);

/* Whether the address joins a third choice, or a further one. */
bool path_facets_join(const struct path_facets *path_facets, const struct url *link);

#endif
