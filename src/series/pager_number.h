/*
 * The page number that a link's text is: "2", "[2]", "Page 2", "21-40".
 */
#ifndef SERIES_PAGER_NUMBER_H
#define SERIES_PAGER_NUMBER_H

#include "base/text.h"

/* The number in a text such as "2", "[2]", "Page 2" or "21-40" (the first of two); -1 for any other
 * text. */
long pager_number_of(struct text text);

#endif
