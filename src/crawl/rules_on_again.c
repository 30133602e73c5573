/* Reads in the archive what rules that are on again have to say of URLs that wait. */
#include <config.h>

#include "crawl/rules_on_again.h"

#include <stdio.h>

#include "crawl/crawl_internal.h"
#include "crawl/reread.h"

enum {
    TEXT_MOST_BYTES = 1 << 20,
    FACT_SIZE = URL_RULE_NAME_MOST + 16,
};

/* The name of the number in the store that is 1 when URLs may wait because the rule was off. */
static void name_fact(enum url_rule rule, char name[FACT_SIZE])
{
    snprintf(name, FACT_SIZE, "rule-off:%s", url_rule_name(rule));
}

enum result rules_on_again_note(struct crawl *crawl)
{
    enum result result = RESULT_OK;
    char name[FACT_SIZE];
    for (enum url_rule rule = URL_RULE_NONE + 1; result == RESULT_OK && rule < URL_RULES; rule++)
        if (crawl->options->rules_off.has[rule]) {
            name_fact(rule, name);
            result = progress_set_number(crawl->store->progress, name, 1, &crawl->trouble);
        }
    return result;
}

struct looking {
    struct crawl *crawl;
    struct url_rule_set again; /* rules that are on again */
    uint64_t left_out;
    struct buf texts;
    struct url url;
};

static bool is_of_interest(const struct looking *looking, const struct provenance_line *line)
{
    return (line->kind == PROVENANCE_RULE_OFF || line->kind == PROVENANCE_NOT_FOLLOWED) &&
           looking->again.has[line->rule];
}

/* Takes the URL out of the queue if it was not captured, and if this page had it asked for. */
static enum result leave_out(struct looking *looking, const struct provenance_line *line,
                             int64_t page_key, struct trouble *trouble)
{
    struct crawl *crawl = looking->crawl;
    struct visit visit;
    if (url_parse(&looking->url, line->url, NULL, TEXT("")) != URL_OK)
        return RESULT_OK;
    int64_t key = frontier_key(crawl->frontier, &looking->url);
    if (key == INT64_MIN)
        return RESULT_OK; /* there is none before it */
    enum result result =
        known_urls_next_missing(crawl->store->known, key - 1, &visit, &looking->texts, trouble);
    if (result == RESULT_OK && visit.key == key && visit.via_key == page_key &&
        visit.kind != VISIT_SEED) {
        result = visit_judge_leave_out(crawl->begin.judge, &visit, line->rule, trouble);
        looking->left_out++;
    }
    return result == RESULT_END ? RESULT_OK : result;
}

static enum result look_at_page(void *context, const struct recovered *recovered,
                                struct trouble *trouble)
{
    struct looking *looking = context;
    struct text lines = recovered->provenance.lines;
    struct provenance_line line;
    int64_t key = 0;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && provenance_next(&lines, &line)) {
        if (!is_of_interest(looking, &line))
            continue;
        if (!key && url_parse(&looking->url, recovered->url, NULL, TEXT("")) != URL_OK)
            return RESULT_OK;
        if (!key)
            key = crawl_key_of_recovered(looking->crawl, recovered, &looking->url);
        result = leave_out(looking, &line, key, trouble);
    }
    return result;
}

/* Which rules are on that some run had turned off. */
static enum result find_rules(struct looking *looking, bool *some)
{
    struct crawl *crawl = looking->crawl;
    enum result result = RESULT_OK;
    char name[FACT_SIZE];
    int64_t was_off;
    *some = false;
    for (enum url_rule rule = URL_RULE_NONE + 1; result == RESULT_OK && rule < URL_RULES; rule++) {
        if (crawl->options->rules_off.has[rule])
            continue;
        name_fact(rule, name);
        result = progress_number(crawl->store->progress, name, &was_off, &crawl->trouble);
        looking->again.has[rule] = result == RESULT_OK && was_off;
        *some = *some || looking->again.has[rule];
    }
    return result;
}

static enum result forget_rules(struct looking *looking)
{
    struct crawl *crawl = looking->crawl;
    enum result result = RESULT_OK;
    char name[FACT_SIZE];
    for (enum url_rule rule = URL_RULE_NONE + 1; result == RESULT_OK && rule < URL_RULES; rule++)
        if (looking->again.has[rule]) {
            name_fact(rule, name);
            result = progress_set_number(crawl->store->progress, name, 0, &crawl->trouble);
        }
    return result;
}

enum result rules_on_again_apply(struct crawl *crawl, uint64_t *left_out)
{
    struct looking looking = {.crawl = crawl};
    bool some;
    buf_init(&looking.texts, TEXT_MOST_BYTES);
    url_init(&looking.url);
    enum result result = find_rules(&looking, &some);
    if (result == RESULT_OK && some)
        result = reread_metadata(crawl->collection, look_at_page, &looking, &crawl->calls->stop,
                                 &crawl->trouble);
    if (result == RESULT_OK)
        result = forget_rules(&looking);
    *left_out += looking.left_out;
    url_release(&looking.url);
    buf_release(&looking.texts);
    return result;
}
