/*
 * Judges every link, whether a server has just sent its page or it is read again from its record.
 * Is it new?  Is it in scope?  Does a trap detector refuse it?  If nothing does, it is offered to
 * the frontier, which checks robots.txt later.  When a detector can tell more at the end of the
 * page, the link waits until then.
 */
#include <config.h>

#include "crawl/follow_internal.h"

#include <stdlib.h>
#include <string.h>

#include "collection/provenance.h"
#include "frontier/frontier_referrer.h"
#include "frontier/frontier_spelling.h"
#include "series/date_archive.h"
#include "traps/login.h"
#include "traps/logout.h"

enum {
    HELD_MOST = 16 * 1024 * 1024,
};

enum result follow_new(struct follow **out, struct frontier *frontier, struct scope *scope,
                       struct recrawl *recrawl, const struct crawl_options *options,
                       struct trouble *trouble)
{
    struct follow *follow = calloc(1, sizeof *follow);
    *out = follow;
    if (!follow)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for links");
    follow->frontier = frontier;
    follow->scope = scope;
    follow->recrawl = recrawl;
    follow->rules_off = options->rules_off;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        follow->some_off = follow->some_off || follow->rules_off.has[rule];
    follow->robots.unheeded =
        options->frontier.robots == ROBOTS_OFF && options->scope.kind != SCOPE_PAGE;
    follow->limits.parts = options->limits.parts;
    follow->limits.redirects = options->limits.redirects;
    follow->reading.anchors = anchor_cache_new();
    traps_init(&follow->traps);
    bool ok = detector_states_init(&follow->detectors) && follow->reading.anchors;
    buf_init(&follow->scratch, 8 * URL_LONGEST);
    buf_init(&follow->held, HELD_MOST);
    buf_init(&follow->names, HELD_MOST);
    url_init(&follow->base);
    url_init(&follow->via);
    url_init(&follow->link);
    return ok ? RESULT_OK : trouble_say(trouble, RESULT_BROKEN, "no memory for links");
}

void follow_free(struct follow *follow)
{
    if (!follow)
        return;
    anchor_cache_free(follow->reading.anchors);
    detector_states_release(&follow->detectors);
    limit_ledger_release(&follow->limits.ledger);
    buf_release(&follow->scratch);
    buf_release(&follow->held);
    buf_release(&follow->names);
    url_release(&follow->base);
    url_release(&follow->via);
    url_release(&follow->link);
    free(follow);
}

/* ---- rules that say no ---- */

void follow_keep_session(struct follow *follow)
{
    follow->keeps_session = true;
}

bool follow_ends_session(struct follow *follow, const struct url *url)
{
    return follow->keeps_session && logout_is(url) && !follow_is_off(follow, URL_RULE_LOGOUT);
}

uint64_t follow_refused(const struct follow *follow, enum url_rule rule)
{
    return follow->limits.refused[rule] +
           (follow->judge ? visit_judge_left_out(follow->judge, rule) : 0);
}

struct limit_ledger *follow_limits(struct follow *follow)
{
    return &follow->limits.ledger;
}

void follow_use_reader(struct follow *follow, struct page_reader *reader)
{
    follow->reading.reader = reader;
}

void follow_use_judge(struct follow *follow, const struct visit_judge *judge)
{
    follow->judge = judge;
}

bool follow_is_off(struct follow *follow, enum url_rule rule)
{
    bool off = follow->rules_off.has[rule];
    follow->rules_met.has[rule] = follow->rules_met.has[rule] || off;
    return off;
}

bool follow_met_rule(const struct follow *follow, enum url_rule rule)
{
    return follow->rules_met.has[rule];
}

static void refuse(struct follow *follow, struct follow_page *page,
                   const struct left_out_url *left_out)
{
    follow->limits.refused[left_out->rule]++;
    follow_page_result(page, frontier_refuse(follow->frontier, left_out, page->trouble));
}

