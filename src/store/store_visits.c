/* The store: addresses that wait, are given out, and are done with. */
#include <config.h>

#include "store/store_sqlite.h"

#include <string.h>

#include "base/clock.h"

void db_remember(struct store *store, int64_t key, int kind)
{
    int64_t *slot = &store->seen[(uint64_t)key >> KIND_BITS & (SEEN_SLOTS - 1)],
            other = key >> KIND_BITS;
    if (*slot >> KIND_BITS != other || kind < (*slot & KIND_MASK))
        *slot = (int64_t)((uint64_t)other << KIND_BITS) | kind;
}

bool store_surely_knows(const struct store *store, int64_t key, enum visit_kind kind)
{
    int64_t slot = store->seen[(uint64_t)key >> KIND_BITS & (SEEN_SLOTS - 1)];
    return slot >> KIND_BITS == key >> KIND_BITS && (slot & KIND_MASK) <= (int64_t)kind;
}

static enum result raise_kind(struct store *store, const struct visit *visit,
                              struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, RAISE);
    sqlite3_bind_int64(s, 1, visit->key);
    sqlite3_bind_int(s, 2, visit->kind);
    sqlite3_bind_int(s, 3, visit->depth);
    return db_run(store, s, "move a visit up", trouble);
}

enum result store_offer(struct store *store, const struct visit *visit, bool *is_new,
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
    db_remember(store, visit->key, visit->kind);
    return *is_new ? RESULT_OK : raise_kind(store, visit, trouble);
}

static void fill_visit(struct store *store, sqlite3_stmt *s, int64_t host, struct visit *visit)
{
    *visit = (struct visit){.key = sqlite3_column_int64(s, 0),
                            .host = host,
                            .kind = (enum visit_kind)sqlite3_column_int(s, 1),
                            .depth = sqlite3_column_int(s, 2),
                            .attempts = sqlite3_column_int(s, 3),
                            .robots_for = sqlite3_column_int64(s, 4),
                            .via_key = sqlite3_column_int64(s, 8),
                            .period = sqlite3_column_int(s, 9)};
    struct text hops = db_text(s, 5);
    hops = text_skip(hops, hops.length > VISIT_HOPS_MOST ? hops.length - VISIT_HOPS_MOST : 0);
    memcpy(visit->hops, hops.at, hops.length);
    buf_clear(&store->url);
    buf_add_text(&store->url, db_text(s, 6));
    buf_clear(&store->via);
    buf_add_text(&store->via, db_text(s, 7));
    visit->url = buf_text(&store->url);
    visit->via = buf_text(&store->via);
}

/* When the earliest of the host's visits that wait for a later time is ready; 0 when there is none.
 */
static int64_t ready_at(struct store *store, int64_t host, int64_t now_ms)
{
    sqlite3_stmt *s = db_begin(store, READY);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    int64_t earliest = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return earliest;
}

enum result store_take(struct store *store, int64_t host, int64_t now_ms, bool no_pages,
                       struct visit *visit, int64_t *ready_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, TAKE);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    sqlite3_bind_int(s, 3, store->requisites_only ? 2 : no_pages);
    int step = sqlite3_step(s);
    *ready_ms = 0;
    if (step == SQLITE_ROW)
        fill_visit(store, s, host, visit);
    sqlite3_reset(s);
    if (step == SQLITE_ROW) {
        s = db_begin(store, LEASE);
        sqlite3_bind_int64(s, 1, visit->key);
        return buf_ok(&store->url)
                   ? db_run(store, s, "lease a visit", trouble)
                   : trouble_say(trouble, RESULT_BROKEN, "no memory for an address");
    }
    if (step != SQLITE_DONE)
        return db_say(store, "take a visit", trouble);
    *ready_ms = ready_at(store, host, now_ms);
    return RESULT_END;
}

