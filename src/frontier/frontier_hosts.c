/* The hosts of the frontier, and when each of them may be sent a request. */
#include <config.h>

#include "frontier/frontier_internal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "web/failure_way.h"

struct host *frontier_find_host(const struct frontier *frontier, int64_t number)
{
    const struct host_table *table = &frontier->hosts;
    struct host *host = table->room ? table->slots[(uint64_t)number & (table->room - 1)] : NULL;
    while (host && host->number != number)
        host = host->next_in_slot;
    return host;
}

struct text frontier_host_name(const struct frontier *frontier, int64_t number)
{
    const struct host *host = frontier_find_host(frontier, number);
    return host ? text_of(host->name) : TEXT("");
}

void frontier_wake(struct frontier *frontier, struct host *host)
{
    host_turns_wake(&frontier->turns, host);
    if (host->waiting > PARTS_BEHIND && !host->turn.links[HOST_CROWDED].in)
        host_list_append(&frontier->hosts.crowded, host);
}

void frontier_count_up(struct frontier *frontier, struct host *host)
{
    host->waiting++;
    frontier->waiting++;
    frontier_wake(frontier, host);
}

static void put_in_slot(struct host_table *table, struct host *host)
{
    struct host **slot = &table->slots[(uint64_t)host->number & (table->room - 1)];
    host->next_in_slot = *slot;
    *slot = host;
}

/* Room for one more host.  The table doubles, so that its chains stay short. */
static bool make_room(struct frontier *frontier)
{
    struct host_table *table = &frontier->hosts;
    if (!host_turns_make_room(&frontier->turns, table->count + 1))
        return false;
    if (table->count < table->room)
        return true;
    size_t room = table->room ? 2 * table->room : 64;
    struct host **slots = calloc(room, sizeof(struct host *));
    if (!slots)
        return false;
    free(table->slots);
    table->slots = slots;
    table->room = room;
    for (struct host *host = table->first; host; host = host->next)
        put_in_slot(table, host);
    return true;
}

struct host *frontier_host_of(struct frontier *frontier, int64_t number, struct text name)
{
    struct host *host = frontier_find_host(frontier, number);
    if (host)
        return host;
    if (!make_room(frontier))
        return NULL;
    host = calloc(1, sizeof *host);
    if (!host || !(host->name = text_copy(name))) {
        free(host);
        return NULL;
    }
    host->number = number;
    struct host_table *table = &frontier->hosts;
    put_in_slot(table, host);
    table->count++;
    if (table->last)
        table->last->next = host;
    else
        table->first = host;
    table->last = host;
    return host;
}

/* Reads what earlier runs learned about the host.  A host that has been left alone long enough
 * starts afresh. */
enum result frontier_get_host_state(struct frontier *frontier, struct host *host,
                                    struct trouble *trouble)
{
    enum result result =
        hosts_state(frontier->store->hosts, host->number, &host->host_state, trouble);
    host->lockout.gently = host->host_state.refusals > 0;
    if (host->host_state.leave_until_ms > clock_wall_ms() + RETRY_AFTER_MOST_MS)
        host->host_state.leave_until_ms = 0; /* no server may ask for so much: a clock was wrong */
    if (host->host_state.leave_until_ms + REFUSALS_FORGOTTEN_MS < clock_wall_ms())
        host->host_state.refusals = 0;
    host->host_state_known = true;
    host->presence.health.was_dead = host->host_state.is_dead;
    return result;
}

int64_t frontier_delay_of(const struct frontier *frontier, const struct host *host)
{
    const struct frontier_options *options = &frontier->options;
    int64_t delay = options->wait_ms, by_time = host->host_state.took_ms * options->wait_factor;
    if (by_time > options->wait_most_ms)
        by_time = options->wait_most_ms;
    if (delay && by_time > delay)
        delay = by_time;
    int64_t crawl_delay = host->rules.robots && frontier->options.robots != ROBOTS_OFF
                              ? robots_delay_ms(host->rules.robots)
                              : 0;
    /* --wait 0 is explicit, and meant for one's own server.  Any other wait gives way to a longer
     * Crawl-delay. */
    if (delay && crawl_delay > delay)
        delay = crawl_delay < CRAWL_DELAY_MOST_MS ? crawl_delay : CRAWL_DELAY_MOST_MS;
    return delay > host->lockout.slower_ms ? delay : host->lockout.slower_ms;
}

int64_t frontier_pace_ms(const struct frontier *frontier, const struct host *host)
{
    return frontier_delay_of(frontier, host) + host->host_state.took_ms;
}

/* A redirect from one scheme to the other is deliberate: its target is requested as it stands. */
static bool is_redirected(const char *hops)
{
    return text_ends(text_of(hops), TEXT("R"));
}

static bool has_other_scheme(const struct url *url)
{
    /* a URL with an explicit port has only one */
    return url_host(url).length == url_authority(url).length;
}

