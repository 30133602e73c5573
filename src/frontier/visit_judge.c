/* Judges URLs of the queue by the options of this run: as the link that led there would be. */
#include <config.h>

#include "frontier/visit_judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "frontier/part_guesses.h"
#include "traps/trap_rules.h"

enum {
    REDIRECTS_MOST = 20,
    TEXT_MOST_BYTES = 1 << 20, /* of a visit from the store */
    KEYS_BYTES = 1 << 24,
};

struct visit_judge {
    struct store *store;
    const struct scope *scope;
    const struct url_rule_set *rules_off;
    struct traps traps;
    struct buf seeds; /* keys of those given for this run */
    struct buf texts; /* of visits that led to the one at hand */
    struct url url, via;
    uint64_t left_out[URL_RULES];
    struct part_guesses guesses;
};

enum result visit_judge_new(struct visit_judge **out, struct store *store,
                            const struct scope *scope, const struct url_rule_set *rules_off,
                            struct trouble *trouble)
{
    struct visit_judge *judge = calloc(1, sizeof *judge);
    *out = judge;
    if (!judge)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to judge what waits");
    judge->store = store;
    judge->scope = scope;
    judge->rules_off = rules_off;
    traps_init(&judge->traps);
    buf_init(&judge->seeds, KEYS_BYTES);
    buf_init(&judge->texts, TEXT_MOST_BYTES);
    url_init(&judge->url);
    url_init(&judge->via);
    return RESULT_OK;
}

void visit_judge_free(struct visit_judge *judge)
{
    if (!judge)
        return;
    buf_release(&judge->seeds);
    buf_release(&judge->texts);
    url_release(&judge->url);
    url_release(&judge->via);
    free(judge);
}

enum result visit_judge_add_seed(struct visit_judge *judge, int64_t key, struct trouble *trouble)
{
    buf_append(&judge->seeds, &key, sizeof key);
    return buf_ok(&judge->seeds) ? RESULT_OK
                                 : trouble_say(trouble, RESULT_BROKEN, "no memory for a seed");
}

uint64_t visit_judge_left_out(const struct visit_judge *judge, enum url_rule rule)
{
    return judge->left_out[rule];
}

static bool is_given_seed(const struct visit_judge *judge, int64_t key)
{
    for (size_t at = 0; at < judge->seeds.length; at += sizeof key)
        if (memcmp(judge->seeds.data + at, &key, sizeof key) == 0)
            return true;
    return false;
}

/* Parses a URL of the store.  OK; END: it is none. */
static enum result parse(struct url *url, struct text text, struct trouble *trouble)
{
    enum url_result parsed = url_parse(url, text, NULL, TEXT(""));
    return parsed == URL_OK ? RESULT_OK
           : parsed == URL_NO_MEMORY
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for a URL of the queue")
               : RESULT_END;
}

/* The link that is asked for as such a visit. */
static struct link link_of(const struct visit *visit, char hop)
{
    static const enum link_class classes[VISIT_KINDS] = {
        [VISIT_SITEMAP] = LINK_SITEMAP,     [VISIT_FEED] = LINK_FEED,
        [VISIT_PAGER] = LINK_PAGER,         [VISIT_ARCHIVE] = LINK_ARCHIVE,
        [VISIT_REQUISITE] = LINK_REQUISITE, [VISIT_PAGE] = LINK_PAGE,
        [VISIT_MEDIA] = LINK_MEDIA,         [VISIT_SPECULATIVE] = LINK_REQUISITE,
        [VISIT_SEED] = LINK_PAGE,           [VISIT_ROBOTS] = LINK_PAGE};
    struct link link = {.class = classes[visit->kind], .certainty = LINK_CERTAIN};
    /* what a feed embeds: see follow.c */
    if (visit->kind == VISIT_MEDIA && hop == 'E')
        link.class = LINK_REQUISITE;
    /* One on another host is only in the queue because its page had a reason for it. */
    if (visit->kind == VISIT_SPECULATIVE) {
        link.certainty = LINK_POSSIBLE;
        link.any_host = true;
    }
    return link;
}

/* A possible part that is relative to its page: whether parts of that name were not there before.
 */
static enum result judge_guess(struct visit_judge *judge, const struct visit *visit,
                               enum url_rule *rule, struct trouble *trouble)
{
    if (visit->kind != VISIT_SPECULATIVE || !visit->via.length ||
        judge->rules_off->has[URL_RULE_PART_NOT_THERE])
        return RESULT_OK;
    enum result result = parse(&judge->via, visit->via, trouble);
    if (result == RESULT_OK && part_guesses_missing(&judge->guesses, &judge->via, &judge->url))
        *rule = URL_RULE_PART_NOT_THERE;
    return result;
}

void visit_judge_note_part(struct visit_judge *judge, struct text via, struct text url, bool there)
{
    if (url_parse(&judge->via, via, NULL, TEXT("")) == URL_OK &&
        url_parse(&judge->url, url, NULL, TEXT("")) == URL_OK)
        part_guesses_note(&judge->guesses, &judge->via, &judge->url, there);
}

/* Goes back over redirects to the visit that a link led to.  Its texts are in judge->texts, except
 * when it is the visit itself. */
