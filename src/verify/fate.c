/* In the crawl's own order: the response, then the scope and the rules, then robots.txt. */
#include <config.h>

#include "verify/fate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "capture/keeping.h"
#include "traps/login.h"
#include "verify/redirect_walk.h"
#include "web/robots.h"
#include "web/url_totals.h"

enum { ORIGINS_MOST = 4096 };

/* The robots.txt of one origin, from the archive. */
struct origin {
    char *name;
    struct robots *robots;
    bool failed; /* it could not be captured, so nothing else was requested */
};

struct fates {
    const struct crawl_claims *claims;
    struct cdxj_lookup *lookup;
    struct capture_reader *rules;
    struct hash_key hash_key;
    struct redirect_walk *walk;
    struct origin *origins;
    size_t origin_count;
    bool out_of_memory;
};

struct fates *fates_new(const struct crawl_claims *claims, struct cdxj_lookup *lookup,
                        struct capture_reader *rules, const struct hash_key *hash_key)
{
    struct fates *fates = calloc(1, sizeof *fates);
    if (!fates)
        return NULL;
    *fates =
        (struct fates){.claims = claims, .lookup = lookup, .rules = rules, .hash_key = *hash_key};
    fates->walk = redirect_walk_new(claims, lookup);
    if (fates->walk)
        return fates;
    free(fates);
    return NULL;
}

void fates_free(struct fates *fates)
{
    if (!fates)
        return;
    for (size_t i = 0; i < fates->origin_count; i++) {
        free(fates->origins[i].name);
        robots_free(fates->origins[i].robots);
    }
    free(fates->origins);
    redirect_walk_free(fates->walk);
    free(fates);
}

bool fates_ok(const struct fates *fates)
{
    return !fates->out_of_memory;
}

/* ---- robots.txt ---- */

static const struct origin *origin_of(struct fates *fates, const struct url *url)
{
    char address[512];
    struct cdxj_entry entry;
    struct text authority = url_authority(url);
    for (size_t i = 0; i < fates->origin_count; i++)
        if (text_equal(text_of(fates->origins[i].name), authority))
            return &fates->origins[i];
    if (fates->origin_count == ORIGINS_MOST)
        return NULL;
    struct origin origin = {.name = text_copy(authority)};
    snprintf(address, sizeof address, "http%s://%.*s/robots.txt", url->https ? "s" : "",
             TEXT_ARGS(authority));
    origin.failed = crawl_claims_failed(fates->claims, text_of(address), 0, NULL);
    struct stored_response response;
    if (cdxj_lookup_newest(fates->lookup, text_of(address), &entry) == RESULT_OK &&
        text_equal(entry.status, TEXT("200")) &&
        capture_reader_find_original(fates->rules, &entry) &&
        capture_reader_read_entry(fates->rules, &entry, &response))
        origin.robots = robots_read(response.body, TEXT("warccap"));
    struct origin *longer = realloc(fates->origins, (fates->origin_count + 1) * sizeof *longer);
    if (longer)
        fates->origins = longer;
    if (!longer || !origin.name) {
        fates->out_of_memory = true;
        free(origin.name);
        robots_free(origin.robots);
        return NULL;
    }
    fates->origins[fates->origin_count++] = origin;
    return &fates->origins[fates->origin_count - 1];
}

/* Whether robots.txt closed the URL to the crawl. */
static bool is_closed(const struct fates *fates, const struct origin *origin,
                      const struct link *link)
{
    enum crawl_robots robots = crawl_claims_robots(fates->claims);
    bool heeded =
        robots == ROBOTS_OBEY || (robots == ROBOTS_REQUISITES && link->class != LINK_REQUISITE);
    return heeded && origin && origin->robots &&
           !robots_allows(origin->robots, url_target(link->parsed), NULL);
}

static bool is_closed_url(struct fates *fates, struct text text)
{
    struct link link = {.class = LINK_PAGE};
    struct url url;
    url_init(&url);
    link.parsed = &url;
    bool closed = url_parse(&url, text, NULL, TEXT("")) == URL_OK &&
                  is_closed(fates, origin_of(fates, &url), &link);
    url_release(&url);
    return closed;
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
    bool failed = cdxj_entry_time(entry, &date_ms) &&
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

/* Judges a page or a list by the end of its redirects. */
static void follow_to_end(struct fates *fates, const struct cdxj_entry *entry,
                          const struct page_question *question, struct fate *fate)
{
    struct cdxj_entry last;
    struct text url;
    switch (redirect_walk_follow(fates->walk, entry->url, &last)) {
    case REDIRECT_TO_LOGIN:
        fate->state = question->wanted ? STATE_REFUSED : STATE_KEPT;
        break;
    case REDIRECT_IN_CIRCLE:
    case REDIRECT_BROKEN:
        fate->state = STATE_BROKEN;
        break;
    case REDIRECT_ENDS:
        fate->page = page_of(fates, last.key);
        if (fate->state == STATE_KEPT)
            fate->state = state_of_entry(fates, &last, question->kind, question->hops);
        break;
    default:
        url = redirect_walk_url(fates->walk);
        if (fate->state == STATE_KEPT && crawl_claims_failed(fates->claims, url, 0, NULL))
            fate->state = STATE_BROKEN;
        else if (fate->state == STATE_KEPT && is_closed_url(fates, url)) {
            fate->state = STATE_LEFT_OUT;
            fate->rule = URL_RULE_ROBOTS;
            fate->by = LEFT_OUT_BY_ROBOTS;
        }
    }
}

struct fate fate_of_entry(struct fates *fates, const struct cdxj_entry *entry,
                          const struct page_question *question)
{
    struct fate fate = {.state = state_of_entry(fates, entry, question->kind, question->hops)};
    int status = status_of(entry);
    bool redirect = status / 100 == 3 && status != 300 && url_state_matters(question->kind) &&
                    !question->hops[0];
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
    struct fate fate = {.state = STATE_WAITING, .is_counted = true};
    if (cdxj_lookup_last(fates->lookup, link->url, &entry) == RESULT_OK) {
        bool as_page = place->source == LISTED_BY_FEED || place->source == LISTED_BY_SITEMAP;
        const struct page_question question = {
            .kind = is_part(link) ? VISIT_REQUISITE : VISIT_PAGE,
            .hops = "",
            .wanted = link->class != LINK_PAGE ||
                      (place->source >= 0 && (as_page || !login_is_members_action(link->parsed)))};
        return fate_of_entry(fates, &entry, &question);
    }
    if (crawl_claims_failed(fates->claims, link->url, 0, &fate.state))
        return fate;
    const struct origin *origin = NULL;
    fate.rule = crawl_claims_rule(fates->claims, link);
    if (!fate.rule)
        origin = origin_of(fates, link->parsed);
    if (!fate.rule && is_closed(fates, origin, link))
        fate.rule = URL_RULE_ROBOTS;
    if (fate.rule) {
        fate.state = STATE_LEFT_OUT;
        fate.by = left_out_by(fate.rule);
        fate.outside = !url_rule_row(fate.rule)->is_gap ||
                       (fate.by != LEFT_OUT_BY_ROBOTS && !url_same_site(link->parsed, place->page));
    } else if (origin && origin->failed)
        fate.state = STATE_BROKEN;
    else
        fate.unexplained = true;
    return fate;
}

void fate_count(const struct fate *fate, struct state_counts *counts)
{
    if (fate->state == STATE_LEFT_OUT)
        state_counts_leave_out(counts, fate->by, 1);
    else
        state_counts_add(counts, fate->state, 1);
}
