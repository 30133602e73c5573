/* Which of some names was meant by a word that is none of them. */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stddef.h>

#include "base/text.h"

/* The one of `names` that is spelled most like `word`: few letters have to be added, removed or
 * replaced (Levenshtein's distance), or `word` is its beginning, or else some
 * other part of it.  Case does not count, nor '_' for
 * '-'.  NULL when none is close; the result is one of `names`.  Names longer than 48 bytes are
 * never close. */
const char *spelling_closest(struct text word, const char *const *names, size_t count);

#endif
