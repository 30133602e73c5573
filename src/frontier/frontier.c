/* Takes visits out of the frontier: which host is next, and what may be requested from it now. */
#include <config.h>

#include "frontier/frontier_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/failure_way.h"

enum { FINISH_TOGETHER = 64 };

enum result frontier_finish_visit(struct frontier *frontier, const struct outcome *outcome,
                                  struct trouble *trouble)
{
    enum result result = queue_finish(frontier->store->queue, outcome, 1, trouble);
    return result == RESULT_END ? RESULT_OK : result;
}

static void note_waiting(void *context, const struct waiting_host *waiting)
{
    struct frontier *frontier = context;
    struct host *host = frontier_host_of(frontier, waiting->host, waiting->name);
    if (host) {
        host->waiting = waiting->waiting;
        host->visits_ready_ms = 0;
        if (host->rules.state == RULES_UNKNOWN)
            host->https = text_starts(waiting->url, TEXT("https:"));
        frontier->waiting += waiting->waiting;
        frontier_wake(frontier, host);
    } else
        frontier->no_memory = true;
}

/* Reads from the store how many visits wait for each host.  Nothing has been counted before. */
static enum result read_waiting(struct frontier *frontier, struct trouble *trouble)
{
    enum result result =
        hosts_each_waiting(frontier->store->hosts, note_waiting, frontier, trouble);
    return result == RESULT_OK && frontier->no_memory
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for a host")
               : result;
}

enum result frontier_new(struct frontier **out, struct store *store,
                         const struct frontier_options *options, struct trouble *trouble)
{
    struct frontier *frontier = calloc(1, sizeof *frontier);
    *out = frontier;
    if (!frontier)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the frontier");
    frontier->store = store;
    frontier->options = *options;
    frontier->began_steady_ms = clock_steady_ms();
    host_turns_init(&frontier->turns);
    frontier->hosts.crowded.kind = HOST_CROWDED;
    frontier->lockouts.watched.kind = HOST_WATCHED;
    frontier->waits.for_host = "";
    buf_init(&frontier->seen_key, URL_LONGEST + 1024);
    buf_init(&frontier->turned_url, URL_LONGEST + 64);
    buf_init(&frontier->text, TEXT_MOST_BYTES);
    buf_init(&frontier->taken, TEXT_MOST_BYTES);
    url_init(&frontier->scratch);
    url_init(&frontier->plain);
    frontier->hosts.spellings.slots =
        calloc(SPELLING_SLOTS, sizeof *frontier->hosts.spellings.slots);
    if (!frontier->hosts.spellings.slots)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the frontier");
    return read_waiting(frontier, trouble);
}

void frontier_free(struct frontier *frontier)
{
    if (!frontier)
        return;
    for (struct host *host = frontier->hosts.first; host;) {
        struct host *next = host->next;
        robots_free(host->rules.robots);
        free(host->rules.unreachable);
        free(host->presence.dead_words);
        free(host->lockout.watch);
        free(host->lockout.pack);
        free(host->name);
        free(host);
        host = next;
    }
    free(frontier->hosts.slots);
    free(frontier->hosts.spellings.slots);
    host_turns_release(&frontier->turns);
    buf_release(&frontier->seen_key);
    buf_release(&frontier->turned_url);
    buf_release(&frontier->text);
    buf_release(&frontier->taken);
    url_release(&frontier->scratch);
    url_release(&frontier->plain);
    free(frontier);
}

/* Whether a host will soon get more requests: it responds, its delay is short, and it is not much
 * slower than the host whose pages wait for it. */
static bool is_lively(const struct frontier *frontier, const struct host *host,
                      const struct host *waiter)
{
    int64_t now = clock_steady_ms(), in = frontier_ready_in(frontier, host),
            pace = frontier_pace_ms(frontier, host);
    bool slow = pace > SLOW_PACE_MS && pace > SLOW_PACE_FACTOR * frontier_pace_ms(frontier, waiter);
    return host->presence.responds && !host->rules.shut && !slow && !frontier_is_suspect(host) &&
           !(host->running && now - host->asked_ms > SLOW_MS) && in <= SLOW_MS;
}

