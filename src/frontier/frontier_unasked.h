/* At the end of a run: waiting URLs are judged by the robots.txt of their hosts, as if it were
 * their turn.  So a run that was cut short says the same of it as one that was not. */
#ifndef FRONTIER_FRONTIER_UNASKED_H
#define FRONTIER_FRONTIER_UNASKED_H

#include "base/result.h"
#include "frontier/frontier.h"
#include "frontier/scope.h"

/* Leaves out what robots.txt closes.  Where robots.txt could not be had, what waits has failed. On
 * a seed's host that answered with an error, it waits for the next run instead.  What was answered
 * before, and is to be asked for again, stays what it was. */
MUST_CHECK enum result frontier_judge_unasked(struct frontier *frontier, const struct scope *scope,
                                              struct trouble *trouble);

#endif
