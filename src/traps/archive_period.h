/*
 * Dated archives that page on beyond their period, as Blogger's do: "older posts" below June leads
 * to May, and on to the beginning of the blog.  On one front page that was 186 chains more.  A link
 * whose cursor lies before the period is left out ("blogger.outside-period"), and so is one that
 * pages on when the archive names as many posts as the site says the period has
 * ("blogger.period-whole").
 */
#ifndef TRAPS_ARCHIVE_PERIOD_H
#define TRAPS_ARCHIVE_PERIOD_H

#include "traps/detector.h"

extern const struct detector detector_archive_period;

#endif
