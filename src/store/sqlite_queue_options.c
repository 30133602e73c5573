/* What other options mean for the queue on SQLite: visits that are looked at, left out, forgotten.
 */
#include <config.h>

#include "store/sqlite_store_internal.h"

static struct sqlite_store *store_of(struct queue *queue)
{
    return SQLITE_STORE_OF(queue, queue);
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

enum result sqlite_queue_find(struct queue *queue, int64_t key, struct visit *visit,
                              struct buf *texts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store_of(queue), FIND);
    sqlite3_bind_int64(s, 1, key);
    return read_one(store_of(queue), s, visit, texts, trouble);
}

enum result sqlite_queue_next_missing(struct queue *queue, int64_t after, struct visit *visit,
                                      struct buf *texts, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store_of(queue), NEXT_MISSING);
    sqlite3_bind_int64(s, 1, after);
    return read_one(store_of(queue), s, visit, texts, trouble);
}

enum result sqlite_queue_leave_out(struct queue *queue, int64_t key, const char *reason,
                                   struct trouble *trouble)
{
    static const enum statement steps[] = {LEAVE_OUT_CAPTURED, LEAVE_OUT_SEED, LEAVE_OUT_UNKNOWN};
    struct sqlite_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *s = db_begin(store, steps[i]);
        sqlite3_bind_int64(s, 1, key);
        sqlite3_bind_int64(s, 2, queue->owner);
        if (steps[i] == LEAVE_OUT_SEED)
            db_bind_text(s, 3, text_of(reason));
        result = db_run(store, s, "leave a visit out", trouble);
    }
    return result;
}

/* The indexes serve only this, and are seldom needed. */
enum result sqlite_queue_forget_seed(struct queue *queue, int64_t key, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
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
    seen_keys_clear(queue->seen);
    return result != RESULT_OK || any ? result : RESULT_END;
}
