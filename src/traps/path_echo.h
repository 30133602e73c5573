/*
 * A server that responds to every path with the same page, whose relative links lead deeper: /a/
 * links to a/ and b/, and so do /a/a/ and /a/b/.
 *
 * A page is an echo if it has the same relative links as the page that led to it. The second echo
 * in a row leads no deeper ("url.path-loop").
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_PATH_ECHO_H
#define TRAPS_PATH_ECHO_H

#include "traps/detector.h"

extern const struct detector detector_path_echo;

#endif
