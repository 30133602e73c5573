/*
 * Date archives whose "older posts" links lead beyond their period, as Blogger's do: from June to
 * May, and on to the beginning of the blog. One front page had 186 more chains of pages because of
 * this.
 *
 * A link whose cursor lies before the period is left out ("blogger.outside-period"). So is a
 * pagination link when the archive already shows as many posts as the site counts for the period
 * ("blogger.period-whole"). One that shows fewer is walked to its end, although other lists name
 * the rest: a reader of the archive goes on there.
 */
#ifndef TRAPS_ARCHIVE_PERIOD_H
#define TRAPS_ARCHIVE_PERIOD_H

#include "traps/detector.h"

extern const struct detector detector_archive_period;

#endif
