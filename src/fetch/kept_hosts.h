/*
 * Chooses the hosts whose connections are kept open for the next request.  A page may name a
 * hundred thousand hosts.  When libcurl closes a kept connection to make room, it never forgets its
 * host (seen in 7.88.1), and goes through all such hosts at every request.  So connections are kept
 * for a bounded number of hosts, and closed after one request for all others.
 */
#ifndef FETCH_KEPT_HOSTS_H
#define FETCH_KEPT_HOSTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

enum {
    KEPT_HOSTS = 128,
    KEPT_CONNECTIONS = 512,   /* of all these hosts together */
    KEPT_IDLE_MS = 2 * 60000, /* unused for so long, a host leaves its place to another.  By then
                               * libcurl has closed its connections, and forgotten it properly */
};

/* All zero, apart from the key, is empty.  There is nothing to release. */
struct kept_hosts {
    struct hash_key key;
    uint64_t hosts[KEPT_HOSTS]; /* hashes; 0: none */
    int64_t used_ms[KEPT_HOSTS];
};

/* A request to the host begins.  Whether its connection is to be kept afterwards.  `now_ms`: of the
 * steady clock. */
bool kept_hosts_use(struct kept_hosts *kept, struct text host, int64_t now_ms);

#endif