void frontier_use_scheme(struct frontier *frontier, const struct host *host, struct visit *visit)
{
    const struct url *url = &frontier->scratch;
    if (!host->scheme.turned || url->https == host->scheme.to_https || is_redirected(visit->hops) ||
        !has_other_scheme(url))
        return;
    buf_clear(&frontier->turned_url);
    buf_printf(&frontier->turned_url, "http%s://%.*s", host->scheme.to_https ? "s" : "",
               TEXT_ARGS(url_authority(url)));
    buf_add_text(&frontier->turned_url, url_target(url));
    if (buf_ok(&frontier->turned_url))
        visit->url = buf_text(&frontier->turned_url);
}

bool frontier_turn_scheme(struct frontier *frontier, int64_t number, const struct url *url,
                          const char *hops)
{
    struct host *host = frontier_find_host(frontier, number);
    if (!host || is_redirected(hops) || !has_other_scheme(url))
        return false;
    if (!host->scheme.turned) {
        bool again = host->scheme.failed && url->https == host->scheme.to_https;
        host->scheme.turned = !host->scheme.failed;
        host->scheme.to_https = host->scheme.turned ? !url->https : host->scheme.to_https;
        return host->scheme.turned || again;
    }
    if (url->https != host->scheme.to_https)
        return true;
    if (host->scheme.responds)
        return false;
    /* Nobody answers there either: the URL fails under the scheme that the site uses. */
    host->scheme.turned = false;
    host->scheme.failed = true;
    return true;
}

int frontier_connections_of(const struct frontier *frontier, const struct host *host)
{
    const struct host_lockout *lockout = &host->lockout;
    bool gently = lockout->slower_ms || lockout->gently;
    return frontier->options.wait_ms || gently ? 1 : frontier->options.connections;
}

/* Milliseconds until the host may be sent a request; 0: now; READY_NEVER: only a response changes
 * that. */
int64_t frontier_ready_in(const struct frontier *frontier, const struct host *host)
{
    if (!host->waiting || host->running >= frontier_connections_of(frontier, host) ||
        frontier_is_suspect(host))
        return READY_NEVER;
    if (host_health_is_unproven(&host->presence.health) && !host->presence.dead_words &&
        (host->running || frontier->probing >= PROBES_MOST))
        return READY_NEVER;
    if (host->rules.state == RULES_ASKED &&
        (host->running || (host->rules.elsewhere && !host->foreign_robots)))
        return READY_NEVER;
    if (host->rules.shut)
        return READY_NEVER;
    int64_t rest = host->rests_until_ms - clock_steady_ms(), wall = clock_wall_ms();
    int64_t visits = host->visits_ready_ms ? host->visits_ready_ms - wall : 0;
    int64_t leave = host->host_state.leave_until_ms - wall;
    int64_t in = rest > visits ? rest : visits;
    if (leave > in)
        in = leave;
    return in > 0 ? in : 0;
}

/* Whether the host wants to be left alone for longer than this run can wait. */
static bool leaves_alone(const struct frontier *frontier, const struct host *host)
{
    int64_t most_ms = LEAVE_MOST_MS, limit = frontier->options.run_time_ms;
    if (frontier_is_locked(host))
        return true;
    if (limit) {
        int64_t left = limit - (clock_steady_ms() - frontier->began_steady_ms);
        most_ms = left < 0 ? 0 : left;
    }
    return host->host_state.leave_until_ms - clock_wall_ms() > most_ms;
}

bool frontier_host_is_dead(const struct frontier *frontier, int64_t number)
{
    const struct host *host = frontier_find_host(frontier, number);
    return host && host->presence.dead_words;
}

/* The host that must respond before this one gets a request: usually itself, or the one that its
 * robots.txt was redirected to. */
static const struct host *answering(const struct frontier *frontier, const struct host *host)
{
    const struct host *other = host->rules.state == RULES_ASKED && host->rules.elsewhere
                                   ? frontier_find_host(frontier, host->rules.elsewhere)
                                   : NULL;
    return other ? other : host;
}

bool frontier_is_left_alone(const struct frontier *frontier, const struct host *host)
{
    return leaves_alone(frontier, answering(frontier, host));
}

bool frontier_leaves_alone(const struct frontier *frontier, int64_t number)
{
    const struct host *host = frontier_find_host(frontier, number);
    return host && leaves_alone(frontier, host);
}

/* Whether the host's visits wait for another run. */
static bool is_put_off(const struct frontier *frontier, const struct host *host)
{
    return host->rules.shut || frontier_is_left_alone(frontier, host);
}

static bool waits_now(const struct frontier *frontier, const struct host *host)
{
    return (host->waiting || host->lockout.held) && !is_put_off(frontier, host);
}

/* Usually the first host that rests shows that they are not. */
static bool are_all_put_off(const struct frontier *frontier)
{
    const struct host *soonest = host_turns_soonest(&frontier->turns);
    if (!frontier->waiting || (soonest && waits_now(frontier, soonest)))
        return false;
    for (const struct host *host = frontier->hosts.first; host; host = host->next)
        if (waits_now(frontier, host))
            return false;
    return true;
}

