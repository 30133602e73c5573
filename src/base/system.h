/*
 * System calls that are not in POSIX, each with a substitute for systems that lack it.  Linux,
 * FreeBSD and macOS differ here and nowhere else.  `configure --disable-system-calls` uses the
 * substitutes everywhere.
 *
 * Functions that return -1 leave errno as the system set it.  Any thread may call all of them.
 */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/result.h"

/* ---- files ---- */

/* Opens a file without a name in `directory`, for reading and writing, closed on exec.  It vanishes
 * when the process ends.  The substitute has a name for a moment, and a kill in that moment leaves
 * it on the disk.  The caller closes the descriptor; -1 on failure. */
MUST_CHECK int system_open_nameless(const char *directory);

/* The same in memory.  The substitute is a file in $TMPDIR or /tmp.  `name` is shown by tools that
 * list a process's files. */
MUST_CHECK int system_open_memory(const char *name);

/* Makes what was written durable: fdatasync, elsewhere fsync, on macOS F_FULLFSYNC.  0 or -1; the
 * caller repeats it after EINTR. */
MUST_CHECK int system_sync(int fd);

/* Gives `length` new bytes of a file, from `from` on, room on the disk, as zeros.  A mapping of
 * them can then be written to without SIGBUS, even if the disk fills up later.  The substitute
 * writes the zeros, so no data may be there yet.  0, or -1: there is no room. */
MUST_CHECK int system_reserve(int fd, int64_t from, int64_t length);

/* Renames, but fails with EEXIST if `to` exists.  Where the system or the file system has no such
 * rename, a file is linked to `to` and then unlinked, so for a moment it has both names. A
 * directory is renamed after a check that `to` does not exist.  0 or -1. */
MUST_CHECK int system_rename_new(const char *from, const char *to);

/* Closes every descriptor from `first` on. */
void system_close_from(int first);

/* ---- random bytes ---- */

/* Fills `out` with unpredictable bytes: getrandom, elsewhere /dev/urandom.  False if the system
 * gives none. */
MUST_CHECK bool system_random(void *out, size_t length);

/* ---- sockets ---- */

/* socket(), closed on exec.  The caller closes the descriptor; -1 on failure. */
MUST_CHECK int system_socket(int family, int type, int protocol);

/* send(), without SIGPIPE when nobody reads any more: errno is then EPIPE.  The substitute holds
 * the signal back from this thread.  Returns the bytes sent; -1 on failure. */
MUST_CHECK ssize_t system_send(int fd, const void *bytes, size_t length, int flags);

/* ---- streams ---- */

/* A stream for writing whose bytes go to `write`, with `cookie`: fopencookie() or funopen().  It
 * returns how many of the bytes were written; fewer are an error.  The caller sets its buffer, and
 * closes it.  NULL: this C library has no such streams, or there is no memory. */
FILE *system_open_writer(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t));

/* ---- processes, signals, threads ---- */

/* Asks for this signal to be sent to the calling process when its parent ends.  The substitute does
 * nothing, so a parent must end its children as well as it can. */
void system_follow_parent(int signal_number);

/* Runs this same program again in the place of the process: exec, with these words and variables,
 * both ended by NULL.  Returns only if that failed, or if the system does not tell which file the
 * program is. */
void system_run_again(char *const words[], char *const variables[]);

/* Nobody may read the memory of this process from now on: no debugger, no core file.  The
 * substitute does nothing. */
void system_hide_memory(void);

/* How many bytes of memory a process holds (its resident set); -1: the system does not tell. */
int64_t system_memory_of(pid_t process);

/* Waits at most `most_ms` for one of `signals`, which must be blocked.  Returns its number, or -1
 * when none came or another signal was handled meanwhile.  The substitute looks every 20 ms. */
int system_wait_signal(const sigset_t *signals, int64_t most_ms);

/* Makes a condition that waits by the monotonic clock where the system can.  A change of the wall
 * clock then makes no wait longer or shorter.  The caller destroys the condition. */
void system_condition_init(pthread_cond_t *condition);

/* Waits at most `most_ms` for a condition made by system_condition_init().  The mutex must be
 * locked, as for pthread_cond_timedwait(). */
void system_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t most_ms);

/* ---- bytes ---- */

/* Converts eight bytes, loaded from memory as one word, to a number whose lowest byte is the first
 * of them. */
static inline uint64_t system_little_endian(uint64_t bytes)
{
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(bytes);
#else
    return bytes;
#endif
}

/* From now on, large memory that is freed goes back to the system at once, and grows without being
 * copied.  Without effect where the C library has no such choice. */
void system_return_memory(void);

#endif
