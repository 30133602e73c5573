/*
 * The signals that ask a command to end: SIGTERM, SIGINT and SIGHUP.  A command that must clean up
 * blocks them, and looks for them or waits for one.  One that has nothing to clean up says that it
 * ends.
 */
#ifndef CMD_ENDING_SIGNALS_H
#define CMD_ENDING_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

#include "base/result.h"

/* Blocks them in this thread, and in threads that it starts later.  False: the system refuses it.
 */
MUST_CHECK bool ending_signals_block(void);

/* Whether one has come since they were blocked.  It stays pending. */
bool ending_signals_came(void);

/* Of a command that leaves nothing half done: when one comes, wipes the live line, says that the
 * command did not come to its end, and ends with EXIT_SIGNAL.  For this process, not for those that
 * it starts later: call it after them. */
void ending_signals_end(void);

/* Waits until one comes, and takes it.  They must be blocked. */
void ending_signals_wait(void);

#endif
