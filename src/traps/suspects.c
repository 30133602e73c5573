/*
 * Suspects: URLs that a rule would call traps by a common word or a number ("diff", "print", the
 * path /2031/), on a site where nothing proves it. The first few are requested. If they show
 * nothing new, the others that are suspect for the same reason are left out. If they do, the others
 * are followed, too, and still watched.
 *
 * Suspects: counts, for each reason to suspect a URL, the requests that have shown nothing new
 * since the last one that did. New is what no page of the site has shown: words beside each other,
 * pictures, and links to other paths. What pages show is noted. Most sites never name a suspect: of
 * these, only the first pages are noted, and then one of eight.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "traps/page_marks.h"
#include "traps/shown_marks.h"
#include "traps/trap_rules.h"

enum {
    REASON_SLOTS = 1 << 12,
    HOST_SLOTS = 1 << 8,
    LEARNED_SLOTS = 1 << 8,
    RUNNING_MOST = 64,     /* suspects that are being requested */
    BARREN_ALLOWED = 3,    /* suspects in a row without news, before any has shown some */
    NEWS_FOR_ONE_MORE = 4, /* so many with news allow one more */
    MARKS_LOOKED_FOR = 3,  /* pages of a host on which programs are looked for */
    WORDS_OF_NEWS = 8,     /* a title and a date have fewer */
    SHORT_WORDS = 3,       /* enough on a page that shows little else */
    NOTED_AT_FIRST = 32,   /* pages of a host without suspects, and then ... */
    NOTED_ONE_IN = 8,      /* ... one of so many */
};

/* A reason to suspect URLs: a host, a rule, a word of it, and the beginning of the path. */
struct reason {
    uint64_t name; /* hash; 0: free */
    uint32_t barren, news;
    uint32_t running; /* of those that count as barren */
};

struct known_host {
    uint64_t name;
    unsigned programs; /* bits of enum trap_proof */
    unsigned looked_at;
    bool has_suspects;
    uint32_t pages; /* without suspects */
};

struct running_suspect {
    int64_t key; /* 0: free */
    uint64_t reason;
};

struct suspects_page {
    bool active; /* it is HTML */
    bool noted;  /* what it shows is noted */
    struct trap_finding finding;
    uint64_t reason; /* 0: it is not suspect */
    uint64_t host;
    uint64_t last_word;
    unsigned words, new_words, new_links;
};

struct suspects {
    struct hash_key key;
    struct traps traps;
    struct reason reasons[REASON_SLOTS];
    struct known_host hosts[HOST_SLOTS];
    struct running_suspect running[RUNNING_MOST];
    struct shown_marks shown;       /* each with its host */
    int64_t learned[LEARNED_SLOTS]; /* keys of links that have told their program */
    struct suspects_page page;
};

static void *suspects_new(void)
{
    struct suspects *suspects = calloc(1, sizeof *suspects);
    if (!suspects)
        return NULL;
    entropy_fill(&suspects->key, sizeof suspects->key);
    traps_init(&suspects->traps);
    return suspects;
}

/* ---- reasons ---- */

static struct known_host *host_of(struct suspects *suspects, struct text authority)
{
    uint64_t name = hash_text(&suspects->key, authority) | 1;
    struct known_host *host = &suspects->hosts[(name >> 1) % HOST_SLOTS];
    if (host->name != name)
        *host = (struct known_host){.name = name};
    return host;
}

static struct reason *reason_at(struct suspects *suspects, uint64_t name)
{
    struct reason *reason = &suspects->reasons[(name >> 1) % REASON_SLOTS];
    if (reason->name != name)
        *reason = (struct reason){.name = name};
    return reason;
}

static uint64_t reason_of(const struct suspects *suspects, const struct url *url,
                          const struct trap_finding *finding)
{
    bool choice = trap_is_choice(finding->rule);
    uint64_t name = hash_mix(hash_text(&suspects->key, url_authority(url)),
                             choice ? URL_RULE_URL_FACETS : finding->rule);
    name = hash_mix(name, hash_text(&suspects->key, choice ? TEXT("") : finding->word));
    return hash_mix(name, hash_text(&suspects->key, finding->place)) | 1;
}

