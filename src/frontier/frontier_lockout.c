/* Suspected and locked hosts: when they are probed, and with what. */
#include <config.h>

#include "frontier/frontier_lockout.h"

#include <stdlib.h>

#include "base/clock.h"
#include "frontier/frontier_internal.h"
#include "frontier/lockout_pack.h"

enum {
    PAUSE_MS = 1000, /* before the first probe, or twice the host's delay */
    PAUSES_MORE = 4, /* before the second one: so many times as long */
    PAUSE_MOST_MS = 60000,
    SLOWER_MS = 500, /* of a host that shut us out for a while; then twice as much each time */
    SLOWER_MOST_MS = 30000,
    SERVED_MOST = 24, /* of the URLs from earlier runs that may be looked at for a probe */
};

static bool is_probed(const struct host *host)
{
    const struct lockout *watch = host->lockout.watch;
    return watch && (watch->phase == LOCKOUT_PROBES_GOOD || watch->phase == LOCKOUT_PROBES_REFUSED);
}

bool frontier_is_locked(const struct host *host)
{
    return host->lockout.watch && host->lockout.watch->phase == LOCKOUT_LOCKED;
}

bool frontier_is_suspect(const struct host *host)
{
    return host->lockout.watch && host->lockout.watch->phase != LOCKOUT_WATCHING;
}

/* ---- responses ---- */

/* Most hosts never respond to anything, so only those that do get the memory for it. */
static enum result begin_watch(struct host *host, struct trouble *trouble)
{
    struct host_lockout *lockout = &host->lockout;
    if (lockout->watch)
        return RESULT_OK;
    lockout->watch = calloc(1, sizeof *lockout->watch);
    if (!lockout->watch)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a host");
    if (lockout->pack)
        lockout_unpack(lockout->pack, lockout->watch);
    else
        lockout->watch->wary = lockout->gently;
    free(lockout->pack);
    lockout->pack = NULL;
    return RESULT_OK;
}

/* There may be very many hosts of which only a few parts were wanted.  A host without waiting
 * visits and without responses that are kept back needs little memory. */
static void end_watch(struct host *host)
{
    struct host_lockout *lockout = &host->lockout;
    if (host->waiting || host->running || lockout->held || !lockout->watch ||
        lockout->watch->phase != LOCKOUT_WATCHING)
        return;
    lockout->pack = lockout_pack(lockout->watch);
    if (!lockout->pack)
        return; /* then it stays as it is */
    free(lockout->watch);
    lockout->watch = NULL;
}

enum result frontier_lockout_note(struct frontier *frontier, int64_t number,
                                  const struct lockout_response *response,
                                  struct lockout_advice *advice, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    *advice = (struct lockout_advice){.hold = false};
    if (!host || (!response->status && !host->presence.health.reached))
        return RESULT_OK; /* nobody is there */
    enum result result = begin_watch(host, trouble);
    if (result != RESULT_OK)
        return result;
    *advice = lockout_note(host->lockout.watch, response);
    host->lockout.gently = host->lockout.gently && host->lockout.watch->wary;
    return RESULT_OK;
}

/* It is suspected, or responses of it are kept back.  Whoever goes through these hosts does so once
 * per turn, so the others are left out. */
static void note_watched(struct frontier *frontier, struct host *host)
{
    if (!host->turn.links[HOST_WATCHED].in)
        host_list_append(&frontier->lockouts.watched, host);
    frontier_wake(frontier, host);
}

/* The host after `host` in this list; NULL begins.  Those that are neither by now leave it. */
static struct host *next_watched(struct frontier *frontier, struct host *host)
{
    struct host_list *list = &frontier->lockouts.watched;
    for (;;) {
        struct host *next = host ? host->turn.links[HOST_WATCHED].next : list->first;
        if (!next || next->lockout.held || is_probed(next))
            return next;
        host_list_remove(list, next);
    }
}

void frontier_lockout_hold(struct frontier *frontier, int64_t number, int more)
{
    struct host *host = frontier_find_host(frontier, number);
    if (!host)
        return;
    host->lockout.held += more;
    note_watched(frontier, host);
    frontier->lockouts.held += more;
}

/* Whether requests are running that may soon show more.  One that takes long (a film, a script that
 * hangs) holds nothing up. */
static bool is_busy(const struct frontier *frontier, const struct host *host)
{
    return host->running && (host->running >= frontier_connections_of(frontier, host) ||
                             clock_steady_ms() - host->asked_ms < SLOW_MS);
}

bool frontier_lockout_idle(struct frontier *frontier, bool soon, int64_t *number)
{
    if (!frontier->lockouts.held)
        return false;
    for (struct host *host = next_watched(frontier, NULL); host;
         host = next_watched(frontier, host)) {
        bool idle =
            !is_busy(frontier, host) && (!host->waiting || frontier_is_left_alone(frontier, host));
        if (host->lockout.held && !is_probed(host) && (soon || idle)) {
            *number = host->number;
            return true;
        }
    }
    return false;
}

/* ---- probes ---- */

