/*
 * What an archive says of its crawl.  URLs are kept as hashes of their SURT keys, in lists that are
 * sorted when all records are read.  Only seeds are kept as text, because the scope needs them.
 */
#include <config.h>

#include "verify/crawl_claims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "capture/keeping.h"
#include "frontier/recorded_options.h"
#include "frontier/scope.h"
#include "verify/asked_urls.h"
#include "verify/claim_list.h"
#include "verify/failed_claims.h"
#include "web/surt.h"

enum {
    HOPS_MOST = 19, /* letters of a path: only its end matters */
    KEY_BYTES = 1 << 20,
};

struct recorded_rule {
    uint64_t key;
    enum url_rule rule;
    bool suspected;
};

/* How the crawl came to a page. */
struct visit_path {
    uint64_t key;
    uint64_t via; /* key of the page that named it; 0: a seed */
    enum { ROOT_UNKNOWN, ROOT_LOOKED_FOR, ROOT_KEPT, ROOT_FORGOTTEN } root;
    int depth;
    char hops[HOPS_MOST + 1]; /* the last ones */
};

struct claimed_seed {
    uint64_t key;
    char *url;
};

/* Where a URL led.  Its key is not that of other claims: http and https differ. */
struct redirect_claim {
    uint64_t key;
    int64_t date_ms;
    char *target;
};

/* A robots.txt that is not a redirect. */
struct robots_claim {
    uint64_t key; /* hash of the host that it was asked for */
    int64_t date_ms;
    char *url;
    bool failed;
};

/* The newest options of the files in one directory. */
struct run_claim {
    char *directory;
    int64_t date_ms;
    struct recorded_options options;
};

struct crawl_claims {
    struct hash_key hash_key;
    struct failed_claims failed;
    struct claim_list left_out;             /* struct recorded_rule */
    struct claim_list lists;                /* struct list_page */
    struct claim_list paths;                /* struct visit_path */
    struct claim_list seeds;                /* struct claimed_seed */
    struct claim_list redirects;            /* struct redirect_claim */
    struct claim_list asked;                /* struct asked_claim */
    struct claim_list robots;               /* struct robots_claim */
    struct claim_list not_asked;            /* struct not_asked_claim */
    struct claim_list runs;                 /* struct run_claim */
    struct scope *scope;                    /* this and what follows: since crawl_claims_settle() */
    const struct recorded_options *options; /* NULL: none are recorded */
    const struct url *page;
    struct visit_path path; /* of that page */
    bool page_forgotten;    /* only forgotten seeds lead to it */
    bool out_of_memory;
};

/* ---- lists ---- */

/* The place of one more item; NULL without memory. */
static void *list_grow(struct crawl_claims *claims, struct claim_list *list, size_t item)
{
    void *place = claim_list_grow(list, item);
    claims->out_of_memory = claims->out_of_memory || !place;
    return place;
}

static int by_latest(const void *left, const void *right)
{
    const struct redirect_claim *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    return order ? order : (a->date_ms < b->date_ms) - (a->date_ms > b->date_ms);
}

static int by_robots_date(const void *left, const void *right)
{
    const struct robots_claim *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    return order ? order : (a->date_ms < b->date_ms) - (a->date_ms > b->date_ms);
}

static int by_last(const void *left, const void *right)
{
    const struct asked_claim *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    return order ? order : (a->date_ms < b->date_ms) - (a->date_ms > b->date_ms);
}

static int by_rule(const void *left, const void *right)
{
    const struct recorded_rule *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    return order ? order : (int)a->rule - (int)b->rule;
}

/* A seed first: a later record may call it a pager. */
static int by_source(const void *left, const void *right)
{
    const struct list_page *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    if (!order)
        order = (int)b->seed - (int)a->seed;
    return order ? order : (int)a->source - (int)b->source;
}

static int by_depth(const void *left, const void *right)
{
    const struct visit_path *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    return order ? order : (a->depth > b->depth) - (a->depth < b->depth);
}

static uint64_t key_of(const struct crawl_claims *claims, struct text url)
{
    struct buf key;
    buf_init(&key, KEY_BYTES);
    surt_write(url, &key);
    uint64_t hash = hash_text(&claims->hash_key, buf_text(&key));
    buf_release(&key);
    return hash;
}

/* ---- the object ---- */