static struct trap_finding judge_url(const struct suspects *suspects, const struct url *page,
                                     const struct url *url, int year)
{
    struct path_segments segments;
    path_segments_split(&segments, url_path(url));
    return traps_find(&suspects->traps, page, url, &segments, year);
}

static bool is_spent(const struct reason *reason)
{
    return reason->barren >= BARREN_ALLOWED + reason->news / NEWS_FOR_ONE_MORE;
}

/* ---- a page ---- */

/* Whether the site shows it for the first time. */
static bool is_first_shown(struct suspects *suspects, uint64_t what)
{
    return shown_marks_note(&suspects->shown, hash_mix(what, suspects->page.host));
}

/* Whether what the next page of the host shows is noted. */
static bool notes_next(struct known_host *host)
{
    if (host->has_suspects)
        return true;
    host->pages++;
    return host->pages <= NOTED_AT_FIRST || host->pages % NOTED_ONE_IN == 0;
}

/* The host of a suspect: from now on what its pages show is noted. */
static struct known_host *suspected_host(struct suspects *suspects, struct text authority)
{
    struct known_host *host = host_of(suspects, authority);
    host->has_suspects = true;
    suspects->page.noted =
        suspects->page.noted || (suspects->page.active && suspects->page.host == host->name);
    return host;
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct suspects *suspects = state;
    struct suspects_page *here = &suspects->page;
    *here = (struct suspects_page){.active = page->body == BODY_HTML};
    if (!here->active)
        return false;
    struct known_host *host = host_of(suspects, url_authority(page->url));
    here->host = host->name;
    here->noted = notes_next(host);
    if (host->looked_at < MARKS_LOOKED_FOR) {
        host->looked_at++;
        host->programs |= page_marks_read(page->html);
    }
    if (page->kind == VISIT_SEED)
        return true;
    here->finding = judge_url(suspects, page->via ? page->via : page->url, page->url, page->year);
    if (here->finding.rule) {
        here->reason = reason_of(suspects, page->url, &here->finding);
        suspected_host(suspects, url_authority(page->url));
    }
    return true;
}

/* A page that proves a trap by its marks tells whose pages these are. Most traps stand on each page
 * of a site: once is enough. */
static void learn_program(struct suspects *suspects, const struct trap_page *page,
                          const struct link *link, int64_t key)
{
    int64_t *learned = &suspects->learned[(uint64_t)key % LEARNED_SLOTS];
    if (*learned == key && host_of(suspects, url_authority(page->url))->programs)
        return;
    *learned = key;
    struct trap_finding finding = judge_url(suspects, page->url, link->parsed, page->year);
    unsigned programs = finding.proof & ~(unsigned)PROOF_ONLY_PAGES;
    if (programs && !(programs & (programs - 1)) &&
        text_equal(url_authority(link->parsed), url_authority(page->url)))
        host_of(suspects, url_authority(page->url))->programs |= programs;
}

/* The paths of pages and pictures. A query, and what is below the page's own path, may be made up
 * as it is asked for. */
static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct suspects *suspects = state;
    struct suspects_page *here = &suspects->page;
    struct text path = url_path(link->parsed);
    if (link->class == LINK_TRAP)
        learn_program(suspects, page, link, key);
    bool counts = link->class == LINK_PAGE || link->class == LINK_PAGER ||
                  link->class == LINK_ARCHIVE || link->class == LINK_REQUISITE ||
                  link->class == LINK_MEDIA;
    if (!here->noted || !counts || text_starts(path, url_path(page->url)))
        return;
    bool part = link->class == LINK_REQUISITE || link->class == LINK_MEDIA;
    if (!part && here->reason && judge_url(suspects, page->url, link->parsed, page->year).rule)
        return;
    here->new_links += is_first_shown(suspects, hash_quick(suspects->key.low, path));
}

/* Whether the link leads on in the list that the suspect page shows in another way. */
static bool leads_on(const struct suspects *suspects, const struct trap_page *page,
                     const struct link *link)
{
    return suspects->page.reason && link->class != LINK_REQUISITE &&
           text_equal(url_authority(link->parsed), url_authority(page->url)) &&
           text_starts(url_path(link->parsed), url_path(page->url)) &&
           url_query(link->parsed).length;
}

