/*
 * Suspects: URLs that a rule would call traps by a common word or a number ("diff", "print", the
 * path /2031/), on a site where nothing proves it. The first few are requested. If they show
 * nothing that the site has not shown before, the others that are suspect for the same reason are
 * left out; if they do, all are followed, and watched on.
 */
#ifndef TRAPS_SUSPECTS_H
#define TRAPS_SUSPECTS_H

#include "traps/detector.h"

extern const struct detector detector_suspects;

#endif
