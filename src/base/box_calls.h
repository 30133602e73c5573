/*
 * The system calls that are left to a process in its box (base/box.h), as a seccomp filter.
 *
 * The list is ours rather than libseccomp's: a table of numbers needs no library, and __NR_ names
 * make it right for each processor that is listed in box_calls.c.  It was found by tracing the
 * tests. Similar calls were added, because C libraries differ in those they choose.
 *
 * A refused call fails with EPERM.  A call that is newer than the list fails with ENOSYS, as on an
 * older kernel, so that a newer C library falls back on what it did before.
 */
#ifndef BASE_BOX_CALLS_H
#define BASE_BOX_CALLS_H

#include "base/box.h"

/* Refuses all threads of this process every other call, for good.  OK, or FLAWED with words. */
MUST_CHECK enum result box_calls_bound(enum box_network network, struct trouble *trouble);

#endif