static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    struct suspects *suspects = state;
    struct trap_verdict verdict = {.rule = URL_RULE_NONE};
    /* A page needs its requisites, and what a sitemap names the site itself calls its own. */
    if (link->class == LINK_REQUISITE || link->class == LINK_TRAP || page->kind == VISIT_SITEMAP)
        return verdict;
    verdict.waits = leads_on(suspects, page, link);
    struct trap_finding finding = judge_url(suspects, page->url, link->parsed, page->year);
    if (!finding.rule || finding.proof == PROOF_CERTAIN)
        return verdict;
    bool proven =
        trap_is_proven(&finding, suspected_host(suspects, url_authority(link->parsed))->programs);
    const struct reason *reason = reason_at(suspects, reason_of(suspects, link->parsed, &finding));
    /* While others are being requested nobody knows: its turn will come. */
    if (proven || (is_spent(reason) && !reason->running)) {
        verdict.rule = finding.rule;
        verdict.suspected = !proven;
    }
    return verdict;
}

/* Pairs of words count, but not across tags: the same items in another order are no news. */
static bool wants_words(void *state, const struct trap_page *page)
{
    (void)page;
    return ((const struct suspects *)state)->page.noted;
}

static void see_word(void *state, const struct trap_word *word)
{
    struct suspects *suspects = state;
    struct suspects_page *here = &suspects->page;
    if (word->is_after_tag)
        here->last_word = 0;
    /* A page may repeat its own address. */
    if (word->has_digit || word->is_in_url)
        return;
    here->words++;
    here->new_words += is_first_shown(suspects, hash_pair(here->last_word, word->hash));
    here->last_word = word->hash;
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct suspects *suspects = state;
    struct suspects_page *here = &suspects->page;
    (void)page;
    if (!here->reason)
        return URL_RULE_NONE;
    bool news = here->new_links || here->new_words >= WORDS_OF_NEWS ||
                (here->new_words >= SHORT_WORDS && here->new_words * 2 >= here->words);
    if (!news)
        return here->finding.rule;
    struct reason *reason = reason_at(suspects, here->reason);
    reason->barren = reason->running > 1 ? reason->running - 1 : 0;
    reason->news++;
    return URL_RULE_NONE;
}

/* ---- a visit's turn ---- */

static struct running_suspect *running_place(struct suspects *suspects, int64_t key)
{
    for (size_t i = 0; i < RUNNING_MOST; i++)
        if (suspects->running[i].key == key)
            return &suspects->running[i];
    return NULL;
}

static struct trap_turn judge_turn(void *state, const struct trap_visit *visit)
{
    struct suspects *suspects = state;
    struct trap_finding finding =
        judge_url(suspects, visit->via ? visit->via : visit->url, visit->url, visit->year);
    if (!finding.rule || finding.proof == PROOF_CERTAIN)
        return (struct trap_turn){.rule = URL_RULE_NONE};
    if (trap_is_proven(&finding, suspected_host(suspects, url_authority(visit->url))->programs))
        return (struct trap_turn){.rule = finding.rule};
    uint64_t name = reason_of(suspects, visit->url, &finding);
    struct reason *reason = reason_at(suspects, name);
    if (is_spent(reason))
        return reason->running ? (struct trap_turn){.waits = true}
                               : (struct trap_turn){.rule = finding.rule, .suspected = true};
    struct running_suspect *place = running_place(suspects, 0);
    if (place) {
        *place = (struct running_suspect){visit->key, name};
        reason->running++;
    }
    reason->barren++; /* until it turns out to show something */
    return (struct trap_turn){.rule = URL_RULE_NONE};
}

static void end_turn(void *state, int64_t key)
{
    struct suspects *suspects = state;
    struct running_suspect *place = key ? running_place(suspects, key) : NULL;
    if (!place)
        return;
    struct reason *reason = reason_at(suspects, place->reason);
    reason->running -= reason->running > 0;
    place->key = 0;
}

const struct detector detector_suspects = {
    .name = "suspects",
    .new = suspects_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .wants_words = wants_words,
    .see_word = see_word,
    .end_page = end_page,
    .judge_turn = judge_turn,
    .end_turn = end_turn,
};
