/* Counts URLs: what waits or is closed is known from links alone, all else from the index. */
#include <config.h>

#include "verify/tally.h"

#include <stdio.h>

#include <stdlib.h>

#include "traps/login.h"
#include "verify/asked_urls.h"
#include "web/media_type.h"

enum tally_reason {
    MET_LINK,
    MET_ENTRY,
    MET_SEEN, /* by the seen key */
    LISTED,
    LISTED_AS_PAGE,
};

struct tally {
    struct tally_parts parts;
    struct asked_urls met;
};

struct tally *tally_new(const struct tally_parts *parts)
{
    struct tally *tally = calloc(1, sizeof *tally);
    if (tally)
        *tally = (struct tally){.parts = *parts, .met = {.key = *parts->hash_key}};
    return tally;
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    asked_urls_release(&tally->met);
    free(tally);
}

bool tally_ok(const struct tally *tally)
{
    return !tally->met.no_memory;
}

/* ---- links ---- */

void tally_listed(struct tally *tally, struct text url, bool as_page)
{
    asked_urls_note(&tally->met, LISTED, url);
    if (as_page)
        asked_urls_note(&tally->met, LISTED_AS_PAGE, url);
}

bool tally_is_new(struct tally *tally, const struct link *link)
{
    return !asked_urls_note(&tally->met, MET_LINK, link->url);
}

static enum visit_kind kind_of_link(const struct link *link)
{
    static const enum visit_kind kinds[LINK_CLASSES] = {
        [LINK_PAGER] = VISIT_PAGER, [LINK_ARCHIVE] = VISIT_ARCHIVE,
        [LINK_FEED] = VISIT_FEED,   [LINK_SITEMAP] = VISIT_SITEMAP,
        [LINK_PAGE] = VISIT_PAGE,   [LINK_REQUISITE] = VISIT_REQUISITE,
        [LINK_MEDIA] = VISIT_MEDIA, [LINK_TRAP] = VISIT_SPECULATIVE,
    };
    return kinds[link->class];
}

void tally_link(struct tally *tally, const struct link *link, const struct fate *fate)
{
    bool closed = fate->state == STATE_LEFT_OUT && fate->by == LEFT_OUT_BY_ROBOTS;
    bool gap = fate->state == STATE_WAITING || fate->state == STATE_BROKEN;
    if ((closed || gap) && !crawl_claims_asked(tally->parts.claims, link->url))
        url_totals_add(&tally->parts.completeness->totals, kind_of_link(link), fate->state, 1);
}

/* ---- what was asked for ---- */

/* `listed`: it is a page that some list names. */
static void count(struct tally *tally, enum visit_kind kind, const struct fate *fate, bool listed)
{
    struct completeness *completeness = tally->parts.completeness;
    enum url_group group;
    if (!url_group_of(kind, &group))
        return;
    if (fate->is_counted) {
        url_totals_add(&completeness->totals, kind, fate->state, 1);
        completeness->posts += kind == VISIT_PAGE && fate->state == STATE_KEPT;
    }
    /* As crawl/settle.h judges walls. */
    bool judged = listed || !fate->is_counted;
    if (fate->state == STATE_KEPT && kind != VISIT_SEED && judged)
        counted_pages_note(tally->parts.counted,
                           &(struct counted_url){&completeness->totals.of[group], fate->page, false,
                                                 !fate->is_counted});
}

/* Another program captured it, and said nothing of kinds. */
static enum visit_kind kind_of_entry(const struct cdxj_entry *entry, const struct url *url)
{
    return visit_kind_of_media(media_kind_of(entry->mime, url_path(url), TEXT("")));
}

/* Whether a login in its place is not good enough: see crawl/settle.h. */
static bool is_wanted(const struct tally *tally, enum visit_kind kind, const struct url *url,
                      uint64_t hash)
{
    return kind != VISIT_PAGE || asked_urls_has(&tally->met, LISTED_AS_PAGE, hash) ||
           (asked_urls_has(&tally->met, LISTED, hash) && !login_is_members_action(url));
}

/* Counts it as known dead, if it is. */
static bool count_dead(struct tally *tally, const struct asked_claim *asked, enum visit_kind kind)
{
    enum url_group group;
    if (!asked || !crawl_claims_asked_dead(tally->parts.claims, asked) ||
        !url_group_of(kind, &group))
        return false;
    tally->parts.completeness->totals.known_dead[group]++;
    return true;
}

