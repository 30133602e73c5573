/* The robots.txt of each host, from the store or from the network. */
#include <config.h>

#include "frontier/frontier_internal.h"

#include <stdio.h>

#include "base/clock.h"

static enum result use_robots(struct host *host, int status, struct text body,
                              struct trouble *trouble)
{
    robots_free(host->rules.robots);
    host->rules.robots = robots_of_response(status, body);
    host->rules.state = RULES_KNOWN;
    host->rules.looked_at_ms = clock_wall_ms();
    return host->rules.robots
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for the rules of %s", host->name);
}

void frontier_note_elsewhere(struct frontier *frontier, struct host *governed, struct host *where)
{
    struct host *before =
        governed->rules.elsewhere ? frontier_find_host(frontier, governed->rules.elsewhere) : NULL;
    if (before && before->foreign_robots)
        before->foreign_robots--;
    if (before)
        frontier_wake(frontier, before);
    frontier_wake(frontier, governed);
    if (where == governed)
        where = NULL;
    governed->rules.elsewhere = where ? where->number : 0;
    if (where) {
        where->foreign_robots++;
        frontier_wake(frontier, where);
    }
}

/* robots.txt could not be read: the host is closed. */
static enum result close_host(struct frontier *frontier, struct host *host,
                              const struct robots_response *response, struct trouble *trouble)
{
    char words[384];
    if (host->rules.robots && !host->rules.unreachable) {
        /* It could not be refreshed.  RFC 9309, 2.3.1.4: the known one may still be used. */
        host->rules.state = RULES_KNOWN;
        host->rules.looked_at_ms = clock_wall_ms();
        return RESULT_OK;
    }
    snprintf(words, sizeof words, "%s (on requesting robots.txt)", response->why);
    if (!host->rules.unreachable)
        host->rules.unreachable = text_copy(text_of(words));
    host->rules.shut = (response->status || response->cut) && host->rules.unreachable &&
                       !frontier->gives_up_closed && frontier->options.robots == ROBOTS_OBEY;
    return use_robots(host, 0, TEXT(""), trouble);
}

enum result frontier_set_robots(struct frontier *frontier, int64_t number,
                                const struct robots_response *response, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    const struct host_robots robots = {response->status, clock_wall_ms(),
                                       text_first(response->body, ROBOTS_READ_BYTES)};
    if (host) {
        host->rules.came = host->rules.unused = true;
        host->rules.came_ms = clock_steady_ms();
        frontier_note_elsewhere(frontier, host, NULL);
    }
    if (response->status == 0 || response->status >= 500 || response->cut)
        return host ? close_host(frontier, host, response, trouble) : RESULT_OK;
    enum result result = hosts_keep_robots(frontier->store->hosts, number, &robots, trouble);
    return result == RESULT_OK && host ? use_robots(host, robots.status, robots.body, trouble)
                                       : result;
}

/* Reads a host's robots.txt from the store.  END: there is none, it is too old, or its time lies in
 * the future because a clock was wrong. */
static enum result read_robots(struct frontier *frontier, const struct host *host,
                               struct host_robots *robots, struct trouble *trouble)
{
    int64_t now = clock_wall_ms();
    enum result result =
        hosts_robots(frontier->store->hosts, host->number, robots, &frontier->text, trouble);
    bool fresh = result == RESULT_OK && now - robots->received_ms <= ROBOTS_AGE_MS &&
                 robots->received_ms <= now + ROBOTS_AGE_MS;
    return result == RESULT_OK && !fresh ? RESULT_END : result;
}

enum result frontier_recall_rules(struct frontier *frontier, struct host *host,
                                  struct trouble *trouble)
{
    struct host_robots robots;
    enum result result =
        hosts_robots(frontier->store->hosts, host->number, &robots, &frontier->text, trouble);
    if (result == RESULT_OK)
        result = use_robots(host, robots.status, robots.body, trouble);
    return result == RESULT_END ? RESULT_OK : result;
}

/* Whether it has just come, whatever the wall clock says.  Then it serves one request at least:
 * where a day passes faster than a response comes, nothing else would ever be requested. */
static bool has_just_come(const struct host *host)
{
    return host->rules.unused && clock_steady_ms() - host->rules.came_ms < ROBOTS_LOOK_MS;
}

/* An old robots.txt is requested again.  A host whose robots.txt could not be fetched stays closed
 * until the next run. */
enum result frontier_forget_old_rules(struct frontier *frontier, struct host *host,
                                      struct trouble *trouble)
{
    struct host_robots robots;
    int64_t now = clock_wall_ms();
    if (host->rules.state != RULES_KNOWN || frontier->options.robots == ROBOTS_OFF ||
        host->rules.unreachable || now - host->rules.looked_at_ms < ROBOTS_LOOK_MS ||
        has_just_come(host))
        return RESULT_OK;
    host->rules.looked_at_ms = now;
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_END)
        host->rules.state = RULES_UNKNOWN;
    return result == RESULT_END ? RESULT_OK : result;
}

/* It was requested in an earlier round, or was found as an ordinary link, so it goes into the queue
 * again.  If it failed last time, it is already counted as waiting. */
