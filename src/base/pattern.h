/* Patterns (POSIX extended regular expressions) from strangers. */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>

/* Whether the pattern compiles and matches in little memory and time.  regcomp() copies what an
 * interval repeats, may need memory in the square of the resulting nodes, and recurses into
 * parentheses.  Back references take exponential time. */
bool pattern_is_cheap(const char *pattern);

#endif
