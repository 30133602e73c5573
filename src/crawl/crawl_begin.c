/* The start of a run: opens the collection and its store, recovers what a killed run left, and
 * offers the seeds. */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <string.h>

#include "base/clock.h"
#include "capture/keeping.h"
#include "collection/crawl_log.h"
#include "crawl/collection_seeds.h"
#include "crawl/options_change.h"
#include "crawl/recover.h"
#include "fetch/request_headers.h"
#include "frontier/frontier_spelling.h"
#include "series/date_archive.h"
#include "store/sqlite_store.h"

/* ---- what the archive knows and the store does not ---- */

static int64_t key_of(struct crawl *crawl, const struct url *url)
{
    struct buf *key = &crawl->begin.key;
    buf_clear(key);
    url_write_seen_key(url, key);
    return store_key(crawl->store, buf_text(key));
}

/* The key of an archived URL.  Usually its own.  Three kinds of URL have keys of their own: the
 * https form that an http URL was redirected to (see frontier_offer), the target of a redirected
 * robots.txt, and another spelling of a URL that was archived before. */
int64_t crawl_key_of_recovered(struct crawl *crawl, const struct recovered *recovered,
                               const struct url *url)
{
    const struct provenance_record *provenance = &recovered->provenance;
    if (provenance->rules_of.length) {
        char hops[VISIT_HOPS_MOST + 1];
        crawl_copy_hops(hops, provenance->hops);
        return frontier_rules_key(crawl->frontier, url, provenance->rules_of, hops);
    }
    int64_t key = key_of(crawl, url);
    struct url via;
    url_init(&via);
    if (text_ends(recovered->provenance.hops, TEXT("R")) &&
        url_parse(&via, recovered->provenance.via, NULL, TEXT("")) == URL_OK &&
        key_of(crawl, &via) == key) {
        buf_add(&crawl->begin.key, url->https ? " https" : " http");
        key = store_key(crawl->store, buf_text(&crawl->begin.key));
    } else if (provenance->kind == VISIT_SPECULATIVE)
        key = frontier_spelling_key(crawl->frontier, url, key);
    url_release(&via);
    return key;
}

/* Of an archived robots.txt: the host that was asked for its rules.  Empty: it is none. */
static struct text rules_of(const struct provenance_record *provenance, const struct url *url)
{
    return provenance->kind != VISIT_ROBOTS ? TEXT("")
           : provenance->rules_of.length    ? provenance->rules_of
                                            : url_authority(url);
}

/* Of a URL whose key was just made. */
static enum result number_host(struct crawl *crawl, const struct url *url, int64_t *host,
                               struct trouble *trouble)
{
    return buf_is_out_of_memory(&crawl->begin.key)
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for the key of a URL")
               : hosts_number(crawl->store->hosts, url_authority(url), host, trouble);
}

/* Adds a seed to the scope.  `given`: by the user, in this run or an earlier one.  What a redirect
 * led to is no reason to connect to a private address. */
static enum result add_seed(struct crawl *crawl, const struct url *url, bool given,
                            struct trouble *trouble)
{
    enum result result = scope_add_seed(crawl->scope, url, given, trouble);
    return result == RESULT_OK && given && crawl->fetch
               ? fetch_pass_seed(crawl->fetch, url, trouble)
               : result;
}

void crawl_copy_hops(char out[VISIT_HOPS_MOST + 1], struct text hops)
{
    if (hops.length > VISIT_HOPS_MOST)
        hops = text_skip(hops, hops.length - VISIT_HOPS_MOST);
    if (hops.length)
        memcpy(out, hops.at, hops.length);
    out[hops.length] = '\0';
}

/* A seed of the archive.  Links that were refused before may belong to its site. */
static enum result learn_seed(struct crawl *crawl, const struct url *url, bool given,
                              struct trouble *trouble)
{
    static const enum url_rule rules[] = {URL_RULE_OFF_SITE, URL_RULE_ABOVE_SEED,
                                          URL_RULE_NOT_THE_SEED, URL_RULE_NO_SEED};
    bool new_site = !scope_has_seed(crawl->scope, url);
    for (size_t i = 0; new_site && i < sizeof rules / sizeof *rules; i++)
        crawl->begin.late_seed =
            crawl->begin.late_seed || follow_refused(crawl->follow, rules[i]) > 0;
    return add_seed(crawl, url, given, trouble);
}

