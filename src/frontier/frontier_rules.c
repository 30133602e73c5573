/* The robots.txt of each host, from the store or from the network. */
#include <config.h>

#include "frontier/frontier_internal.h"

#include <stdio.h>

#include "base/clock.h"

/* RFC 9309, 2.3.1: a 2xx body is read, 4xx allows everything, anything else closes the host. */
static struct robots *rules_from(int status, struct text body)
{
    if (status >= 200 && status < 300)
        return robots_read(body, TEXT("warccap"));
    return status >= 300 && status < 500 ? robots_allow_all() : robots_close_all();
}

enum result frontier_use_robots(struct host *host, int status, struct text body,
                                struct trouble *trouble)
{
    robots_free(host->rules.robots);
    host->rules.robots = rules_from(status, body);
    host->rules.state = RULES_KNOWN;
    host->rules.looked_at_ms = clock_wall_ms();
    return host->rules.robots
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for the rules of %s", host->name);
}

enum result frontier_set_robots(struct frontier *frontier, int64_t number, int status,
                                struct text body, const char *why, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, number);
    body = text_first(body, ROBOTS_READ_BYTES);
    if (host)
        host->rules.came = true;
    if ((status == 0 || status >= 500) && host && host->rules.robots && !host->rules.unreachable) {
        /* robots.txt could not be refreshed.  RFC 9309, 2.3.1.4: the known one may still be
         * used. */
        host->rules.state = RULES_KNOWN;
        host->rules.looked_at_ms = clock_wall_ms();
        return RESULT_OK;
    }
    if (status == 0 || status >= 500) {
        char words[384];
        snprintf(words, sizeof words, "%s (on requesting robots.txt)", why);
        if (host && !host->rules.unreachable)
            host->rules.unreachable = text_copy(text_of(words));
        return host ? frontier_use_robots(host, status, body, trouble) : RESULT_OK;
    }
    const struct host_robots robots = {status, clock_wall_ms(), body};
    enum result result = hosts_keep_robots(frontier->store->hosts, number, &robots, trouble);
    return result == RESULT_OK && host ? frontier_use_robots(host, status, body, trouble) : result;
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

/* An old robots.txt is requested again.  A host whose robots.txt could not be fetched stays closed
 * until the next run. */
enum result frontier_forget_old_rules(struct frontier *frontier, struct host *host,
                                      struct trouble *trouble)
{
    struct host_robots robots;
    int64_t now = clock_wall_ms();
    if (host->rules.state != RULES_KNOWN || frontier->options.robots == ROBOTS_OFF ||
        host->rules.unreachable || now - host->rules.looked_at_ms < ROBOTS_LOOK_MS)
        return RESULT_OK;
    host->rules.looked_at_ms = now;
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_END)
        host->rules.state = RULES_UNKNOWN;
    return result == RESULT_END ? RESULT_OK : result;
}

/* Before the first visit to a host in this run: takes its robots.txt from the store, or requests
 * it. */
enum result frontier_get_rules(struct frontier *frontier, struct host *host,
                               struct trouble *trouble)
{
    struct host_robots robots;
    if (frontier->options.robots == ROBOTS_OFF) {
        host->rules.robots = robots_allow_all();
        host->rules.state = RULES_KNOWN;
        return host->rules.robots ? RESULT_OK
                                  : trouble_say(trouble, RESULT_BROKEN, "no memory for rules");
    }
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_OK)
        return frontier_use_robots(host, robots.status, robots.body, trouble);
    if (result != RESULT_END)
        return result;
    char url[512];
    snprintf(url, sizeof url, "http%s://%s/robots.txt", host->https ? "s" : "", host->name);
    if (url_parse(&frontier->scratch, text_of(url), NULL, TEXT("")) != URL_OK)
        return frontier_use_robots(host, 404, TEXT(""), trouble);
    struct offer offer = {
        .url = &frontier->scratch, .kind = VISIT_ROBOTS, .hop = 'P', .robots_for = host->number};
    bool is_new;
    host->rules.state = RULES_ASKED;
    result = frontier_offer(frontier, &offer, &is_new, trouble);
    if (result != RESULT_OK || is_new)
        return result;
    /* It was requested in an earlier round, or was found as an ordinary link, so it goes into the
     * queue again.  If it failed last time, it is already counted as waiting. */
    struct url_history history;
    result =
        recrawl_state_history(frontier->store->recrawl, frontier_key(frontier, &frontier->scratch),
                              &history, NULL, trouble);
    if (result != RESULT_OK)
        return result;
    struct outcome again = {.key = frontier_key(frontier, &frontier->scratch),
                            .state = STATE_WAITING};
    struct visit visit = {.key = again.key,
                          .kind = VISIT_ROBOTS,
                          .host = host->number,
                          .robots_for = host->number,
                          .url = url_resource(&frontier->scratch),
                          .hops = "P"};
    result = frontier_finish_visit(frontier, &again, trouble);
    if (result == RESULT_OK)
        result = queue_offer(frontier->store->queue, &visit, 1, &is_new, trouble);
    bool counted = history.state == STATE_WAITING && !host->rules.came;
    host->waiting += !counted;
    frontier->waiting += !counted;
    return result;
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
