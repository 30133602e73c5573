/* Follows noted redirects to their ends, and finds walls. */
#include <config.h>

#include "crawl/settle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "traps/login.h"
#include "web/url.h"
#include "web/wall.h"

enum { RESPONSES_FIRST = 256, REASON_MOST = 160, HOPS_MOST = 64 };

struct response {
    int64_t key;
    int64_t target; /* 0: it is not a redirect */
    uint64_t page;  /* hash of what came, or of where its redirect ends; 0: unknown */
    enum visit_kind kind;
    enum url_state state;
    bool listed, to_login, action, guess;
    bool stopped; /* the redirect was not followed to its end: it came broken */
};

struct settling {
    struct store *store;
    struct response *responses; /* by key */
    size_t count, room;
    bool no_memory;
};

/* hashes are compared within one run only */
static const struct hash_key page_hash_key = {0x70616765, 0};

static void take_response(void *context, const struct known_response *known)
{
    struct settling *settling = context;
    if (settling->count == settling->room) {
        size_t room = settling->room ? 2 * settling->room : RESPONSES_FIRST;
        struct response *longer = realloc(settling->responses, room * sizeof *longer);
        if (!longer) {
            settling->no_memory = true;
            return;
        }
        settling->responses = longer;
        settling->room = room;
    }
    struct response response = {.key = known->key,
                                .target = known->redirect.target,
                                .kind = known->kind,
                                .state = known->state,
                                .listed = known->listed,
                                .to_login = known->redirect.to_login,
                                .guess = visit_hops_guessed(known->hops),
                                .stopped = known->state == STATE_BROKEN};
    if (!response.target && known->digest.length)
        response.page = hash_text(&page_hash_key, known->digest);
    if (response.to_login && !known->named_as_page) {
        struct url url;
        url_init(&url);
        enum url_result parsed = url_parse(&url, known->url, NULL, TEXT(""));
        response.action = parsed == URL_OK && login_is_members_action(&url);
        settling->no_memory = settling->no_memory || parsed == URL_NO_MEMORY;
        url_release(&url);
    }
    settling->responses[settling->count++] = response;
}

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct response *)left)->key, b = ((const struct response *)right)->key;
    return (a > b) - (a < b);
}

static struct response *find(const struct settling *settling, int64_t key)
{
    const struct response wanted = {.key = key};
    return settling->count ? bsearch(&wanted, settling->responses, settling->count,
                                     sizeof *settling->responses, by_key)
                           : NULL;
}

/* The state that the end of a redirect gives. */
struct verdict {
    enum url_state state;
    char reason[REASON_MOST];
};

static enum result judge_end(struct settling *settling, struct response *response, int64_t end,
                             struct verdict *verdict, struct trouble *trouble)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(settling->store->recrawl, end, &history, NULL, trouble);
    if (result == RESULT_END)
        return RESULT_OK;                                         /* a rule left it out */
    if (result != RESULT_OK || url_state_is_part(response->kind)) /* it is counted itself */
        return result;
    response->page = hash_text(&page_hash_key, (struct text){(const char *)&end, sizeof end});
    if (history.state == STATE_WAITING) /* it is counted itself */
        return RESULT_OK;
    verdict->state = history.state;
    if (history.state == STATE_LEFT_OUT)
        snprintf(verdict->reason, sizeof verdict->reason, "%s", url_rule_name(URL_RULE_ROBOTS));
    else if (history.state == STATE_REFUSED || history.state == STATE_BROKEN)
        snprintf(verdict->reason, sizeof verdict->reason, "it redirects to a URL that is %s",
                 url_state_name(history.state));
    return RESULT_OK;
}

