/* A set of hosts, for what is done or kept once per host and run. */
#ifndef FETCH_HOST_SET_H
#define FETCH_HOST_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

/* A set that is all zero, apart from the key, is empty. */
struct host_set {
    struct hash_key key;
    uint64_t *hashes;
    size_t count, room; /* of places: a power of two, or 0 */
};
void host_set_release(struct host_set *set);

bool host_set_has(const struct host_set *set, struct text host);
/* Without memory the host is not added, and its work is done twice. */
void host_set_add(struct host_set *set, struct text host);
void host_set_remove(struct host_set *set, struct text host);

#endif
