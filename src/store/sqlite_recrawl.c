/* What is kept from round to round, on SQLite. */
#include <config.h>

#include "store/sqlite_store_internal.h"

#include <stdio.h>

static struct sqlite_store *store_of(struct recrawl_state *state)
{
    return SQLITE_STORE_OF(state, recrawl);
}

static enum result begin_round(struct recrawl_state *state, int64_t now_ms, int64_t *next_met,
                               struct trouble *trouble)
{
    enum { WAITS_MOST_MS = 3600000 }; /* before another try */
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, UNDATE);
    sqlite3_bind_int64(s, 1, now_ms);
    sqlite3_bind_int64(s, 2, now_ms + WAITS_MOST_MS);
    enum result result = db_run(store, s, "begin a round", trouble);
    store->round_ms = now_ms;
    *next_met = store->met;
    return result == RESULT_OK
               ? progress_set_number(&store->progress, "round_began", now_ms, trouble)
               : result;
}

/* ---- what became of URLs ---- */

static struct url_history history_of(sqlite3_stmt *s)
{
    return (struct url_history){.key = sqlite3_column_int64(s, 0),
                                .kind = db_kind(s, 1),
                                .state = db_state_of_number(db_int(s, 2)),
                                .done_ms = db_positive(s, 3),
                                .met = sqlite3_column_int64(s, 4),
                                .period = db_int(s, 5),
                                .url = TEXT(""),
                                .status = db_int(s, 7),
                                .changed_ms = db_positive(s, 8),
                                .dated_ms = db_date(s, 9),
                                .listed_ms = db_date(s, 10),
                                .via_kind = sqlite3_column_type(s, 11) == SQLITE_NULL
                                                ? VISIT_KINDS
                                                : db_kind(s, 11)};
}

static enum result history(struct recrawl_state *state, int64_t key, struct url_history *history,
                           struct buf *url, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, HISTORY);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "read the history of a URL", trouble);
    if (result == RESULT_OK) {
        *history = history_of(s);
        if (url)
            result = db_copy_texts(s, 6, 1, &history->url, url, trouble);
    }
    sqlite3_reset(s);
    return result;
}

static enum result each_captured(struct sqlite_store *store,
                                 void (*each)(void *context, const struct url_history *history),
                                 void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, HISTORIES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        struct url_history history = history_of(s);
        history.url = db_text(s, 6);
        each(context, &history);
    }
    sqlite3_reset(s);
    return db_all(store, step, "read the history of a URL", trouble);
}

static enum result each_history(struct recrawl_state *state, const int64_t *keys, size_t count,
                                void (*each)(void *context, const struct url_history *history),
                                void *context, struct trouble *trouble)
{
    if (!keys)
        return each_captured(store_of(state), each, context, trouble);
    for (size_t i = 0; i < count; i++) {
        struct url_history one;
        enum result result = history(state, keys[i], &one, NULL, trouble);
        if (result == RESULT_OK)
            each(context, &one);
        else if (result != RESULT_END)
            return result;
    }
    return RESULT_OK;
}

static enum result provenance(struct recrawl_state *state, int64_t key,
                              struct provenance *provenance, struct buf *texts,
                              struct trouble *trouble)
{
    struct text columns[3];
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, PROVENANCE);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "read the history of a URL", trouble);
    if (result == RESULT_OK)
        result = db_copy_texts(s, 0, 3, columns, texts, trouble);
    if (result == RESULT_OK)
        *provenance = (struct provenance){.via = columns[0],
                                          .hops = columns[1],
                                          .reason = columns[2],
                                          .attempts = db_int(s, 3),
                                          .not_before_ms = db_positive(s, 4)};
    sqlite3_reset(s);
    return result;
}

/* ---- what the archive holds ---- */

static void copy_column(sqlite3_stmt *statement, int column, char *out, size_t size)
{
    snprintf(out, size, "%.*s", TEXT_ARGS(db_text(statement, column)));
}

