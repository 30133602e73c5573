/*
 * Pages that are nothing but a jump: a visitor's browser goes elsewhere at once, by a meta refresh
 * or by a script.  They come with 200, but mean what a redirect means: a login or a consent that
 * stands in the place of a page, or a circle.
 */
#ifndef TRAPS_JUMP_H
#define TRAPS_JUMP_H

#include <stdbool.h>

#include "base/text.h"

/* Whether the page shows next to nothing and goes elsewhere within JUMP_SECONDS.  *target is where,
 * as it stands in the body, of which it is a part; empty: to itself.  A script counts only if it
 * assigns a literal, in no function, on a page without words.  Pure. */
enum { JUMP_SECONDS = 3 };
bool jump_find(struct text body, struct text *target);

#endif
