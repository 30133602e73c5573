/* The queue on SQLite: URLs that wait, are leased, and are finished. */
#include <config.h>

#include "store/sqlite_store_internal.h"

#include <string.h>

#include "base/clock.h"

static struct sqlite_store *store_of(struct queue *queue)
{
    return SQLITE_STORE_OF(queue, queue);
}

/* ---- offering ---- */

static enum result raise_kind(struct sqlite_store *store, const struct visit *visit,
                              struct trouble *trouble)
{
    bool given = visit->kind == VISIT_SEED && !visit->hops[0];
    sqlite3_stmt *s = db_begin(store, given ? MAKE_SEED : RAISE);
    sqlite3_bind_int64(s, 1, visit->key);
    if (!given) {
        sqlite3_bind_int(s, 2, visit->kind);
        sqlite3_bind_int(s, 3, visit->depth);
    }
    return db_run(store, s, "move a visit up", trouble);
}

/* A forgotten URL is found in another way.  END: the URL was not forgotten. */
static enum result adopt(struct sqlite_store *store, const struct visit *visit, bool *waits,
                         struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, ADOPT);
    sqlite3_bind_int64(s, 1, visit->key);
    sqlite3_bind_int(s, 2, visit->kind);
    sqlite3_bind_int(s, 3, visit->depth);
    sqlite3_bind_int64(s, 4, visit->robots_for);
    db_bind_text(s, 5, text_of(visit->hops));
    sqlite3_bind_int64(s, 6, visit->via_key);
    sqlite3_bind_int(s, 7, visit->period);
    enum result result = db_run(store, s, "take a forgotten visit back", trouble);
    if (result != RESULT_OK || !sqlite3_changes(store->db))
        return result == RESULT_OK ? RESULT_END : result;
    s = db_begin(store, IS_WAITING);
    sqlite3_bind_int64(s, 1, visit->key);
    int step = sqlite3_step(s);
    *waits = step == SQLITE_ROW;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "take a forgotten visit back", trouble);
}

static enum result offer_one(struct sqlite_store *store, const struct visit *visit, bool *is_new,
                             struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, OFFER);
    sqlite3_bind_int64(s, 1, visit->key);
    sqlite3_bind_int64(s, 2, visit->host);
    sqlite3_bind_int(s, 3, visit->kind);
    sqlite3_bind_int(s, 4, visit->depth);
    sqlite3_bind_int64(s, 5, visit->robots_for);
    db_bind_text(s, 6, text_of(visit->hops));
    db_bind_text(s, 7, visit->url);
    sqlite3_bind_int64(s, 8, visit->via_key);
    sqlite3_bind_int64(s, 9, store->met++);
    sqlite3_bind_int(s, 10, visit->period);
    enum result result = db_run(store, s, "add a visit", trouble);
    if (result != RESULT_OK)
        return result;
    *is_new = sqlite3_changes(store->db) > 0;
    seen_keys_add(store->queue.seen, visit->key, visit->kind);
    if (*is_new)
        return RESULT_OK;
    result = adopt(store, visit, is_new, trouble);
    return result == RESULT_END ? raise_kind(store, visit, trouble) : result;
}

static enum result offer(struct queue *queue, const struct visit *visits, size_t count,
                         bool *are_new, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        bool is_new;
        result = offer_one(store_of(queue), &visits[i], are_new ? &are_new[i] : &is_new, trouble);
    }
    return result;
}

/* ---- taking ---- */

enum result sqlite_queue_read_visit(sqlite3_stmt *s, int64_t host, struct visit *visit,
                                    struct buf *texts, struct trouble *trouble)
{
    struct text columns[2];
    *visit = (struct visit){.key = sqlite3_column_int64(s, 0),
                            .host = host,
                            .kind = db_kind(s, 1),
                            .depth = db_int(s, 2),
                            .attempts = db_int(s, 3),
                            .robots_for = sqlite3_column_int64(s, 4),
                            .via_key = sqlite3_column_int64(s, 8),
                            .period = db_int(s, 9)};
    struct text hops = db_text(s, 5);
    hops = text_skip(hops, hops.length > VISIT_HOPS_MOST ? hops.length - VISIT_HOPS_MOST : 0);
    memcpy(visit->hops, hops.at, hops.length);
    enum result result = db_copy_texts(s, 6, 2, columns, texts, trouble);
    if (result != RESULT_OK)
        return result;
    visit->url = columns[0];
    visit->via = columns[1];
    return RESULT_OK;
}