/* Notes why the first seed that is not kept is not: told if nothing else is, either. */
static void say_seed(struct completeness *completeness, const struct cdxj_entry *entry,
                     enum url_state state)
{
    size_t size = sizeof completeness->why_nothing;
    if (!completeness->why_nothing[0] && state != STATE_KEPT && state != STATE_WAITING &&
        entry->url.length < size - 80)
        snprintf(completeness->why_nothing, size, "%.*s is %s (the site answered %.*s)",
                 TEXT_ARGS(entry->url), url_state_name(state), TEXT_ARGS(entry->status));
}

static void take_entry(struct tally *tally, const struct cdxj_entry *entry, const struct url *url)
{
    const struct asked_claim *asked = crawl_claims_asked(tally->parts.claims, entry->url);
    enum visit_kind kind = asked ? asked->kind : kind_of_entry(entry, url);
    uint64_t hash = hash_text(tally->parts.hash_key, entry->url);
    const struct page_question question = {.kind = kind,
                                           .hops = asked && asked->guess ? "I" : "",
                                           .wanted = is_wanted(tally, kind, url, hash)};
    if (asked && crawl_claims_asked_forgotten(tally->parts.claims, asked))
        return;
    asked_urls_note_hash(&tally->met, MET_SEEN,
                         asked ? asked->seen
                               : asked_urls_seen_hash(tally->parts.hash_key, entry->url));
    struct fate fate = fate_of_entry(tally->parts.fates, entry, &question);
    enum url_group group;
    /* what a redirect leads to stands in no link */
    if (fate.target.length && !asked_urls_note(&tally->met, MET_LINK, fate.target))
        url_totals_add(&tally->parts.completeness->totals, kind, fate.target_state, 1);
    if (fate.state == STATE_KEPT && fate.is_counted && url_group_of(kind, &group) &&
        group == GROUP_PAGES && !login_is_href(entry->url))
        tally->parts.completeness->nothing_kept = false;
    if (kind == VISIT_SEED)
        say_seed(tally->parts.completeness, entry, fate.state);
    if (fate.state == STATE_BROKEN && count_dead(tally, asked, kind))
        return;
    count(tally, kind, &fate, asked_urls_has(&tally->met, LISTED, hash));
}

static void take_line(struct tally *tally, struct text address)
{
    struct cdxj_entry last;
    struct url url;
    if (asked_urls_note(&tally->met, MET_ENTRY, address))
        return;
    url_init(&url);
    if (url_parse(&url, address, NULL, TEXT("")) == URL_OK &&
        cdxj_lookup_last(tally->parts.lookup, address, &last) == RESULT_OK)
        take_entry(tally, &last, &url);
    url_release(&url);
}

/* What has no line in the index: the site gave nothing that readers could show. */
static void take_failed(struct tally *tally)
{
    const struct crawl_claims *claims = tally->parts.claims;
    const struct asked_claim *asked;
    size_t place = 0;
    while ((asked = crawl_claims_next_failed(claims, &place))) {
        const struct fate fate = {.state = crawl_claims_asked_state(claims, asked),
                                  .is_counted = true};
        /* What does not answer by http is asked by https, and is one URL. */
        if (!crawl_claims_asked_forgotten(claims, asked) &&
            !asked_urls_note_hash(&tally->met, MET_SEEN, asked->seen) &&
            !count_dead(tally, asked, asked->kind))
            count(tally, asked->kind, &fate, false);
    }
}

/* Seeds of which nothing came. */
static void take_not_asked(struct tally *tally)
{
    const struct not_asked_claim *seed;
    size_t place = 0;
    while ((seed = crawl_claims_next_not_asked(tally->parts.claims, &place)))
        if (!asked_urls_note_hash(&tally->met, MET_SEEN, seed->seen))
            url_totals_add(&tally->parts.completeness->totals, VISIT_SEED,
                           seed->rule ? STATE_LEFT_OUT : STATE_WAITING, 1);
}

void tally_archive(struct tally *tally, struct cdxj_lookup *lines)
{
    struct cdxj_entry entry;
    struct text line;
    int64_t offset;
    for (enum result got = cdxj_lookup_first(lines, &entry, &line, &offset);
         got != RESULT_END && tally_ok(tally);
         got = cdxj_lookup_next(lines, &entry, &line, &offset))
        if (got == RESULT_OK)
            take_line(tally, entry.url);
    take_failed(tally);
    take_not_asked(tally);
}