struct crawl_claims *crawl_claims_new(const struct hash_key *hash_key)
{
    struct crawl_claims *claims = calloc(1, sizeof *claims);
    if (claims)
        claims->hash_key = *hash_key;
    return claims;
}

void crawl_claims_free(struct crawl_claims *claims)
{
    if (!claims)
        return;
    struct claimed_seed *seeds = claims->seeds.items;
    for (size_t i = 0; i < claims->seeds.count; i++)
        free(seeds[i].url);
    struct run_claim *runs = claims->runs.items;
    for (size_t i = 0; i < claims->runs.count; i++) {
        free(runs[i].directory);
        recorded_options_release(&runs[i].options);
    }
    struct redirect_claim *redirects = claims->redirects.items;
    for (size_t i = 0; i < claims->redirects.count; i++)
        free(redirects[i].target);
    free(redirects);
    struct robots_claim *robots = claims->robots.items;
    for (size_t i = 0; i < claims->robots.count; i++)
        free(robots[i].url);
    free(robots);
    free(claims->asked.items);
    free(claims->not_asked.items);
    failed_claims_release(&claims->failed);
    free(claims->left_out.items);
    free(claims->lists.items);
    free(claims->paths.items);
    free(claims->seeds.items);
    free(claims->runs.items);
    scope_free(claims->scope);
    free(claims);
}

bool crawl_claims_ok(const struct crawl_claims *claims)
{
    return !claims->out_of_memory && !claims->failed.no_memory;
}

/* ---- metadata records ---- */

static enum result add_seed(struct crawl_claims *claims, uint64_t key, struct text text)
{
    struct url url;
    url_init(&url);
    bool ok = url_parse(&url, text, NULL, TEXT("")) == URL_OK;
    url_release(&url);
    if (!ok)
        return RESULT_END;
    struct claimed_seed *seed = list_grow(claims, &claims->seeds, sizeof *seed);
    if (seed)
        *seed = (struct claimed_seed){.key = key, .url = text_copy(text)};
    if (seed && !seed->url)
        claims->out_of_memory = true;
    return RESULT_OK;
}

static void add_list(struct crawl_claims *claims, uint64_t key, enum visit_kind kind)
{
    enum list_source source = kind == VISIT_ARCHIVE   ? LISTED_BY_ARCHIVE
                              : kind == VISIT_FEED    ? LISTED_BY_FEED
                              : kind == VISIT_SITEMAP ? LISTED_BY_SITEMAP
                                                      : LISTED_BY_PAGER;
    if (source == LISTED_BY_PAGER && kind != VISIT_PAGER && kind != VISIT_SEED)
        return;
    struct list_page *page = list_grow(claims, &claims->lists, sizeof *page);
    if (page)
        *page = (struct list_page){.key = key, .source = source, .seed = kind == VISIT_SEED};
}

static void add_path(struct crawl_claims *claims, uint64_t key,
                     const struct provenance_record *record)
{
    struct visit_path *path = list_grow(claims, &claims->paths, sizeof *path);
    struct text hops = record->hops;
    if (hops.length > HOPS_MOST)
        hops = text_skip(hops, hops.length - HOPS_MOST);
    if (!path)
        return;
    *path = (struct visit_path){.key = key,
                                .via = record->via.length ? key_of(claims, record->via) : 0,
                                .depth = record->depth};
    if (hops.length)
        memcpy(path->hops, hops.at, hops.length);
}

static void add_redirect(struct crawl_claims *claims, struct text url, int64_t date_ms,
                         struct text target)
{
    struct redirect_claim *redirect = list_grow(claims, &claims->redirects, sizeof *redirect);
    if (!redirect)
        return;
    *redirect =
        (struct redirect_claim){hash_text(&claims->hash_key, url), date_ms, text_copy(target)};
    claims->out_of_memory = claims->out_of_memory || !redirect->target;
}

struct text crawl_claims_redirect(const struct crawl_claims *claims, struct text url)
{
    const struct redirect_claim *redirect =
        claims->redirects.count ? claim_list_find(&claims->redirects, sizeof *redirect,
                                                  hash_text(&claims->hash_key, url))
                                : NULL;
    return redirect ? text_of(redirect->target) : TEXT("");
}