/* As note_keeping() judged it when it came. */
static enum url_state state_of_recovered(const struct recovered *recovered, const char *hops,
                                         char reason[KEEPING_REASON_SIZE])
{
    const struct provenance_record *provenance = &recovered->provenance;
    const struct keeping_facts facts = {.kind = provenance->kind,
                                        .hops = hops,
                                        .status = recovered->status,
                                        /* other programs do not say where it led */
                                        .leads_on = provenance->redirect.length > 0 ||
                                                    recovered->is_foreign,
                                        .error = provenance->body_error};
    enum url_state state = keeping_of(&facts, reason);
    if (!provenance->error.length)
        return state;
    enum url_state by_error = keeping_of_error(provenance->error);
    if (by_error == STATE_WAITING)
        return STATE_WAITING;
    snprintf(reason, KEEPING_REASON_SIZE, "%.*s", TEXT_ARGS(provenance->error));
    return state == STATE_REFUSED ? STATE_REFUSED : by_error;
}

/* The options of a run, from a warcinfo record: those of the newest count. */
static enum result learn_options(struct crawl *crawl, struct text warcinfo, struct trouble *trouble)
{
    struct recorded_options options;
    struct text malformed;
    enum result result = recorded_options_read(warcinfo, &options, &malformed);
    if (result != RESULT_OK) {
        recorded_options_release(&options);
        return result == RESULT_BROKEN
                   ? trouble_say(trouble, RESULT_BROKEN, "no memory for the options of a run")
                   : RESULT_OK;
    }
    recorded_options_release(&crawl->begin.last);
    crawl->begin.last = options;
    return RESULT_OK;
}

/* The host of a visit, and the page that led to it, as the archive tells.  That page's links may
 * have been out of scope when it was learned, before the seed that it hangs on. */
static enum result place_visit(struct crawl *crawl, const struct url *url, struct text via,
                               struct visit *visit, struct trouble *trouble)
{
    struct url from;
    url_init(&from);
    bool led = visit->hops[0] && via.length;
    enum url_result parsed = led ? url_parse(&from, via, NULL, TEXT("")) : URL_OK;
    if (led && parsed == URL_OK)
        visit->via_key = frontier_key(crawl->frontier, &from);
    if (visit->via_key == visit->key)
        visit->via_key = 0; /* from http to https */
    url_release(&from);
    return parsed == URL_NO_MEMORY
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for what the archive holds")
               : number_host(crawl, url, &visit->host, trouble);
}

/* What the archive has of a URL.  What stood in a page's place is no such thing. */
/* Counts how often the URL was asked for again, and had changed, by the records so far. */
static enum result count_checks(struct crawl *crawl, int64_t key, enum change change,
                                struct held_capture *held)
{
    struct held_capture before;
    struct buf original;
    buf_init(&original, 2 * URL_LONGEST);
    enum result result =
        recrawl_state_held(crawl->store->recrawl, key, &before, &original, &crawl->trouble);
    held->checks = held->changes = 0;
    if (result == RESULT_OK) {
        held->checks = before.checks + 1;
        held->changes = before.changes +
                        (change != CHANGE_REFRESHED && strcmp(held->digest, before.digest) != 0);
    }
    buf_release(&original);
    return result == RESULT_END ? RESULT_OK : result;
}