/* The next host for which much waits.  It goes to the end of the list, so that others are next.
 * A host for which little still waits leaves the list.  NULL: there is none. */
static struct host *next_crowded(struct frontier *frontier)
{
    struct host *host;
    while ((host = frontier->hosts.crowded.first)) {
        host_list_remove(&frontier->hosts.crowded, host);
        if (host->waiting > PARTS_BEHIND) {
            host_list_append(&frontier->hosts.crowded, host);
            break;
        }
    }
    return host;
}

/* Whether requisites of earlier pages wait on some other host.  Then no further page is started.
 * Otherwise a host with many images would fall behind, and an interrupted crawl would leave many
 * incomplete pages.  A host that is slow, dead, shuts us out or wants to be left alone holds
 * nothing up.  Of very many hosts, some are looked at each time. */
static enum result are_parts_behind(struct frontier *frontier, const struct host *host,
                                    bool *behind, struct trouble *trouble)
{
    size_t most = frontier->hosts.crowded.count;
    *behind = false;
    if (most > PARTS_LOOKED_AT)
        most = PARTS_LOOKED_AT;
    for (size_t i = 0; i < most && !*behind; i++) {
        const struct host *other = next_crowded(frontier);
        int count;
        if (!other || other == host || !is_lively(frontier, other, host))
            continue;
        enum result result =
            queue_count_requisites(frontier->store->queue, other->number, clock_wall_ms(),
                                   PARTS_BEHIND + 1, &count, trouble);
        if (result != RESULT_OK)
            return result;
        *behind = count > PARTS_BEHIND;
    }
    return RESULT_OK;
}

/* A visit that was counted as waiting has been taken. */
static void count_down(struct frontier *frontier, struct host *host)
{
    if (host->waiting <= 0)
        return;
    host->waiting--;
    frontier->waiting--;
}

void frontier_use_judge(struct frontier *frontier, struct visit_judge *judge)
{
    frontier->judge = judge;
}

/* Whether options of this run leave out a visit that was just taken; then it is out of the queue.
 */
static enum result is_left_out(struct frontier *frontier, struct host *host,
                               const struct visit *visit, bool *left_out, struct trouble *trouble)
{
    enum url_rule rule = URL_RULE_NONE;
    enum result result =
        frontier->judge ? visit_judge_apply(frontier->judge, visit, &rule, trouble) : RESULT_OK;
    *left_out = rule != URL_RULE_NONE;
    if (*left_out)
        count_down(frontier, host);
    return result;
}

void frontier_note_taken(struct frontier *frontier, struct host *host)
{
    count_down(frontier, host);
    host->running++;
    host->presence.probing = host_health_is_unproven(&host->presence.health);
    frontier->probing += host->presence.probing;
    host->asked_ms = clock_steady_ms();
}

/* Takes a visit of the host that no option of this run leaves out. Only a request for any visit
 * tells that the host has none left. */
static enum result take_wanted(struct frontier *frontier, struct host *host,
                               enum take_choice choice, struct visit *visit,
                               struct trouble *trouble)
{
    bool left_out = true;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && left_out) {
        int64_t ready;
        const struct take_request request = {.host = host->number,
                                             .now_ms = clock_wall_ms(),
                                             .choice = choice};
        result =
            queue_take(frontier->store->queue, &request, visit, &frontier->taken, &ready, trouble);
        if (result == RESULT_OK) {
            result = is_left_out(frontier, host, visit, &left_out, trouble);
            continue;
        }
        host->visits_ready_ms = ready;
        if (result == RESULT_END && !ready && choice == TAKE_ANY) {
            /* Another process has taken what was counted here. */
            frontier->waiting -= host->waiting;
            host->waiting = 0;
        }
    }
    return result;
}

