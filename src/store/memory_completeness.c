/* What the site lists and what was left out, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

static struct memory_store *store_of(struct completeness_state *state)
{
    return MEMORY_STORE_OF(state, completeness);
}

static enum result note_listed(struct completeness_state *state, const struct listed_url *urls,
                               size_t count, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        const int64_t both[] = {urls[i].key, (int64_t)urls[i].source};
        result = memory_keep(store_of(state), MEMORY_LISTED, MEMORY_BYTES(both), NULL, 0, trouble);
    }
    return result;
}

static struct listed_url listed_of(const struct memory_record *record)
{
    int64_t both[2];
    memcpy(both, record->key.at, sizeof both);
    return (struct listed_url){both[0], (enum list_source)both[1]};
}

static enum result note_left_out(struct completeness_state *state, const struct left_out_url *urls,
                                 size_t count, struct trouble *trouble)
{
    struct memory_store *store = store_of(state);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        const struct memory_left_out left_out = {urls[i].key, urls[i].via_key, urls[i].rule,
                                                 urls[i].suspected};
        const struct text parts[] = {MEMORY_BYTES(left_out), urls[i].url};
        if (!memory_at(store, MEMORY_LEFT_OUT, urls[i].key))
            result =
                memory_keep(store, MEMORY_LEFT_OUT, MEMORY_BYTES(urls[i].key), parts, 2, trouble);
    }
    return result;
}

static enum result refusal(struct completeness_state *state, int64_t key,
                           struct url_refusal *refusal, struct buf *via, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    const struct memory_left_out *left_out = memory_at(store, MEMORY_LEFT_OUT, key);
    if (!left_out)
        return RESULT_END;
    const struct memory_visit *page = memory_at(store, MEMORY_VISITS, left_out->via_key);
    *refusal = (struct url_refusal){left_out->rule, page ? memory_visit_url(page) : TEXT("")};
    return memory_copy_texts(&refusal->via, 1, via, trouble);
}

static enum result forget_left_out(struct completeness_state *state,
                                   const struct url_rule_set *rules, struct trouble *trouble)
{
    struct memory_store *store = store_of(state);
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_LEFT_OUT, record));) {
        const struct memory_left_out *left_out = (const void *)record->value.at;
        if (rules->has[left_out->rule] &&
            !memory_remove(&store->tables, MEMORY_LEFT_OUT, record->key))
            return memory_no_room(trouble);
    }
    return RESULT_OK;
}

/* A URL that was left out by a rule that makes gaps, or was only suspected. NULL: it was not. */
static const struct memory_record *find_left_out(const struct memory_store *store, int64_t key)
{
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_LEFT_OUT, MEMORY_BYTES(key));
    if (!record)
        return NULL;
    const struct memory_left_out *left_out = (const void *)record->value.at;
    return left_out->suspected || url_rule_row(left_out->rule)->is_gap ? record : NULL;
}

/* Whose choice it was to leave out a visit. */
static enum left_out_by by_reason(const struct memory_record *visit)
{
    enum url_rule rule = url_rule_by_name(memory_visit_reason(visit));
    return rule ? left_out_by(rule) : LEFT_OUT_BY_ROBOTS;
}

static void count_one(const struct memory_store *store, int64_t key, struct state_counts *counts)
{
    const struct memory_record *visited =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key));
    const struct memory_visit *visit = visited ? (const void *)visited->value.at : NULL;
    const struct memory_left_out *rule = memory_at(store, MEMORY_LEFT_OUT, key);
    if (visit && visit->state != STATE_LEFT_OUT)
        state_counts_add(counts, memory_known_state(visit), 1);
    else if (visit)
        state_counts_leave_out(counts, by_reason(visited), 1);
    else if (find_left_out(store, key))
        state_counts_leave_out(counts, left_out_by(rule->rule), 1);
}

/* Whether no earlier kind of list names the URL. */
static bool is_named_first(const struct memory_store *store, struct listed_url listed)
{
    for (int64_t source = 0; source < (int64_t)listed.source; source++) {
        const int64_t both[] = {listed.key, source};
        if (memory_find(&store->tables, MEMORY_LISTED, MEMORY_BYTES(both)))
            return false;
    }
    return true;
}

