/*
 * What is known of a host that gets no requests now, in little memory. Most hosts serve one picture
 * only, and then nearly all of struct lockout is zero.
 */
#ifndef FRONTIER_LOCKOUT_PACK_H
#define FRONTIER_LOCKOUT_PACK_H

#include <stddef.h>

#include "frontier/lockout.h"

struct lockout_pack;

/* The caller frees it with free().  NULL: out of memory. */
struct lockout_pack *lockout_pack(const struct lockout *lockout);
/* Fills in *lockout, to the last byte as it was. */
void lockout_unpack(const struct lockout_pack *pack, struct lockout *lockout);
/* Bytes that the pack needs. */
size_t lockout_pack_size(const struct lockout_pack *pack);

#endif
