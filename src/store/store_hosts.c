/* The store: hosts with their rules and manners, WARC files, and numbers with a name. */
#include <config.h>

#include "store/store_sqlite.h"

enum result store_host(struct store *store, struct text name, int64_t *host,
                       struct trouble *trouble)
{
    enum result result = RESULT_OK;
    if (store->host_number && text_equal(name, buf_text(&store->host_name))) {
        *host = store->host_number;
        return RESULT_OK;
    }
    sqlite3_stmt *s = db_begin(store, HOST_FIND);
    db_bind_text(s, 1, name);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        *host = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    if (step == SQLITE_DONE) {
        s = db_begin(store, HOST_MAKE);
        db_bind_text(s, 1, name);
        result = db_run(store, s, "add a host", trouble);
        *host = sqlite3_last_insert_rowid(store->db);
    } else if (step != SQLITE_ROW)
        return db_say(store, "find a host", trouble);
    buf_clear(&store->host_name);
    buf_add_text(&store->host_name, name);
    store->host_number = result == RESULT_OK && buf_ok(&store->host_name) ? *host : 0;
    return result;
}

enum result store_waiting_hosts(struct store *store,
                                void (*each)(void *context, int64_t host, struct text name,
                                             int64_t waiting, struct text url),
                                void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, HOSTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, sqlite3_column_int64(s, 0), db_text(s, 1), sqlite3_column_int64(s, 2),
             db_text(s, 3));
    sqlite3_reset(s);
    return db_all(store, step, "list its hosts", trouble);
}

enum result store_robots(struct store *store, int64_t host, int64_t now_ms, int64_t max_age_ms,
                         int *status, struct buf *body, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    int step = sqlite3_step(s);
    enum result result = RESULT_END;
    if (step == SQLITE_ROW && sqlite3_column_type(s, 2) != SQLITE_NULL &&
        now_ms - sqlite3_column_int64(s, 2) <= max_age_ms &&
        sqlite3_column_int64(s, 2) <= now_ms + max_age_ms) {
        *status = sqlite3_column_int(s, 0);
        result = body ? db_copy_text(s, 1, body, trouble) : RESULT_OK;
    } else if (step != SQLITE_ROW && step != SQLITE_DONE)
        result = db_say(store, "read the rules of a host", trouble);
    sqlite3_reset(s);
    return result;
}

enum result store_keep_robots(struct store *store, int64_t host, int64_t now_ms, int status,
                              struct text body, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, KEEP_ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int(s, 2, status);
    db_bind_text(s, 3, body);
    sqlite3_bind_int64(s, 4, now_ms);
    return db_run(store, s, "keep the rules of a host", trouble);
}

enum result store_host_state(struct store *store, int64_t host, struct host_state *host_state,
                             struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, MANNERS);
    sqlite3_bind_int64(s, 1, host);
    int step = sqlite3_step(s);
    *host_state = (struct host_state){.leave_until_ms = 0};
    if (step == SQLITE_ROW)
        *host_state = (struct host_state){sqlite3_column_int64(s, 0), sqlite3_column_int(s, 1),
                                          sqlite3_column_int64(s, 2)};
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read a host's manners", trouble);
}

enum result store_keep_host_state(struct store *store, int64_t host,
                                  const struct host_state *host_state, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, KEEP_MANNERS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, host_state->leave_until_ms);
    sqlite3_bind_int(s, 3, host_state->refusals);
    sqlite3_bind_int64(s, 4, host_state->took_ms);
    return db_run(store, s, "keep a host's manners", trouble);
}

enum result store_file(struct store *store, const char *name, int64_t *known_bytes,
                       int64_t *indexed_bytes, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, FILE_FIND);
    db_bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *known_bytes = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    *indexed_bytes = step == SQLITE_ROW ? sqlite3_column_int64(s, 1) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "look a file up", trouble);
}

enum result store_each_file(struct store *store, void (*each)(void *context, struct text name),
                            void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, FILES);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, db_text(s, 0));
    sqlite3_reset(s);
    return db_all(store, step, "list its files", trouble);
}

static enum result set(struct store *store, enum statement which, const char *name, int64_t number,
                       struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, which);
    db_bind_text(s, 1, text_of(name));
    sqlite3_bind_int64(s, 2, number);
    return db_run(store, s, "keep a number", trouble);
}

enum result store_file_known(struct store *store, const char *name, int64_t bytes,
                             struct trouble *trouble)
{
    return set(store, FILE_KNOWN, name, bytes, trouble);
}

enum result store_file_indexed(struct store *store, const char *name, int64_t bytes,
                               struct trouble *trouble)
{
    return set(store, FILE_INDEXED, name, bytes, trouble);
}

enum result store_set_number(struct store *store, const char *name, int64_t number,
                             struct trouble *trouble)
{
    return set(store, NUMBER_SET, name, number, trouble);
}

enum result store_get_number(struct store *store, const char *name, int64_t *number,
                             struct trouble *trouble)
{
    sqlite3_stmt *s = db_begin(store, NUMBER_GET);
    db_bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *number = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return db_at_most_one(store, step, "read a number", trouble);
}