void follow_refuse(struct follow *follow, struct follow_page *page, enum url_rule rule,
                   struct text url, int64_t key)
{
    enum limit limit = limit_of_rule(rule);
    limit_note(&follow->limits.ledger, limit, url_resource(page->origin.url));
    if (limit && page->lines)
        provenance_write_not_followed(page->lines, rule, url);
    page->limit = limit ? limit : page->limit;
    refuse(follow, page, &(struct left_out_url){key, rule, url, page->origin.key, false});
}

/* Refuses a link, and says so in the archive: what later runs and completeness make of it depends
 * on that. */
static void refuse_on_record(struct follow *follow, struct follow_page *page, enum url_rule rule,
                             struct text url, int64_t key)
{
    if (page->lines && !limit_of_rule(rule))
        provenance_write_not_followed(page->lines, rule, url);
    follow_refuse(follow, page, rule, url, key);
}

/* Whether the user has turned off the rule that would leave the link out.  If so, the archive says
 * what the rule would have done: a later run may turn it on again. */
static bool is_off_on_record(struct follow *follow, struct follow_page *page, enum url_rule rule,
                             struct text url)
{
    bool off = follow_is_off(follow, rule);
    if (off && page->lines)
        provenance_write_rule_off(page->lines, rule, url);
    return off;
}

/* Whether completeness would miss the link: a list, or a page that a list names. */
static bool is_missed(const struct follow_page *page, const struct link *link)
{
    bool list = link->class == LINK_PAGER || link->class == LINK_ARCHIVE ||
                link->class == LINK_FEED || link->class == LINK_SITEMAP;
    return (list || (link->class == LINK_PAGE && page->source != NO_SOURCE)) &&
           link->certainty == LINK_CERTAIN && url_same_site(link->parsed, page->origin.url);
}

void follow_refuse_suspect(struct follow *follow, struct follow_page *page, const struct link *link,
                           enum url_rule rule, int64_t key)
{
    bool suspected =
        trap_may_be_missed(page->origin.url, link->parsed, link->class == LINK_PAGER, rule);
    if (suspected && is_missed(page, link))
        follow_note_listed(follow, page, link, key);
    if (page->lines)
        (suspected ? provenance_write_suspect : provenance_write_not_followed)(page->lines, rule,
                                                                               link->url);
    refuse(follow, page, &(struct left_out_url){key, rule, link->url, page->origin.key, suspected});
}

/* ---- what a link is ---- */

/* Hop letters are Heritrix's.  Pagination and date archive links are navigation (L) that costs no
 * depth. */
static struct follow_step step_of(const struct link *link, const struct follow_page *page)
{
    bool certain = link->certainty == LINK_CERTAIN;
    enum visit_kind from = page->origin.kind;
    struct follow_step step = {.kind = VISIT_PAGE,
                               .depth = scope_depth(link, page->origin.depth),
                               .hop = 'L'};
    switch (link->class) {
    case LINK_PAGER:
        step.kind = certain ? VISIT_PAGER : VISIT_PAGE;
        break;
    case LINK_ARCHIVE:
        step.kind = certain ? VISIT_ARCHIVE : VISIT_PAGE;
        break;
    case LINK_FEED:
        step.kind = VISIT_FEED;
        break;
    case LINK_SITEMAP:
        step.kind = VISIT_SITEMAP;
        step.hop = 'M';
        break;
    case LINK_REQUISITE:
        /* No page needs yet what a feed or sitemap names.  A page that needs it makes it more
         * urgent. */
        step.kind = !certain                                      ? VISIT_SPECULATIVE
                    : from == VISIT_FEED || from == VISIT_SITEMAP ? VISIT_MEDIA
                                                                  : VISIT_REQUISITE;
        step.hop = certain ? 'E' : 'X';
        break;
    case LINK_MEDIA:
        step.kind = VISIT_MEDIA;
        break;
    default:
        step.hop = from == VISIT_SITEMAP ? 'M' : 'L';
        break;
    }
    /* Only pagination within a date archive belongs to its period. */
    step.period = step.kind == VISIT_PAGER ? page->trap.period : 0;
    return step;
}

