/*
 * The known hosts: their numbers, their robots.txt, and how they behave. A contract like queue.h.
 * All functions return OK or BROKEN, and any other result given beside them.
 */
#ifndef STORE_HOSTS_H
#define STORE_HOSTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* How a host behaves and what it asked for, kept from run to run. */
struct host_state {
    /* wall clock: the host asked for no requests until then (429, 503, Retry-After) */
    int64_t leave_until_ms;
    int refusals;    /* such responses in a row */
    int64_t took_ms; /* response time, smoothed; 0: not known */
    bool is_dead;    /* it could not be reached when it was last asked */
};

/* A host's robots.txt. */
struct host_robots {
    int status;          /* 200: the body counts; 4xx: everything is allowed */
    int64_t received_ms; /* wall clock */
    struct text body;
};

/* A host with waiting visits that nobody has leased. */
struct waiting_host {
    int64_t host;
    struct text name; /* texts live until the callback returns */
    int64_t waiting;  /* how many there were; another process may change that */
    struct text url;  /* of one of them, with http if there is one */
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

/* The host's number, never 0. A new host gets one. `name` is "host" or "host:port". */
MUST_CHECK static inline enum result hosts_number(struct hosts *hosts, struct text name,
                                                  int64_t *host, struct trouble *trouble)
{
    return hosts->ops->number(hosts, name, host, trouble);
}

/* Calls `each` for every host with waiting visits. `each` must not use the store. */
MUST_CHECK static inline enum result
hosts_each_waiting(struct hosts *hosts,
                   void (*each)(void *context, const struct waiting_host *host), void *context,
                   struct trouble *trouble)
{
    return hosts->ops->each_waiting(hosts, each, context, trouble);
}

/* The stored robots.txt. END: there is none. The body is copied into the caller's buffer. NULL: the
 * body is not wanted, and is empty. */
MUST_CHECK static inline enum result hosts_robots(struct hosts *hosts, int64_t host,
                                                  struct host_robots *robots, struct buf *body,
                                                  struct trouble *trouble)
{
    return hosts->ops->robots(hosts, host, robots, body, trouble);
}
MUST_CHECK static inline enum result hosts_keep_robots(struct hosts *hosts, int64_t host,
                                                       const struct host_robots *robots,
                                                       struct trouble *trouble)
{
    return hosts->ops->keep_robots(hosts, host, robots, trouble);
}

/* All 0 for a host without a stored state. */
MUST_CHECK static inline enum result hosts_state(struct hosts *hosts, int64_t host,
                                                 struct host_state *state, struct trouble *trouble)
{
    return hosts->ops->state(hosts, host, state, trouble);
}
MUST_CHECK static inline enum result hosts_keep_state(struct hosts *hosts, int64_t host,
                                                      const struct host_state *state,
                                                      struct trouble *trouble)
{
    return hosts->ops->keep_state(hosts, host, state, trouble);
}

#endif