static void add_robots(struct crawl_claims *claims, struct text text, int64_t date_ms,
                       const struct provenance_record *record)
{
    struct url url;
    url_init(&url);
    bool parsed = url_parse(&url, text, NULL, TEXT("")) == URL_OK;
    struct text host = record->rules_of.length || !parsed ? record->rules_of : url_authority(&url);
    struct robots_claim *place = parsed && !record->redirect.length
                                     ? list_grow(claims, &claims->robots, sizeof *place)
                                     : NULL;
    if (place)
        *place = (struct robots_claim){.key = hash_text(&claims->hash_key, host),
                                       .date_ms = date_ms,
                                       .url = text_copy(text),
                                       .failed = record->error.length > 0};
    claims->out_of_memory = claims->out_of_memory || (place && !place->url);
    url_release(&url);
}

struct rules_claim crawl_claims_rules(const struct crawl_claims *claims, struct text host)
{
    const struct robots_claim *newest =
        claim_list_find(&claims->robots, sizeof *newest, hash_text(&claims->hash_key, host));
    return newest ? (struct rules_claim){text_of(newest->url), newest->failed}
                  : (struct rules_claim){TEXT(""), false};
}

bool crawl_claims_have_seed_on(const struct crawl_claims *claims, struct text host, bool https)
{
    return claims->scope && scope_has_seed_on(claims->scope, host, https);
}

static void add_asked(struct crawl_claims *claims, struct text url, struct asked_claim asked)
{
    struct asked_claim *place = list_grow(claims, &claims->asked, sizeof *place);
    asked.key = hash_text(&claims->hash_key, url);
    asked.surt = key_of(claims, url);
    asked.seen = asked_urls_seen_hash(&claims->hash_key, url);
    if (place)
        *place = asked;
}

enum result crawl_claims_add(struct crawl_claims *claims, struct text url, int64_t date_ms,
                             const struct provenance_record *record)
{
    uint64_t key = key_of(claims, url);
    struct text lines = record->lines;
    struct provenance_line line;
    if (record->attempts) /* other programs do not say what they asked for it as */
        add_asked(claims, url,
                  (struct asked_claim){.date_ms = date_ms,
                                       .kind = record->kind,
                                       .guess = visit_hops_guessed(record->hops),
                                       .failed = record->error.length > 0});
    add_list(claims, key, record->kind);
    add_path(claims, key, record);
    if (record->kind == VISIT_ROBOTS)
        add_robots(claims, url, date_ms, record);
    if (record->error.length)
        failed_claims_add(&claims->failed, key, date_ms, keeping_of_error(record->error));
    if (keeping_is_stand_in(record->error) || keeping_is_undecided(record->error))
        failed_claims_add_stood_in(&claims->failed, key, date_ms);
    if (record->redirect.length)
        add_redirect(claims, url, date_ms, record->redirect);
    while (provenance_next(&lines, &line)) {
        bool rule = line.kind == PROVENANCE_NOT_FOLLOWED || line.kind == PROVENANCE_RULE_OFF;
        struct recorded_rule *place =
            rule ? list_grow(claims, &claims->left_out, sizeof *place) : NULL;
        if (place)
            *place = (struct recorded_rule){.key = key_of(claims, line.url),
                                            .rule = line.rule,
                                            .suspected = line.suspected};
    }
    return record->kind == VISIT_SEED ? add_seed(claims, key, url) : RESULT_OK;
}

void crawl_claims_add_failed(struct crawl_claims *claims, struct text url, int64_t date_ms)
{
    failed_claims_add(&claims->failed, key_of(claims, url), date_ms, STATE_BROKEN);
}

void crawl_claims_add_summed_up(struct crawl_claims *claims, struct text url, enum visit_kind kind,
                                int64_t dead_since_ms)
{
    crawl_claims_add_failed(claims, url, 0);
    add_asked(claims, url, (struct asked_claim){.kind = kind, .failed = true});
    if (dead_since_ms)
        failed_claims_add_dead(&claims->failed, key_of(claims, url), dead_since_ms);
}

void crawl_claims_add_not_asked(struct crawl_claims *claims, struct text url, enum url_rule rule)
{
    struct not_asked_claim *place = list_grow(claims, &claims->not_asked, sizeof *place);
    if (place)
        *place = (struct not_asked_claim){asked_urls_seen_hash(&claims->hash_key, url), rule};
}