static enum result lease(struct sqlite_store *store, int64_t key, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, LEASE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, store->queue.owner);
    return db_run(store, s, "lease a visit", trouble);
}

/* Returns END, and when the first of the host's visits that wait for a later time is ready; 0:
 * there is none. */
static enum result say_when_ready(struct sqlite_store *store, const struct take_request *request,
                                  int64_t *ready_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, READY);
    sqlite3_bind_int64(s, 1, request->host);
    sqlite3_bind_int64(s, 2, request->now_ms);
    int step = sqlite3_step(s);
    *ready_ms = step == SQLITE_ROW ? db_positive(s, 0) : 0;
    sqlite3_reset(s);
    return step == SQLITE_ROW ? RESULT_END : db_say(store, "find when a visit is ready", trouble);
}

static enum result take(struct queue *queue, const struct take_request *request,
                        struct visit *visit, struct buf *texts, int64_t *ready_ms,
                        struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    bool page = request->choice == TAKE_PAGES;
    sqlite3_stmt *s = db_begin(store, page ? TAKE_A_PAGE : TAKE);
    sqlite3_bind_int64(s, 1, request->host);
    sqlite3_bind_int64(s, 2, request->now_ms);
    if (!page)
        sqlite3_bind_int(s, 3, request->choice);
    *ready_ms = 0;
    enum result result = db_one(store, sqlite3_step(s), "take a visit", trouble);
    if (result == RESULT_OK)
        result = sqlite_queue_read_visit(s, request->host, visit, texts, trouble);
    sqlite3_reset(s);
    if (result == RESULT_OK)
        return lease(store, visit->key, trouble);
    return result == RESULT_END ? say_when_ready(store, request, ready_ms, trouble) : result;
}

static enum result take_back(struct queue *queue, int64_t owner, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    sqlite3_stmt *s = db_begin(store, owner == QUEUE_OTHERS ? TAKE_BACK_OTHERS : TAKE_BACK);
    sqlite3_bind_int64(s, 1, owner == QUEUE_OTHERS ? queue->owner : owner);
    return db_run(store, s, "take back the leases of an ended run", trouble);
}

static enum result count_requisites(struct queue *queue, int64_t host, int64_t now_ms, int most,
                                    int *count, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    sqlite3_stmt *s = db_begin(store, COUNT_REQUISITES);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    sqlite3_bind_int(s, 3, most);
    int step = sqlite3_step(s);
    *count = step == SQLITE_ROW ? db_int(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "count requisites", trouble);
}

/* ---- what became of them ---- */

/* END: another owner has leased it. */
static enum result see_why_not(struct sqlite_store *store, int64_t key, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, IS_LEASED);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    sqlite3_reset(s);
    return step == SQLITE_ROW    ? RESULT_END
           : step == SQLITE_DONE ? RESULT_OK /* the key is not known */
                                 : db_say(store, "finish a visit", trouble);
}

/* A visit is no longer what it was before it was put back in the queue. */
static enum result forget_again(struct sqlite_store *store, int64_t key, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, FORGET_AGAIN);
    sqlite3_bind_int64(s, 1, key);
    return db_run(store, s, "forget what a URL was", trouble);
}

