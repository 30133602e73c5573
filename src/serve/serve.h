/*
 * Serves archives to a browser: http://localhost:PORT/ has the server's own pages, and each
 * archived host is an origin of its own below localhost (archived_host.h).  Nothing is written, and
 * nothing is asked of other machines.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "serve/archive_set.h"

struct serve_address {
    const char *host; /* a loopback address, or what the user named */
    uint16_t port;    /* 0: one that is free */
};

/* Listens.  *listening is the caller's until serve_start().  `address->port` becomes the port.
 * AGAIN: the port is taken; the words name one that is free.  BROKEN: it cannot be had. */
MUST_CHECK enum result serve_listen(struct serve_address *address, int *listening,
                                    struct trouble *trouble);

/* Whether only this machine can reach the address. */
bool serve_is_loopback(const char *host);

struct serving;

struct serve_options {
    bool proxy;         /* be a proxy, too */
    uint16_t port;      /* that we listen on */
    const char *player; /* the script of a player (player.h); NULL: none */
};

/* Starts the threads that serve.  Takes over the socket.  The places' strings must outlive it. */
MUST_CHECK enum result serve_start(struct serving **serving, const struct archive_place *places,
                                   size_t count, int listening, struct serve_options options,
                                   struct trouble *trouble);
/* NULL is allowed. */
void serve_stop(struct serving *serving);

#endif
