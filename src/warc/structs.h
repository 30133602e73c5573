/*
 * Structures that a program fills in.  It may have been compiled with an older header, in which
 * they were shorter, or with a newer one: struct_size, their first member, tells.
 */
#ifndef WARC_STRUCTS_H
#define WARC_STRUCTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"

/* Copies the program's structure into *own, of `size` octets; members that the program does not
 * know are zero.  `least` is the size that it had at first.  False, with errno EINVAL, when
 * struct_size is less than that, or when the program has set members that are not known here. */
MUST_CHECK bool struct_take(void *own, size_t size, const void *given, size_t least);

#endif