static enum result finish_one(struct sqlite_store *store, const struct outcome *outcome,
                              int64_t now_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, FINISH);
    sqlite3_bind_int64(s, 1, outcome->key);
    sqlite3_bind_int(s, 2, db_number_of_state(outcome->state));
    sqlite3_bind_int(s, 3, outcome->status);
    sqlite3_bind_int(s, 4, outcome->attempts);
    sqlite3_bind_int64(s, 5, outcome->not_before_ms);
    if (outcome->reason)
        db_bind_text(s, 6, text_of(outcome->reason));
    else
        sqlite3_bind_null(s, 6);
    sqlite3_bind_int64(s, 7, now_ms);
    sqlite3_bind_int64(s, 8, store->queue.owner);
    enum result result = db_run(store, s, "finish a visit", trouble);
    if (result == RESULT_OK && !sqlite3_changes(store->db))
        return see_why_not(store, outcome->key, trouble);
    /* it is no longer what it was */
    if (result == RESULT_OK && (outcome->state != STATE_WAITING || outcome->reason))
        result = forget_again(store, outcome->key, trouble);
    if (result != RESULT_OK || (outcome->state != STATE_BROKEN && outcome->state != STATE_REFUSED))
        return result;
    s = db_begin(store, FAILURE_NOTE);
    sqlite3_bind_int64(s, 1, outcome->key);
    sqlite3_bind_int(s, 2, outcome->way);
    return db_run(store, s, "store a failure", trouble);
}

static enum result finish(struct queue *queue, const struct outcome *outcomes, size_t count,
                          struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    enum result result = RESULT_OK, all = RESULT_OK;
    int64_t now = clock_wall_ms();
    if (now < store->round_ms)
        now = store->round_ms;
    for (size_t i = 0; result >= RESULT_OK && i < count; i++) {
        result = finish_one(store, &outcomes[i], now, trouble);
        all = result == RESULT_OK ? all : result;
    }
    return all;
}

static enum result restate(struct queue *queue, int64_t key, enum url_state state,
                           const char *reason, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    sqlite3_stmt *s = db_begin(store, RESTATE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int(s, 2, db_number_of_state(state));
    if (reason)
        db_bind_text(s, 3, text_of(reason));
    else
        sqlite3_bind_null(s, 3);
    return db_run(store, s, "note what became of a visit", trouble);
}

static enum result put_last(struct queue *queue, int64_t key, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    sqlite3_stmt *s = db_begin(store, PUT_LAST);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, store->met++);
    return db_run(store, s, "put a visit last", trouble);
}

static enum result tell_host(struct sqlite_store *store, int64_t key,
                             const struct asked_visitor *visitor, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, HOST_OF);
    sqlite3_bind_int64(s, 1, key);
    enum result result = db_one(store, sqlite3_step(s), "find a host", trouble);
    if (result == RESULT_OK)
        visitor->each(visitor->context, sqlite3_column_int64(s, 0), db_text(s, 1));
    sqlite3_reset(s);
    return result == RESULT_END ? RESULT_OK : result;
}

static enum result ask_again(struct queue *queue, const int64_t *keys, size_t count,
                             int64_t before_ms, const struct asked_visitor *visitor,
                             struct trouble *trouble)
{
    struct sqlite_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        static const enum statement both[] = {NOTE_AGAIN, ASK_AGAIN};
        for (int j = 0; result == RESULT_OK && j < 2; j++) {
            sqlite3_stmt *s = db_begin(store, both[j]);
            sqlite3_bind_int64(s, 1, keys[i]);
            sqlite3_bind_int64(s, 2, before_ms);
            result = db_run(store, s, "put a captured URL back in the queue", trouble);
        }
        if (result == RESULT_OK && visitor && sqlite3_changes(store->db))
            result = tell_host(store, keys[i], visitor, trouble);
    }
    return result;
}

static enum result retry_failed(struct queue *queue, int64_t now_ms, struct trouble *trouble)
{
    static const enum statement both[] = {NOTE_RETRY, RETRY};
    struct sqlite_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (int i = 0; result == RESULT_OK && i < 2; i++) {
        sqlite3_stmt *s = db_begin(store, both[i]);
        sqlite3_bind_int64(s, 1, now_ms);
        sqlite3_bind_int64(s, 2, now_ms == QUEUE_RETRY_ALL ? now_ms : now_ms + QUEUE_WAIT_MOST_MS);
        result = db_run(store, s, "put failed visits back", trouble);
    }
    return result;
}

const struct queue_ops sqlite_queue_ops = {
    .offer = offer,
    .take = take,
    .finish = finish,
    .restate = restate,
    .put_last = put_last,
    .take_back = take_back,
    .count_requisites = count_requisites,
    .ask_again = ask_again,
    .retry_failed = retry_failed,
};
