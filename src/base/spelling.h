/* Suggests which name was meant by a misspelled word. */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stddef.h>

#include "base/text.h"

/* The name that is spelled most like `word`, or NULL when none is close.  A name is close when few
 * letters have to be added, removed, replaced or swapped: one, and one more for every eight of the
 * word, without its dashes at the front; or when it begins with `word`.  Failing that, a name that
 * contains `word` counts.  Case is ignored, and '_' is the same as '-'.  Names longer than 48 bytes
 * are never close.  The result is one of `names`. */
const char *spelling_closest(struct text word, const char *const *names, size_t count);

#endif
