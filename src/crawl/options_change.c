/* Judges by this run's options what earlier runs left in the queue and in the archive. */
#include <config.h>

#include "crawl/options_change.h"

#include <limits.h>
#include <string.h>

#include "crawl/crawl_internal.h"
#include "crawl/reread.h"
#include "crawl/rules_on_again.h"

enum {
    TEXT_MOST_BYTES = 1 << 20,
    OPTIONS_BYTES = 16 * 1024 * 1024,
    PAGES_TOGETHER = 500, /* between two commits */
};

static const char SETTLED[] = "options"; /* by which options the store was judged; 0: none */

/* ---- what changed ---- */

/* A number for the options that refuse URLs. */
static enum result number_options(const struct crawl *crawl, int64_t *number,
                                  struct trouble *trouble)
{
    const struct crawl_options *options = crawl->options;
    const struct recorded_options recorded = {.scope = options->scope,
                                              .robots = options->frontier.robots,
                                              .rules_off = options->rules_off};
    struct buf text;
    struct crawl_options usual = crawl_defaults();
    buf_init(&text, OPTIONS_BYTES);
    recorded_options_write(&recorded, &text);
    if (options->limits.parts != usual.limits.parts)
        buf_printf(&text, "part-limit: %lld\n", (long long)options->limits.parts);
    if (options->frontier.hosts_most != usual.frontier.hosts_most)
        buf_printf(&text, "host-limit: %lld\n", (long long)options->frontier.hosts_most);
    bool fine = buf_ok(&text);
    *number = fine ? store_key(crawl->store, buf_text(&text)) : 0;
    buf_release(&text);
    return fine ? RESULT_OK : trouble_say(trouble, RESULT_BROKEN, "no memory for the options");
}

/* Whether the collection knows the URL as a seed. */
static enum result is_known_seed(struct crawl *crawl, int64_t key, bool *known)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(crawl->store->recrawl, key, &history, NULL, &crawl->trouble);
    *known = result == RESULT_OK && history.kind == VISIT_SEED;
    return result == RESULT_END ? RESULT_OK : result;
}

/* Names the seeds to the judge, and finds whether one of them is new to the collection. */
static enum result look_at_seeds(struct crawl *crawl)
{
    struct url url;
    enum result result = RESULT_OK;
    url_init(&url);
    for (int i = 0; result == RESULT_OK && i < crawl->options->seed_count; i++) {
        bool known = true;
        if (url_parse(&url, text_of(crawl->options->seeds[i]), NULL, TEXT("")) != URL_OK) {
            result = trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
            break; /* it was parsed before */
        }
        int64_t key = frontier_key(crawl->frontier, &url);
        result = visit_judge_add_seed(crawl->begin.judge, key, &crawl->trouble);
        if (result == RESULT_OK)
            result = is_known_seed(crawl, key, &known);
        crawl->begin.other_options = crawl->begin.other_options || !known;
        if (!known)
            buf_append(&crawl->begin.new_seeds, &key, sizeof key);
    }
    url_release(&url);
    return result;
}

enum result options_change_look(struct crawl *crawl)
{
    struct trouble *trouble = &crawl->trouble;
    int64_t before, now;
    enum result result = visit_judge_new(&crawl->begin.judge, crawl->store, crawl->scope,
                                         &crawl->options->rules_off, trouble);
    if (result == RESULT_OK)
        result = progress_number(crawl->store->progress, SETTLED, &before, trouble);
    if (result == RESULT_OK)
        result = number_options(crawl, &now, trouble);
    if (result == RESULT_OK)
        result = look_at_seeds(crawl);
    if (result == RESULT_OK)
        result = rules_on_again_note(crawl);
    if (result != RESULT_OK)
        return result;
    /* A store that was just made has judged by this run's options, except what it met before a seed
     * that widens the scope. */
    crawl->begin.other_options =
        crawl->store->is_new ? crawl->begin.late_seed : crawl->begin.other_options || before != now;
    crawl->begin.other_options = crawl->begin.other_options || crawl->begin.has_forgotten;
    if (!crawl->begin.other_options)
        return crawl->store->is_new
                   ? progress_set_number(crawl->store->progress, SETTLED, now, trouble)
                   : RESULT_OK;
    result = progress_set_number(crawl->store->progress, SETTLED, 0, trouble);
    return result == RESULT_OK ? store_commit(crawl->store, trouble) : result;
}

/* ---- what is not had ---- */

static enum result judge_missing(struct crawl *crawl, uint64_t *left_out)
{
    struct trouble *trouble = &crawl->trouble;
    struct visit visit = {.key = INT64_MIN};
    struct buf texts;
    enum url_rule rule;
    buf_init(&texts, TEXT_MOST_BYTES);
    enum result result;
    while ((result = known_urls_next_missing(crawl->store->known, visit.key, &visit, &texts,
                                             trouble)) == RESULT_OK) {
        result = visit_judge_apply(crawl->begin.judge, &visit, &rule, trouble);
        if (result != RESULT_OK)
            break;
        *left_out += rule != URL_RULE_NONE;
    }
    buf_release(&texts);
    return result == RESULT_END ? RESULT_OK : result;
}

