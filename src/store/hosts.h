/*
 * The hosts that were met: their numbers, their robots.txt, and how they behave.  A contract, as
 * queue.h is; all functions give OK or BROKEN, and what else stands beside them.
 */
#ifndef STORE_HOSTS_H
#define STORE_HOSTS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* How a host behaves and what it asked for, kept from run to run. */
struct host_state {
    int64_t leave_until_ms; /* wall clock: it asked to be left alone until then (429, 503,
                               Retry-After) */
    int refusals;           /* responses of that kind one after the other */
    int64_t took_ms;        /* time to answer, smoothed; 0: not known */
};

/* The robots.txt that a host gave. */
struct host_robots {
    int status;          /* 200: the body counts; 4xx: all is open */
    int64_t received_ms; /* wall clock */
    struct text body;
};

/* A host with visits that wait and are leased to nobody. */
struct waiting_host {
    int64_t host;
    struct text name; /* texts live until the callback returns */
    int64_t waiting;  /* how many, when it was asked: another process may change it */
    struct text url;  /* of one of them, an http one if there is any */
};

struct hosts;

struct hosts_ops {
    enum result (*number)(struct hosts *hosts, struct text name, int64_t *host,
                          struct trouble *trouble);
    enum result (*each_waiting)(struct hosts *hosts,
                                void (*each)(void *context, const struct waiting_host *host),
                                void *context, struct trouble *trouble);
    enum result (*robots)(struct hosts *hosts, int64_t host, struct host_robots *robots,
                          struct buf *body, struct trouble *trouble);
    enum result (*keep_robots)(struct hosts *hosts, int64_t host, const struct host_robots *robots,
                               struct trouble *trouble);
    enum result (*state)(struct hosts *hosts, int64_t host, struct host_state *state,
                         struct trouble *trouble);
    enum result (*keep_state)(struct hosts *hosts, int64_t host, const struct host_state *state,
                              struct trouble *trouble);
};

struct hosts {
    const struct hosts_ops *ops;
};

/* The host's number, made at need and never 0.  `name` is "host" or "host:port". */
static inline enum result hosts_number(struct hosts *hosts, struct text name, int64_t *host,
                                       struct trouble *trouble)
{
    return hosts->ops->number(hosts, name, host, trouble);
}

/* Calls `each`, which must not use the store, for every host that has waiting visits. */
static inline enum result hosts_each_waiting(struct hosts *hosts,
                                             void (*each)(void *context,
                                                          const struct waiting_host *host),
                                             void *context, struct trouble *trouble)
{
    return hosts->ops->each_waiting(hosts, each, context, trouble);
}

/* The robots.txt that is kept; END when none is.  The body is put into the caller's buffer; NULL:
 * it is not wanted, and is empty. */
static inline enum result hosts_robots(struct hosts *hosts, int64_t host,
                                       struct host_robots *robots, struct buf *body,
                                       struct trouble *trouble)
{
    return hosts->ops->robots(hosts, host, robots, body, trouble);
}
static inline enum result hosts_keep_robots(struct hosts *hosts, int64_t host,
                                            const struct host_robots *robots,
                                            struct trouble *trouble)
{
    return hosts->ops->keep_robots(hosts, host, robots, trouble);
}

/* All 0 for a host of which nothing is kept. */
static inline enum result hosts_state(struct hosts *hosts, int64_t host, struct host_state *state,
                                      struct trouble *trouble)
{
    return hosts->ops->state(hosts, host, state, trouble);
}
static inline enum result hosts_keep_state(struct hosts *hosts, int64_t host,
                                           const struct host_state *state, struct trouble *trouble)
{
    return hosts->ops->keep_state(hosts, host, state, trouble);
}

#endif