static enum result find_linked(struct visit_judge *judge, struct visit *visit,
                               struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (int i = 0; i < REDIRECTS_MOST && result == RESULT_OK; i++) {
        size_t hops = strlen(visit->hops);
        if (!hops || visit->hops[hops - 1] != 'R')
            return RESULT_OK;
        enum visit_kind kind = visit->kind;
        result =
            known_urls_find(judge->store->known, visit->via_key, visit, &judge->texts, trouble);
        visit->kind = kind; /* as what it was requested, at first */
    }
    return result;
}

/* Whether only a feed or sitemap names it, and no page of the crawl. */
static enum result is_only_listed(struct visit_judge *judge, const struct visit *visit,
                                  bool *listed, struct trouble *trouble)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(judge->store->recrawl, visit->via_key, &history, NULL, trouble);
    *listed = result == RESULT_OK && (history.kind == VISIT_FEED || history.kind == VISIT_SITEMAP);
    return result == RESULT_END ? RESULT_OK : result;
}

/* The scope's rule for the link to judge->url. */
static enum result judge_place(struct visit_judge *judge, const struct visit *visit,
                               enum url_rule *rule, struct trouble *trouble)
{
    char hops[VISIT_HOPS_MOST + 1];
    size_t length = strlen(visit->hops);
    memcpy(hops, visit->hops, length + 1);
    char hop = length ? hops[length - 1] : '\0';
    if (length)
        hops[length - 1] = '\0'; /* those of the page with the link */
    struct link link = link_of(visit, hop);
    bool listed = false;
    *rule = scope_refuses(judge->scope, &link, &judge->url, visit->depth, hops);
    if (*rule || (link.class != LINK_REQUISITE && link.class != LINK_MEDIA) ||
        scope_holds(judge->scope, &judge->url))
        return RESULT_OK;
    enum result result = is_only_listed(judge, visit, &listed, trouble);
    *rule = listed ? URL_RULE_OFF_SITE : URL_RULE_NONE;
    return result;
}

/* The rule for URLs that calls the link to judge->url a trap.  Nothing does that with what a
 * platform is known to have. */
static enum result judge_trap(struct visit_judge *judge, const struct visit *visit,
                              enum url_rule *rule, struct trouble *trouble)
{
    struct path_segments segments;
    if (text_ends(text_of(visit->hops), TEXT("I")) || !visit->via.length)
        return RESULT_OK;
    enum result result = parse(&judge->via, visit->via, trouble);
    if (result != RESULT_OK)
        return result;
    path_segments_split(&segments, url_path(&judge->url));
    struct trap_finding finding =
        traps_find(&judge->traps, &judge->via, &judge->url, &segments, date_year(clock_wall_ms()));
    *rule = finding.proof == PROOF_CERTAIN ? finding.rule : URL_RULE_NONE;
    if (*rule && judge->rules_off->has[*rule])
        *rule = URL_RULE_NONE;
    return RESULT_OK;
}

enum result visit_judge_rule(struct visit_judge *judge, const struct visit *visit,
                             enum url_rule *rule, struct trouble *trouble)
{
    struct visit linked = *visit;
    *rule = URL_RULE_NONE;
    if (visit->kind == VISIT_ROBOTS)
        return RESULT_OK;
    enum result result = parse(&judge->url, visit->url, trouble);
    bool excluded = result == RESULT_OK && scope_excludes(judge->scope, &judge->url);
    if (result == RESULT_OK)
        result = find_linked(judge, &linked, trouble);
    /* No visit is known to have led here: the URL itself is all that can be judged. */
    if (result == RESULT_END)
        linked = *visit;
    if (result == RESULT_OK || result == RESULT_END)
        result = parse(&judge->url, linked.url, trouble);
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    if (visit->kind == VISIT_SEED &&
        (is_given_seed(judge, visit->key) || is_given_seed(judge, linked.key)))
        return RESULT_OK;
    if (excluded || scope_excludes(judge->scope, &judge->url))
        *rule = URL_RULE_EXCLUDED;
    if (*rule || visit->kind == VISIT_SEED)
        return RESULT_OK;
    result = judge_place(judge, &linked, rule, trouble);
    if (result == RESULT_OK && !*rule)
        result = judge_trap(judge, &linked, rule, trouble);
    if (result == RESULT_OK && !*rule)
        result = judge_guess(judge, &linked, rule, trouble);
    return result == RESULT_END ? RESULT_OK : result;
}

enum result visit_judge_apply(struct visit_judge *judge, const struct visit *visit,
                              enum url_rule *rule, struct trouble *trouble)
{
    enum result result = visit_judge_rule(judge, visit, rule, trouble);
    return result == RESULT_OK && *rule ? visit_judge_leave_out(judge, visit, *rule, trouble)
                                        : result;
}

enum result visit_judge_leave_out(struct visit_judge *judge, const struct visit *visit,
                                  enum url_rule rule, struct trouble *trouble)
{
    const struct left_out_url left_out = {
        .key = visit->key, .rule = rule, .url = visit->url, .via_key = visit->via_key};
    judge->left_out[rule]++;
    enum result result =
        completeness_note_left_out(judge->store->completeness, &left_out, 1, trouble);
    if (result == RESULT_OK)
        result =
            known_urls_leave_out(judge->store->known, visit->key, url_rule_name(rule), trouble);
    struct visit left;
    if (result == RESULT_OK)
        result = known_urls_find(judge->store->known, visit->key, &left, &judge->texts, trouble);
    if (result == RESULT_END) /* it may be offered again */
        seen_keys_remove(judge->store->queue->seen, visit->key);
    return result == RESULT_END ? RESULT_OK : result;
}