static enum result count_listed(struct completeness_state *state, struct listed_counts *counts,
                                struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    (void)trouble;
    memset(counts, 0, sizeof *counts);
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_LISTED, record));) {
        struct listed_url listed = listed_of(record);
        count_one(store, listed.key, &counts->by[listed.source]);
        if (is_named_first(store, listed))
            count_one(store, listed.key, &counts->all);
    }
    return RESULT_OK;
}

/* ---- gaps ---- */

/* False: the URL is kept or gone, or the crawl was not meant to capture it. */
static bool is_gap(const struct memory_store *store, struct listed_url listed,
                   struct listed_gap *gap)
{
    const struct memory_record *visited =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(listed.key));
    const struct memory_record *left_out = find_left_out(store, listed.key);
    gap->source = listed.source;
    if (visited) {
        const struct memory_visit *visit = (const void *)visited->value.at;
        gap->state = memory_known_state(visit);
        gap->by = by_reason(visited);
        gap->url = memory_visit_url(visit);
        gap->reason = memory_visit_reason(visited);
        return gap->state != STATE_KEPT && gap->state != STATE_GONE;
    }
    if (!left_out)
        return false;
    const struct memory_left_out *rule = (const void *)left_out->value.at;
    gap->state = STATE_LEFT_OUT;
    gap->by = left_out_by(rule->rule);
    gap->url = text_skip(left_out->value, sizeof *rule);
    gap->reason = text_of(url_rule_name(rule->rule));
    return true;
}

static int by_url_and_list(const void *a, const void *b)
{
    const struct listed_gap *one = a, *other = b;
    int order = text_compare(one->url, other->url);
    return order ? order : (int)one->source - (int)other->source;
}

static enum result each_gap(struct completeness_state *state, int most, listed_gap_visitor *each,
                            void *context, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    size_t count = 0;
    struct listed_gap *gaps = calloc(store->tables.tables[MEMORY_LISTED].count + 1, sizeof *gaps);
    if (!gaps)
        return memory_no_room(trouble);
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_LISTED, record));)
        count += is_gap(store, listed_of(record), &gaps[count]);
    qsort(gaps, count, sizeof *gaps, by_url_and_list);
    for (size_t i = 0; i < count && most > 0; i++, most--)
        each(context, &gaps[i]);
    free(gaps);
    return RESULT_OK;
}

/* ---- redirects ---- */

static enum result note_redirect(struct completeness_state *state,
                                 const struct noted_redirect *redirect, struct trouble *trouble)
{
    struct noted_redirect copy = *redirect;
    return memory_keep_at(store_of(state), MEMORY_REDIRECTS, copy.key, MEMORY_BYTES(copy), trouble);
}

static bool is_named_by(const struct memory_store *store, int64_t key, enum list_source source)
{
    const int64_t both[] = {key, (int64_t)source};
    return memory_find(&store->tables, MEMORY_LISTED, MEMORY_BYTES(both)) != NULL;
}

static enum result each_response(struct completeness_state *state, known_response_visitor *each,
                                 void *context, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    (void)trouble;
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
        const struct memory_visit *visit = (const void *)record->value.at;
        const struct noted_redirect *redirect = memory_at(store, MEMORY_REDIRECTS, visit->key);
        const struct held_capture *held = memory_at(store, MEMORY_HELD, visit->key);
        struct known_response response = {.key = visit->key,
                                          .kind = visit->kind,
                                          .state = visit->state,
                                          .hops = text_of(visit->hops),
                                          .url = memory_visit_url(visit),
                                          .redirect = {.key = visit->key},
                                          .digest = text_of(held ? held->digest : "")};
        for (int source = 0; source < LIST_SOURCES; source++)
            response.listed = response.listed || is_named_by(store, visit->key, source);
        response.named_as_page = is_named_by(store, visit->key, LISTED_BY_FEED) ||
                                 is_named_by(store, visit->key, LISTED_BY_SITEMAP);
        if (redirect && visit->status / 100 == 3)
            response.redirect = *redirect;
        bool part = url_state_is_part(visit->kind), matters = url_state_matters(visit->kind);
        if (visit->state != STATE_WAITING &&
            ((matters && response.listed) || ((matters || part) && response.redirect.target)))
            each(context, &response);
    }
    return RESULT_OK;
}

const struct completeness_state_ops memory_completeness_ops = {
    .note_listed = note_listed,
    .note_left_out = note_left_out,
    .refusal = refusal,
    .forget_left_out = forget_left_out,
    .count_listed = count_listed,
    .each_gap = each_gap,
    .note_redirect = note_redirect,
    .each_response = each_response,
};