/* The host is dead: its waiting visits fail at once, for the same reason.  END when none is
 * left. */
static enum result fail_all(struct frontier *frontier, struct host *host, struct visit *visit,
                            struct trouble *trouble)
{
    const char *words = host->presence.dead_words;
    enum result result;
    while ((result = take_wanted(frontier, host, TAKE_ANY, visit, trouble)) == RESULT_OK) {
        struct outcome outcome = {.key = visit->key,
                                  .state = STATE_BROKEN,
                                  .way = host->presence.dead_way,
                                  .reason = words};
        count_down(frontier, host);
        if (visit->kind == VISIT_ROBOTS)
            result =
                frontier_set_robots(frontier, visit->robots_for ? visit->robots_for : host->number,
                                    &(struct robots_response){.why = words}, trouble);
        if (result == RESULT_OK)
            result = frontier_finish_visit(frontier, &outcome, trouble);
        if (result != RESULT_OK)
            return result;
    }
    return result;
}

/* What may be taken of a host. */
static enum take_choice choice_of(const struct frontier *frontier, const struct host *host,
                                  bool behind)
{
    return frontier->requisites_only      ? TAKE_REQUISITES
           : behind                       ? TAKE_NO_PAGES
           : host->lists < LISTS_IN_A_ROW ? TAKE_ANY
           : host->parts_are_next         ? TAKE_REQUISITES
                                          : TAKE_PAGES;
}

/* END: nothing may be taken now. */
static enum result take_in_turn(struct frontier *frontier, struct host *host, bool behind,
                                struct visit *visit, struct trouble *trouble)
{
    enum take_choice choice = choice_of(frontier, host, behind);
    bool is_turn = choice != TAKE_ANY && !behind && !frontier->requisites_only;
    enum result result = take_wanted(frontier, host, choice, visit, trouble);
    if (is_turn && result == RESULT_OK) {
        host->parts_are_next = !host->parts_are_next;
        host->lists = LISTS_IN_A_ROW - 1; /* the next turn is the next but one */
    }
    if (is_turn && result == RESULT_END && choice == TAKE_REQUISITES)
        result = take_wanted(frontier, host, TAKE_PAGES, visit, trouble);
    if (is_turn && result == RESULT_END)
        result = take_wanted(frontier, host, TAKE_ANY, visit, trouble);
    return result;
}

static void count_lists(struct host *host, enum visit_kind kind)
{
    if (kind == VISIT_PAGE && host->lists < LISTS_IN_A_ROW - 1)
        host->lists = 0;
    else if (kind >= VISIT_SITEMAP && kind <= VISIT_ARCHIVE)
        host->lists += host->lists < LISTS_IN_A_ROW;
}

/* The host's next visit that options and robots.txt allow.  END: none now. */
static enum result take_from(struct frontier *frontier, struct host *host, struct visit *visit,
                             struct trouble *trouble)
{
    bool behind;
    enum result result = are_parts_behind(frontier, host, &behind, trouble);
    if (result != RESULT_OK)
        return result;
    while ((result = take_in_turn(frontier, host, behind, visit, trouble)) == RESULT_OK) {
        if (url_parse(&frontier->scratch, visit->url, NULL, TEXT("")) == URL_OK &&
            !frontier_closed_by_robots(frontier, host, visit, &frontier->scratch)) {
            frontier_use_scheme(frontier, host, visit);
            frontier_note_taken(frontier, host);
            host->rules.unused = false;
            count_lists(host, visit->kind);
            return RESULT_OK;
        }
        struct outcome outcome = {.key = visit->key,
                                  .state = host->rules.unreachable ? STATE_BROKEN : STATE_LEFT_OUT,
                                  .way = WAY_RULES,
                                  .reason = host->rules.unreachable
                                                ? host->rules.unreachable
                                                : url_rule_name(URL_RULE_ROBOTS)};
        count_down(frontier, host);
        result = frontier_finish_visit(frontier, &outcome, trouble);
        if (result != RESULT_OK)
            return result;
    }
    return result;
}

