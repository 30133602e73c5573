/*
 * Whose turn it is.  A host is in one place at a time, so that the next one is found without asking
 * all of them:
 *
 *   ready    it may get a request now; the one that has waited longest comes first
 *   first    the same, for a host of a seed
 *   probes   it is not known whether it is up, and enough such hosts are being tried
 *   held     its visits may not be taken now
 *   timed    it rests; a heap has the one that is ready first
 *   nowhere  only an event can change anything
 *
 * However many other hosts are found, those of seeds have every second turn. So hosts that pages or
 * redirects name take at most half of a run from what the user asked for.
 *
 * Whatever happens to a host wakes it: it is looked at again.  Hosts also depend on each other, on
 * other processes and on the wall clock, so now and then all are woken (a sweep). The more there
 * are, the more rarely this happens.  So the cost of a turn does not grow with the number of hosts.
 */
#ifndef FRONTIER_HOST_TURNS_H
#define FRONTIER_HOST_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

struct host;

/* The lists that a host can be in at the same time. */
enum host_list_kind {
    HOST_TURN,    /* one of those above */
    HOST_CROWDED, /* much waits for it: frontier.c */
    HOST_WATCHED, /* it may shut us out: frontier_lockout.c */
    HOST_LISTS
};

struct host_link {
    struct host *previous, *next;
    bool in;
};

struct host_list {
    struct host *first, *last;
    size_t count;
    enum host_list_kind kind;
};

void host_list_append(struct host_list *list, struct host *host);
/* Does nothing when the host is in no list of this kind. */
void host_list_remove(struct host_list *list, struct host *host);

enum host_place { HOST_NOWHERE, HOST_READY, HOST_FIRST, HOST_PROBES, HOST_HELD, HOST_TIMED };

/* The part of a host that belongs to this file. */
struct host_turn {
    struct host_link links[HOST_LISTS];
    enum host_place place;
    bool of_seed;
    size_t in_heap; /* HOST_TIMED: where */
    int64_t due_ms; /* ... and until when, by the steady clock */
};

struct host_turns {
    struct host_list lists[HOST_TIMED]; /* by place */
    struct host **timed;                /* a heap */
    size_t timed_count, timed_room;
    int64_t swept_ms; /* steady clock: when all were woken last */
    int others_due;   /* thousandths of a turn that hosts of no seed have not had */
};

/* Without a host.  Release it when done; the hosts are the caller's. */
void host_turns_init(struct host_turns *turns);
void host_turns_release(struct host_turns *turns);
/* Call this for each new host, with their number: a host can then be put anywhere without memory.
 * False when there is none. */
MUST_CHECK bool host_turns_make_room(struct host_turns *turns, size_t hosts);

/* The host is one of a seed's. */
void host_turns_set_of_seed(struct host_turns *turns, struct host *host);
/* How many hosts are ready. */
size_t host_turns_ready(const struct host_turns *turns);

/* Something happened to the host. */
void host_turns_wake(struct host_turns *turns, struct host *host);
/* The host was looked at, and belongs there until something happens; `due_ms` is for HOST_TIMED. */
void host_turns_put(struct host_turns *turns, struct host *host, enum host_place place,
                    int64_t due_ms);

/* Begins a turn: wakes the hosts whose delay has passed, a few that are held, and, if `probes`
 * says so, one that may be tried.  Returns how many hosts are to be looked at. */
size_t host_turns_begin(struct host_turns *turns, int64_t now_ms, bool probes);
/* Milliseconds until all hosts, if there are so many, are to be woken; 0 or less: now. */
int64_t host_turns_sweep_in(const struct host_turns *turns, size_t hosts, int64_t now_ms);
/* Takes the host that is to be looked at next; NULL: none.  It is nowhere until it is put. */
struct host *host_turns_take(struct host_turns *turns);
/* The host that will have rested first; NULL: none rests. */
struct host *host_turns_soonest(const struct host_turns *turns);

#endif
