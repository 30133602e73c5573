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

enum { ANSWERS_FIRST = 256, REASON_MOST = 160, HOPS_MOST = 64 };

struct answer {
    int64_t key;
    int64_t target; /* 0: it is not a redirect */
    uint64_t page;  /* hash of what came, or of where its redirect ends; 0: unknown */
    enum visit_kind kind;
    enum url_state state;
    bool listed, to_login, action, guess;
};

struct settling {
    struct store *store;
    struct answer *answers; /* by key */
    size_t count, room;
    bool no_memory;
};

/* hashes are compared within one run only */
static const struct hash_key page_hash_key = {0x70616765, 0};

static void take_answer(void *context, const struct known_answer *known)
{
    struct settling *settling = context;
    if (settling->count == settling->room) {
        size_t room = settling->room ? 2 * settling->room : ANSWERS_FIRST;
        struct answer *longer = realloc(settling->answers, room * sizeof *longer);
        if (!longer) {
            settling->no_memory = true;
            return;
        }
        settling->answers = longer;
        settling->room = room;
    }
    struct answer answer = {.key = known->key,
                            .target = known->redirect.target,
                            .kind = known->kind,
                            .state = known->state,
                            .listed = known->listed,
                            .to_login = known->redirect.to_login,
                            .guess = text_find_char(known->hops, 'I') >= 0};
    if (!answer.target && known->digest.length)
        answer.page = hash_text(&page_hash_key, known->digest);
    if (answer.to_login && !known->named_as_page) {
        struct url url;
        url_init(&url);
        enum url_result parsed = url_parse(&url, known->url, NULL, TEXT(""));
        answer.action = parsed == URL_OK && login_is_members_action(&url);
        settling->no_memory = settling->no_memory || parsed == URL_NO_MEMORY;
        url_release(&url);
    }
    settling->answers[settling->count++] = answer;
}

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct answer *)left)->key, b = ((const struct answer *)right)->key;
    return (a > b) - (a < b);
}

static struct answer *find(const struct settling *settling, int64_t key)
{
    const struct answer wanted = {.key = key};
    return settling->count ? bsearch(&wanted, settling->answers, settling->count,
                                     sizeof *settling->answers, by_key)
                           : NULL;
}

/* What a redirect is worth. */
struct verdict {
    enum url_state state;
    char reason[REASON_MOST];
};

static enum result judge_end(struct settling *settling, struct answer *answer, int64_t end,
                             struct verdict *verdict, struct trouble *trouble)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(settling->store->recrawl, end, &history, NULL, trouble);
    if (result == RESULT_END) /* not asked for, by a rule */
        return RESULT_OK;
    if (result != RESULT_OK)
        return result;
    answer->page = hash_text(&page_hash_key, (struct text){(const char *)&end, sizeof end});
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
static enum result follow_to_end(struct settling *settling, struct answer *answer,
                                 struct verdict *verdict, struct trouble *trouble)
{
    bool list = answer->kind != VISIT_PAGE && answer->kind != VISIT_SEED;
    bool wanted = list || answer->kind == VISIT_SEED || (answer->listed && !answer->action);
    const struct answer *at = answer;
    *verdict = (struct verdict){.state = STATE_KEPT};
    for (size_t hops = 0; at && at->target; hops++) {
        if (at->to_login) {
            if (wanted) {
                verdict->state = STATE_REFUSED;
                snprintf(verdict->reason, sizeof verdict->reason, "it leads to a login");
            }
            return RESULT_OK;
        }
        if (at->target == answer->key || hops == HOPS_MOST) {
            verdict->state = STATE_BROKEN;
            snprintf(verdict->reason, sizeof verdict->reason, "it redirects in a circle");
            return RESULT_OK;
        }
        const struct answer *next = find(settling, at->target);
        if (!next || !next->target)
            return judge_end(settling, answer, at->target, verdict, trouble);
        at = next;
    }
    return RESULT_OK;
}

/* What failed stays so: the next run asks again.  What is kept or gone may have become so by a
 * redirect's end that has changed. */
static bool may_change(const struct answer *answer)
{
    return (answer->state == STATE_KEPT || answer->state == STATE_GONE) && !answer->guess;
}

static enum result restate(struct settling *settling, struct answer *answer,
                           const struct verdict *verdict, struct trouble *trouble)
{
    if (answer->state == verdict->state)
        return RESULT_OK;
    answer->state = verdict->state;
    return queue_restate(settling->store->queue, answer->key, verdict->state,
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
        const struct answer *answer = &settling->answers[i];
        if (answer->kind == VISIT_PAGE && answer->listed && answer->state == STATE_KEPT &&
            answer->page)
            pages[count++] = answer->page;
    }
    uint64_t wall = wall_find(pages, count);
    struct verdict verdict = {.state = STATE_REFUSED,
                              .reason = "the site shows one and the same page for every URL"};
    for (size_t i = 0; result == RESULT_OK && wall && i < settling->count; i++) {
        struct answer *answer = &settling->answers[i];
        if (answer->page == wall && answer->kind != VISIT_SEED && may_change(answer))
            result = restate(settling, answer, &verdict, trouble);
    }
    free(pages);
    return result;
}

enum result settle_states(struct store *store, struct trouble *trouble)
{
    struct settling settling = {.store = store};
    enum result result =
        completeness_each_answer(store->completeness, take_answer, &settling, trouble);
    if (result == RESULT_OK && settling.no_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to judge the listed pages");
    if (result == RESULT_OK && settling.count)
        qsort(settling.answers, settling.count, sizeof *settling.answers, by_key);
    for (size_t i = 0; result == RESULT_OK && i < settling.count; i++) {
        struct answer *answer = &settling.answers[i];
        struct verdict verdict;
        if (!answer->target || !may_change(answer))
            continue;
        result = follow_to_end(&settling, answer, &verdict, trouble);
        if (result == RESULT_OK)
            result = restate(&settling, answer, &verdict, trouble);
    }
    if (result == RESULT_OK)
        result = judge_walls(&settling, trouble);
    free(settling.answers);
    return result;
}
