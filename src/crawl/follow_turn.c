/*
 * Judges a visit once more when its turn has come. A list may name hundreds of URLs before the
 * first of them shows that they lead to nothing new.
 */
#include <config.h>

#include "crawl/follow_internal.h"

#include <string.h>

#include "base/clock.h"

/* The site itself wants these, or a page does. */
static bool is_always_requested(enum visit_kind kind)
{
    return kind == VISIT_SEED || kind == VISIT_ROBOTS || kind == VISIT_SITEMAP ||
           kind == VISIT_REQUISITE || kind == VISIT_SPECULATIVE;
}

/* Whether a sitemap named it, perhaps with redirects since. */
static bool is_promised(const struct visit *visit)
{
    size_t hops = strlen(visit->hops);
    while (hops && visit->hops[hops - 1] == 'R')
        hops--;
    return hops && (visit->hops[hops - 1] == 'M' || visit->hops[hops - 1] == 'I');
}

enum url_rule follow_judge_session(struct follow *follow, const struct visit *visit)
{
    if (!follow->keeps_session || visit->kind == VISIT_SEED || visit->kind == VISIT_ROBOTS ||
        url_parse(&follow->link, visit->url, NULL, TEXT("")) != URL_OK ||
        !follow_ends_session(follow, &follow->link))
        return URL_RULE_NONE;
    follow->limits.refused[URL_RULE_LOGOUT]++;
    return URL_RULE_LOGOUT;
}

struct trap_turn follow_judge_turn(struct follow *follow, const struct visit *visit)
{
    struct trap_turn turn = {.rule = URL_RULE_NONE};
    if (is_always_requested(visit->kind) || is_promised(visit) || visit->attempts ||
        url_parse(&follow->link, visit->url, NULL, TEXT("")) != URL_OK)
        return turn;
    bool found = url_parse(&follow->via, visit->via, NULL, TEXT("")) == URL_OK;
    const struct trap_visit at = {.url = &follow->link,
                                  .via = found ? &follow->via : NULL,
                                  .key = visit->key,
                                  .year = date_year(clock_wall_ms())};
    for (int i = 0; detectors[i] && !turn.rule && !turn.waits; i++) {
        if (detectors[i]->judge_turn)
            turn = detectors[i]->judge_turn(follow->detectors.list[i], &at);
        if (turn.rule && follow_is_off(follow, turn.rule))
            turn.rule = URL_RULE_NONE;
    }
    turn.suspected =
        turn.rule && turn.suspected &&
        trap_may_be_missed(at.via ? at.via : at.url, at.url, visit->kind == VISIT_PAGER, turn.rule);
    if (turn.rule)
        follow->limits.refused[turn.rule]++;
    if (turn.rule || turn.waits)
        detectors_end_turn(&follow->detectors, visit->key);
    return turn;
}

void follow_end_turn(struct follow *follow, int64_t key)
{
    detectors_end_turn(&follow->detectors, key);
}