static enum result learn_held(struct crawl *crawl, int64_t key, const struct recovered *recovered,
                              struct trouble *trouble)
{
    struct text error = recovered->provenance.error;
    bool undecided = keeping_is_undecided(error);
    /* an earlier response turned out to be in doubt */
    bool stand_in = keeping_is_stand_in(error) || (undecided && !recovered->held);
    struct held_capture held = {.status = 0};
    enum result result = RESULT_OK;
    if (!stand_in && (!recovered->held || undecided))
        return RESULT_OK;
    if (!stand_in) {
        held = *recovered->held;
        result = count_checks(crawl, key, recovered->provenance.change, &held);
    }
    const struct held_entry entry = {key, stand_in ? NULL : &held};
    return result == RESULT_OK ? recrawl_state_keep_held(crawl->store->recrawl, &entry, 1, trouble)
                               : result;
}

/* Whether a response is a redirect that was followed. */
static bool leads_on(const struct provenance_record *provenance)
{
    struct text lines = provenance->lines;
    struct provenance_line line;
    bool leads = provenance->redirect.length > 0;
    while (leads && provenance_next(&lines, &line))
        leads = line.kind != PROVENANCE_NOT_FOLLOWED || !text_equal(line.url, provenance->redirect);
    return leads;
}

/* What a robots.txt says, for the host that was asked for it.  Where it was redirected on, its
 * rules are yet to come. */
static enum result learn_rules(struct crawl *crawl, const struct url *url,
                               const struct recovered *recovered, struct visit *visit,
                               struct trouble *trouble)
{
    const struct provenance_record *provenance = &recovered->provenance;
    const struct host_robots robots = {recovered->status, clock_wall_ms(), recovered->robots};
    if (provenance->kind != VISIT_ROBOTS)
        return RESULT_OK;
    enum result result =
        hosts_number(crawl->store->hosts, rules_of(provenance, url), &visit->robots_for, trouble);
    bool says = !provenance->error.length && !leads_on(provenance);
    return result == RESULT_OK && says
               ? hosts_keep_robots(crawl->store->hosts, visit->robots_for, &robots, trouble)
               : result;
}

static enum result learn_url(struct crawl *crawl, const struct recovered *recovered,
                             struct trouble *trouble)
{
    const struct provenance_record *provenance = &recovered->provenance;
    struct url url;
    enum result result = RESULT_OK;
    crawl->begin.recovered = true;
    url_init(&url);
    enum url_result parsed = url_parse(&url, recovered->url, NULL, TEXT(""));
    if (parsed == URL_NO_MEMORY)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for what the archive holds");
    if (parsed == URL_OK) {
        struct visit visit = {.kind = provenance->kind,
                              .depth = provenance->depth,
                              .period = provenance->period,
                              .url = url_resource(&url)};
        char reason[KEEPING_REASON_SIZE];
        crawl_copy_hops(visit.hops, provenance->hops);
        enum url_state state = state_of_recovered(recovered, visit.hops, reason);
        visit.key = crawl_key_of_recovered(crawl, recovered, &url);
        result = place_visit(crawl, &url, provenance->via, &visit, trouble);
        if (result == RESULT_OK)
            result = learn_rules(crawl, &url, recovered, &visit, trouble);
        if (result == RESULT_OK)
            result = queue_offer(crawl->store->queue, &visit, 1, NULL, trouble);
        struct outcome outcome = {.key = visit.key,
                                  .state = state,
                                  .status = recovered->status,
                                  .attempts = 1,
                                  .reason = reason[0] ? reason : NULL};
        if (result == RESULT_OK)
            result = queue_finish(crawl->store->queue, &outcome, 1, trouble);
        const struct untold_change change = {crawl->begin.round_was_open ? provenance->change
                                                                         : CHANGE_NONE,
                                             provenance->kind, recovered->url,
                                             provenance->redirect};
        if (result == RESULT_OK && change.change != CHANGE_NONE)
            result = progress_note_change(crawl->store->progress, &change, trouble);
        if (result == RESULT_OK)
            result = learn_held(crawl, visit.key, recovered, trouble);
        if (result == RESULT_OK && provenance->kind == VISIT_SEED)
            result = learn_seed(crawl, &url, !provenance->hops.length && !provenance->via.length,
                                trouble);
        struct follow_origin origin = {.url = &url,
                                       .key = visit.key,
                                       .depth = visit.depth,
                                       .hops = visit.hops,
                                       .kind = visit.kind,
                                       .period = visit.period,
                                       .rules_of = rules_of(provenance, &url)};
        if (result == RESULT_OK && (!recovered->is_foreign || scope_holds(crawl->scope, &url)))
            result = follow_recovered(crawl->follow, &origin, provenance, trouble);
        if (result == RESULT_OK)
            result = frontier_flush(crawl->frontier, trouble);
    }
    url_release(&url);
    return result;
}