int store_requisites(struct store *store, int64_t host, int64_t now_ms, int most)
{
    sqlite3_stmt *s = db_begin(store, PARTS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    sqlite3_bind_int(s, 3, most);
    int count = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    sqlite3_reset(s);
    return count;
}

void store_take_requisites_only(struct store *store)
{
    store->requisites_only = true;
}

enum result store_begin_round(struct store *store, int64_t now_ms, struct trouble *trouble)
{
    enum { WAITS_MOST_MS = 3600000 }; /* for another try */
    sqlite3_stmt *s = db_begin(store, UNDATE);
    sqlite3_bind_int64(s, 1, now_ms);
    sqlite3_bind_int64(s, 2, now_ms + WAITS_MOST_MS);
    enum result result = db_run(store, s, "begin a round", trouble);
    store->round_ms = now_ms;
    return result == RESULT_OK ? store_set_number(store, "round_began", now_ms, trouble) : result;
}

enum result store_finish(struct store *store, const struct outcome *outcome,
                         struct trouble *trouble)
{
    int64_t now = clock_wall_ms();
    sqlite3_stmt *s = db_begin(store, FINISH);
    sqlite3_bind_int64(s, 1, outcome->key);
    sqlite3_bind_int(s, 2, outcome->state);
    sqlite3_bind_int(s, 3, outcome->status);
    sqlite3_bind_int(s, 4, outcome->attempts);
    sqlite3_bind_int64(s, 5, outcome->not_before_ms);
    if (outcome->reason)
        db_bind_text(s, 6, text_of(outcome->reason));
    else
        sqlite3_bind_null(s, 6);
    sqlite3_bind_int64(s, 7, now > store->round_ms ? now : store->round_ms);
    return db_run(store, s, "finish a visit", trouble);
}

enum result store_put_last(struct store *store, int64_t key, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, PUT_LAST);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, store->met++);
    return db_run(store, s, "put a visit behind", trouble);
}

int64_t store_met(const struct store *store)
{
    return store->met;
}

enum result store_ask_again(struct store *store, int64_t key, int64_t before_ms, int64_t *host,
                            struct buf *host_name, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, ASK_AGAIN);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, before_ms);
    enum result result = db_run(store, s, "ask again", trouble);
    if (result != RESULT_OK)
        return result;
    if (!sqlite3_changes(store->db))
        return RESULT_END;
    s = db_begin(store, HOST_OF);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    result = step == SQLITE_ROW ? db_copy_text(s, 1, host_name, trouble)
                                : db_say(store, "find a host", trouble);
    if (step == SQLITE_ROW)
        *host = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return result;
}

enum result store_retry_failed(struct store *store, struct trouble *trouble)
{
    return db_run(store, db_begin(store, RETRY), "put failed visits back", trouble);
}

enum result store_each_captured(struct store *store, enum visit_kind kind,
                                void (*each)(void *context, struct text url), void *context,
                                struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, CAPTURED);
    int step;
    sqlite3_bind_int(s, 1, kind);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0));
    sqlite3_reset(s);
    return db_all(store, step, "list what is captured", trouble);
}

enum result store_count(struct store *store, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                        struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, COUNT);
    int step;
    memset(counts, 0, sizeof(uint64_t) * VISIT_KINDS * STATE_COUNT);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int kind = sqlite3_column_int(s, 0), state = sqlite3_column_int(s, 1);
        if (state == STATE_LEASED)
            state = STATE_WAITING;
        if (kind >= 0 && kind < VISIT_KINDS && state >= 0 && state < STATE_COUNT)
            counts[kind][state] += (uint64_t)sqlite3_column_int64(s, 2);
    }
    sqlite3_reset(s);
    return db_all(store, step, "count", trouble);
}

enum result store_list(struct store *store, enum visit_state state, int most,
                       void (*each)(void *context, struct text url, enum visit_kind kind,
                                    int status, struct text reason),
                       void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, LIST);
    int step;
    sqlite3_bind_int(s, 1, state);
    sqlite3_bind_int(s, 2, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0), (enum visit_kind)sqlite3_column_int(s, 1),
             sqlite3_column_int(s, 2), db_text(s, 3));
    sqlite3_reset(s);
    return db_all(store, step, "list visits", trouble);
}

enum result store_each_of_kind(struct store *store, enum visit_kind kind,
                               void (*each)(void *context, struct text url), void *context,
                               struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, OF_KIND);
    int step;
    sqlite3_bind_int(s, 1, kind);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0));
    sqlite3_reset(s);
    return db_all(store, step, "list visits", trouble);
}
