/* The store: what the archive holds of an address, and what was learned of it in earlier runs. */
#include <config.h>

#include "store/store_sqlite.h"

#include <stdio.h>

static void copy_column(sqlite3_stmt *statement, int column, char *out, size_t size)
{
    snprintf(out, size, "%.*s", TEXT_ARGS(db_text(statement, column)));
}

enum result store_held_capture(struct store *store, int64_t key, struct held_capture *held,
                               struct buf *original_url, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, HOLDING);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    enum result result = db_one(store, step, "read what is held", trouble);
    if (result == RESULT_OK) {
        copy_column(s, 0, held->etag, sizeof held->etag);
        copy_column(s, 1, held->modified, sizeof held->modified);
        copy_column(s, 2, held->digest, sizeof held->digest);
        copy_column(s, 3, held->original_id, sizeof held->original_id);
        copy_column(s, 4, held->original_date, sizeof held->original_date);
        result = db_copy_text(s, 5, original_url, trouble);
        held->original_url = buf_text(original_url);
        held->status = sqlite3_column_int(s, 6);
        held->checks = sqlite3_column_int(s, 7);
        held->changes = sqlite3_column_int(s, 8);
        held->changed_ms = sqlite3_column_int64(s, 9);
        held->dated_ms = sqlite3_column_int64(s, 10);
    }
    sqlite3_reset(s);
    return result;
}

enum result store_keep_held_capture(struct store *store, int64_t key,
                                    const struct held_capture *held, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, KEEP_HOLDING);
    sqlite3_bind_int64(s, 1, key);
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
    return db_run(store, s, "keep what is held", trouble);
}

enum result store_date(struct store *store, int64_t key, int64_t *dated_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, DATE);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    *dated_ms = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read a date", trouble);
}

enum result store_keep_date(struct store *store, int64_t key, int64_t dated_ms,
                            struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, KEEP_DATE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, dated_ms);
    return db_run(store, s, "keep a date", trouble);
}

enum result store_list_names(struct store *store, int64_t key, struct buf *names,
                             struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, NAMES);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    enum result result = db_one(store, step, "read a list", trouble);
    if (result == RESULT_OK)
        result = db_copy_text(s, 0, names, trouble);
    sqlite3_reset(s);
    return result;
}

enum result store_keep_list_names(struct store *store, int64_t key, struct text names,
                                  struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, KEEP_NAMES);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_blob64(s, 2, names.length ? names.at : "", names.length, SQLITE_TRANSIENT);
    return db_run(store, s, "keep a list", trouble);
}

static struct url_history past_of(sqlite3_stmt *s)
{
    int state = sqlite3_column_int(s, 2);
    return (struct url_history){.key = sqlite3_column_int64(s, 0),
                                .kind = (enum visit_kind)sqlite3_column_int(s, 1),
                                .state =
                                    state == STATE_LEASED ? STATE_WAITING : (enum visit_state)state,
                                .done_ms = sqlite3_column_int64(s, 3),
                                .met = sqlite3_column_int64(s, 4),
                                .period = sqlite3_column_int(s, 5),
                                .url = db_text(s, 6),
                                .status = sqlite3_column_int(s, 7),
                                .changed_ms = sqlite3_column_int64(s, 8),
                                .dated_ms = sqlite3_column_int64(s, 9),
                                .said_ms = sqlite3_column_int64(s, 10),
                                .via_kind = sqlite3_column_type(s, 11) == SQLITE_NULL
                                                ? VISIT_KINDS
                                                : (enum visit_kind)sqlite3_column_int(s, 11)};
}

enum result store_url_history(struct store *store, int64_t key, struct url_history *history,
                              struct buf *texts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PAST);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    enum result result = db_one(store, step, "look back", trouble);
    if (result == RESULT_OK) {
        *history = past_of(s);
        if (texts)
            result = db_copy_text(s, 6, texts, trouble);
        history->url = texts ? buf_text(texts) : TEXT("");
    }
    sqlite3_reset(s);
    return result;
}

enum result store_each_url_history(struct store *store,
                                   void (*each)(void *context, const struct url_history *history),
                                   void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PASTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        struct url_history history = past_of(s);
        each(context, &history);
    }
    sqlite3_reset(s);
    return db_all(store, step, "look back", trouble);
}

/* The first texts of a row, put side by side into the caller's buffer: they outlive the step. */
static enum result keep_columns(sqlite3_stmt *s, int count, struct text *texts, struct buf *out,
                                struct trouble *trouble)
{
    size_t lengths[4];
    buf_clear(out);
    for (int i = 0; i < count; i++) {
        struct text text = db_text(s, i);
        lengths[i] = text.length;
        buf_add_text(out, text);
    }
    if (!buf_ok(out))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for what the store holds");
    struct text all = buf_text(out);
    for (int i = 0; i < count; i++) {
        texts[i] = text_first(all, lengths[i]);
        all = text_skip(all, lengths[i]);
    }
    return RESULT_OK;
}

enum result store_provenance(struct store *store, int64_t key, struct provenance *provenance,
                             struct buf *texts, struct trouble *trouble)
{
    struct text columns[3];
    sqlite3_stmt *s = db_begin(store, STORY);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    enum result result = db_one(store, step, "look back", trouble);
    if (result == RESULT_OK)
        result = keep_columns(s, 3, columns, texts, trouble);
    if (result == RESULT_OK)
        *provenance = (struct provenance){columns[0], columns[1], columns[2],
                                          sqlite3_column_int(s, 3), sqlite3_column_int64(s, 4)};
    sqlite3_reset(s);
    return result;
}

enum result store_refusal(struct store *store, int64_t key, struct url_refusal *refusal,
                          struct buf *texts, struct trouble *trouble)
{
    struct text columns[2];
    sqlite3_stmt *s = db_begin(store, REFUSAL);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    enum result result = db_one(store, step, "look back", trouble);
    if (result == RESULT_OK)
        result = keep_columns(s, 2, columns, texts, trouble);
    if (result == RESULT_OK)
        *refusal = (struct url_refusal){url_rule_by_name(columns[0]), columns[1]};
    if (result == RESULT_OK && !refusal->rule) /* a later version wrote it */
        refusal->rule = URL_RULE_TRAP;
    sqlite3_reset(s);
    return result;
}

enum result store_note_untold(struct store *store, int change, enum visit_kind kind,
                              struct text url, struct text target, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, NOTE_UNTOLD);
    sqlite3_bind_int(s, 1, change);
    sqlite3_bind_int(s, 2, kind);
    db_bind_text(s, 3, url);
    db_bind_text(s, 4, target);
    return db_run(store, s, "keep a change", trouble);
}

enum result store_each_untold(struct store *store,
                              void (*each)(void *context, int change, enum visit_kind kind,
                                           struct text url, struct text target),
                              void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, UNTOLD);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, sqlite3_column_int(s, 0), (enum visit_kind)sqlite3_column_int(s, 1),
             db_text(s, 2), db_text(s, 3));
    sqlite3_reset(s);
    return db_all(store, step, "list changes", trouble);
}

enum result store_all_told(struct store *store, struct trouble *trouble)
{
    return db_run(store, db_begin(store, TOLD), "forget changes", trouble);
}
