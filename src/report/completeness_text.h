/* What the site lists against what is in the archive, as a table for a person. */
#ifndef REPORT_COMPLETENESS_TEXT_H
#define REPORT_COMPLETENESS_TEXT_H

#include <stdio.h>

#include "store/completeness.h"

/* Five lines, and a sentence where robots.txt closed lists. */
void completeness_print(const struct completeness *completeness, FILE *out);

#endif
