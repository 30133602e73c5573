/* Lists and a heap of hosts, linked through the hosts themselves. */
#include <config.h>

#include "frontier/host_turns.h"

#include <stdlib.h>

#include "frontier/frontier_internal.h"

enum {
    HELD_A_TURN = 2,         /* hosts that are looked at again, though nothing may be taken */
    HOSTS_SWEPT_PER_MS = 32, /* this keeps the cost of all sweeps at a few hundredths */
    FIRST_ROOM = 64,
    A_TURN = 1000 /* in `others_due` */
};

/* ---- lists ---- */

void host_list_append(struct host_list *list, struct host *host)
{
    struct host_link *link = &host->turn.links[list->kind];
    *link = (struct host_link){.previous = list->last, .in = true};
    if (list->last)
        list->last->turn.links[list->kind].next = host;
    else
        list->first = host;
    list->last = host;
    list->count++;
}

void host_list_remove(struct host_list *list, struct host *host)
{
    struct host_link *link = &host->turn.links[list->kind];
    if (!link->in)
        return;
    if (link->previous)
        link->previous->turn.links[list->kind].next = link->next;
    else
        list->first = link->next;
    if (link->next)
        link->next->turn.links[list->kind].previous = link->previous;
    else
        list->last = link->previous;
    *link = (struct host_link){.in = false};
    list->count--;
}

/* ---- the heap ---- */

static void set(struct host_turns *turns, size_t at, struct host *host)
{
    turns->timed[at] = host;
    host->turn.in_heap = at;
}

static void rise(struct host_turns *turns, size_t at, struct host *host)
{
    while (at) {
        size_t above = (at - 1) / 2;
        if (turns->timed[above]->turn.due_ms <= host->turn.due_ms)
            break;
        set(turns, at, turns->timed[above]);
        at = above;
    }
    set(turns, at, host);
}

static void sink(struct host_turns *turns, size_t at, struct host *host)
{
    for (;;) {
        size_t below = 2 * at + 1;
        if (below >= turns->timed_count)
            break;
        if (below + 1 < turns->timed_count &&
            turns->timed[below + 1]->turn.due_ms < turns->timed[below]->turn.due_ms)
            below++;
        if (turns->timed[below]->turn.due_ms >= host->turn.due_ms)
            break;
        set(turns, at, turns->timed[below]);
        at = below;
    }
    set(turns, at, host);
}

static void drop_timed(struct host_turns *turns, const struct host *host)
{
    size_t at = host->turn.in_heap;
    struct host *last = turns->timed[--turns->timed_count];
    if (last == host)
        return;
    bool up = at && turns->timed[(at - 1) / 2]->turn.due_ms > last->turn.due_ms;
    if (up)
        rise(turns, at, last);
    else
        sink(turns, at, last);
}

/* ---- places ---- */

void host_turns_init(struct host_turns *turns)
{
    *turns = (struct host_turns){.timed = NULL};
    for (size_t i = 0; i < HOST_TIMED; i++)
        turns->lists[i].kind = HOST_TURN;
}

void host_turns_release(struct host_turns *turns)
{
    free(turns->timed);
    turns->timed = NULL;
}

bool host_turns_make_room(struct host_turns *turns, size_t hosts)
{
    if (hosts <= turns->timed_room)
        return true;
    size_t room = turns->timed_room ? 2 * turns->timed_room : FIRST_ROOM;
    struct host **timed = realloc(turns->timed, room * sizeof(struct host *));
    if (!timed)
        return false;
    turns->timed = timed;
    turns->timed_room = room;
    return true;
}

static void leave(struct host_turns *turns, struct host *host)
{
    if (host->turn.place == HOST_TIMED)
        drop_timed(turns, host);
    else
        host_list_remove(&turns->lists[host->turn.place], host);
    host->turn.place = HOST_NOWHERE;
}

void host_turns_put(struct host_turns *turns, struct host *host, enum host_place place,
                    int64_t due_ms)
{
    if (place == HOST_READY && host->turn.of_seed)
        place = HOST_FIRST;
    leave(turns, host);
    host->turn.place = place;
    host->turn.due_ms = due_ms;
    if (place == HOST_TIMED)
        rise(turns, turns->timed_count++, host);
    else if (place != HOST_NOWHERE)
        host_list_append(&turns->lists[place], host);
}

void host_turns_wake(struct host_turns *turns, struct host *host)
{
    if (host->turn.place != HOST_READY && host->turn.place != HOST_FIRST)
        host_turns_put(turns, host, HOST_READY, 0);
}

void host_turns_set_of_seed(struct host_turns *turns, struct host *host)
{
    bool waits = host->turn.place == HOST_READY;
    host->turn.of_seed = true;
    if (waits)
        host_turns_put(turns, host, HOST_READY, 0);
}

size_t host_turns_ready(const struct host_turns *turns)
{
    return turns->lists[HOST_READY].count + turns->lists[HOST_FIRST].count;
}

/* ---- turns ---- */

static void wake_first(struct host_turns *turns, enum host_place place)
{
    struct host *first = turns->lists[place].first;
    if (first)
        host_turns_wake(turns, first);
}

size_t host_turns_begin(struct host_turns *turns, int64_t now_ms, bool probes)
{
    while (turns->timed_count && turns->timed[0]->turn.due_ms <= now_ms)
        host_turns_wake(turns, turns->timed[0]);
    for (int i = 0; i < HELD_A_TURN; i++)
        wake_first(turns, HOST_HELD);
    if (probes)
        wake_first(turns, HOST_PROBES);
    return host_turns_ready(turns);
}

int64_t host_turns_sweep_in(const struct host_turns *turns, size_t hosts, int64_t now_ms)
{
    return turns->swept_ms + (int64_t)hosts / HOSTS_SWEPT_PER_MS - now_ms;
}

/* Whether it is a seed's host's turn.  Others have one turn each too, but half of all at most. */
static bool is_turn_of_seeds(struct host_turns *turns)
{
    size_t seeds = turns->lists[HOST_FIRST].count, others = turns->lists[HOST_READY].count;
    if (!seeds || !others)
        return seeds > 0;
    turns->others_due += others < seeds ? (int)(A_TURN * others / (seeds + others)) : A_TURN / 2;
    if (turns->others_due < A_TURN)
        return true;
    turns->others_due -= A_TURN;
    return false;
}

struct host *host_turns_take(struct host_turns *turns)
{
    struct host *host = turns->lists[is_turn_of_seeds(turns) ? HOST_FIRST : HOST_READY].first;
    if (host)
        leave(turns, host);
    return host;
}

struct host *host_turns_soonest(const struct host_turns *turns)
{
    return turns->timed_count ? turns->timed[0] : NULL;
}
