/*
 * Structures that a program fills in.  A program compiled with an older header has shorter ones,
 * with a newer header longer ones.  Their first member, struct_size, tells.
 */
#ifndef WARC_STRUCTS_H
#define WARC_STRUCTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"

/* Copies the program's structure `given` into *own, of `size` bytes.  Members that the program does
 * not know become zero.  `least` is the size of the first version of the structure.  False with
 * errno EINVAL when struct_size is less than `least`, or when the program has set members that are
 * not known here. */
MUST_CHECK bool struct_take(void *own, size_t size, const void *given, size_t least);

#endif
