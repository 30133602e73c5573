/*
 * This run's options hold for everything that earlier runs left.  When they are not those of the
 * last run, what waits is judged by them. The links of all archived pages are judged again, too:
 * what was out of scope then may be in scope now.  The store remembers by which options it was
 * judged, so that a run with the same ones does nothing of this.
 */
#ifndef CRAWL_OPTIONS_CHANGE_H
#define CRAWL_OPTIONS_CHANGE_H

#include "base/result.h"

struct crawl;

/* To be called before the seeds are offered: finds whether this run's options, or its seeds, are
 * others.  If so, the store notes that it is not settled until options_change_settle() has
 * succeeded, in this run or in a later one. */
MUST_CHECK enum result options_change_look(struct crawl *crawl);

/* To be called when the seeds are offered, and before the frontier counts what waits. */
MUST_CHECK enum result options_change_settle(struct crawl *crawl);

#endif