/* The key of the link's URL, kept with the anchor for the next page. */
static int64_t key_of(struct follow *follow, const struct link *link)
{
    if (link->note && *link->note)
        return (int64_t)*link->note;
    int64_t key = frontier_key(follow->frontier, link->parsed);
    if (link->note)
        *link->note = (uint64_t)key;
    return key;
}

/* ---- the ladder ---- */

/* The scope's rule that leaves the link out; URL_RULE_NONE: it is in scope. */
static enum url_rule scope_rule(const struct follow *follow, const struct follow_page *page,
                                const struct link *link, int depth)
{
    enum url_rule rule = scope_refuses(follow->scope, link, link->parsed, depth, page->origin.hops);
    /* Of hosts that only images come from, no sitemap is wanted. */
    if (!rule && link->class == LINK_SITEMAP && page->origin.kind == VISIT_ROBOTS &&
        !scope_holds(follow->scope, page->origin.url) && !scope_holds(follow->scope, link->parsed))
        rule = URL_RULE_OFF_SITE;
    bool listed = page->origin.kind == VISIT_FEED || page->origin.kind == VISIT_SITEMAP;
    /* No page needs an image on another site that only a feed or sitemap names. */
    if (!rule && listed && (link->class == LINK_REQUISITE || link->class == LINK_MEDIA) &&
        !scope_holds(follow->scope, link->parsed))
        rule = URL_RULE_OFF_SITE;
    return rule;
}

/* The verdict of the first detector that leaves the link out; URL_RULE_NONE: none does.  *waits
 * gets the bits of the detectors that can tell more at the end of the page. */
static struct trap_verdict judge_trap(struct follow *follow, struct follow_page *page,
                                      const struct link *link, uint32_t *waits)
{
    *waits = 0;
    for (int i = 0; detectors[i]; i++) {
        if (!detectors[i]->judge_link)
            continue;
        struct trap_verdict verdict =
            detectors[i]->judge_link(follow->detectors.list[i], &page->trap, link);
        if (verdict.rule && !is_off_on_record(follow, page, verdict.rule, link->url))
            return verdict;
        *waits |= verdict.waits ? UINT32_C(1) << i : 0;
    }
    return (struct trap_verdict){.rule = URL_RULE_NONE};
}

static bool is_part(enum visit_kind kind)
{
    return kind == VISIT_REQUISITE || kind == VISIT_SPECULATIVE || kind == VISIT_MEDIA;
}

static void offer(struct follow *follow, struct follow_page *page, const struct url *url,
                  const struct follow_step *step)
{
    struct offer offer = {.url = url,
                          .kind = step->kind,
                          .depth = step->depth,
                          .via_hops = page->origin.hops,
                          .hop = step->hop,
                          .via_key = page->origin.key,
                          .period = step->period};
    if (page->result != RESULT_OK)
        return;
    enum result result = frontier_offer(follow->frontier, &offer, NULL, page->trouble);
    if (result == RESULT_END)
        follow_refuse(follow, page, URL_RULE_TOO_MANY_HOSTS, url_resource(url),
                      frontier_key(follow->frontier, url));
    else
        follow_page_result(page, result);
}

/* A link that waits for the end of the page.  Its URL follows in the buffer. */
struct held {
    struct follow_step step;
    uint32_t waits; /* bits of the detectors that it waits for */
    bool known;     /* the frontier has it: only what rules that are off say is wanted */
    size_t length;
};

