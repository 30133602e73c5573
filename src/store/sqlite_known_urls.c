/* The known URLs on SQLite: looked up, left out, forgotten, counted and listed. */
#include <config.h>

#include "store/sqlite_store_internal.h"

#include <string.h>

static struct sqlite_store *store_of(struct known_urls *known)
{
    return SQLITE_STORE_OF(known, known);
}

enum { HOST_COLUMN = 10 };

static enum result read_one(struct sqlite_store *store, sqlite3_stmt *s, struct visit *visit,
                            struct buf *texts, struct trouble *trouble)
{
    enum result result = db_one(store, sqlite3_step(s), "read a visit", trouble);
    if (result == RESULT_OK)
        result =
            sqlite_queue_read_visit(s, sqlite3_column_int64(s, HOST_COLUMN), visit, texts, trouble);
    sqlite3_reset(s);
    return result;
}

static enum result find(struct known_urls *known, int64_t key, struct visit *visit,
                        struct buf *texts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store_of(known), FIND);
    sqlite3_bind_int64(s, 1, key);
    return read_one(store_of(known), s, visit, texts, trouble);
}

static enum result next_missing(struct known_urls *known, int64_t after, struct visit *visit,
                                struct buf *texts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store_of(known), NEXT_MISSING);
    sqlite3_bind_int64(s, 1, after);
    return read_one(store_of(known), s, visit, texts, trouble);
}

static enum result leave_out(struct known_urls *known, int64_t key, const char *reason,
                             struct trouble *trouble)
{
    static const enum statement steps[] = {LEAVE_OUT_CAPTURED, LEAVE_OUT_SEED, LEAVE_OUT_UNKNOWN,
                                           FORGET_AGAIN_UNKNOWN};
    struct sqlite_store *store = store_of(known);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *s = db_begin(store, steps[i]);
        sqlite3_bind_int64(s, 1, key);
        if (steps[i] != FORGET_AGAIN_UNKNOWN)
            sqlite3_bind_int64(s, 2, store->queue.owner);
        if (steps[i] == LEAVE_OUT_SEED)
            db_bind_text(s, 3, text_of(reason));
        result = db_run(store, s, "leave a visit out", trouble);
    }
    return result;
}

/* The indexes serve only this, and are seldom needed. */
static enum result forget_seed(struct known_urls *known, int64_t key, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, FORGET_SEED);
    if (sqlite3_exec(store->db,
                     "CREATE INDEX IF NOT EXISTS found_from ON visit(via);"
                     "CREATE INDEX IF NOT EXISTS rules_of ON visit(host) WHERE kind = 0",
                     NULL, NULL, NULL) != SQLITE_OK)
        return db_say(store, "find what a seed led to", trouble);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_run(store, s, "forget a seed", trouble);
    bool any = result == RESULT_OK && sqlite3_changes(store->db) > 0;
    if (any)
        result = db_run(store, db_begin(store, FORGET_RULES), "forget a robots.txt", trouble);
    if (result == RESULT_OK && sqlite3_exec(store->db, "DROP INDEX found_from; DROP INDEX rules_of",
                                            NULL, NULL, NULL) != SQLITE_OK)
        result = db_say(store, "forget a seed", trouble);
    seen_keys_clear(store->queue.seen);
    return result != RESULT_OK || any ? result : RESULT_END;
}

/* ---- looking ---- */

static enum result served(struct known_urls *known, int64_t host, int place, struct visit *visit,
                          struct buf *texts, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, SERVED);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int(s, 2, place);
    *visit = (struct visit){.host = host};
    enum result result = db_one(store, sqlite3_step(s), "find what a host has served", trouble);
    if (result == RESULT_OK) {
        visit->key = sqlite3_column_int64(s, 0);
        visit->kind = db_kind(s, 1);
        result = db_copy_texts(s, 2, 1, &visit->url, texts, trouble);
    }
    sqlite3_reset(s);
    return result;
}

static enum result count_visits(struct known_urls *known, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                                struct trouble *trouble)
{
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, COUNT);
    int step;
    memset(counts, 0, sizeof(uint64_t) * VISIT_KINDS * STATE_COUNT);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        enum url_state state = db_state_of_number(db_int(s, 1));
        counts[db_kind(s, 0)][state]++;
    }
    sqlite3_reset(s);
    return db_all(store, step, "count", trouble);
}

static enum result count_waiting(struct known_urls *known, uint64_t *waiting,
                                 struct trouble *trouble)
{
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, COUNT_WAITING);
    int step = sqlite3_step(s);
    *waiting = step == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "count what waits", trouble);
}

static enum result each_waiting(struct known_urls *known, int64_t host, waiting_visit_visitor *each,
                                void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, LIST_WAITING);
    int step;
    sqlite3_bind_int64(s, 1, host);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const struct waiting_visit visit = {sqlite3_column_int64(s, 0),
                                            (enum visit_kind)sqlite3_column_int(s, 1),
                                            db_text(s, 2)};
        each(context, &visit);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list what waits", trouble);
}

static enum result each_visit(struct known_urls *known, enum visit_listing listing, int most,
                              void (*each)(void *context, const struct listed_visit *visit),
                              void *context, struct trouble *trouble)
{
    static const enum statement statements[LISTING_COUNT] = {
        [LISTING_FAILED] = LIST_FAILED,   [LISTING_KNOWN_DEAD] = LIST_KNOWN_DEAD,
        [LISTING_SEEDS] = LIST_SEEDS,     [LISTING_FORGOTTEN] = LIST_FORGOTTEN,
        [LISTING_PAGERS] = LIST_CAPTURED, [LISTING_PAGES] = LIST_CAPTURED};
    struct sqlite_store *store = store_of(known);
    sqlite3_stmt *s = db_begin(store, statements[listing]);
    int step;
    sqlite3_bind_int(s, 1, most);
    if (statements[listing] == LIST_CAPTURED)
        sqlite3_bind_int(s, 2, listing == LISTING_PAGERS ? VISIT_PAGER : VISIT_PAGE);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const struct listed_visit visit = {.failure = db_failure(s),
                                           .url = db_text(s, DB_FAILURE_COLUMNS),
                                           .kind = db_kind(s, DB_FAILURE_COLUMNS + 1),
                                           .status = db_int(s, DB_FAILURE_COLUMNS + 2),
                                           .reason = db_text(s, DB_FAILURE_COLUMNS + 3),
                                           .given = db_int(s, DB_FAILURE_COLUMNS + 4),
                                           .state = db_state_of_number(
                                               db_int(s, DB_FAILURE_COLUMNS + 5))};
        each(context, &visit);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list visits", trouble);
}

const struct known_urls_ops sqlite_known_urls_ops = {
    .find = find,
    .next_missing = next_missing,
    .leave_out = leave_out,
    .forget_seed = forget_seed,
    .served = served,
    .count = count_visits,
    .count_waiting = count_waiting,
    .each_waiting = each_waiting,
    .each = each_visit,
};