/* The host is ready: takes what may be requested of it now.  END: nothing. */
static enum result take(struct frontier *frontier, struct host *host, struct visit *visit,
                        struct trouble *trouble)
{
    if (host->presence.dead_words)
        return fail_all(frontier, host, visit, trouble);
    if (host->rules.state != RULES_KNOWN) {
        enum result result = frontier_take_rules(frontier, host, visit, trouble);
        if (result != RESULT_AGAIN)
            return result;
    }
    return take_from(frontier, host, visit, trouble);
}

void frontier_take_requisites_only(struct frontier *frontier)
{
    frontier->requisites_only = true;
}

/* Nothing waits as far as this process knows.  The store knows whether another process has added
 * visits, or has returned those that it had. */
static enum result see_whether_all_is_done(struct frontier *frontier, int *wait_ms,
                                           struct trouble *trouble)
{
    enum result result = read_waiting(frontier, trouble);
    if (result != RESULT_OK || !frontier->waiting)
        return result == RESULT_OK ? RESULT_END : result;
    *wait_ms = 0;
    return RESULT_AGAIN;
}

/* The host cannot be asked now: puts it where it belongs until that changes. */
static void put_aside(struct frontier *frontier, struct host *host, int64_t in)
{
    const struct host_presence *presence = &host->presence;
    bool untried = host_health_is_unproven(&presence->health) && !presence->dead_words;
    if (in > 0)
        host_turns_put(&frontier->turns, host, HOST_TIMED, clock_steady_ms() + in);
    else if (in == 0) /* what waits may not be taken now */
        host_turns_put(&frontier->turns, host, HOST_HELD, 0);
    else if (host->waiting && untried && !host->running && frontier->probing >= PROBES_MOST)
        host_turns_put(&frontier->turns, host, HOST_PROBES, 0);
    else
        host_turns_put(&frontier->turns, host, HOST_NOWHERE, 0);
}

/* Takes what may be requested of the host now.  END: nothing. */
static enum result look_at(struct frontier *frontier, struct host *host, struct visit *visit,
                           struct trouble *trouble)
{
    enum result result = RESULT_OK;
    if (!host->host_state_known && host->waiting)
        result = frontier_get_host_state(frontier, host, trouble);
    if (result != RESULT_OK)
        return result;
    int64_t in =
        frontier_is_left_alone(frontier, host) ? READY_NEVER : frontier_ready_in(frontier, host);
    if (in == 0) {
        result = frontier_forget_old_rules(frontier, host, trouble);
        if (result == RESULT_OK)
            result = take(frontier, host, visit, trouble);
        if (result != RESULT_END)
            return result;
        in = frontier_ready_in(frontier, host);
    }
    put_aside(frontier, host, in);
    return RESULT_END;
}

static void wake_all(struct frontier *frontier, int64_t now)
{
    frontier->turns.swept_ms = now;
    for (struct host *host = frontier->hosts.first; host; host = host->next)
        if (host->waiting)
            frontier_wake(frontier, host);
}

/* How long to wait for a host; READY_NEVER: only an event makes one ready. */
static int64_t wait_for_soonest(struct frontier *frontier, int64_t now)
{
    const struct host *soonest = host_turns_soonest(&frontier->turns);
    frontier->waits.for_host = soonest ? soonest->name : "";
    if (soonest)
        frontier->waits.until_ms = soonest->turn.due_ms;
    if (host_turns_ready(&frontier->turns)) /* woken while others were looked at */
        return 0;
    if (soonest)
        return soonest->turn.due_ms > now ? soonest->turn.due_ms - now : 0;
    /* That none is ready is only known right after a sweep. */
    int64_t sweep = host_turns_sweep_in(&frontier->turns, frontier->hosts.count, now);
    return frontier->turns.swept_ms == now ? READY_NEVER : sweep > 0 ? sweep : 1;
}