/* Follows a redirect to its end. */
static enum result follow_to_end(struct settling *settling, struct response *response,
                                 struct verdict *verdict, struct trouble *trouble)
{
    bool part = url_state_is_part(response->kind);
    bool list = !part && response->kind != VISIT_PAGE && response->kind != VISIT_SEED;
    bool wanted = list || response->kind == VISIT_SEED || (response->listed && !response->action);
    const struct response *at = response;
    *verdict = (struct verdict){.state = STATE_KEPT};
    for (size_t hops = 0; at && at->target; hops++) {
        if (at->to_login) {
            if (wanted) {
                verdict->state = STATE_REFUSED;
                snprintf(verdict->reason, sizeof verdict->reason, "it leads to a login");
            }
            return RESULT_OK;
        }
        if (at->target == response->key || hops == HOPS_MOST) {
            verdict->state = STATE_BROKEN;
            snprintf(verdict->reason, sizeof verdict->reason, "it redirects in a circle");
            return RESULT_OK;
        }
        if (at != response && at->stopped && part) /* it is counted itself */
            return RESULT_OK;
        if (at != response && at->stopped) {
            verdict->state = STATE_BROKEN;
            snprintf(verdict->reason, sizeof verdict->reason, "it redirects to a URL that is %s",
                     url_state_name(STATE_BROKEN));
            return RESULT_OK;
        }
        const struct response *next = find(settling, at->target);
        if (!next || !next->target)
            return judge_end(settling, response, at->target, verdict, trouble);
        at = next;
    }
    return RESULT_OK;
}

/* What failed stays so: the next run asks again.  What is kept or gone may have become so by a
 * redirect's end that has changed. */
static bool may_change(const struct response *response)
{
    return (response->state == STATE_KEPT || response->state == STATE_GONE) && !response->guess;
}

static enum result restate(struct settling *settling, struct response *response,
                           const struct verdict *verdict, struct trouble *trouble)
{
    if (response->state == verdict->state)
        return RESULT_OK;
    response->state = verdict->state;
    return queue_restate(settling->store->queue, response->key, verdict->state,
                         verdict->reason[0] ? verdict->reason : NULL, trouble);
}

/* One page for every URL that lists name.  A seed is no such page: it may be one that people see
 * first. */
static enum result judge_walls(struct settling *settling, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    size_t count = 0;
    uint64_t *pages = calloc(settling->count + 1, sizeof *pages);
    if (!pages)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to judge the listed pages");
    for (size_t i = 0; i < settling->count; i++) {
        const struct response *response = &settling->responses[i];
        if (response->kind == VISIT_PAGE && response->listed && response->state == STATE_KEPT &&
            response->page)
            pages[count++] = response->page;
    }
    uint64_t wall = wall_find(pages, count);
    struct verdict verdict = {.state = STATE_REFUSED,
                              .reason = "the site shows one and the same page for every URL"};
    for (size_t i = 0; result == RESULT_OK && wall && i < settling->count; i++) {
        struct response *response = &settling->responses[i];
        if (response->page == wall && response->kind != VISIT_SEED &&
            !url_state_is_part(response->kind) && may_change(response))
            result = restate(settling, response, &verdict, trouble);
    }
    free(pages);
    return result;
}

enum result settle_states(struct store *store, struct trouble *trouble)
{
    struct settling settling = {.store = store};
    enum result result =
        completeness_each_response(store->completeness, take_response, &settling, trouble);
    if (result == RESULT_OK && settling.no_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to judge the listed pages");
    if (result == RESULT_OK && settling.count)
        qsort(settling.responses, settling.count, sizeof *settling.responses, by_key);
    for (size_t i = 0; result == RESULT_OK && i < settling.count; i++) {
        struct response *response = &settling.responses[i];
        struct verdict verdict;
        if (!response->target || !may_change(response))
            continue;
        result = follow_to_end(&settling, response, &verdict, trouble);
        if (result == RESULT_OK)
            result = restate(&settling, response, &verdict, trouble);
    }
    if (result == RESULT_OK)
        result = judge_walls(&settling, trouble);
    free(settling.responses);
    return result;
}
