/*
 * Pages that are others again: a server that answers every path with the same page, whose relative
 * links lead deeper.  /a/ links to a/ and b/, so do /a/a/ and /a/b/.  A page whose links stand
 * relative to it as those of the page that led to it stand to that one is an echo; the second in a
 * row leads no deeper ("url.path-loop").
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_PATH_ECHO_H
#define TRAPS_PATH_ECHO_H

#include "traps/detector.h"

extern const struct detector detector_path_echo;

#endif