enum result frontier_next(struct frontier *frontier, struct visit *visit, int *wait_ms,
                          struct trouble *trouble)
{
    int64_t now = clock_steady_ms();
    enum result flushed = frontier_flush(frontier, trouble);
    if (flushed != RESULT_OK)
        return flushed;
    if (host_turns_sweep_in(&frontier->turns, frontier->hosts.count, now) <= 0)
        wake_all(frontier, now);
    size_t left = host_turns_begin(&frontier->turns, now, frontier->probing < PROBES_MOST);
    for (; left; left--) {
        struct host *host = host_turns_take(&frontier->turns);
        if (!host)
            break;
        enum result result = look_at(frontier, host, visit, trouble);
        if (result == RESULT_END)
            continue;
        host_turns_put(&frontier->turns, host, HOST_READY, 0);
        return result;
    }
    int64_t in = wait_for_soonest(frontier, now);
    *wait_ms = in > 3600000 ? 3600000 : (int)in;
    return frontier->waiting ? RESULT_AGAIN : see_whether_all_is_done(frontier, wait_ms, trouble);
}

enum result frontier_finish(struct frontier *frontier, const struct finished_visit *visits,
                            size_t count, struct trouble *trouble)
{
    struct outcome outcomes[FINISH_TOGETHER];
    enum result result = frontier_flush(frontier, trouble);
    for (size_t done = 0; result == RESULT_OK && done < count;) {
        size_t some = 0;
        for (; some < FINISH_TOGETHER && done < count; done++) {
            struct host *host = frontier_find_host(frontier, visits[done].host);
            outcomes[some++] = visits[done].outcome;
            if (visits[done].outcome.state != STATE_WAITING || !host)
                continue;
            host->visits_ready_ms = 0;
            frontier_count_up(frontier, host);
        }
        result = queue_finish(frontier->store->queue, outcomes, some, trouble);
        result = result == RESULT_END ? RESULT_OK : result;
    }
    return result;
}

/* The host may be sent another request at once. */
static void let_host_go(struct frontier *frontier, const struct visit *visit)
{
    struct host *host = frontier_find_host(frontier, visit->host);
    if (!host)
        return;
    frontier_wake(frontier, host);
    host->running -= host->running > 0;
    frontier->probing -= host->presence.probing && frontier->probing > 0;
    host->presence.probing = false;
}

enum result frontier_withdraw(struct frontier *frontier, const struct visit *visit,
                              enum url_rule rule, bool suspected, struct trouble *trouble)
{
    const struct left_out_url left_out = {.key = visit->key,
                                          .rule = rule,
                                          .url = visit->url,
                                          .via_key = visit->via_key,
                                          .suspected = suspected};
    let_host_go(frontier, visit);
    enum result result = frontier_flush(frontier, trouble);
    if (result == RESULT_OK)
        result = frontier_refuse(frontier, &left_out, trouble);
    if (result == RESULT_OK)
        result = frontier_flush(frontier, trouble);
    if (result == RESULT_OK)
        result =
            known_urls_leave_out(frontier->store->known, visit->key, url_rule_name(rule), trouble);
    return result == RESULT_END ? RESULT_OK : result;
}

enum result frontier_postpone(struct frontier *frontier, const struct visit *visit,
                              int64_t until_ms, struct trouble *trouble)
{
    const struct finished_visit waits = {.host = visit->host,
                                         .outcome = {.key = visit->key,
                                                     .state = STATE_WAITING,
                                                     .attempts = visit->attempts,
                                                     .not_before_ms = until_ms}};
    let_host_go(frontier, visit);
    return frontier_finish(frontier, &waits, 1, trouble);
}

int64_t frontier_waiting(const struct frontier *frontier)
{
    return frontier->waiting + frontier->lockouts.held;
}

const char *frontier_waits_for(const struct frontier *frontier, int64_t *wait_ms)
{
    *wait_ms = frontier->waits.for_host[0] ? frontier->waits.until_ms - clock_steady_ms() : 0;
    return frontier->waits.for_host;
}
