/* What the site lists and what was left out, on SQLite. */
#include <config.h>

#include "store/sqlite_store_internal.h"

#include <string.h>

enum { NOTED_LEFT_OUT, NOTED_LISTED }; /* plus the list source */

static struct sqlite_store *store_of(struct completeness_state *state)
{
    return SQLITE_STORE_OF(state, completeness);
}

static enum result note_listed(struct completeness_state *state, const struct listed_url *urls,
                               size_t count, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        if (db_was_noted(store, urls[i].key, NOTED_LISTED + (int)urls[i].source))
            continue;
        sqlite3_stmt *s = db_begin(store, NOTE_LISTED);
        sqlite3_bind_int64(s, 1, urls[i].key);
        sqlite3_bind_int(s, 2, (int)urls[i].source);
        result = db_run(store, s, "store what a list names", trouble);
    }
    return result;
}

/* Before the rule is noted: the first one counts. */
static enum result note_suspect(struct sqlite_store *store, int64_t key, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, NOTE_SUSPECT);
    sqlite3_bind_int64(s, 1, key);
    return db_run(store, s, "store a suspect", trouble);
}

static enum result note_left_out(struct completeness_state *state, const struct left_out_url *urls,
                                 size_t count, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        if (db_was_noted(store, urls[i].key, NOTED_LEFT_OUT))
            continue;
        if (urls[i].suspected)
            result = note_suspect(store, urls[i].key, trouble);
        if (result != RESULT_OK)
            break;
        sqlite3_stmt *s = db_begin(store, LEAVE_OUT);
        sqlite3_bind_int64(s, 1, urls[i].key);
        db_bind_text(s, 2, urls[i].url);
        db_bind_text(s, 3, text_of(url_rule_name(urls[i].rule)));
        sqlite3_bind_int64(s, 4, urls[i].via_key);
        result = db_run(store, s, "store what is left out", trouble);
    }
    return result;
}

static enum result refusal(struct completeness_state *state, int64_t key,
                           struct url_refusal *refusal, struct buf *via, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, REFUSAL);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "find why a URL was left out", trouble);
    if (result == RESULT_OK) {
        refusal->rule = url_rule_by_name(db_text(s, 0));
        if (refusal->rule == URL_RULE_NONE) /* a later version wrote it */
            refusal->rule = URL_RULE_TRAP;
        result = db_copy_texts(s, 1, 1, &refusal->via, via, trouble);
    }
    sqlite3_reset(s);
    return result;
}

/* Names of rules need no escaping. */
static enum result forget_left_out(struct completeness_state *state,
                                   const struct url_rule_set *rules, struct trouble *trouble)
{
    enum { SQL_BYTES = 64 * URL_RULES + 100 };
    struct sqlite_store *store = store_of(state);
    struct buf sql;
    buf_init(&sql, SQL_BYTES);
    buf_add(&sql, "DELETE FROM refused WHERE rule IN (''");
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (rules->has[rule])
            buf_printf(&sql, ", '%s'", url_rule_name(rule));
    buf_add(&sql, "); DELETE FROM suspect WHERE key NOT IN (SELECT key FROM refused)");
    db_begin(store, LEAVE_OUT); /* in the transaction */
    enum result result = !buf_ok(&sql) ? trouble_say(trouble, RESULT_BROKEN, "no memory for rules")
                         : sqlite3_exec(store->db, sql.data, NULL, NULL, NULL) != SQLITE_OK
                             ? db_say(store, "forget what was left out", trouble)
                             : RESULT_OK;
    memset(store->noted, 0, sizeof store->noted);
    buf_release(&sql);
    return result;
}

/* Counts the URL of a row. */
static void count_one(sqlite3_stmt *s, struct state_counts *counts)
{
    if (sqlite3_column_type(s, 3) == SQLITE_NULL)
        state_counts_add(counts, db_state_of_number(db_int(s, 2)), 1);
    else
        state_counts_leave_out(counts, (enum left_out_by)db_int(s, 3), 1);
}

static enum result count_listed(struct completeness_state *state, struct listed_counts *counts,
                                struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, COUNT_LISTED);
    int step;
    bool any = false;
    int64_t last = 0;
    memset(counts, 0, sizeof *counts);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(s, 0), source = sqlite3_column_int64(s, 1);
        if (source < 0 || source >= LIST_SOURCES) /* a damaged file, or a later program's list */
            continue;
        count_one(s, &counts->by[source]);
        if (!any || key != last) /* several lists name it, and it counts once */
            count_one(s, &counts->all);
        any = true;
        last = key;
    }
    sqlite3_reset(s);
    return db_all(store, step, "count what lists name", trouble);
}

static enum result each_gap(struct completeness_state *state, int most, listed_gap_visitor *each,
                            void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, GAPS);
    int step;
    sqlite3_bind_int(s, 1, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t source = sqlite3_column_int64(s, 0);
        if (source < 0 || source >= LIST_SOURCES) /* a damaged file, or a later program's list */
            continue;
        const struct listed_gap gap = {.source = (enum list_source)source,
                                       .state = sqlite3_column_type(s, 2) == SQLITE_NULL
                                                    ? STATE_LEFT_OUT
                                                    : db_state_of_number(db_int(s, 2)),
                                       .by = (enum left_out_by)db_int(s, 4),
                                       .url = db_text(s, 1),
                                       .reason = db_text(s, 3)};
        each(context, &gap);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list the gaps", trouble);
}

static enum result note_redirect(struct completeness_state *state,
                                 const struct noted_redirect *redirect, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, NOTE_REDIRECT);
    sqlite3_bind_int64(s, 1, redirect->key);
    sqlite3_bind_int64(s, 2, redirect->target);
    sqlite3_bind_int(s, 3, redirect->to_login);
    return db_run(store, s, "store a redirect", trouble);
}

static enum result each_response(struct completeness_state *state, known_response_visitor *each,
                                 void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, RESPONSES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(s, 0);
        const struct known_response response = {.key = key,
                                                .kind = db_kind(s, 1),
                                                .state = db_state_of_number(db_int(s, 2)),
                                                .hops = db_text(s, 3),
                                                .url = db_text(s, 4),
                                                .listed = db_int(s, 5),
                                                .named_as_page = db_int(s, 6),
                                                .redirect = {key, sqlite3_column_int64(s, 7),
                                                             db_int(s, 8)},
                                                .digest = db_text(s, 9)};
        each(context, &response);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list redirects and listed pages", trouble);
}

const struct completeness_state_ops sqlite_completeness_ops = {
    .note_listed = note_listed,
    .note_left_out = note_left_out,
    .refusal = refusal,
    .forget_left_out = forget_left_out,
    .count_listed = count_listed,
    .each_gap = each_gap,
    .note_redirect = note_redirect,
    .each_response = each_response,
};