/* False when there is no room: then the link is offered at once. */
static bool hold(struct follow *follow, const struct link *link, const struct follow_step *step,
                 uint32_t waits, bool known)
{
    struct held held = {.step = *step, .waits = waits, .known = known, .length = link->url.length};
    if (follow->held.limit - follow->held.length < sizeof held + link->url.length)
        return false;
    buf_append(&follow->held, &held, sizeof held);
    buf_add_text(&follow->held, link->url);
    return true;
}

/* Whether the link's URL or text says that it ends the user's session. */
static bool leaves_session(struct follow *follow, struct follow_page *page, const struct link *link)
{
    bool leaves =
        follow->keeps_session && (link->suspect == URL_RULE_LOGOUT || logout_is(link->parsed));
    return leaves && !is_off_on_record(follow, page, URL_RULE_LOGOUT, link->url);
}

/* Judges a link that may be new. */
static void judge_and_offer(struct follow *follow, struct follow_page *page,
                            const struct link *link, int64_t key, const struct follow_step *step)
{
    uint32_t waits = 0;
    enum url_rule rule = scope_rule(follow, page, link, step->depth);
    bool gap = rule && url_rule_row(rule)->is_gap && url_same_site(link->parsed, page->origin.url);
    if (!rule && leaves_session(follow, page, link))
        rule = URL_RULE_LOGOUT;
    struct trap_verdict verdict = {.rule = URL_RULE_NONE};
    if (!rule)
        verdict = judge_trap(follow, page, link, &waits);
    rule = rule ? rule : verdict.rule;
    /* What scripts may load is counted apart, so that it cannot leave out what the page shows. */
    if (!rule && is_part(step->kind) && follow->limits.parts &&
        ++page->parts[link->certainty == LINK_CERTAIN] > follow->limits.parts)
        rule = URL_RULE_TOO_MANY_PARTS;
    /* A list that an option leaves out is told, too: nobody knows what it names. */
    if ((!rule && link->class == LINK_PAGE) || (gap && is_missed(page, link)))
        follow_note_listed(follow, page, link, key);
    if (verdict.suspected)
        follow_refuse_suspect(follow, page, link, rule, key);
    else if (rule)
        (verdict.rule || is_missed(page, link) ? refuse_on_record
                                               : follow_refuse)(follow, page, rule, link->url, key);
    else {
        if (link->referrer)
            follow_page_result(page, frontier_keep_referrer(follow->frontier, REFERRER_OF_LINK, key,
                                                            link->referrer, page->trouble));
        if (!waits || !hold(follow, link, step, waits, false))
            offer(follow, page, link->parsed, step);
    }
}

/* Notes what rules that are off would say of a link that the frontier has. Another page may have
 * named it for a good reason, or only because they are off. */
static void note_rules_off(struct follow *follow, struct follow_page *page, const struct link *link,
                           const struct follow_step *step)
{
    uint32_t waits;
    if (follow->some_off && page->lines && !judge_trap(follow, page, link, &waits).rule && waits &&
        !hold(follow, link, step, waits, true))
        return; /* no room: the link counts as one that no rule leaves out */
}

/* Of a URL that is known, other spellings are taken too: see frontier_spelling.h. */
static void offer_spelling(struct follow *follow, struct follow_page *page, const struct link *link,
                           int64_t key, const struct follow_step *step, bool is_known)
{
    const struct offer offer = {.url = link->parsed,
                                .kind = VISIT_SPECULATIVE,
                                .depth = step->depth,
                                .via_hops = page->origin.hops,
                                .hop = 'X',
                                .via_key = page->origin.key};
    if (page->result == RESULT_OK)
        page->result =
            frontier_offer_spelling(follow->frontier, &offer, key, is_known, page->trouble);
}