const struct not_asked_claim *crawl_claims_next_not_asked(const struct crawl_claims *claims,
                                                          size_t *place)
{
    const struct not_asked_claim *all = claims->not_asked.items;
    return *place < claims->not_asked.count ? &all[(*place)++] : NULL;
}

/* ---- warcinfo records ---- */

static struct text directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (struct text){path, (size_t)(slash - path)} : TEXT(".");
}

static struct run_claim *run_of(const struct crawl_claims *claims, struct text directory)
{
    struct run_claim *runs = claims->runs.items;
    for (size_t i = 0; i < claims->runs.count; i++)
        if (text_equal(text_of(runs[i].directory), directory))
            return &runs[i];
    return NULL;
}

void crawl_claims_add_options(struct crawl_claims *claims, const char *path, int64_t date_ms,
                              struct text block, struct text *malformed)
{
    struct recorded_options options;
    struct text directory = directory_of(path);
    struct run_claim *run = run_of(claims, directory);
    enum result result = recorded_options_read(block, &options, malformed);
    if (result == RESULT_BROKEN)
        claims->out_of_memory = true;
    bool newer = result == RESULT_OK && (!run || run->date_ms <= date_ms);
    if (newer && !run) {
        run = list_grow(claims, &claims->runs, sizeof *run);
        if (run)
            *run = (struct run_claim){.directory = text_copy(directory)};
        if (run && !run->directory) {
            claims->out_of_memory = true;
            claims->runs.count--;
            run = NULL;
        }
    }
    if (!newer || !run) {
        recorded_options_release(&options);
        return;
    }
    recorded_options_release(&run->options);
    run->options = options;
    run->date_ms = date_ms;
}

/* ---- forgotten seeds ---- */

static bool is_forgotten_seed(const struct crawl_claims *claims, uint64_t key)
{
    for (int i = 0; claims->options && i < claims->options->forgotten_count; i++)
        if (key_of(claims, text_of(claims->options->forgotten[i])) == key)
            return true;
    return false;
}

/* The first record of a URL, of those in order. */
static struct visit_path *path_of(const struct crawl_claims *claims, uint64_t key)
{
    const struct visit_path *paths = claims->paths.items;
    const struct visit_path *found =
        claims->paths.count ? claim_list_find(&claims->paths, sizeof *found, key) : NULL;
    return found ? (struct visit_path *)claims->paths.items + (found - paths) : NULL;
}

/* Whether the way back from a record ends at a forgotten seed.  Each record on it is marked, so
 * that all of them together are gone through once. */
static void find_root(struct crawl_claims *claims, struct visit_path *from)
{
    struct visit_path *path = from;
    int root = ROOT_UNKNOWN;
    while (root == ROOT_UNKNOWN) {
        path->root = ROOT_LOOKED_FOR;
        struct visit_path *via = path->via ? path_of(claims, path->via) : NULL;
        if (!via)
            root = !path->via && is_forgotten_seed(claims, path->key) ? ROOT_FORGOTTEN : ROOT_KEPT;
        else if (via->root != ROOT_UNKNOWN)
            root = via->root == ROOT_FORGOTTEN ? ROOT_FORGOTTEN : ROOT_KEPT;
        else
            path = via;
    }
    for (path = from; path && path->root == ROOT_LOOKED_FOR;
         path = path->via ? path_of(claims, path->via) : NULL)
        path->root = root;
}

/* Whether a page was found only from seeds that the user has taken back: what it needs or names
 * need not be in the archive. */
static bool is_forgotten(const struct crawl_claims *claims, uint64_t key)
{
    const struct visit_path *all = claims->paths.items, *path = path_of(claims, key);
    bool any = path;
    for (; path && path < all + claims->paths.count && path->key == key; path++)
        if (path->root != ROOT_FORGOTTEN)
            return false;
    return any;
}

static void find_roots(struct crawl_claims *claims)
{
    struct visit_path *paths = claims->paths.items;
    for (size_t i = 0; i < claims->paths.count; i++)
        paths[i].root = ROOT_UNKNOWN;
    if (!claims->options || !claims->options->forgotten_count)
        return;
    for (size_t i = 0; i < claims->paths.count; i++)
        if (paths[i].root == ROOT_UNKNOWN)
            find_root(claims, &paths[i]);
}

bool crawl_claims_asked_forgotten(const struct crawl_claims *claims,
                                  const struct asked_claim *asked)
{
    return is_forgotten(claims, asked->surt);
}