/* ---- what the archive names ---- */

struct judging {
    struct crawl *crawl;
    struct buf texts;
    uint64_t pages; /* whose links were judged */
};

/* Judges the links of an archived page that the crawl knows. */
static enum result judge_links(void *context, const struct recovered *recovered,
                               struct trouble *trouble)
{
    struct judging *judging = context;
    struct crawl *crawl = judging->crawl;
    const struct provenance_record *provenance = &recovered->provenance;
    struct visit visit;
    struct url url;
    enum result result = RESULT_OK;
    url_init(&url);
    enum url_result parsed = url_parse(&url, recovered->url, NULL, TEXT(""));
    if (parsed == URL_NO_MEMORY)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for what the archive holds");
    int64_t key = parsed == URL_OK ? crawl_key_of_recovered(crawl, recovered, &url) : 0;
    if (parsed == URL_OK)
        result = known_urls_find(crawl->store->known, key, &visit, &judging->texts, trouble);
    if (parsed == URL_OK && result == RESULT_OK) {
        char hops[VISIT_HOPS_MOST + 1] = "";
        crawl_copy_hops(hops, provenance->hops);
        const struct follow_origin origin = {.url = &url,
                                             .key = key,
                                             .depth = visit.depth,
                                             .hops = hops,
                                             .kind = provenance->kind,
                                             .period = provenance->period,
                                             .again = true};
        result = follow_recovered(crawl->follow, &origin, provenance, trouble);
        if (result == RESULT_OK)
            result = frontier_flush(crawl->frontier, trouble);
        if (result == RESULT_OK && ++judging->pages % PAGES_TOGETHER == 0)
            result = store_commit(crawl->store, trouble);
    }
    url_release(&url);
    return result == RESULT_END ? RESULT_OK : result;
}

/* Once is not enough if a seed was forgotten: what it led to is known again as soon as another page
 * names it. Then its own links count, too, and they may be in an earlier file. */
static enum result judge_archive(struct crawl *crawl)
{
    struct judging judging = {.crawl = crawl};
    bool some_forgotten = crawl->begin.has_forgotten || crawl->begin.had_forgotten;
    uint64_t before;
    enum result result;
    buf_init(&judging.texts, TEXT_MOST_BYTES);
    do {
        before = judging.pages;
        judging.pages = 0;
        result = reread_metadata(crawl->collection, judge_links, &judging, &crawl->calls->stop,
                                 &crawl->trouble);
    } while (result == RESULT_OK && some_forgotten && judging.pages > before);
    buf_release(&judging.texts);
    return result;
}

/* ---- all ---- */

/* A seed that was captured as a page, or before it was forgotten, is requested as a seed. */
static enum result ask_new_seeds(struct crawl *crawl)
{
    const struct buf *seeds = &crawl->begin.new_seeds;
    const int64_t *keys = (const void *)seeds->data;
    if (!buf_ok(seeds))
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
    return seeds->length ? queue_ask_again(crawl->store->queue, keys, seeds->length / sizeof *keys,
                                           INT64_MAX, NULL, &crawl->trouble)
                         : RESULT_OK;
}

/* The rules whose verdicts depend on options. */
static struct url_rule_set rules_of_options(const struct crawl *crawl)
{
    struct url_rule_set rules = crawl->options->rules_off;
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++) {
        enum url_rule_kind kind = url_rule_row(rule)->kind;
        rules.has[rule] = rules.has[rule] || kind == URL_RULE_BY_OPTION ||
                          kind == URL_RULE_BY_SCOPE || kind == URL_RULE_BY_LIMIT;
    }
    return rules;
}

enum result options_change_settle(struct crawl *crawl)
{
    struct trouble *trouble = &crawl->trouble;
    uint64_t left_out = 0;
    int64_t waiting, now;
    struct url_rule_set rules = rules_of_options(crawl);
    if (!crawl->begin.other_options)
        return RESULT_OK;
    enum result result = ask_new_seeds(crawl);
    if (result == RESULT_OK)
        result = completeness_forget_left_out(crawl->store->completeness, &rules, trouble);
    if (result == RESULT_OK)
        result = judge_missing(crawl, &left_out);
    if (result == RESULT_OK)
        result = rules_on_again_apply(crawl, &left_out);
    waiting = frontier_waiting(crawl->frontier);
    if (result == RESULT_OK)
        result = judge_archive(crawl);
    if (result == RESULT_OK)
        result = recrawl_follow_lists(crawl->recrawl, trouble);
    if (result == RESULT_OK)
        result = number_options(crawl, &now, trouble);
    if (result == RESULT_OK)
        result = progress_set_number(crawl->store->progress, SETTLED, now, trouble);
    if (result == RESULT_OK)
        crawl->observer.options_changed(crawl->observer.context, left_out,
                                        (uint64_t)(frontier_waiting(crawl->frontier) - waiting));
    return result;
}
