/*
 * A box around this process.  Before it reads what strangers sent, a command says which files it
 * needs and whether it needs the network.  After box_enter() the system refuses it everything else:
 * other files, other programs, and the network if that is not needed.  So a mistake in the code
 * that reads such bytes is no way into the machine.
 *
 *   box_new() -> box_allow() ... -> box_enter() -> box_free()
 *
 * The box is made of what Linux has for this.  Landlock bounds files, TCP and signals, and a filter
 * for system calls (seccomp) bounds the rest.  What is refused fails with EPERM or EACCES, and
 * kills nothing.  Open descriptors keep working.  What a kernel, a container or another system
 * lacks is left out, and told.
 *
 * Enter the box before the first thread: threads that run already stay outside as far as files are
 * concerned.  There is no way out.  Processes that are started before are outside.
 */
#ifndef BASE_BOX_H
#define BASE_BOX_H

#include <stdbool.h>

#include "base/result.h"

struct box;

enum box_network {
    BOX_NO_NETWORK, /* no sockets at all */
    BOX_CLIENT,     /* TCP and UDP to other machines; nobody can connect to us */
    BOX_SERVER, /* others connect to sockets that listen already; none is made, and none connects */
    BOX_SEALED, /* no sockets, no files, not even the system's, and no threads: only open
                   descriptors are read and written, and memory is allocated.  Other calls end the
                   process (SIGSYS) but for those that a C library tries on its own account, which
                   fail */
};

enum box_right {
    BOX_READ,   /* read files, and list directories */
    BOX_REMOVE, /* remove empty directories in this one, and nothing else */
    BOX_CHANGE, /* read, and also create, write, rename and remove files and directories */
};

/* Makes a box in which the process can use its libraries, the time zone and /dev/null.  NULL:
 * out of memory. */
struct box *box_new(enum box_network network);
/* Whether box_enter() will leave it off. */
bool box_is_left_off(const struct box *box);
/* Does not undo box_enter(). */
void box_free(struct box *box);

/* Allows this file, or this directory and all below it.  A symbolic link stands for what it leads
 * to.  What is not there now stays forbidden, also when it is made later. So does a file that
 * replaces an allowed one: for such files, allow the directory. */
void box_allow(struct box *box, const char *path, enum box_right right);
/* Allows a directory likewise. Symbolic links in it, and in the two levels of directories below,
 * are followed, because parts of collections may be on other disks. */
void box_allow_tree(struct box *box, const char *directory, enum box_right right);

/* Enters the box.  OK: all of it holds.  FLAWED: some or none of it does, with words that say what
 * is missing; the program can go on.  END: it was left off, because a sanitizer or valgrind watches
 * the program and must be able to do more. */
MUST_CHECK enum result box_enter(struct box *box, struct trouble *trouble);

#endif
