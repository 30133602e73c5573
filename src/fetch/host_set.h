/* A set of hosts, for what is to be done or kept once a host a run. */
#ifndef FETCH_HOST_SET_H
#define FETCH_HOST_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

/* All zero but for the key is the empty set. */
struct host_set {
    struct hash_key key;
    uint64_t *hashes; /* ascending */
    size_t count, room;
};
void host_set_release(struct host_set *set);

bool host_set_has(const struct host_set *set, struct text host);
/* Without memory it is not added, and what is done once is done once more. */
void host_set_add(struct host_set *set, struct text host);
void host_set_remove(struct host_set *set, struct text host);

#endif
