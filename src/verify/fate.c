/* Judges a URL in the crawl's own order: its response, then scope and rules, then robots.txt. */
#include <config.h>

#include "verify/fate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "capture/keeping.h"
#include "traps/login.h"
#include "traps/trap_rules.h"
#include "verify/archived_rules.h"
#include "verify/redirect_walk.h"
#include "web/url_totals.h"

struct fates {
    const struct crawl_claims *claims;
    struct cdxj_lookup *lookup;
    struct hash_key hash_key;
    struct redirect_walk *walk;
    struct archived_rules *rules;
};

struct fates *fates_new(const struct crawl_claims *claims, struct cdxj_lookup *lookup,
                        struct capture_reader *rules, const struct hash_key *hash_key)
{
    struct fates *fates = calloc(1, sizeof *fates);
    if (!fates)
        return NULL;
    *fates = (struct fates){.claims = claims, .lookup = lookup, .hash_key = *hash_key};
    fates->walk = redirect_walk_new(claims, lookup);
    fates->rules = archived_rules_new(claims, lookup, rules);
    if (fates->walk && fates->rules)
        return fates;
    fates_free(fates);
    return NULL;
}

void fates_free(struct fates *fates)
{
    if (!fates)
        return;
    archived_rules_free(fates->rules);
    redirect_walk_free(fates->walk);
    free(fates);
}

bool fates_ok(const struct fates *fates)
{
    return archived_rules_ok(fates->rules);
}

/* What became of a URL that was not asked for, and to which a redirect leads. */
static enum url_state state_of_target(struct fates *fates, struct text text)
{
    struct url url;
    enum url_state state = STATE_WAITING;
    url_init(&url);
    bool parsed = url_parse(&url, text, NULL, TEXT("")) == URL_OK;
    if (!parsed || crawl_claims_exclude(fates->claims, &url))
        state = STATE_GONE; /* it is not a URL of the crawl */
    else if (archived_rules_judge(fates->rules, &url, false) == RULES_CLOSE)
        state = STATE_LEFT_OUT;
    url_release(&url);
    return state;
}

/* ---- one URL ---- */

/* 0: none is known. */
static int status_of(const struct cdxj_entry *entry)
{
    uint64_t status = 0;
    return text_to_number(entry->status, &status) && status < 1000 ? (int)status : 0;
}

static bool is_part(const struct link *link)
{
    return link->class == LINK_REQUISITE || link->class == LINK_MEDIA;
}

/* The index dates captures by the second; of the newest one, its metadata record says more. */
static bool time_of(const struct fates *fates, const struct cdxj_entry *entry, int64_t *date_ms)
{
    const struct asked_claim *asked = crawl_claims_asked(fates->claims, entry->url);
    if (!cdxj_entry_time(entry, date_ms))
        return false;
    if (asked && !asked->failed && asked->date_ms / 1000 == *date_ms / 1000)
        *date_ms = asked->date_ms;
    return true;
}

/* What a response means for its URL, its redirects apart. */
static enum url_state state_of_entry(const struct fates *fates, const struct cdxj_entry *entry,
                                     enum visit_kind kind, const char *hops)
{
    int64_t date_ms = 0;
    char reason[KEEPING_REASON_SIZE];
    const struct keeping_facts facts = {
        .kind = kind, .hops = hops, .leads_on = true, .status = status_of(entry)};
    enum url_state state = keeping_of(&facts, reason);
    enum url_state by_error = state;
    bool failed = time_of(fates, entry, &date_ms) &&
                  crawl_claims_failed(fates->claims, entry->url, date_ms, &by_error);
    /* what nobody knows waits, whatever came */
    return failed && (state == STATE_KEPT || state == STATE_GONE || by_error == STATE_WAITING)
               ? by_error
               : state;
}

static uint64_t page_of(const struct fates *fates, struct text text)
{
    return hash_text(&fates->hash_key, text);
}

/* The redirect leads to a URL that the archive does not have.  That is counted itself, also when
 * the redirect was none of the URL, but a wall's. */
static void judge_target(struct fates *fates, struct text url, bool part, struct fate *fate)
{
    struct cdxj_entry entry;
    bool judged = fate->state == STATE_KEPT && !part;
    enum url_rule rule = crawl_claims_recorded_rule(fates->claims, url);
    if (crawl_claims_failed(fates->claims, url, 0, NULL)) {
        fate->state = judged ? STATE_BROKEN : fate->state;
        return;
    }
    if (rule || crawl_claims_asked(fates->claims, url) ||
        cdxj_lookup_last(fates->lookup, url, &entry) == RESULT_OK) /* nobody knows where it leads */
        return;
    fate->target_state = state_of_target(fates, url);
    if (fate->target_state != STATE_GONE)
        fate->target = url;
    if (fate->target_state == STATE_LEFT_OUT && judged) {
        fate->state = STATE_LEFT_OUT;
        fate->rule = URL_RULE_ROBOTS;
        fate->by = LEFT_OUT_BY_ROBOTS;
    }
}