int64_t frontier_left_alone_until(struct frontier *frontier, const char **name)
{
    int64_t soonest = 0;
    if (!are_all_put_off(frontier))
        return 0;
    for (const struct host *host = frontier->hosts.first; host; host = host->next) {
        const struct host *other = answering(frontier, host);
        if (host->waiting && !host->rules.shut &&
            (!soonest || other->host_state.leave_until_ms < soonest)) {
            soonest = other->host_state.leave_until_ms;
            *name = other->name;
        }
    }
    return soonest;
}

bool frontier_is_closed(struct frontier *frontier,
                        void (*each)(void *context, const struct closed_host *host), void *context)
{
    if (!are_all_put_off(frontier))
        return false;
    for (const struct host *host = frontier->hosts.first; host; host = host->next)
        if (host->waiting && host->rules.shut)
            each(context, &(struct closed_host){.name = host->name,
                                                .https = host->https,
                                                .why = host->rules.unreachable,
                                                .waiting = host->waiting});
    return true;
}

void frontier_give_up_closed(struct frontier *frontier)
{
    frontier->gives_up_closed = true;
    for (struct host *host = frontier->hosts.first; host; host = host->next) {
        host->rules.shut = false;
        frontier_wake(frontier, host);
    }
}

/* A refusal: the host is left alone for as long as it says, otherwise twice as long as the last
 * time.  Refusals of parallel requests count once: those sent while the host was not yet left
 * alone, or before that had ended.  Probes of a suspected host have pauses of their own. */
static void leave_alone(const struct frontier *frontier, struct host *host,
                        const struct host_feedback *feedback)
{
    int64_t pause_ms = feedback->pause_ms;
    bool counted = frontier_is_suspect(host) ||
                   clock_wall_ms() - feedback->took_ms < host->host_state.leave_until_ms;
    if (counted && !pause_ms)
        return;
    int64_t leave = frontier_delay_of(frontier, host);
    if (leave < LEAVE_FIRST_MS)
        leave = LEAVE_FIRST_MS;
    leave <<= host->host_state.refusals < 12 ? host->host_state.refusals : 12;
    if (leave > LEAVE_LONGEST_MS)
        leave = LEAVE_LONGEST_MS;
    if (pause_ms)
        leave = pause_ms;
    host->host_state.refusals += !counted;
    if (clock_wall_ms() + leave > host->host_state.leave_until_ms)
        host->host_state.leave_until_ms = clock_wall_ms() + leave;
}

/* Notes whether a connection to the host could be made. */
static enum result note_presence(struct frontier *frontier, struct host *host,
                                 const struct host_feedback *feedback, struct trouble *trouble)
{
    struct host_presence *presence = &host->presence;
    int64_t now = clock_steady_ms();
    frontier->probing -= presence->probing;
    presence->probing = false;
    host_health_note(&presence->health, feedback->unreached, now - feedback->took_ms, now);
    if (presence->health.dead || presence->health.reached)
        host->host_state.is_dead = presence->health.dead;
    if (!presence->health.dead || presence->dead_words)
        return RESULT_OK;
    presence->dead_way = failure_way_unreached(feedback->unreached);
    presence->dead_words = text_copy(text_of(feedback->words));
    return presence->dead_words ? RESULT_OK
                                : trouble_say(trouble, RESULT_BROKEN, "no memory for a dead host");
}

enum result frontier_rest(struct frontier *frontier, int64_t number,
                          const struct host_feedback *feedback, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    if (!host)
        return RESULT_OK;
    struct host_state before = host->host_state;
    frontier_wake(frontier, host);
    if (note_presence(frontier, host, feedback, trouble) != RESULT_OK)
        return RESULT_BROKEN;
    host->presence.responds = feedback->answered;
    host->scheme.responds = host->scheme.responds || (host->scheme.turned && feedback->answered);
    if (feedback->answered)
        host->host_state.took_ms =
            before.took_ms ? (3 * before.took_ms + feedback->took_ms) / 4 : feedback->took_ms;
    if (host->lists < LISTS_IN_A_ROW)
        host->lists += feedback->cut       ? LISTS_A_CUT
                       : feedback->no_list ? LISTS_A_MISSING - 1 /* it was counted once */
                                           : 0;
    if (feedback->refused)
        leave_alone(frontier, host, feedback);
    else if (feedback->answered)
        host->host_state.refusals = 0;
    int64_t until = clock_steady_ms() + frontier_delay_of(frontier, host);
    if (until > host->rests_until_ms)
        host->rests_until_ms = until;
    if (host->running)
        host->running--;
    bool same = before.refusals == host->host_state.refusals &&
                before.leave_until_ms == host->host_state.leave_until_ms &&
                before.took_ms / 64 == host->host_state.took_ms / 64 &&
                before.is_dead == host->host_state.is_dead;
    return same ? RESULT_OK
                : hosts_keep_state(frontier->store->hosts, number, &host->host_state, trouble);
}