void follow_link(struct follow *follow, struct follow_page *page, const struct link *given)
{
    struct link link = *given;
    /* follow_redirect() has offered the target of a redirect.  With any other status than 300, the
     * field leads nowhere. */
    if (page->result != RESULT_OK || (text_starts(link.where, TEXT("Location")) && !page->choices))
        return;
    if (link.class == LINK_TRAP && is_off_on_record(follow, page, link.rule, link.url)) {
        link.class = LINK_PAGE;
        link.certainty = LINK_POSSIBLE;
    }
    page->names_pages =
        page->names_pages ||
        (link.class <= LINK_PAGE && !text_equal(link.url, url_resource(page->origin.url)) &&
         url_same_site(link.parsed, page->origin.url));
    int64_t key = key_of(follow, &link);
    frontier_fetch_known(follow->frontier, key);
    struct follow_step step = step_of(&link, page);
    if (page->lines)
        provenance_write_outlink(page->lines, &link, step.hop);
    detectors_see_link(&follow->detectors, &page->trap, &link, key);
    follow_note_link(follow, page, &link, key);
    /* What such a page links to was found on the page that is known. */
    if (page->is_spelling && link.class != LINK_REQUISITE)
        return;
    /* The widgets of a site name the same URLs on every page: most links end here. */
    bool is_known = frontier_surely_knows(follow->frontier, key, step.kind);
    if (link.certainty == LINK_CERTAIN && link.class != LINK_TRAP &&
        frontier_may_be_spelling(follow->frontier, link.parsed))
        offer_spelling(follow, page, &link, key, &step, is_known);
    if (!is_known)
        judge_and_offer(follow, page, &link, key, &step);
    else {
        if (link.class == LINK_PAGE)
            follow_note_listed(follow, page, &link, key);
        note_rules_off(follow, page, &link, &step);
    }
}

void follow_inferred(struct follow *follow, struct follow_page *page, const struct link *link,
                     int period)
{
    struct follow_step step = {.kind = link->class == LINK_SITEMAP   ? VISIT_SITEMAP
                                       : link->class == LINK_FEED    ? VISIT_FEED
                                       : link->class == LINK_ARCHIVE ? VISIT_ARCHIVE
                                                                     : VISIT_PAGE,
                               .depth = page->origin.depth,
                               .hop = 'I',
                               .period = period};
    enum url_rule rule =
        scope_refuses(follow->scope, link, link->parsed, step.depth, page->origin.hops);
    if (page->result != RESULT_OK)
        return;
    if (rule)
        follow_refuse(follow, page, rule, link->url, frontier_key(follow->frontier, link->parsed));
    else
        offer(follow, page, link->parsed, &step);
}

bool follow_excludes_redirect(const struct follow *follow, enum visit_kind kind)
{
    return kind != VISIT_SEED && kind != VISIT_ROBOTS &&
           scope_excludes(follow->scope, &follow->link);
}

enum result follow_offer_redirect(struct follow *follow, const struct follow_origin *origin,
                                  const struct url *target, struct text rules_of, bool *is_new,
                                  struct trouble *trouble)
{
    struct offer offer = {.url = target,
                          .kind = origin->kind,
                          .depth = origin->depth,
                          .via_hops = origin->hops,
                          .hop = 'R',
                          .via_key = origin->key,
                          .redirect_from = origin->key,
                          .rules_of = rules_of};
    enum result result = RESULT_OK;
    if (origin->kind == VISIT_SEED)
        result = scope_add_seed(follow->scope, target, false, trouble);
    if (result == RESULT_OK)
        result = frontier_offer(follow->frontier, &offer, is_new, trouble);
    if (result != RESULT_END)
        return result;
    follow->limits.refused[URL_RULE_TOO_MANY_HOSTS]++;
    limit_note(&follow->limits.ledger, LIMIT_HOSTS, url_resource(origin->url));
    const struct left_out_url left_out = {.key = frontier_key(follow->frontier, target),
                                          .rule = URL_RULE_TOO_MANY_HOSTS,
                                          .url = url_resource(target),
                                          .via_key = origin->key};
    return frontier_refuse(follow->frontier, &left_out, trouble);
}