/* Whether a URL is a seed of this run. */
static enum result is_given_seed(struct crawl *crawl, const struct url *url, bool *is,
                                 struct trouble *trouble)
{
    struct url seed;
    enum url_result parsed = URL_OK;
    url_init(&seed);
    *is = false;
    for (int i = 0; !*is && parsed != URL_NO_MEMORY && i < crawl->options->seed_count; i++) {
        parsed = url_parse(&seed, text_of(crawl->options->seeds[i]), NULL, TEXT(""));
        *is = parsed == URL_OK &&
              frontier_key(crawl->frontier, &seed) == frontier_key(crawl->frontier, url);
    }
    url_release(&seed);
    return parsed == URL_NO_MEMORY ? trouble_say(trouble, RESULT_BROKEN, "no memory for a seed")
                                   : RESULT_OK;
}

/* What another program captured.  A seed is asked for in each round, so its held capture is only
 * compared. Nothing is asked for because pages of other sites link to it. */
static enum result learn_foreign(struct crawl *crawl, const struct recovered *recovered,
                                 struct trouble *trouble)
{
    struct url url;
    bool is_seed = false;
    url_init(&url);
    enum url_result parsed = url_parse(&url, recovered->url, NULL, TEXT(""));
    enum result result = parsed == URL_NO_MEMORY
                             ? trouble_say(trouble, RESULT_BROKEN, "no memory for the archive")
                             : RESULT_OK;
    if (parsed == URL_OK)
        result = is_given_seed(crawl, &url, &is_seed, trouble);
    const struct held_entry held = {is_seed ? frontier_key(crawl->frontier, &url) : 0,
                                    recovered->held};
    url_release(&url);
    if (result != RESULT_OK || !is_seed)
        return result == RESULT_OK ? learn_url(crawl, recovered, trouble) : result;
    crawl->begin.recovered = true;
    return recovered->held ? recrawl_state_keep_held(crawl->store->recrawl, &held, 1, trouble)
                           : RESULT_OK;
}

static enum result learn(void *context, const struct recovered *recovered, struct trouble *trouble)
{
    struct crawl *crawl = context;
    if (recovered->is_foreign)
        return learn_foreign(crawl, recovered, trouble);
    crawl->begin.recovered_own = true;
    return recovered->warcinfo.length ? learn_options(crawl, recovered->warcinfo, trouble)
                                      : learn_url(crawl, recovered, trouble);
}

/* Takes what a killed run had found, but not reported. */
static void take_unreported(void *context, const struct untold_change *change)
{
    struct crawl *crawl = context;
    changes_note(&crawl->summary.changes, (enum change)change->change, change->kind, change->url,
                 change->target);
}

static void say_repaired(void *context, bool is_damage, const char *words)
{
    struct crawl *crawl = context;
    summary_mended(&crawl->summary, words);
    crawl->observer.mended(crawl->observer.context, is_damage ? MENDING_DAMAGE : MENDING_EXPECTED,
                           words);
}

/* ---- beginning ---- */

static void add_known_seed(void *context, const struct listed_visit *seed)
{
    struct crawl *crawl = context;
    struct url url;
    url_init(&url);
    enum url_result parsed = url_parse(&url, seed->url, NULL, TEXT(""));
    if (parsed == URL_NO_MEMORY)
        crawl->result = trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
    if (parsed == URL_OK && crawl->result == RESULT_OK)
        crawl->result = add_seed(crawl, &url, seed->given, &crawl->trouble);
    url_release(&url);
}

