/*
 * What some systems have a call for and others do not: every call of this program that is not
 * POSIX's is here, with what does instead where it is missing.  Linux, FreeBSD and macOS differ
 * here and nowhere else.  `configure --disable-system-calls` does without all of them.
 *
 * Functions that return -1 leave errno as the system set it.
 */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/result.h"

/* ---- files ---- */

/* A file in `directory` that has no name, for reading and writing, closed on exec; nothing is left
 * of it when the process ends.  Elsewhere it has a name for a moment, which a kill leaves behind.
 * The descriptor is the caller's; -1 on failure. */
MUST_CHECK int system_open_nameless(const char *directory);

/* The same in memory; elsewhere in $TMPDIR or /tmp.  `name` is for those who look at processes. */
MUST_CHECK int system_open_memory(const char *name);

/* Brings what was written to the disk itself: fdatasync, elsewhere fsync, on macOS F_FULLFSYNC.  0
 * or -1; EINTR is the caller's to repeat. */
MUST_CHECK int system_sync(int fd);

/* Renames, with EEXIST if there is a `to`.  Where the system or the file system has no such rename,
 * `from` is linked to `to` and then taken away: for a moment it has both names.  0 or -1. */
MUST_CHECK int system_rename_new(const char *from, const char *to);

/* ---- chance ---- */

/* Fills `out` with random bytes that nobody can foretell: getrandom, elsewhere /dev/urandom.  False
 * if the system gives none. */
MUST_CHECK bool system_random(void *out, size_t length);

/* ---- sockets ---- */

/* socket(), closed on exec.  The descriptor is the caller's; -1 on failure. */
MUST_CHECK int system_socket(int family, int type, int protocol);

/* ---- processes, signals, threads ---- */

/* The calling process gets this signal when its parent ends.  Elsewhere it does not: whoever starts
 * processes ends them as well as it can. */
void system_follow_parent(int signal_number);

/* Waits for one of `signals`, which must be blocked, for at most this long.  Its number, or -1 when
 * none came or another signal was handled meanwhile.  Elsewhere they are looked for every 20 ms. */
int system_wait_signal(const sigset_t *signals, int64_t most_ms);

/* Makes a condition whose waits go by the monotonic clock where that can be; there a change of the
 * wall clock makes no wait longer or shorter. */
void system_condition_init(pthread_cond_t *condition);

/* Waits for a condition made so for at most this long; the mutex is locked, as for
 * pthread_cond_timedwait(). */
void system_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t most_ms);

/* ---- bytes ---- */

/* Eight bytes as they lie in memory, as a number whose lowest byte is the first of them. */
static inline uint64_t system_little_endian(uint64_t bytes)
{
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(bytes);
#else
    return bytes;
#endif
}

#endif