/* Judges a page or a list by the end of its redirects.  A part is broken if they lead nowhere. What
 * is not kept by its own response stays so, as in crawl/settle.h. */
static void follow_to_end(struct fates *fates, const struct cdxj_entry *entry,
                          const struct page_question *question, struct fate *fate)
{
    struct cdxj_entry last;
    bool part = url_state_is_part(question->kind), kept = fate->state == STATE_KEPT;
    enum redirect_end end = redirect_walk_follow(fates->walk, entry->url, &last);
    if (end == REDIRECT_LEAVES)
        judge_target(fates, redirect_walk_url(fates->walk), part, fate);
    if (!kept)
        return;
    switch (end) {
    case REDIRECT_TO_LOGIN:
        fate->state = question->wanted && !part ? STATE_REFUSED : STATE_KEPT;
        break;
    case REDIRECT_IN_CIRCLE:
        fate->state = STATE_BROKEN;
        break;
    case REDIRECT_BROKEN: /* that is counted itself */
        fate->state = part ? STATE_KEPT : STATE_BROKEN;
        break;
    case REDIRECT_ENDS:
        if (part)
            break;
        fate->page = page_of(fates, last.key);
        fate->state = state_of_entry(fates, &last, question->kind, question->hops);
        break;
    case REDIRECT_LEAVES:
        break;
    }
}

struct fate fate_of_entry(struct fates *fates, const struct cdxj_entry *entry,
                          const struct page_question *question)
{
    struct fate fate = {.state = state_of_entry(fates, entry, question->kind, question->hops)};
    int status = status_of(entry);
    bool redirect = status / 100 == 3 && status != 300 && !question->hops[0] &&
                    (url_state_matters(question->kind) || url_state_is_part(question->kind));
    if (status == 200)
        fate.page = page_of(fates, entry->digest);
    if (redirect)
        follow_to_end(fates, entry, question, &fate);
    fate.is_counted = url_is_counted(fate.state, status, text_of(question->hops));
    return fate;
}

struct fate fate_of_link(struct fates *fates, const struct link *link,
                         const struct link_place *place)
{
    struct cdxj_entry entry;
    if (cdxj_lookup_last(fates->lookup, link->url, &entry) == RESULT_OK) {
        bool as_page = place->source == LISTED_BY_FEED || place->source == LISTED_BY_SITEMAP;
        const struct page_question question = {
            .kind = is_part(link) ? VISIT_REQUISITE : VISIT_PAGE,
            .hops = "",
            .wanted = link->class != LINK_PAGE ||
                      (place->source >= 0 && (as_page || !login_is_members_action(link->parsed)))};
        return fate_of_entry(fates, &entry, &question);
    }
    return fate_of_absent(fates, link, place);
}

struct fate fate_of_absent(struct fates *fates, const struct link *link,
                           const struct link_place *place)
{
    struct fate fate = {.state = STATE_WAITING, .is_counted = true};
    if (crawl_claims_failed(fates->claims, link->url, 0, &fate.state))
        return fate;
    enum rules_verdict verdict = RULES_ALLOW;
    bool suspected = false;
    fate.rule = crawl_claims_rule(fates->claims, link, &suspected);
    if (!fate.rule)
        verdict = archived_rules_judge(fates->rules, link->parsed, link->class == LINK_REQUISITE);
    if (verdict == RULES_CLOSE)
        fate.rule = URL_RULE_ROBOTS;
    if (fate.rule) {
        fate.state = STATE_LEFT_OUT;
        fate.by = left_out_by(fate.rule);
        bool missed = suspected && trap_may_be_missed(place->page, link->parsed,
                                                      link->class == LINK_PAGER, fate.rule);
        fate.outside = (!missed && !url_rule_row(fate.rule)->is_gap) ||
                       (fate.by != LEFT_OUT_BY_ROBOTS && !url_same_site(link->parsed, place->page));
    } else if (verdict == RULES_AWAY)
        fate.state = STATE_BROKEN;
    else
        fate.unexplained = verdict == RULES_ALLOW;
    return fate;
}

void fate_count(const struct fate *fate, struct state_counts *counts)
{
    if (fate->state == STATE_LEFT_OUT)
        state_counts_leave_out(counts, fate->by, 1);
    else
        state_counts_add(counts, fate->state, 1);
}