/* ---- preparing questions ---- */

static enum result make_scope(struct crawl_claims *claims, struct trouble *trouble)
{
    struct scope_options options = {.kind = SCOPE_SITE, .level = -1};
    if (claims->options)
        options = claims->options->scope;
    enum result result = scope_new(&claims->scope, &options, trouble);
    if (result != RESULT_LOST)
        return result;
    struct trouble again;
    options.include_count = options.exclude_count = options.domain_count = 0;
    return scope_new(&claims->scope, &options, &again) == RESULT_OK ? RESULT_LOST : RESULT_BROKEN;
}

static void add_seeds(struct crawl_claims *claims)
{
    const struct claimed_seed *seeds = claims->seeds.items;
    struct trouble trouble;
    struct url url;
    url_init(&url);
    for (size_t i = 0; i < claims->seeds.count; i++) {
        bool again =
            i && seeds[i].key == seeds[i - 1].key && strcmp(seeds[i].url, seeds[i - 1].url) == 0;
        if (again || is_forgotten_seed(claims, seeds[i].key))
            continue;
        /* It was parsed before.  More seeds than a scope takes are not from one crawl. */
        if (url_parse(&url, text_of(seeds[i].url), NULL, TEXT("")) != URL_OK)
            claims->out_of_memory = true;
        else if (scope_add_seed(claims->scope, &url, true, &trouble) != RESULT_OK)
            break;
    }
    url_release(&url);
}

enum result crawl_claims_settle(struct crawl_claims *claims, const char *directory,
                                struct trouble *trouble)
{
    const struct run_claim *run = run_of(claims, text_of(directory));
    failed_claims_settle(&claims->failed);
    claim_list_sort(&claims->left_out, sizeof(struct recorded_rule), by_rule);
    claim_list_sort(&claims->lists, sizeof(struct list_page), by_source);
    claim_list_sort(&claims->paths, sizeof(struct visit_path), by_depth);
    claim_list_sort(&claims->seeds, sizeof(struct claimed_seed), claim_list_by_key);
    claim_list_sort(&claims->redirects, sizeof(struct redirect_claim), by_latest);
    claim_list_sort(&claims->robots, sizeof(struct robots_claim), by_robots_date);
    claim_list_sort(&claims->asked, sizeof(struct asked_claim), by_last);
    scope_free(claims->scope);
    claims->scope = NULL;
    claims->options = run ? &run->options : NULL;
    enum result result = make_scope(claims, trouble);
    find_roots(claims);
    if (claims->scope)
        add_seeds(claims);
    else
        claims->out_of_memory = true;
    return result;
}

bool crawl_claims_have_lists(const struct crawl_claims *claims)
{
    return claims->lists.count > 0;
}

const struct list_page *crawl_claims_list(const struct crawl_claims *claims, struct text url)
{
    return claims->lists.count
               ? claim_list_find(&claims->lists, sizeof(struct list_page), key_of(claims, url))
               : NULL;
}

bool crawl_claims_failed(const struct crawl_claims *claims, struct text url, int64_t since_ms,
                         enum url_state *state)
{
    return failed_claims_find(&claims->failed, key_of(claims, url), since_ms, state);
}

bool crawl_claims_stood_in(const struct crawl_claims *claims, struct text url, int64_t since_ms,
                           int64_t before_ms)
{
    return failed_claims_stood_in(&claims->failed, key_of(claims, url), since_ms, before_ms);
}

int64_t crawl_claims_dead_since(const struct crawl_claims *claims, struct text url)
{
    return failed_claims_dead_since(&claims->failed, key_of(claims, url));
}

/* ---- what was asked for ---- */

const struct asked_claim *crawl_claims_asked(const struct crawl_claims *claims, struct text url)
{
    return claims->asked.count ? claim_list_find(&claims->asked, sizeof(struct asked_claim),
                                                 hash_text(&claims->hash_key, url))
                               : NULL;
}

const struct asked_claim *crawl_claims_next_failed(const struct crawl_claims *claims, size_t *place)
{
    const struct asked_claim *all = claims->asked.items;
    while (*place < claims->asked.count) {
        const struct asked_claim *asked = &all[(*place)++];
        if (asked->failed && (asked == all || asked[-1].key != asked->key))
            return asked;
    }
    return NULL;
}