static enum result held(struct recrawl_state *state, int64_t key, struct held_capture *held,
                        struct buf *original_url, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, HELD);
    sqlite3_bind_int64(s, 1, key);
    enum result result =
        db_one(store, sqlite3_step(s), "read what the archive has of a URL", trouble);
    if (result == RESULT_OK) {
        copy_column(s, 0, held->etag, sizeof held->etag);
        copy_column(s, 1, held->modified, sizeof held->modified);
        copy_column(s, 2, held->digest, sizeof held->digest);
        copy_column(s, 3, held->original_id, sizeof held->original_id);
        copy_column(s, 4, held->original_date, sizeof held->original_date);
        held->status = db_int(s, 6);
        held->checks = db_int(s, 7);
        held->changes = db_int(s, 8);
        held->changed_ms = db_positive(s, 9);
        held->dated_ms = db_date(s, 10);
        result = db_copy_texts(s, 5, 1, &held->original_url, original_url, trouble);
    }
    sqlite3_reset(s);
    return result;
}

static enum result keep_held(struct recrawl_state *state, const struct held_entry *entries,
                             size_t count, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        const struct held_capture *held = entries[i].held;
        sqlite3_stmt *s = db_begin(store, held ? KEEP_HELD : FORGET_HELD);
        sqlite3_bind_int64(s, 1, entries[i].key);
        if (!held) {
            result = db_run(store, s, "forget what the archive had of a URL", trouble);
            continue;
        }
        db_bind_text(s, 2, text_of(held->etag));
        db_bind_text(s, 3, text_of(held->modified));
        db_bind_text(s, 4, text_of(held->digest));
        db_bind_text(s, 5, text_of(held->original_id));
        db_bind_text(s, 6, text_of(held->original_date));
        db_bind_text(s, 7, held->original_url);
        sqlite3_bind_int(s, 8, held->status);
        sqlite3_bind_int(s, 9, held->checks);
        sqlite3_bind_int(s, 10, held->changes);
        sqlite3_bind_int64(s, 11, held->changed_ms);
        sqlite3_bind_int64(s, 12, held->dated_ms);
        result = db_run(store, s, "store what the archive has of a URL", trouble);
    }
    return result;
}

/* ---- what lists say ---- */

static enum result date(struct recrawl_state *state, int64_t key, int64_t *dated_ms,
                        struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, DATE);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    *dated_ms = step == SQLITE_ROW ? db_date(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read a date", trouble);
}

static enum result note_dates(struct recrawl_state *state, struct list_date *dates, size_t count,
                              struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        result = date(state, dates[i].key, &dates[i].known_ms, trouble);
        if (result != RESULT_OK || dates[i].dated_ms <= dates[i].known_ms)
            continue;
        sqlite3_stmt *s = db_begin(store, NOTE_DATE);
        sqlite3_bind_int64(s, 1, dates[i].key);
        sqlite3_bind_int64(s, 2, dates[i].dated_ms);
        result = db_run(store, s, "store a date", trouble);
    }
    return result;
}

static enum result list_names(struct recrawl_state *state, int64_t key, struct buf *names,
                              struct trouble *trouble)
{
    struct text column;
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, LIST_NAMES);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "read a list", trouble);
    if (result == RESULT_OK)
        result = db_copy_texts(s, 0, 1, &column, names, trouble);
    if (result == RESULT_OK)
        names->length -= names->length % sizeof(int64_t); /* of a damaged list, whole keys */
    sqlite3_reset(s);
    return result;
}

static enum result keep_list_names(struct recrawl_state *state, int64_t key, struct text names,
                                   struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, KEEP_LIST_NAMES);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_blob64(s, 2, names.length ? names.at : "", names.length, SQLITE_TRANSIENT);
    return db_run(store, s, "store a list", trouble);
}

const struct recrawl_state_ops sqlite_recrawl_ops = {
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