static void rest_before_probe(struct frontier *frontier, struct host *host, int times)
{
    int64_t pause = 2 * frontier_delay_of(frontier, host);
    if (pause < PAUSE_MS)
        pause = PAUSE_MS;
    pause *= times; /* 0: the usual delay is enough */
    host->lockout.probe_at_ms = clock_steady_ms() + (pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS);
}

/* Whether a URL from the store may be asked for: an earlier run has kept it, but with other
 * options. */
static bool may_probe(struct frontier *frontier, const struct host *host, const struct visit *visit)
{
    return url_parse(&frontier->scratch, visit->url, NULL, TEXT("")) == URL_OK &&
           !frontier_closed_by_robots(frontier, host, visit, &frontier->scratch);
}

/* Looks for a URL that an earlier run was served, or this one when its responses do not tell. */
static enum result find_served(struct frontier *frontier, struct host *host,
                               struct trouble *trouble)
{
    struct visit visit;
    enum result result = RESULT_OK;
    host->lockout.known = 0;
    for (int i = 0; i < SERVED_MOST && result == RESULT_OK && !host->lockout.known; i++) {
        result = known_urls_served(frontier->store->known, host->number, i, &visit,
                                   &frontier->taken, trouble);
        if (result == RESULT_OK &&
            !lockout_accuses(host->lockout.watch, visit.key, lockout_mark_url(visit.url)) &&
            may_probe(frontier, host, &visit))
            host->lockout.known = visit.key;
    }
    return result == RESULT_END ? RESULT_OK : result;
}

static int64_t probe_key(const struct host *host)
{
    int64_t key = lockout_probe_key(host->lockout.watch);
    return key ? key : host->lockout.known;
}

/* A probe is a request that is not in the queue, for a URL that is known. */
static enum result make_probe(struct frontier *frontier, struct host *host, struct visit *visit,
                              struct trouble *trouble)
{
    enum result result =
        known_urls_find(frontier->store->known, probe_key(host), visit, &frontier->taken, trouble);
    if (result == RESULT_END) { /* nothing is left to ask it with */
        lockout_lock(host->lockout.watch);
        frontier->lockouts.probed--;
    }
    if (result != RESULT_OK)
        return result;
    if (url_parse(&frontier->scratch, visit->url, NULL, TEXT("")) == URL_OK)
        frontier_use_scheme(frontier, host, visit);
    host->running++;
    host->asked_ms = clock_steady_ms();
    host->lockout.probe_runs = true;
    return RESULT_OK;
}

/* Milliseconds until the host may be probed; READY_NEVER: requests are running. */
static int64_t probe_in(const struct frontier *frontier, const struct host *host)
{
    int64_t now = clock_steady_ms(), in = host->lockout.probe_at_ms - now;
    int64_t leave = host->host_state.leave_until_ms - clock_wall_ms();
    if (host->lockout.probe_runs || is_busy(frontier, host))
        return READY_NEVER;
    if (host->rests_until_ms - now > in)
        in = host->rests_until_ms - now;
    if (leave > in)
        in = leave;
    return in > 0 ? in : 0;
}

enum result frontier_lockout_probe(struct frontier *frontier, struct visit *visit, int *wait_ms,
                                   struct trouble *trouble)
{
    enum result result = RESULT_END;
    if (!frontier->lockouts.probed)
        return RESULT_END;
    for (struct host *host = next_watched(frontier, NULL); host;
         host = next_watched(frontier, host)) {
        int64_t in = is_probed(host) ? probe_in(frontier, host) : READY_NEVER;
        if (in == 0)
            return make_probe(frontier, host, visit, trouble);
        if (in > 0 && (result == RESULT_END || in < *wait_ms)) {
            *wait_ms = in < INT32_MAX ? (int)in : INT32_MAX;
            result = RESULT_AGAIN;
        }
    }
    return result;
}

/* ---- verdicts ---- */

static void note_firsts(const struct lockout *watch, struct lockout_ruling *ruling)
{
    ruling->alike_count = lockout_firsts(watch, ruling->firsts);
    ruling->first_count =
        ruling->alike_count + lockout_unproved(watch, ruling->firsts + ruling->alike_count);
}

/* Before the verdict, which begins to count afresh. */
static void note_accusation(struct host *host, struct lockout_ruling *ruling)
{
    const struct lockout *watch = host->lockout.watch;
    const struct lockout_streak *streak = lockout_accused(watch);
    host->lockout.accused = (struct shut_out){.host = host->name,
                                              .served = watch->served,
                                              .urls = streak->count,
                                              .sign = watch->sign,
                                              .status = streak->status,
                                              .challenge = streak->challenge};
    note_firsts(watch, ruling);
}

/* The next run shall begin gently: it sees the refusal in the host's state. */
static enum result lock(struct frontier *frontier, struct host *host, struct trouble *trouble)
{
    host->host_state.refusals += !host->host_state.refusals;
    return hosts_keep_state(frontier->store->hosts, host->number, &host->host_state, trouble);
}

static void go_slower(struct frontier *frontier, struct host *host)
{
    int64_t delay = 2 * frontier_delay_of(frontier, host);
    if (delay < SLOWER_MS)
        delay = SLOWER_MS;
    host->lockout.slower_ms = delay < SLOWER_MOST_MS ? delay : SLOWER_MOST_MS;
}

