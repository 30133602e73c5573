/* Failures, on SQLite. */
#include <config.h>

#include "store/sqlite_store_internal.h"

static struct sqlite_store *store_of(struct failure_state *state)
{
    return SQLITE_STORE_OF(state, failures);
}

struct failure db_failure(sqlite3_stmt *s)
{
    return (struct failure){.key = sqlite3_column_int64(s, 0),
                            .way = db_int(s, 1),
                            .counted_way = db_int(s, 2),
                            .rounds = db_int(s, 3),
                            .same_rounds = db_int(s, 4),
                            .since_ms = db_positive(s, 5),
                            .round_ms = db_positive(s, 6),
                            .not_until_ms = db_positive(s, 7),
                            .known_dead = db_int(s, 8)};
}

static enum result find(struct failure_state *state, int64_t key, struct failure *failure,
                        struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FAILURE_FIND);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "read a failure", trouble);
    if (result == RESULT_OK)
        *failure = db_failure(s);
    sqlite3_reset(s);
    return result;
}

static enum result keep(struct failure_state *state, const struct failure *failure,
                        struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FAILURE_KEEP);
    sqlite3_bind_int64(s, 1, failure->key);
    sqlite3_bind_int(s, 2, failure->way);
    sqlite3_bind_int(s, 3, failure->counted_way);
    sqlite3_bind_int(s, 4, failure->rounds);
    sqlite3_bind_int(s, 5, failure->same_rounds);
    sqlite3_bind_int64(s, 6, failure->since_ms);
    sqlite3_bind_int64(s, 7, failure->round_ms);
    sqlite3_bind_int64(s, 8, failure->not_until_ms);
    sqlite3_bind_int(s, 9, failure->known_dead);
    return db_run(store, s, "store a failure", trouble);
}

static enum result forget(struct failure_state *state, int64_t key, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FAILURE_FORGET);
    sqlite3_bind_int64(s, 1, key);
    return db_run(store, s, "forget a failure", trouble);
}

static enum result each_failure(struct failure_state *state, int64_t after, int most,
                                void (*each)(void *context, const struct failed_visit *visit),
                                void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(state);
    sqlite3_stmt *s = db_begin(store, FAILURES);
    int step;
    sqlite3_bind_int64(s, 1, after);
    sqlite3_bind_int(s, 2, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const struct failed_visit visit = {.failure = db_failure(s),
                                           .url = db_text(s, DB_FAILURE_COLUMNS),
                                           .kind = db_kind(s, DB_FAILURE_COLUMNS + 1),
                                           .state = db_state_of_number(
                                               db_int(s, DB_FAILURE_COLUMNS + 2)),
                                           .status = db_int(s, DB_FAILURE_COLUMNS + 3),
                                           .done_ms = db_positive(s, DB_FAILURE_COLUMNS + 4)};
        each(context, &visit);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list failures", trouble);
}

const struct failure_state_ops sqlite_failure_ops = {
    .find = find,
    .keep = keep,
    .forget = forget,
    .each = each_failure,
};
