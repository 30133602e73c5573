/* --notify: runs a command of the user's when a run has ended. */
#ifndef CMD_NOTIFY_H
#define CMD_NOTIFY_H

#include <signal.h>

#include "base/result.h"
#include "base/text.h"

enum { NOTIFY_MOST_SECONDS = 60 };

/* Runs `sh -c command` with `json` as its standard input, in the current directory and with our
 * output.  Waits `most_seconds`, or until `*stop` changes, then kills it and all that it started.
 * LOST, with words, unless it ended with 0. */
MUST_CHECK enum result notify_run(const char *command, struct text json, int most_seconds,
                                  const volatile sig_atomic_t *stop, struct trouble *trouble);

#endif