enum url_state crawl_claims_asked_state(const struct crawl_claims *claims,
                                        const struct asked_claim *asked)
{
    enum url_state state = STATE_BROKEN;
    failed_claims_find(&claims->failed, asked->surt, 0, &state);
    return state;
}

bool crawl_claims_asked_dead(const struct crawl_claims *claims, const struct asked_claim *asked)
{
    return failed_claims_dead_since(&claims->failed, asked->surt) > 0;
}

enum crawl_robots crawl_claims_robots(const struct crawl_claims *claims)
{
    return claims->options ? claims->options->robots : ROBOTS_OBEY;
}

/* ---- the links of a page ---- */

void crawl_claims_begin_page(struct crawl_claims *claims, const struct url *url)
{
    const struct visit_path *path =
        claims->paths.count
            ? claim_list_find(&claims->paths, sizeof *path, key_of(claims, url_resource(url)))
            : NULL;
    claims->page = url;
    claims->path = path ? *path : (struct visit_path){.depth = 0};
    claims->page_forgotten = is_forgotten(claims, claims->path.key);
}

bool crawl_claims_inferred(const struct crawl_claims *claims)
{
    return visit_hops_guessed(text_of(claims->path.hops));
}

bool crawl_claims_hold(const struct crawl_claims *claims, const struct url *url)
{
    return claims->seeds.count ? scope_holds(claims->scope, url) : url_same_site(url, claims->page);
}

/* Whether a rule that a metadata record names can still be why a URL is missing.  Options, and
 * the scope that follows from them, are those of the newest run: it has requested what earlier runs
 * left out by their options.  What else was left out is tried again only when its page changes. */
static bool still_holds(const struct crawl_claims *claims, enum url_rule rule)
{
    enum url_rule_kind kind = url_rule_row(rule)->kind;
    bool by_option =
        kind == URL_RULE_BY_OPTION || kind == URL_RULE_BY_SCOPE || kind == URL_RULE_BY_ROBOTS;
    return !claims->options || (!by_option && !claims->options->rules_off.has[rule]);
}

bool crawl_claims_exclude(const struct crawl_claims *claims, const struct url *url)
{
    return claims->scope && scope_excludes(claims->scope, url);
}

/* Uses the metadata records of all runs.  NULL: they name no rule that still holds. */
static const struct recorded_rule *find_recorded(const struct crawl_claims *claims, struct text url)
{
    const struct recorded_rule *rules = claims->left_out.items;
    if (!claims->left_out.count)
        return NULL;
    const struct recorded_rule *told =
        claim_list_find(&claims->left_out, sizeof *told, key_of(claims, url));
    for (const struct recorded_rule *one = told;
         one && one < rules + claims->left_out.count && one->key == told->key; one++)
        if (still_holds(claims, one->rule))
            return one;
    return NULL;
}

enum url_rule crawl_claims_recorded_rule(const struct crawl_claims *claims, struct text url)
{
    const struct recorded_rule *recorded = find_recorded(claims, url);
    return recorded ? recorded->rule : URL_RULE_NONE;
}

enum url_rule crawl_claims_rule(const struct crawl_claims *claims, const struct link *given,
                                bool *suspected)
{
    enum url_rule rule = URL_RULE_NONE;
    struct link link = *given;
    *suspected = false;
    /* as the crawl takes it: see follow.c */
    if (link.class == LINK_TRAP && claims->options && claims->options->rules_off.has[link.rule])
        link.class = LINK_PAGE;
    if (claims->page_forgotten)
        return URL_RULE_NO_SEED;
    /* What pages have shown to be a trap stays one, whatever options say of it later. */
    const struct recorded_rule *recorded = find_recorded(claims, link.url);
    if (recorded) {
        *suspected = recorded->suspected;
        return recorded->rule;
    }
    if (claims->seeds.count)
        rule = scope_refuses(claims->scope, &link, link.parsed,
                             scope_depth(&link, claims->path.depth), claims->path.hops);
    else if (link.class != LINK_REQUISITE && !crawl_claims_hold(claims, link.parsed))
        rule = URL_RULE_OFF_SITE;
    /* The crawl did not request it: it had seen that others of its kind show nothing new. */
    *suspected = !rule && link.suspect;
    return rule ? rule : link.suspect;
}
