/*
 * The user's terminal: what it can do, and a guard that lets only text through to it.
 *
 * URLs, header fields and file names come from strangers.  A control character in them could change
 * the window's title, move the cursor or reverse the direction of writing.
 *
 * One thread at a time, except for terminal_write().
 */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Whether standard error is a terminal that can erase a line (ECMA-48, EL).  TERM decides: it must
 * be set, and not to "dumb". */
bool terminal_can_erase(void);
/* Whether this process is in the foreground of the terminal on standard error.  A background
 * process would draw over somebody's work. */
bool terminal_is_ours(void);
/* Columns of the terminal on standard error; 80 when it does not say. */
int terminal_columns(void);
/* Writes the bytes unchanged to standard error, bypassing the guard.  What cannot be written is
 * lost. */
void terminal_write(const char *bytes, size_t length);

/* Replaces stdout and stderr by guarded streams. Also if they are files or pipes: one day, somebody
 * shows these on a terminal.  The streams write the following as \xNN or \uNNNN: control characters
 * (C0 except TAB and LF, DEL, C1), characters that change the direction of writing, and bytes that
 * are not UTF-8.
 *
 * Call it once, before anything is written.  It does nothing where the C library has no such
 * streams. */
void terminal_guard(void);

/* Does with `text` what the guard does. Writes the result to `out`, which has room for 4 times
 * the length of `text` plus 1, and returns its length.  A character cut off at the end is left for
 * the next call: *taken is how many bytes of `text` were read. */
size_t terminal_plain(struct text text, char *out, size_t *taken);

#endif