static enum result ask_again(struct frontier *frontier, struct host *host,
                             const struct visit *visit, struct trouble *trouble)
{
    struct url_history history;
    bool is_new;
    const struct outcome again = {.key = visit->key, .state = STATE_WAITING};
    enum result result =
        recrawl_state_history(frontier->store->recrawl, visit->key, &history, NULL, trouble);
    if (result == RESULT_OK)
        result = frontier_finish_visit(frontier, &again, trouble);
    if (result == RESULT_OK)
        result = queue_offer(frontier->store->queue, visit, 1, &is_new, trouble);
    bool counted = history.state == STATE_WAITING && !host->rules.came;
    frontier_wake(frontier, host);
    if (!counted)
        frontier_count_up(frontier, host);
    return result;
}

enum result frontier_offer_robots(struct frontier *frontier, struct host *host,
                                  const struct visit *visit, struct trouble *trouble)
{
    bool is_new;
    enum result result = queue_offer(frontier->store->queue, visit, 1, &is_new, trouble);
    if (result != RESULT_OK || !is_new)
        return result == RESULT_OK ? ask_again(frontier, host, visit, trouble) : result;
    host->visits_ready_ms = 0;
    frontier_count_up(frontier, host);
    return RESULT_OK;
}

/* Takes the rules from the store, or puts robots.txt in the queue. */
static enum result get_rules(struct frontier *frontier, struct host *host, struct trouble *trouble)
{
    struct host_robots robots;
    char url[512];
    if (frontier->options.robots == ROBOTS_OFF)
        return use_robots(host, 404, TEXT(""), trouble);
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_OK)
        return use_robots(host, robots.status, robots.body, trouble);
    if (result != RESULT_END)
        return result;
    snprintf(url, sizeof url, "http%s://%s/robots.txt", host->https ? "s" : "", host->name);
    if (url_parse(&frontier->scratch, text_of(url), NULL, TEXT("")) != URL_OK)
        return use_robots(host, 404, TEXT(""), trouble);
    struct visit visit = {.key = frontier_key(frontier, &frontier->scratch),
                          .kind = VISIT_ROBOTS,
                          .host = host->number,
                          .robots_for = host->number,
                          .url = url_resource(&frontier->scratch),
                          .hops = "P"};
    host->rules.state = RULES_ASKED;
    return buf_ok(&frontier->seen_key)
               ? frontier_offer_robots(frontier, host, &visit, trouble)
               : trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL");
}

/* A robots.txt that may be requested now.  RESULT_END: none, and host->visits_ready_ms tells when
 * one may be; 0: none waits. */
static enum result take_robots(struct frontier *frontier, struct host *host, struct visit *visit,
                               struct trouble *trouble)
{
    const struct take_request request = {.host = host->number,
                                         .choice = TAKE_ROBOTS,
                                         .now_ms = clock_wall_ms()};
    int64_t ready;
    enum result result =
        queue_take(frontier->store->queue, &request, visit, &frontier->taken, &ready, trouble);
    if (result == RESULT_END)
        host->visits_ready_ms = ready;
    if (result != RESULT_OK)
        return result;
    if (url_parse(&frontier->scratch, visit->url, NULL, TEXT("")) == URL_OK)
        frontier_use_scheme(frontier, host, visit);
    /* An earlier run may have followed the redirect to here: the rules need not be asked for. */
    struct host *governed = frontier_find_host(frontier, visit->robots_for);
    if (governed && governed->rules.state == RULES_UNKNOWN) {
        governed->rules.state = RULES_ASKED;
        frontier_note_elsewhere(frontier, governed, host);
    }
    frontier_note_taken(frontier, host);
    return RESULT_OK;
}

/* At the end of a run only requisites are taken. */
static enum result are_rules_needed(struct frontier *frontier, const struct host *host,
                                    bool *needed, struct trouble *trouble)
{
    int count = 1;
    enum result result = RESULT_OK;
    if (frontier->requisites_only)
        result = queue_count_requisites(frontier->store->queue, host->number, clock_wall_ms(), 1,
                                        &count, trouble);
    *needed = count > 0;
    return result;
}

enum result frontier_take_rules(struct frontier *frontier, struct host *host, struct visit *visit,
                                struct trouble *trouble)
{
    enum result result = RESULT_END;
    if (frontier->options.robots != ROBOTS_OFF)
        result = take_robots(frontier, host, visit, trouble);
    /* A host that has nothing but the robots.txt of others to give is not asked for its own. */
    if (result != RESULT_END || host->rules.elsewhere ||
        (host->foreign_robots && host->waiting <= host->foreign_robots))
        return result;
    if (host->rules.state == RULES_UNKNOWN) {
        bool needed;
        result = are_rules_needed(frontier, host, &needed, trouble);
        if (result != RESULT_OK || !needed)
            return result == RESULT_OK ? RESULT_END : result;
        result = get_rules(frontier, host, trouble);
        if (result == RESULT_OK && host->rules.state == RULES_ASKED)
            return take_robots(frontier, host, visit, trouble);
    } else if (host->visits_ready_ms)
        return RESULT_END; /* it will be tried again */
    else
        /* It was requested, but will not come (a redirect that leads nowhere). */
        result = use_robots(host, 404, TEXT(""), trouble);
    return result == RESULT_OK ? RESULT_AGAIN : result;
}

bool frontier_closed_by_robots(const struct frontier *frontier, const struct host *host,
                               const struct visit *visit, const struct url *url)
{
    if (visit->kind == VISIT_ROBOTS || frontier->options.robots == ROBOTS_OFF ||
        !host->rules.robots)
        return false;
    if (frontier->options.robots == ROBOTS_REQUISITES && visit->kind == VISIT_REQUISITE)
        return false;
    return !robots_allows(host->rules.robots, url_target(url), NULL);
}
