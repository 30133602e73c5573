/*
 * Choices joined in the path: /shop/red/small/ shows what /shop/small/red/ shows, and both lead to the same with one choice more.
 * Of eight choices there are a hundred thousand such addresses, of twenty no end; what they list, pages with one or two choices
 * list too.  Two pages that differ in the order of their last two segments, and whose links stand to them in the same way, show
 * that the two are choices of what stands before them; once that was seen twice there, no third choice is joined to two others.
 *
 * Routes and dictionaries (/berlin/paris/, /paris/berlin/) show other things in the other order, and goods below a choice
 * (/shop/red/small/boots.html) are none themselves.  Memory is fixed; what it forgets counts as new again.
 */
#ifndef CRAWL_CHOICES_H
#define CRAWL_CHOICES_H

#include <stdbool.h>
#include <stdint.h>

#include "web/url.h"

struct choices;

struct choices *choices_new(void); /* NULL without memory */
void choices_free(struct choices *choices);

/* A page, its links with the keys of their addresses, and its end. */
void choices_begin(struct choices *choices, const struct url *page);
void choices_link(struct choices *choices, const struct url *link, int64_t key);
void choices_end(struct choices *choices);

/* Whether the address joins a third choice, or a further one. */
bool choices_join(const struct choices *choices, const struct url *link);

#endif
