/* What is kept from round to round, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

static struct memory_store *store_of(struct recrawl_state *state)
{
    return MEMORY_STORE_OF(state, recrawl);
}

static enum result begin_round(struct recrawl_state *state, int64_t now_ms, int64_t *next_met,
                               struct trouble *trouble)
{
    enum { WAITS_MOST_MS = 3600000 }; /* before another try */
    struct memory_store *store = store_of(state);
    enum result result = progress_set_number(&store->progress, "round_began", now_ms, trouble);
    for (const struct memory_record *record = NULL;
         result == RESULT_OK && (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
        const struct memory_visit *known = (const void *)record->value.at;
        struct memory_visit visit = *known;
        if (visit.done_ms > now_ms)
            visit.done_ms = 0;
        if (visit.not_before_ms > now_ms + WAITS_MOST_MS)
            visit.not_before_ms = 0;
        if (visit.done_ms != known->done_ms || visit.not_before_ms != known->not_before_ms)
            result = memory_keep_visit(store, &visit, memory_visit_url(known),
                                       memory_visit_reason(record), trouble);
    }
    *next_met = store->next_met;
    return result;
}

/* ---- what became of URLs ---- */

static struct url_history history_of(const struct memory_store *store,
                                     const struct memory_visit *visit)
{
    const struct memory_visit *via = memory_at(store, MEMORY_VISITS, visit->via_key);
    const struct held_capture *held = memory_at(store, MEMORY_HELD, visit->key);
    const int64_t *said = memory_at(store, MEMORY_DATES, visit->key);
    return (struct url_history){.key = visit->key,
                                .kind = visit->kind,
                                .via_kind = via ? via->kind : VISIT_KINDS,
                                .state = visit->state,
                                .done_ms = visit->done_ms,
                                .met = visit->met,
                                .period = visit->period,
                                .status = held ? held->status : 0,
                                .changed_ms = held ? held->changed_ms : 0,
                                .dated_ms = held ? held->dated_ms : 0,
                                .listed_ms = said ? *said : 0,
                                .url = TEXT("")};
}

static enum result history(struct recrawl_state *state, int64_t key, struct url_history *history,
                           struct buf *url, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    const struct memory_visit *visit = memory_at(store, MEMORY_VISITS, key);
    if (!visit)
        return RESULT_END;
    *history = history_of(store, visit);
    if (!url)
        return RESULT_OK;
    history->url = memory_visit_url(visit);
    return memory_copy_texts(&history->url, 1, url, trouble);
}

static void each_captured(const struct memory_store *store,
                          void (*each)(void *context, const struct url_history *history),
                          void *context)
{
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
        const struct memory_visit *visit = (const void *)record->value.at;
        struct url_history history = history_of(store, visit);
        history.url = memory_visit_url(visit);
        if (memory_has_response(visit))
            each(context, &history);
    }
}

static enum result each_history(struct recrawl_state *state, const int64_t *keys, size_t count,
                                void (*each)(void *context, const struct url_history *history),
                                void *context, struct trouble *trouble)
{
    if (!keys)
        each_captured(store_of(state), each, context);
    for (size_t i = 0; keys && i < count; i++) {
        struct url_history one;
        if (history(state, keys[i], &one, NULL, trouble) == RESULT_OK)
            each(context, &one);
    }
    return RESULT_OK;
}

static enum result provenance(struct recrawl_state *state, int64_t key,
                              struct provenance *provenance, struct buf *texts,
                              struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key));
    if (!record)
        return RESULT_END;
    const struct memory_visit *visit = (const void *)record->value.at;
    const struct memory_visit *via = memory_at(store, MEMORY_VISITS, visit->via_key);
    struct text copies[] = {via ? memory_visit_url(via) : TEXT(""), text_of(visit->hops),
                            visit->state == STATE_WAITING && visit->again
                                ? TEXT("")
                                : memory_visit_reason(record)};
    enum result result = memory_copy_texts(copies, 3, texts, trouble);
    *provenance = (struct provenance){.via = copies[0],
                                      .hops = copies[1],
                                      .reason = copies[2],
                                      .attempts = visit->attempts,
                                      .not_before_ms = visit->not_before_ms};
    return result;
}

/* ---- what the archive holds ---- */

static enum result held(struct recrawl_state *state, int64_t key, struct held_capture *held,
                        struct buf *original_url, struct trouble *trouble)
{
    const struct memory_record *record =
        memory_find(&store_of(state)->tables, MEMORY_HELD, MEMORY_BYTES(key));
    if (!record)
        return RESULT_END;
    *held = *(const struct held_capture *)(const void *)record->value.at;
    held->original_url = text_skip(record->value, sizeof *held);
    return memory_copy_texts(&held->original_url, 1, original_url, trouble);
}

static enum result keep_held(struct recrawl_state *state, const struct held_entry *entries,
                             size_t count, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        if (!entries[i].held) {
            memory_remove(&store_of(state)->tables, MEMORY_HELD, MEMORY_BYTES(entries[i].key));
            continue;
        }
        const struct text parts[] = {MEMORY_BYTES(*entries[i].held), entries[i].held->original_url};
        result = memory_keep(store_of(state), MEMORY_HELD, MEMORY_BYTES(entries[i].key), parts, 2,
                             trouble);
    }
    return result;
}

/* ---- what lists say ---- */

static enum result date(struct recrawl_state *state, int64_t key, int64_t *dated_ms,
                        struct trouble *trouble)
{
    const int64_t *said = memory_at(store_of(state), MEMORY_DATES, key);
    (void)trouble;
    *dated_ms = said ? *said : 0;
    return RESULT_OK;
}

static enum result note_dates(struct recrawl_state *state, struct list_date *dates, size_t count,
                              struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        result = date(state, dates[i].key, &dates[i].known_ms, trouble);
        if (result == RESULT_OK && dates[i].dated_ms > dates[i].known_ms)
            result = memory_keep_at(store_of(state), MEMORY_DATES, dates[i].key,
                                    MEMORY_BYTES(dates[i].dated_ms), trouble);
    }
    return result;
}

static enum result list_names(struct recrawl_state *state, int64_t key, struct buf *names,
                              struct trouble *trouble)
{
    const struct memory_record *record =
        memory_find(&store_of(state)->tables, MEMORY_LISTS, MEMORY_BYTES(key));
    if (!record)
        return RESULT_END;
    struct text copy = record->value;
    return memory_copy_texts(&copy, 1, names, trouble);
}

static enum result keep_list_names(struct recrawl_state *state, int64_t key, struct text names,
                                   struct trouble *trouble)
{
    return memory_keep_at(store_of(state), MEMORY_LISTS, key, names, trouble);
}

const struct recrawl_state_ops memory_recrawl_ops = {
    .begin_round = begin_round,
    .history = history,
    .each_history = each_history,
    .provenance = provenance,
    .held = held,
    .keep_held = keep_held,
    .date = date,
    .note_dates = note_dates,
    .list_names = list_names,
    .keep_list_names = keep_list_names,
};