static enum result apply(struct frontier *frontier, struct host *host, enum lockout_verdict verdict,
                         struct trouble *trouble)
{
    frontier->lockouts.probed -= !is_probed(host);
    frontier_wake(frontier, host);
    if (verdict == LOCKOUT_IS_OVER || verdict == LOCKOUT_SHUT_OUT) {
        host->lockout.told = host->lockout.accused;
        host->lockout.told.over = verdict == LOCKOUT_IS_OVER;
    }
    if (verdict == LOCKOUT_IS_OVER)
        go_slower(frontier, host);
    return verdict == LOCKOUT_SHUT_OUT ? lock(frontier, host, trouble) : RESULT_OK;
}

/* Begins to probe the host, or judges it at once when that can't be done. */
static enum result suspect(struct frontier *frontier, struct host *host,
                           struct lockout_ruling *ruling, struct trouble *trouble)
{
    struct lockout *watch = host->lockout.watch;
    ruling->verdict = LOCKOUT_UNDECIDED;
    note_accusation(host, ruling);
    frontier->lockouts.probed++;
    note_watched(frontier, host);
    host->lockout.known = 0;
    rest_before_probe(frontier, host, watch->phase == LOCKOUT_PROBES_GOOD);
    enum result result =
        lockout_probe_key(watch) ? RESULT_OK : find_served(frontier, host, trouble);
    if (result != RESULT_OK)
        return result;
    if (frontier_is_left_alone(frontier, host)) { /* it asks for more time than this run has */
        lockout_lock(watch);
        ruling->verdict = LOCKOUT_SHUT_OUT;
    } else if (!probe_key(host))
        ruling->verdict = lockout_judge_unprobed(watch);
    return apply(frontier, host, ruling->verdict, trouble);
}

enum result frontier_lockout_look(struct frontier *frontier, int64_t number, bool idle,
                                  struct lockout_ruling *ruling, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    *ruling = (struct lockout_ruling){.verdict = idle ? LOCKOUT_THESE_ONLY : LOCKOUT_UNDECIDED};
    if (!host || !host->lockout.watch || is_probed(host))
        return RESULT_OK;
    if (frontier_is_locked(host) || (idle && frontier_is_left_alone(frontier, host)))
        ruling->verdict = LOCKOUT_SHUT_OUT; /* it can't be probed: what is kept back waits */
    else if (lockout_suspects(host->lockout.watch, idle))
        return suspect(frontier, host, ruling, trouble);
    else
        end_watch(host);
    return RESULT_OK;
}

enum result frontier_lockout_probed(struct frontier *frontier, int64_t number,
                                    const struct lockout_response *response,
                                    struct lockout_ruling *ruling, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    *ruling = (struct lockout_ruling){.verdict = LOCKOUT_UNDECIDED};
    if (host)
        host->lockout.probe_runs = false;
    if (!host || !is_probed(host))
        return RESULT_OK;
    struct lockout *watch = host->lockout.watch;
    note_accusation(host, ruling);
    ruling->verdict = lockout_note_probe(watch, response);
    if (response->challenge)
        host->lockout.accused.challenge = response->challenge;
    if (ruling->verdict == LOCKOUT_UNDECIDED && watch->probes)
        rest_before_probe(frontier, host, PAUSES_MORE);
    if (ruling->verdict == LOCKOUT_UNDECIDED && frontier_is_left_alone(frontier, host)) {
        lockout_lock(watch); /* it asks for more time than this run has */
        ruling->verdict = LOCKOUT_SHUT_OUT;
    }
    return apply(frontier, host, ruling->verdict, trouble);
}

enum lockout_verdict frontier_lockout_at_end(const struct frontier *frontier, int64_t number,
                                             struct lockout_ruling *ruling)
{
    const struct host *host = frontier_find_host(frontier, number);
    *ruling = (struct lockout_ruling){.first_count = 0};
    if (!host || !host->lockout.watch)
        return LOCKOUT_THESE_ONLY;
    if (frontier_is_locked(host))
        return LOCKOUT_SHUT_OUT;
    note_firsts(host->lockout.watch, ruling);
    return lockout_is_in_doubt(host->lockout.watch) ? LOCKOUT_UNDECIDED : LOCKOUT_THESE_ONLY;
}

/* ---- telling ---- */

void frontier_lockout_each(const struct frontier *frontier,
                           void (*each)(void *context, const struct shut_out *shut_out),
                           void *context)
{
    for (const struct host *host = frontier->hosts.first; host; host = host->next)
        if (host->lockout.told.host)
            each(context, &host->lockout.told);
}

const char *frontier_lockout_suspect(const struct frontier *frontier, enum lockout_sign *sign,
                                     int64_t *wait_ms)
{
    const struct host *host = frontier->lockouts.probed ? frontier->lockouts.watched.first : NULL;
    for (; host; host = host->turn.links[HOST_WATCHED].next)
        if (is_probed(host)) {
            *sign = host->lockout.watch->sign;
            *wait_ms = probe_in(frontier, host);
            return host->name;
        }
    return NULL;
}
