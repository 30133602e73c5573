/*
 * The URL of a seed as a person writes it: on the command line, in a file of seeds, in a
 * configuration file.  What can't be meant is refused with its reason.
 */
#ifndef CMD_SEED_WORD_H
#define CMD_SEED_WORD_H

#include <stdbool.h>

#include "base/text.h"

/* The URL with its scheme: http if none is given.  NULL after a message, which begins with `place`
 * ("seeds.txt:4: "; empty on the command line).  The caller frees it. */
char *seed_word_read(struct text word, const char *place);

/* Whether the crawl knows two seeds as one URL. */
bool seed_word_is_same(const char *one, const char *other);

#endif
