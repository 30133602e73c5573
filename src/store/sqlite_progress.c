/* How far the crawl has come, on SQLite. */
#include <config.h>

#include "base/hash.h"
#include "store/sqlite_store_internal.h"

static struct sqlite_store *store_of(struct progress_state *state)
{
    return SQLITE_STORE_OF(state, progress);
}

/* ---- WARC files ---- */

static enum result file(struct progress_state *state, const char *name, struct file_progress *file,
                        struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FILE_FIND);
    db_bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *file = (struct file_progress){.known_bytes = 0};
    if (step == SQLITE_ROW)
        *file = (struct file_progress){.known_bytes = db_positive(s, 0),
                                       .indexed_bytes = db_positive(s, 1)};
    sqlite3_reset(s);
    return db_at_most_one(store, step, "look up a file", trouble);
}

/* Runs a statement with a name and a number. */
static enum result keep(struct progress_state *state, enum statement which, const char *name,
                        int64_t number, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, which);
    db_bind_text(s, 1, text_of(name));
    sqlite3_bind_int64(s, 2, number);
    return db_run(store, s, "store a number", trouble);
}

static enum result keep_file(struct progress_state *state, const char *name,
                             struct file_progress file, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    if (file.known_bytes != FILE_AS_IT_WAS)
        result = keep(state, FILE_KNOWN, name, file.known_bytes, trouble);
    if (result == RESULT_OK && file.indexed_bytes != FILE_AS_IT_WAS)
        result = keep(state, FILE_INDEXED, name, file.indexed_bytes, trouble);
    return result;
}

static enum result each_file(struct progress_state *state,
                             void (*each)(void *context, struct text name), void *context,
                             struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FILES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0));
    sqlite3_reset(s);
    return db_all(store, step, "list its files", trouble);
}

/* ---- unreported changes ---- */

static enum result note_change(struct progress_state *state, const struct untold_change *change,
                               struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, NOTE_CHANGE);
    sqlite3_bind_int(s, 1, change->change);
    sqlite3_bind_int(s, 2, change->kind);
    db_bind_text(s, 3, change->url);
    db_bind_text(s, 4, change->target);
    return db_run(store, s, "store a change", trouble);
}

static enum result each_change(struct progress_state *state,
                               void (*each)(void *context, const struct untold_change *change),
                               void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, CHANGES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const struct untold_change change = {.change = db_int(s, 0),
                                             .kind = db_kind(s, 1),
                                             .url = db_text(s, 2),
                                             .target = db_text(s, 3)};
        each(context, &change);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list changes", trouble);
}

static enum result forget_changes(struct progress_state *state, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    return db_run(store, db_begin(store, FORGET_CHANGES), "forget changes", trouble);
}

/* ---- numbers ---- */

static void note_name(struct fact_names *facts, struct text name)
{
    uint64_t bit = hash_quick(0, name) % FACT_BITS;
    facts->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Nobody else writes to the file meanwhile. */
static void read_names(struct sqlite_store *store)
{
    sqlite3_stmt *s = NULL;
    int count = 0, step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(store->db, "SELECT name FROM fact", -1, &s, NULL) == SQLITE_OK)
        while (count <= FACTS_MOST && (step = sqlite3_step(s)) == SQLITE_ROW) {
            note_name(&store->looked_up.facts, db_text(s, 0));
            count++;
        }
    sqlite3_finalize(s);
    store->looked_up.facts.state = step == SQLITE_DONE ? FACTS_READ : FACTS_ASKED;
}

/* Whether there is certainly no number of this name. */
static bool has_none(struct sqlite_store *store, struct text name)
{
    uint64_t bit = hash_quick(0, name) % FACT_BITS;
    if (store->read_only)
        return false;
    if (store->looked_up.facts.state == FACTS_UNREAD)
        read_names(store);
    return store->looked_up.facts.state == FACTS_READ &&
           !(store->looked_up.facts.bits[bit / 64] >> bit % 64 & 1);
}

static enum result number(struct progress_state *state, const char *name, int64_t *number,
                          struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    *number = 0;
    if (has_none(store, text_of(name)))
        return RESULT_OK;
    sqlite3_stmt *s = db_begin(store, NUMBER_GET);
    db_bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *number = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read a number", trouble);
}

static enum result set_number(struct progress_state *state, const char *name, int64_t number,
                              struct trouble *trouble)
{
    note_name(&store_of(state)->looked_up.facts, text_of(name));
    return keep(state, NUMBER_SET, name, number, trouble);
}

static enum result add_number(struct progress_state *state, const char *name, int64_t more,
                              struct trouble *trouble)
{
    note_name(&store_of(state)->looked_up.facts, text_of(name));
    return keep(state, NUMBER_ADD, name, more, trouble);
}

static enum result raise_number(struct progress_state *state, const char *name, int64_t least,
                                struct trouble *trouble)
{
    note_name(&store_of(state)->looked_up.facts, text_of(name));
    return keep(state, NUMBER_RAISE, name, least, trouble);
}

const struct progress_state_ops sqlite_progress_ops = {
    .file = file,
    .keep_file = keep_file,
    .each_file = each_file,
    .note_change = note_change,
    .each_change = each_change,
    .forget_changes = forget_changes,
    .number = number,
    .set_number = set_number,
    .add_number = add_number,
    .raise_number = raise_number,
};