/* Removes user information from the seeds before it can be shown anywhere.  Only the fetcher gets
 * it. */
static enum result take_users(struct crawl *crawl)
{
    bool fine = true;
    struct url url;
    struct buf user;
    url_init(&url);
    buf_init(&user, URL_LONGEST);
    for (int i = 0; i < crawl->options->seed_count; i++) {
        char *seed = crawl->options->seeds[i];
        buf_clear(&user);
        enum url_result parsed = url_parse(&url, text_of(seed), NULL, TEXT(""));
        fine = fine && parsed != URL_NO_MEMORY;
        if (parsed != URL_OK || !url_take_user(&url, &user))
            continue;
        fine = fine && buf_ok(&user);
        buf_printf(&crawl->begin.users, "%s://%.*s %.*s\n", url.https ? "https" : "http",
                   TEXT_ARGS(url_authority(&url)), TEXT_ARGS(buf_text(&user)));
        char *begin = strchr(seed, ':') + 1;
        begin += strspn(begin, "/\\");
        size_t length = strcspn(begin, "/\\?#");
        const char *at = NULL;
        for (size_t j = 0; j < length; j++)
            at = begin[j] == '@' ? begin + j : at;
        if (at)
            memmove(begin, at + 1, strlen(at + 1) + 1);
    }
    buf_release(&user);
    url_release(&url);
    return fine && buf_ok(&crawl->begin.users)
               ? RESULT_OK
               : trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
}

/* Adds the seeds of this run to the scope. */
static enum result add_given_seeds(struct crawl *crawl)
{
    struct url url;
    enum result result = RESULT_OK;
    url_init(&url);
    for (int i = 0; result == RESULT_OK && i < crawl->options->seed_count; i++) {
        const char *seed = crawl->options->seeds[i];
        enum url_result parsed = url_parse(&url, text_of(seed), NULL, TEXT(""));
        result = parsed == URL_OK ? add_seed(crawl, &url, true, &crawl->trouble)
                 : parsed == URL_NO_MEMORY
                     ? trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed")
                     : trouble_say(&crawl->trouble, RESULT_LOST,
                                   "\"%s\" is not an http or https URL", seed);
        if (result == RESULT_OK && crawl->fetch)
            result = fetch_trust_seed(crawl->fetch, &url, &crawl->trouble);
    }
    url_release(&url);
    return result;
}

enum result crawl_add_known_seeds(struct crawl *crawl)
{
    enum result result = known_urls_each(crawl->store->known, LISTING_SEEDS, INT_MAX,
                                         add_known_seed, crawl, &crawl->trouble);
    if (result == RESULT_OK)
        result = crawl->result;
    return result == RESULT_OK ? add_given_seeds(crawl) : result;
}

static enum result offer_seeds(struct crawl *crawl)
{
    struct url url;
    enum result result = add_given_seeds(crawl);
    url_init(&url);
    for (int i = 0; result == RESULT_OK && i < crawl->options->seed_count; i++) {
        struct offer offer = {.url = &url, .kind = VISIT_SEED};
        result = url_parse(&url, text_of(crawl->options->seeds[i]), NULL, TEXT("")) == URL_OK
                     ? frontier_offer(crawl->frontier, &offer, NULL, &crawl->trouble)
                     : trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
    }
    if (result == RESULT_OK)
        result = frontier_flush(crawl->frontier, &crawl->trouble);
    url_release(&url);
    return result;
}

void crawl_title(const struct crawl *crawl, char *out, size_t size)
{
    snprintf(out, size, "%s",
             crawl->options->seed_count ? crawl->options->seeds[0] : crawl->options->directory);
}

/* What the archive can tell again is no reason to stop, not even a damaged store. */
static enum result put_aside(struct crawl *crawl, const char *database, struct trouble *trouble)
{
    char words[2 * PATH_MAX + 100];
    enum result result = collection_put_aside(database, words, sizeof words, trouble);
    if (result == RESULT_OK)
        say_repaired(crawl, true, words);
    return result;
}

