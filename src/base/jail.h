/*
 * A process in a jail: what reads the bytes of strangers, and can do nothing else.  It has no
 * files, no network, no processes and no signals. It has only a socket to us, for questions and
 * answers (base/messages.h).  If a page takes it over, it can lie about that page, but cannot read
 * the collection, write a file or connect to a host.
 *
 *   jail_new() -> jail_worker() -> messages ... -> jail_dismiss(), jail_worker() ... -> jail_free()
 *
 * jail_new() starts a small process that does nothing but start workers, because we cannot once we
 * are in a box (base/box.h).  So call it before that, and before the first thread.  A worker runs
 * this program anew where the system can do that: then it has nothing of our memory.
 *
 * Its system calls are bounded by BOX_SEALED, its memory and files by limits.  What the system
 * lacks of that is left out, and told.  It ends when we do.
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include <stdint.h>

#include "base/messages.h"
#include "base/result.h"

struct jail;

/* What a worker does. */
struct jail_task {
    /* Before the jail closes: loads what is needed from files.  NULL afterwards: no memory. */
    void *(*prepare)(void);
    /* Answers questions until the socket ends.  `state` is what prepare() returned. */
    void (*work)(void *state, struct messages *messages);
};

/* Whether the program was started to be a worker: then main() calls jail_serve() at once. */
bool jail_is_worker(int argc, char **argv);
/* Does the work.  Does not return. */
void jail_serve(const struct jail_task *task) __attribute__((noreturn));

/* `task` is static.  BROKEN: no process can be started. */
MUST_CHECK enum result jail_new(struct jail **out, const struct jail_task *task,
                                struct trouble *trouble);
/* For tests: a jail whose only worker is at the other end of this socket. The jail owns the
 * socket from now on.  NULL: out of memory. */
struct jail *jail_played(int fd);
/* Ends all of it.  NULL is allowed. */
void jail_free(struct jail *jail);

/* Asked while we wait for a worker: then it is dismissed. */
void jail_give_up_when(struct jail *jail, struct give_up give_up);

/* The line to the worker, which is started if there is none.  NULL: it cannot be started, with
 * words. */
MUST_CHECK struct messages *jail_worker(struct jail *jail, struct trouble *trouble);

/* How much memory the worker holds now, in bytes; -1: it is not known, or there is none. */
int64_t jail_worker_bytes(struct jail *jail);
/* The worker has done enough, and nothing is to come from it.  The next jail_worker() starts
 * another. */
void jail_replace(struct jail *jail);

/* Whether the jail is closed.  OK; FLAWED: not all of it holds, with words; END: it was left off,
 * as in box_enter().  Known with the first worker. */
MUST_CHECK enum result jail_holds(const struct jail *jail, struct trouble *trouble);

/* Ends the worker: its line has failed, or what it says makes no sense.  *words gets how it ended,
 * to follow "the process that reads it": "crashed (signal 11)".  The next jail_worker() starts
 * another. */
enum { JAIL_WORDS = 128 };
void jail_dismiss(struct jail *jail, char words[JAIL_WORDS]);

#endif
