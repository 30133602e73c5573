/* --notify: a command of the user's learns how a run ended. */
#ifndef CMD_NOTIFY_H
#define CMD_NOTIFY_H

#include <signal.h>

#include "base/result.h"
#include "base/text.h"

enum { NOTIFY_MOST_SECONDS = 60 };

/* Runs `sh -c command` with `json` as its standard input, in the present directory; what it prints
 * goes where the run's own words go.  Waits `most_seconds`, or until `*stop` changes, then ends it
 * and all that it started.  LOST, with words, unless it ended with 0. */
MUST_CHECK enum result notify_run(const char *command, struct text json, int most_seconds,
                                  const volatile sig_atomic_t *stop, struct trouble *trouble);

#endif