/* We hold the collection's lock, so nobody else can still hold leases. */
static enum result open_store(struct crawl *crawl, struct trouble *trouble)
{
    const char *path = crawl->collection->store;
    int64_t owner = store_new_owner();
    enum result result = sqlite_store_open(&crawl->store, path, owner, trouble);
    if (result == RESULT_LOST) {
        result = put_aside(crawl, path, trouble);
        if (result == RESULT_OK)
            result = sqlite_store_open(&crawl->store, path, owner, trouble);
    }
    if (result == RESULT_OK)
        result = queue_take_back(crawl->store->queue, QUEUE_OTHERS, trouble);
    return result;
}

static enum result open_originals(struct crawl *crawl, struct trouble *trouble)
{
    enum result result = dedup_open(&crawl->files.dedup, crawl->collection->payloads, trouble);
    if (result != RESULT_LOST)
        return result;
    result = put_aside(crawl, crawl->collection->payloads, trouble);
    return result == RESULT_OK
               ? dedup_open(&crawl->files.dedup, crawl->collection->payloads, trouble)
               : result;
}

static enum result open_collection(struct crawl *crawl)
{
    char title[256];
    struct trouble *trouble = &crawl->trouble;
    crawl->collection = collection_new(crawl->options->directory);
    if (!crawl->collection)
        return trouble_say(trouble, RESULT_BROKEN, "no memory");
    crawl_title(crawl, title, sizeof title);
    enum result result = collection_make(crawl->collection, trouble);
    if (result == RESULT_OK)
        result = collection_lock(crawl->collection, trouble);
    if (result == RESULT_OK)
        result = collection_describe(crawl->collection, title, trouble);
    if (result == RESULT_OK)
        result = open_store(crawl, trouble);
    if (result == RESULT_OK)
        result = crawl_log_open(&crawl->files.log, crawl->collection->log, clock_wall_ms(),
                                CRAWL_LOG_MOST_BYTES, trouble);
    return result;
}

/* Makes the frontier from the present contents of the store. */
static enum result open_frontier(struct crawl *crawl, struct trouble *trouble)
{
    struct frontier_options options = crawl->options->frontier;
    options.depth_counts = crawl->options->scope.level >= 0;
    options.run_time_ms = crawl->options->limits.time_ms;
    return frontier_new(&crawl->frontier, crawl->store, &options, trouble);
}

/* Learns what archive and store already have: seeds, captures, and changes that were not
 * reported. */
static enum result learn_before(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct trouble *trouble = &crawl->trouble;
    int64_t open = 0;
    enum result result = crawl_add_known_seeds(crawl);
    if (result != RESULT_OK || (result = open_frontier(crawl, trouble)) != RESULT_OK)
        return result;
    if (!(crawl->reading.body = response_body_new(crawl->reading.jail)))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read bodies");
    result = follow_new(&crawl->follow, crawl->frontier, crawl->scope, NULL, options, trouble);
    /* Only for an open round: otherwise the changes in the archive were reported in their time. */
    if (result == RESULT_OK)
        result = progress_number(crawl->store->progress, "round_open", &open, trouble);
    crawl->begin.round_was_open = open;
    if (result == RESULT_OK && !options->capture.no_dedup)
        result = open_originals(crawl, trouble);
    if (result == RESULT_OK)
        result = recover_collection(crawl->collection, crawl->store, crawl->files.dedup, learn,
                                    say_repaired, crawl, &crawl->calls->stop,
                                    crawl->reading.archive_reader, trouble);
    if (result == RESULT_OK)
        result = progress_each_change(crawl->store->progress, take_unreported, crawl, trouble);
    return result;
}

