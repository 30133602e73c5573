/*
 * --notify: runs a command of the user's when a run has ended.
 *
 * The run itself cannot start programs, because it is in a box (base/box.h).  A small process that
 * is started before, outside of the box, does it.  It knows the command from the start.  It accepts
 * one message only: the run's JSON, of at most NOTIFY_MOST_BYTES, which it passes on unread. It
 * ends with the process that made it.
 */
#ifndef CMD_NOTIFY_H
#define CMD_NOTIFY_H

#include <signal.h>

#include "base/result.h"
#include "base/text.h"

enum { NOTIFY_MOST_SECONDS = 60, NOTIFY_MOST_BYTES = 128 << 20 };

struct notify;

/* Starts the process.  `command` is borrowed until notify_free().  LOST, with words, when it cannot
 * be started.  Call this before there are threads. */
MUST_CHECK enum result notify_new(struct notify **out, const char *command,
                                  struct trouble *trouble);
/* Ends the process, and waits for that. */
void notify_free(struct notify *notify);

/* Runs `sh -c command` with `json` as its standard input, in the directory and environment of
 * notify_new(), and with its output.  Waits `most_seconds`, or until `*stop` changes; then the
 * command is killed with all that it started.  LOST, with words, unless it ended with 0.  Once
 * only. */
MUST_CHECK enum result notify_run(struct notify *notify, struct text json, int most_seconds,
                                  const volatile sig_atomic_t *stop, struct trouble *trouble);

#endif
