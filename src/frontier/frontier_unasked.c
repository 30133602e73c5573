/* Judges the visits that wait, host by host.  The robots.txt of most hosts closes nothing, so that
 * their visits need not be read. */
#include <config.h>

#include "frontier/frontier_unasked.h"

#include <stdlib.h>

#include "frontier/frontier_internal.h"
#include "web/failure_way.h"

enum { KEYS_FIRST = 256 };

/* Of one host. */
struct unasked {
    struct frontier *frontier;
    const struct host *host;
    int64_t *keys; /* of what is closed */
    size_t count, room;
    bool no_memory;
};

static void add_closed(struct unasked *unasked, int64_t key)
{
    if (unasked->count == unasked->room) {
        size_t room = unasked->room ? 2 * unasked->room : KEYS_FIRST;
        int64_t *longer = realloc(unasked->keys, room * sizeof *longer);
        if (!longer) {
            unasked->no_memory = true;
            return;
        }
        unasked->keys = longer;
        unasked->room = room;
    }
    unasked->keys[unasked->count++] = key;
}

static void look_at(void *context, const struct waiting_visit *waiting)
{
    struct unasked *unasked = context;
    struct url *url = &unasked->frontier->scratch;
    const struct visit visit = {.kind = waiting->kind};
    if (url_parse(url, waiting->url, NULL, TEXT("")) == URL_OK &&
        frontier_closed_by_robots(unasked->frontier, unasked->host, &visit, url))
        add_closed(unasked, waiting->key);
}

static enum result leave_out(struct unasked *unasked, struct trouble *trouble)
{
    const char *unreachable = unasked->host->rules.unreachable;
    enum result result = known_urls_each_waiting(unasked->frontier->store->known,
                                                 unasked->host->number, look_at, unasked, trouble);
    if (result == RESULT_OK && unasked->no_memory)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to judge what waits");
    for (size_t i = 0; result == RESULT_OK && i < unasked->count; i++) {
        const struct outcome outcome = {.key = unasked->keys[i],
                                        .state = unreachable ? STATE_BROKEN : STATE_LEFT_OUT,
                                        .way = WAY_RULES,
                                        .reason = unreachable ? unreachable
                                                              : url_rule_name(URL_RULE_ROBOTS)};
        result = frontier_finish_visit(unasked->frontier, &outcome, trouble);
    }
    return result;
}

enum result frontier_judge_unasked(struct frontier *frontier, const struct scope *scope,
                                   struct trouble *trouble)
{
    struct unasked unasked = {.frontier = frontier};
    enum result result = frontier_flush(frontier, trouble);
    if (result == RESULT_OK)
        result = queue_take_back(frontier->store->queue, frontier->store->queue->owner, trouble);
    if (frontier->options.robots == ROBOTS_OFF)
        return result;
    for (struct host *host = frontier->hosts.first; host && result == RESULT_OK;
         host = host->next) {
        bool put_off = host->rules.unreachable && host->rules.shut &&
                       scope_has_seed_on(scope, text_of(host->name), host->https);
        if (!host->rules.robots)
            result = frontier_recall_rules(frontier, host, trouble);
        if (result != RESULT_OK || put_off || !host->rules.robots ||
            !robots_close_anything(host->rules.robots))
            continue;
        unasked.host = host;
        unasked.count = 0;
        result = leave_out(&unasked, trouble);
    }
    free(unasked.keys);
    return result;
}