bool follow_is_login(struct follow *follow, const struct url *from, int year)
{
    struct path_segments segments;
    path_segments_split(&segments, url_path(&follow->link));
    return login_is_target(&follow->link,
                           traps_find(&follow->traps, from, &follow->link, &segments, year).rule);
}

enum result follow_note_redirect(struct follow *follow, const struct follow_origin *origin,
                                 bool to_login, struct trouble *trouble)
{
    bool to_itself = text_equal(url_resource(&follow->link), url_resource(origin->url));
    return url_state_matters(origin->kind) || url_state_is_part(origin->kind)
               ? frontier_note_redirect(follow->frontier, origin->key, &follow->link, to_itself,
                                        to_login, trouble)
               : RESULT_OK;
}

/* ---- a page ---- */

void follow_begin_page(struct follow *follow, struct follow_page *page, int year)
{
    const struct follow_origin *origin = &page->origin;
    buf_clear(&follow->names);
    buf_clear(&follow->held);
    /* A page came in place of a list: there is no list. */
    page->source = page->trap.stand_in                                         ? NO_SOURCE
                   : origin->kind == VISIT_PAGER || origin->kind == VISIT_SEED ? LISTED_BY_PAGER
                   : origin->kind == VISIT_ARCHIVE                             ? LISTED_BY_ARCHIVE
                   : origin->kind == VISIT_FEED                                ? LISTED_BY_FEED
                   : origin->kind == VISIT_SITEMAP                             ? LISTED_BY_SITEMAP
                                                                               : NO_SOURCE;
    page->trap.year = year;
    page->trap.url = origin->url;
    page->trap.key = origin->key;
    page->trap.kind = origin->kind;
    page->trap.series_period = origin->period;
    page->trap.period =
        origin->kind == VISIT_ARCHIVE ? date_archive_period(origin->url, year) : origin->period;
    page->trap.archive_counts = &follow->archive_counts;
    detectors_begin_page(&follow->detectors, &page->trap);
}

/* Asks each detector for its rule at the end of the page, in the order of their table. */
static void end_detectors(struct follow *follow, const struct follow_page *page,
                          enum url_rule rules[DETECTORS_MOST])
{
    for (int i = 0; detectors[i]; i++)
        rules[i] = detectors[i]->end_page
                       ? detectors[i]->end_page(follow->detectors.list[i], &page->trap)
                       : URL_RULE_NONE;
}

/* The first rule that leaves out a link which has waited for the end of the page. */
static enum url_rule rule_of_held(struct follow *follow, struct follow_page *page, uint32_t waits,
                                  struct text url, const enum url_rule rules[DETECTORS_MOST])
{
    for (int i = 0; detectors[i]; i++)
        if (waits >> i & 1 && rules[i] && !is_off_on_record(follow, page, rules[i], url))
            return rules[i];
    return URL_RULE_NONE;
}

enum result follow_end_page(struct follow *follow, struct follow_page *page)
{
    enum url_rule rules[DETECTORS_MOST];
    struct held held;
    page->trap.names_old_posts = follow_names_old_posts(follow, page);
    follow_note_series_pages(follow, page);
    detectors_see_words(&follow->detectors, &page->trap);
    end_detectors(follow, page, rules);
    for (size_t at = 0; page->result == RESULT_OK && at < follow->held.length;
         at += sizeof held + held.length) {
        memcpy(&held, follow->held.data + at, sizeof held);
        struct text url = {follow->held.data + at + sizeof held, held.length};
        enum url_rule rule = rule_of_held(follow, page, held.waits, url, rules);
        if (held.known || url_parse(&follow->link, url, NULL, TEXT("")) != URL_OK)
            continue;
        if (rule)
            refuse_on_record(follow, page, rule, url,
                             frontier_key(follow->frontier, &follow->link));
        else
            offer(follow, page, &follow->link, &held.step);
        follow_spill(page);
    }
    return page->result;
}