/* Begins or continues the round of this run, and opens what it needs. */
static enum result begin_round(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct trouble *trouble = &crawl->trouble;
    bool first = crawl->summary.first;
    enum result result = recrawl_begin(&crawl->recrawl, crawl->store, options, first, trouble);
    if (result == RESULT_OK)
        result = options_change_look(crawl);
    if (result == RESULT_OK)
        result = offer_seeds(crawl);
    if (result == RESULT_OK)
        result = options_change_settle(crawl);
    if (result != RESULT_OK)
        return result;
    /* The frontier has not counted what was learned and put back.  A new one starts from the
     * store. */
    follow_free(crawl->follow);
    frontier_free(crawl->frontier);
    crawl->follow = NULL;
    crawl->frontier = NULL;
    if ((result = open_frontier(crawl, trouble)) != RESULT_OK)
        return result;
    result =
        follow_new(&crawl->follow, crawl->frontier, crawl->scope, crawl->recrawl, options, trouble);
    if (result == RESULT_OK &&
        (crawl->begin.users.length || request_headers_are_secret(&options->fetch)))
        follow_keep_session(crawl->follow);
    if (result != RESULT_OK)
        return result;
    follow_use_reader(crawl->follow, response_body_reader(crawl->reading.body));
    recrawl_use(crawl->recrawl, crawl->frontier);
    frontier_use_judge(crawl->frontier, crawl->begin.judge);
    follow_use_judge(crawl->follow, crawl->begin.judge);
    result = recrawl_compare_new(&crawl->compare, crawl->store, crawl->recrawl, crawl->collection,
                                 options, first, trouble);
    if (result != RESULT_OK)
        return result;
    crawl->ending.own.calls = crawl->calls;
    recrawl_compare_use(crawl->compare, response_body_reader(crawl->reading.body),
                        crawl->reading.archive_reader);
    recrawl_compare_give_up_when(crawl->compare,
                                 (struct give_up){crawl_is_hurried, &crawl->ending.own});
    return crawl_start_writers(crawl);
}

/* The records of the archive do not tell how long a URL has been failing; the runs do. */
static enum result recall_failures(struct crawl *crawl)
{
    char words[FAILING_WORDS];
    if (!crawl->begin.recovered_own || !crawl->store->is_new)
        return RESULT_OK;
    enum result result =
        failing_recall(crawl->store, crawl->collection->runs, words, &crawl->trouble);
    if (result == RESULT_OK && words[0])
        say_repaired(crawl, false, words);
    return result;
}

enum result crawl_begin(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct trouble *trouble = &crawl->trouble;
    char user_agent[USER_AGENT_SIZE];
    crawl_write_user_agent(options, user_agent);
    enum result result = take_users(crawl);
    if (result == RESULT_OK)
        result = scope_new(&crawl->scope, &options->scope, trouble);
    if (result == RESULT_OK)
        result = add_given_seeds(crawl); /* a wrong URL ends the run before anything is created */
    if (result == RESULT_OK)
        result = open_collection(crawl);
    if (result == RESULT_OK)
        result = crawl_enter_box(crawl); /* before the first thread, which fetch_new() starts */
    if (result == RESULT_OK)
        result = fetch_new(&crawl->fetch, &options->fetch, user_agent,
                           buf_text(&crawl->begin.users), trouble);
    if (result == RESULT_OK && fetch_uses_proxy(crawl->fetch) && !options->fetch.allow_private)
        crawl->observer.noted(
            crawl->observer.context,
            "the environment names a proxy (http_proxy, https_proxy or all_proxy). Which addresses "
            "it connects to is not known here, so only URLs with a private address in them are "
            "refused. Let the proxy refuse names that lead to private addresses");
    crawl->summary.first = crawl->store && crawl->store->is_new;
    if (result == RESULT_OK)
        result = learn_before(crawl);
    /* A store that was deleted and rebuilt from the archive has had earlier runs. */
    crawl->summary.first = crawl->summary.first && !crawl->begin.recovered;
    if (result == RESULT_OK)
        result = recall_failures(crawl);
    if (result == RESULT_OK)
        result = collection_seeds_settle(crawl);
    if (result == RESULT_OK)
        result = begin_round(crawl);
    /* This comes before the first request: if the run is killed or loses power now, the next one
     * continues this round. */
    if (result == RESULT_OK)
        result = store_commit_durably(crawl->store, trouble);
    return result;
}
