/*
 * The terminal that a person sits at: what it can do, and a guard that lets nothing but text
 * through to it.  URLs, fields and file names come from strangers; a control character among them
 * could change the window's title, move the cursor or turn the writing around.
 *
 * One thread, but for terminal_write().
 */
#ifndef REPORT_TERMINAL_H
#define REPORT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Whether standard error is a terminal that can erase a line (ECMA-48, EL): TERM says so, that is,
 * it is set and not "dumb". */
bool terminal_can_erase(void);
/* Whether this process is in the foreground of the terminal on standard error: what is drawn by one
 * in the background would stand in the middle of somebody's work. */
bool terminal_is_ours(void);
/* Columns of the terminal on standard error; 80 when it does not know. */
int terminal_columns(void);
/* Writes to standard error as it is, past the guard; what the terminal does not take is lost. */
void terminal_write(const char *octets, size_t length);

/* From now on stdout and stderr, where they lead to a terminal, write control characters (C0 but
 * for TAB and LF, DEL, C1), characters that change the direction of writing, and octets that are
 * not UTF-8 as \xNN and \uNNNN.  What goes to files and pipes stays as it is.  To be called once,
 * before anything is written.  Does nothing where the C library can't have such streams. */
void terminal_guard(void);

/* What the guard makes of `text`: writes it to `out`, which has room for 4 times its length and one
 * more, and gives how long that is.  A character that is cut at the end is left for the next time:
 * *taken is how much of the text was read. */
size_t terminal_plain(struct text text, char *out, size_t *taken);

#endif
