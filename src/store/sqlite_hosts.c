/* The hosts on SQLite. */
#include <config.h>

#include "store/sqlite_store_internal.h"

static struct sqlite_store *store_of(struct hosts *hosts)
{
    return SQLITE_STORE_OF(hosts, hosts);
}

static enum result add_host(struct sqlite_store *store, struct text name, int64_t *host,
                            struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, HOST_MAKE);
    db_bind_text(s, 1, name);
    enum result result = db_run(store, s, "add a host", trouble);
    *host = sqlite3_last_insert_rowid(store->db);
    return result;
}

static enum result number(struct hosts *hosts, struct text name, int64_t *host,
                          struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    if (store->looked_up.host.number && text_equal(name, buf_text(&store->looked_up.host.name))) {
        *host = store->looked_up.host.number;
        return RESULT_OK;
    }
    sqlite3_stmt *s = db_begin(store, HOST_FIND);
    db_bind_text(s, 1, name);
    enum result result = db_one(store, sqlite3_step(s), "find a host", trouble);
    if (result == RESULT_OK)
        *host = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    if (result == RESULT_END)
        result = add_host(store, name, host, trouble);
    buf_clear(&store->looked_up.host.name);
    buf_add_text(&store->looked_up.host.name, name);
    store->looked_up.host.number =
        result == RESULT_OK && buf_ok(&store->looked_up.host.name) ? *host : 0;
    return result;
}

static enum result each_waiting(struct hosts *hosts,
                                void (*each)(void *context, const struct waiting_host *host),
                                void *context, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    sqlite3_stmt *s = db_begin(store, HOSTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        const struct waiting_host host = {.host = sqlite3_column_int64(s, 0),
                                          .name = db_text(s, 1),
                                          .waiting = sqlite3_column_int64(s, 2),
                                          .url = db_text(s, 3)};
        each(context, &host);
    }
    sqlite3_reset(s);
    return db_all(store, step, "list its hosts", trouble);
}

static enum result robots(struct hosts *hosts, int64_t host, struct host_robots *robots,
                          struct buf *body, struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    sqlite3_stmt *s = db_begin(store, ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    enum result result = db_one(store, sqlite3_step(s), "read a robots.txt", trouble);
    if (result == RESULT_OK && sqlite3_column_type(s, 2) == SQLITE_NULL)
        result = RESULT_END;
    if (result == RESULT_OK) {
        *robots = (struct host_robots){.status = db_int(s, 0),
                                       .received_ms = db_positive(s, 2),
                                       .body = TEXT("")};
        if (body)
            result = db_copy_texts(s, 1, 1, &robots->body, body, trouble);
    }
    sqlite3_reset(s);
    return result;
}

static enum result keep_robots(struct hosts *hosts, int64_t host, const struct host_robots *robots,
                               struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    sqlite3_stmt *s = db_begin(store, KEEP_ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int(s, 2, robots->status);
    db_bind_text(s, 3, robots->body);
    sqlite3_bind_int64(s, 4, robots->received_ms);
    return db_run(store, s, "store a robots.txt", trouble);
}

static enum result state(struct hosts *hosts, int64_t host, struct host_state *state,
                         struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    sqlite3_stmt *s = db_begin(store, HOST_STATE);
    sqlite3_bind_int64(s, 1, host);
    int step = sqlite3_step(s);
    *state = (struct host_state){.leave_until_ms = 0};
    if (step == SQLITE_ROW)
        *state = (struct host_state){.leave_until_ms = db_positive(s, 0),
                                     .refusals = db_int(s, 1),
                                     .took_ms = db_positive(s, 2),
                                     .is_dead = db_int(s, 3)};
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read how a host behaves", trouble);
}

static enum result keep_state(struct hosts *hosts, int64_t host, const struct host_state *state,
                              struct trouble *trouble)
{
    struct sqlite_store *store = store_of(hosts);
    sqlite3_stmt *s = db_begin(store, KEEP_HOST_STATE);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, state->leave_until_ms);
    sqlite3_bind_int(s, 3, state->refusals);
    sqlite3_bind_int64(s, 4, state->took_ms);
    enum result result = db_run(store, s, "store how a host behaves", trouble);
    if (result != RESULT_OK)
        return result;
    s = db_begin(store, state->is_dead ? HOST_DEAD : HOST_ALIVE);
    sqlite3_bind_int64(s, 1, host);
    return db_run(store, s, "store whether a host is dead", trouble);
}

const struct hosts_ops sqlite_hosts_ops = {
    .number = number,
    .each_waiting = each_waiting,
    .robots = robots,
    .keep_robots = keep_robots,
    .state = state,
    .keep_state = keep_state,
};
