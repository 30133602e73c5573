/* What the site lists and what was left out, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

/* A gap to be listed. */
struct memory_gap {
    enum list_source source;
    struct text url, reason;
};

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
        const struct memory_left_out left_out = {urls[i].key, urls[i].via_key, urls[i].rule};
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

/* A URL that was left out by a rule that makes gaps. NULL: it was not. */
static const struct memory_record *find_left_out(const struct memory_store *store, int64_t key)
{
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_LEFT_OUT, MEMORY_BYTES(key));
    if (!record)
        return NULL;
    const struct memory_left_out *left_out = (const void *)record->value.at;
    return url_rule_row(left_out->rule)->is_gap ? record : NULL;
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
        const struct memory_visit *visit = memory_at(store, MEMORY_VISITS, listed.key);
        if (visit)
            counts->by_state[listed.source][visit->state]++;
        else if (find_left_out(store, listed.key))
            counts->left_out[listed.source]++;
    }
    return RESULT_OK;
}

/* ---- gaps ---- */

/* False: the URL is captured, or the crawl was not meant to capture it. */
static bool is_gap(const struct memory_store *store, struct listed_url listed,
                   struct memory_gap *gap)
{
    const struct memory_record *visited =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(listed.key));
    const struct memory_record *left_out = find_left_out(store, listed.key);
    gap->source = listed.source;
    if (visited) {
        const struct memory_visit *visit = (const void *)visited->value.at;
        gap->url = memory_visit_url(visit);
        gap->reason =
            visit->state == STATE_WAITING ? TEXT("it waits") : memory_visit_reason(visited);
        return visit->state != STATE_CAPTURED;
    }
    if (!left_out)
        return false;
    const struct memory_left_out *rule = (const void *)left_out->value.at;
    gap->url = text_skip(left_out->value, sizeof *rule);
    gap->reason = text_of(url_rule_name(rule->rule));
    return true;
}

static int by_list_and_url(const void *a, const void *b)
{
    const struct memory_gap *one = a, *other = b;
    return one->source != other->source ? (int)one->source - (int)other->source
                                        : text_compare(one->url, other->url);
}

static enum result each_gap(struct completeness_state *state, int most,
                            void (*each)(void *context, enum list_source source, struct text url,
                                         struct text reason),
                            void *context, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    size_t count = 0;
    struct memory_gap *gaps = calloc(store->tables.tables[MEMORY_LISTED].count + 1, sizeof *gaps);
    if (!gaps)
        return memory_no_room(trouble);
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_LISTED, record));)
        count += is_gap(store, listed_of(record), &gaps[count]);
    qsort(gaps, count, sizeof *gaps, by_list_and_url);
    for (size_t i = 0; i < count && most > 0; i++, most--)
        each(context, gaps[i].source, gaps[i].url, gaps[i].reason);
    free(gaps);
    return RESULT_OK;
}

/* ---- counts that the site shows ---- */

static int64_t number_of(struct text bytes)
{
    int64_t number;
    memcpy(&number, bytes.at, sizeof number);
    return number;
}

static enum result note_archive_count(struct completeness_state *state, int period, int posts,
                                      struct trouble *trouble)
{
    int64_t number = posts;
    return memory_keep_at(store_of(state), MEMORY_ARCHIVE_COUNTS, period, MEMORY_BYTES(number),
                          trouble);
}

static int by_number(const struct memory_record *a, const struct memory_record *b)
{
    int64_t one = number_of(a->key), other = number_of(b->key);
    return (one > other) - (one < other);
}

static enum result each_archive_count(struct completeness_state *state,
                                      void (*each)(void *context, int period, int posts),
                                      void *context, struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(state)->tables, MEMORY_ARCHIVE_COUNTS, by_number);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++)
        each(context, (int)number_of(records[i]->key), (int)number_of(records[i]->value));
    free(records);
    return RESULT_OK;
}

static enum result note_row_pages(struct completeness_state *state, struct text series, int pages,
                                  struct trouble *trouble)
{
    int64_t number = pages;
    const struct text value = MEMORY_BYTES(number);
    return memory_keep(store_of(state), MEMORY_ROWS, series, &value, 1, trouble);
}

static enum result each_row_pages(struct completeness_state *state,
                                  void (*each)(void *context, struct text series, int pages),
                                  void *context, struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(state)->tables, MEMORY_ROWS, memory_by_key);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++)
        each(context, records[i]->key, (int)number_of(records[i]->value));
    free(records);
    return RESULT_OK;
}

const struct completeness_state_ops memory_completeness_ops = {
    .note_listed = note_listed,
    .note_left_out = note_left_out,
    .refusal = refusal,
    .forget_left_out = forget_left_out,
    .count_listed = count_listed,
    .each_gap = each_gap,
    .note_archive_count = note_archive_count,
    .each_archive_count = each_archive_count,
    .note_row_pages = note_row_pages,
    .each_row_pages = each_row_pages,
};
