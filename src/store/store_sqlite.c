/*
 * The store on SQLite.  One transaction is open from commit to commit, so that single steps cost
 * microseconds; the keys of addresses are 64-bit hashes under a key of the store's own, which are
 * the table's row numbers.  In front of the table lies a fixed table of hashes in memory that
 * answers "known already" for most links of most pages.
 *
 * A leased visit has a state of its own, so that taking the next one need not pass over it; opening
 * the store ends all leases, for it belongs to one process (the collection's lock sees to that) and
 * that process is gone.
 */
#include <config.h>

#include "store/store_sqlite.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/entropy.h"

enum { SCHEMA_VERSION = 6 };

#define PAST_COLUMNS                                                                             \
    "SELECT v.key, v.kind, v.state, v.done, v.met, v.period, v.url, h.status, h.changed, "       \
    "h.dated, s.ms, p.kind"                                                                      \
    " FROM visit v LEFT JOIN holding h ON h.key = v.key LEFT JOIN said s ON s.key = v.key LEFT " \
    "JOIN visit p ON p.key = v.via"

/* Visits are taken by kind, but requisites before pagers and archives too: whatever page comes
 * next, the ones before it are whole then. */
#define TURN_OF(kind) "CASE " kind " WHEN 6 THEN 4 WHEN 4 THEN 5 WHEN 5 THEN 6 ELSE " kind " END"

static const char *const statements_sql[STATEMENTS] = {
    [OFFER] = "INSERT OR IGNORE INTO visit(key, host, kind, depth, robots_for, hops, url, via, "
              "met, period)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [RAISE] = "UPDATE visit SET kind = min(kind, ?2), depth = min(depth, ?3)"
              " WHERE key = ?1 AND state = 0 AND (kind > ?2 OR depth > ?3)",
    [TAKE] = "SELECT v.key, v.kind, v.depth, v.attempts, v.robots_for, v.hops, v.url, p.url, "
             "v.via, v.period FROM visit v"
             " LEFT JOIN visit p ON p.key = v.via WHERE v.state = 0 AND v.host = ?1 AND "
             "v.not_before <= ?2"
             " AND (?3 = 0 OR v.kind = 6 OR (v.kind < 4 AND ?3 = 1)) ORDER BY " TURN_OF(
                 "v.kind") ", v.met LIMIT 1",
    [PARTS] =
        "SELECT count(*) FROM (SELECT 1 FROM visit WHERE state = 0 AND host = ?1 AND " TURN_OF(
            "kind") " = 4"
                    " AND not_before <= ?2 LIMIT ?3)",
    [LEASE] = "UPDATE visit SET state = 4 WHERE key = ?1",
    [READY] = "SELECT min(not_before) FROM visit WHERE state = 0 AND host = ?1 AND not_before > ?2",
    [FINISH] = "UPDATE visit SET state = ?2, status = ?3, attempts = ?4, not_before = ?5, reason = "
               "?6, done = ?7"
               " WHERE key = ?1",
    [HOST_FIND] = "SELECT id FROM host WHERE name = ?1",
    [HOST_MAKE] = "INSERT INTO host(name) VALUES(?1)",
    [HOSTS] = "SELECT v.host, h.name, count(*), min(v.url) FROM visit v JOIN host h ON h.id = "
              "v.host WHERE v.state = 0"
              " GROUP BY v.host",
    [ROBOTS] = "SELECT robots_status, robots, robots_at FROM host WHERE id = ?1",
    [KEEP_ROBOTS] = "UPDATE host SET robots_status = ?2, robots = ?3, robots_at = ?4 WHERE id = ?1",
    [FILE_FIND] = "SELECT known, indexed FROM file WHERE name = ?1",
    [FILES] = "SELECT name FROM file WHERE known > 0 ORDER BY name",
    [FILE_KNOWN] =
        "INSERT INTO file(name, known) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET known = ?2",
    [FILE_INDEXED] = "INSERT INTO file(name, indexed) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE "
                     "SET indexed = ?2",
    [NUMBER_GET] = "SELECT value FROM fact WHERE name = ?1",
    [NUMBER_SET] =
        "INSERT INTO fact(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
    [COUNT] = "SELECT kind, state, count(*) FROM visit GROUP BY kind, state",
    [LIST] = "SELECT url, kind, status, reason FROM visit WHERE state = ?1 ORDER BY done DESC, met "
             "LIMIT ?2",
    [OF_KIND] = "SELECT url FROM visit WHERE kind = ?1 ORDER BY met",
    [RETRY] = "UPDATE visit SET state = 0, attempts = 0, not_before = 0, reason = NULL WHERE state "
              "IN (2, 3)",
    [UNDATE] = "UPDATE visit SET done = CASE WHEN done > ?1 THEN 0 ELSE done END,"
               " not_before = CASE WHEN not_before > ?2 THEN 0 ELSE not_before END WHERE done > ?1 "
               "OR not_before > ?2",
    [PROMISE] = "INSERT OR IGNORE INTO promise(key, source) VALUES(?1, ?2)",
    [PROMISES] =
        "SELECT p.source, v.state, count(*) FROM promise p LEFT JOIN visit v ON v.key = p.key LEFT "
        "JOIN refused r"
        " ON r.key = p.key WHERE v.state IS NOT NULL OR is_gap(r.rule) GROUP BY 1, 2",
    [GAPS] = "SELECT p.source, coalesce(v.url, r.url), CASE v.state WHEN 0 THEN 'it waits' WHEN 4 "
             "THEN 'it waits' WHEN 2"
             " THEN v.reason WHEN 3 THEN v.reason ELSE r.rule END FROM promise p LEFT JOIN visit v "
             "ON v.key = p.key"
             " LEFT JOIN refused r ON r.key = p.key WHERE v.state <> 1 OR (v.state IS NULL AND "
             "is_gap(r.rule)) ORDER BY 1, 2 LIMIT ?1",
    [REFUSE] = "INSERT OR IGNORE INTO refused(key, url, rule, via) VALUES(?1, ?2, ?3, ?4)",
    [HOLDING] = "SELECT etag, modified, digest, id, date, url, status, checks, changes, changed, "
                "dated FROM holding"
                " WHERE key = ?1",
    [KEEP_HOLDING] = "INSERT OR REPLACE INTO holding(key, etag, modified, digest, id, date, url, "
                     "status, checks, changes,"
                     " changed, dated) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [DATE] = "SELECT ms FROM said WHERE key = ?1",
    [KEEP_DATE] = "INSERT OR REPLACE INTO said(key, ms) VALUES(?1, ?2)",
    [NAMES] = "SELECT names FROM list WHERE key = ?1",
    [KEEP_NAMES] = "INSERT OR REPLACE INTO list(key, names) VALUES(?1, ?2)",
    [PAST] = PAST_COLUMNS " WHERE v.key = ?1",
    [PASTS] = PAST_COLUMNS " WHERE v.state = 1",
    [ASK_AGAIN] = "UPDATE visit SET state = 0, attempts = 0, not_before = 0 WHERE key = ?1 AND "
                  "state = 1 AND done < ?2",
    [HOST_OF] = "SELECT h.id, h.name FROM visit v JOIN host h ON h.id = v.host WHERE v.key = ?1",
    [STORY] = "SELECT p.url, v.hops, v.reason, v.attempts, v.not_before FROM visit v LEFT JOIN "
              "visit p ON p.key = v.via"
              " WHERE v.key = ?1",
    [REFUSAL] =
        "SELECT r.rule, v.url FROM refused r LEFT JOIN visit v ON v.key = r.via WHERE r.key = ?1",
    [NOTE_UNTOLD] = "INSERT INTO untold(change, kind, url, target) VALUES(?1, ?2, ?3, ?4)",
    [UNTOLD] = "SELECT change, kind, url, target FROM untold ORDER BY rowid",
    [TOLD] = "DELETE FROM untold",
    [PUT_LAST] = "UPDATE visit SET met = ?2 WHERE key = ?1",
    [MANNERS] = "SELECT leave_until, refusals, took FROM host WHERE id = ?1",
    [KEEP_MANNERS] = "UPDATE host SET leave_until = ?2, refusals = ?3, took = ?4 WHERE id = ?1",
    [PERIOD] = "INSERT INTO period(first_day, posts) VALUES(?1, ?2) ON CONFLICT(first_day) DO "
               "UPDATE SET posts = ?2",
    [PERIODS] = "SELECT first_day, posts FROM period ORDER BY 1",
    [ROW] = "INSERT INTO row(family, pages) VALUES(?1, ?2) ON CONFLICT(family) DO UPDATE SET pages "
            "= ?2",
    [ROWS] = "SELECT family, pages FROM row ORDER BY 1",
    [CAPTURED] = "SELECT url FROM visit WHERE state = 1 AND kind = ?1 AND status < 300",
};

/* `met` keeps the order in which addresses were met; `done` when they were finished. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS host(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, "
    "robots_status INTEGER,"
    " robots BLOB, robots_at INTEGER, leave_until INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT "
    "NULL DEFAULT 0,"
    " took INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS file(name TEXT PRIMARY KEY, known INTEGER NOT NULL DEFAULT 0,"
    " indexed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS visit(key INTEGER PRIMARY KEY, host INTEGER NOT NULL, kind INTEGER "
    "NOT NULL,"
    " depth INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT "
    "0,"
    " not_before INTEGER NOT NULL DEFAULT 0, met INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL "
    "DEFAULT 0,"
    " status INTEGER NOT NULL DEFAULT 0, robots_for INTEGER NOT NULL DEFAULT 0, via INTEGER NOT "
    "NULL DEFAULT 0,"
    " period INTEGER NOT NULL DEFAULT 0, hops TEXT NOT NULL, url TEXT NOT NULL, reason TEXT);"
    "CREATE TABLE IF NOT EXISTS promise(key INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY "
    "KEY(key, source))"
    " WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS refused(key INTEGER PRIMARY KEY, url TEXT NOT NULL, rule TEXT NOT "
    "NULL, via INTEGER);"
    "CREATE TABLE IF NOT EXISTS period(first_day INTEGER PRIMARY KEY, posts INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS holding(key INTEGER PRIMARY KEY, etag TEXT NOT NULL, modified TEXT "
    "NOT NULL,"
    " digest TEXT NOT NULL, id TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL, status "
    "INTEGER NOT NULL,"
    " checks INTEGER NOT NULL, changes INTEGER NOT NULL, changed INTEGER NOT NULL, dated INTEGER "
    "NOT NULL);"
    "CREATE TABLE IF NOT EXISTS said(key INTEGER PRIMARY KEY, ms INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS list(key INTEGER PRIMARY KEY, names BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS untold(change INTEGER NOT NULL, kind INTEGER NOT NULL, url TEXT "
    "NOT NULL, target TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS row(family TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID;"
    "DROP INDEX IF EXISTS waiting;"
    "CREATE INDEX IF NOT EXISTS turn ON visit(host, " TURN_OF("kind") ", met) WHERE state = 0;";

enum result db_say(struct store *store, const char *doing, struct trouble *trouble)
{
    enum result result = trouble_say(trouble, RESULT_BROKEN, "%s: cannot %s: %s", store->path,
                                     doing, store->db ? sqlite3_errmsg(store->db) : "no memory");
    int code = store->db ? sqlite3_errcode(store->db) & 0xff : SQLITE_OK;
    if (trouble && code == SQLITE_FULL)
        trouble->os_error = ENOSPC;
    store->damaged = store->damaged || code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    if (trouble && store->damaged) {
        size_t said = strlen(trouble->words);
        snprintf(trouble->words + said, sizeof trouble->words - said,
                 ". Move the state/ folder away: it is rebuilt from archive/");
    }
    return result;
}

/* ---- statements ---- */

sqlite3_stmt *db_begin(struct store *store, enum statement which)
{
    if (!store->in_transaction)
        store->in_transaction =
            sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_stmt *statement = store->statements[which];
    sqlite3_reset(statement);
    return statement;
}

void db_bind_text(sqlite3_stmt *statement, int place, struct text text)
{
    sqlite3_bind_text(statement, place, text.at ? text.at : "", (int)text.length, SQLITE_STATIC);
}

struct text db_text(sqlite3_stmt *statement, int column)
{
    const char *at = (const char *)sqlite3_column_text(statement, column);
    return (struct text){at ? at : "", at ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

enum result db_copy_text(sqlite3_stmt *statement, int column, struct buf *out,
                         struct trouble *trouble)
{
    buf_clear(out);
    buf_add_text(out, db_text(statement, column));
    return buf_ok(out) ? RESULT_OK
                       : trouble_say(trouble, RESULT_BROKEN, "no memory for what the store holds");
}

enum result db_run(struct store *store, sqlite3_stmt *statement, const char *doing,
                   struct trouble *trouble)
{
    int result = sqlite3_step(statement);
    enum result said =
        result == SQLITE_DONE || result == SQLITE_ROW ? RESULT_OK : db_say(store, doing, trouble);
    sqlite3_reset(statement);
    return said;
}

enum result db_one(struct store *store, int step, const char *doing, struct trouble *trouble)
{
    return step == SQLITE_ROW    ? RESULT_OK
           : step == SQLITE_DONE ? RESULT_END
                                 : db_say(store, doing, trouble);
}

enum result db_at_most_one(struct store *store, int step, const char *doing,
                           struct trouble *trouble)
{
    return step == SQLITE_ROW || step == SQLITE_DONE ? RESULT_OK : db_say(store, doing, trouble);
}

enum result db_all(struct store *store, int step, const char *doing, struct trouble *trouble)
{
    return step == SQLITE_DONE ? RESULT_OK : db_say(store, doing, trouble);
}

/* ---- opening ---- */

static enum result execute(struct store *store, const char *sql, const char *doing,
                           struct trouble *trouble)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? RESULT_OK
               : db_say(store, doing, trouble);
}

static enum result read_hash_key(struct store *store, struct trouble *trouble)
{
    int64_t version, low, high;
    enum result result = store_get_number(store, "schema", &version, trouble);
    if (result != RESULT_OK)
        return result;
    if (version == 0) {
        store->is_new = true;
        entropy_fill(&store->hash_key, sizeof store->hash_key);
        memcpy(&low, &store->hash_key.low, sizeof low);
        memcpy(&high, &store->hash_key.high, sizeof high);
        if ((result = store_set_number(store, "hash_low", low, trouble)) != RESULT_OK ||
            (result = store_set_number(store, "hash_high", high, trouble)) != RESULT_OK)
            return result;
        return store_set_number(store, "schema", SCHEMA_VERSION, trouble);
    }
    if ((result = store_get_number(store, "hash_low", &low, trouble)) != RESULT_OK ||
        (result = store_get_number(store, "hash_high", &high, trouble)) != RESULT_OK)
        return result;
    memcpy(&store->hash_key.low, &low, sizeof low);
    memcpy(&store->hash_key.high, &high, sizeof high);
    return RESULT_OK;
}

static enum result fill_memory(struct store *store, struct trouble *trouble)
{
    sqlite3_stmt *keys;
    if (sqlite3_prepare_v2(store->db, "SELECT key, met, kind FROM visit", -1, &keys, NULL) !=
        SQLITE_OK)
        return db_say(store, "read the visits", trouble);
    int step;
    while ((step = sqlite3_step(keys)) == SQLITE_ROW) {
        db_remember(store, sqlite3_column_int64(keys, 0), sqlite3_column_int(keys, 2));
        if (sqlite3_column_int64(keys, 1) >= store->met)
            store->met = sqlite3_column_int64(keys, 1) + 1;
    }
    enum result result = db_all(store, step, "read the visits", trouble);
    sqlite3_finalize(keys);
    return result;
}

/* Before any statement that another version's tables may not have. */
static enum result check_version(struct store *store, struct trouble *trouble)
{
    sqlite3_stmt *s;
    int64_t version = SCHEMA_VERSION;
    int made =
        sqlite3_prepare_v2(store->db, "SELECT value FROM fact WHERE name = 'schema'", -1, &s, NULL);
    if (made == SQLITE_ERROR)
        return RESULT_OK; /* no tables yet */
    if (made != SQLITE_OK)
        return db_say(store, "read its version", trouble);
    if (sqlite3_step(s) == SQLITE_ROW)
        version = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return version == SCHEMA_VERSION
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN,
                             "%s was made by another version of warccap (schema "
                             "%lld). Move the state/ folder away: it is rebuilt from archive/",
                             store->path, (long long)version);
}

/* SQL's is_gap(rule): whether what the rule of that name leaves out is a gap in what the site
 * lists.
 */
static void is_gap(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    enum url_rule rule = name ? url_rule_by_name(text_of(name)) : URL_RULE_NONE;
    sqlite3_result_int(context, rule && url_rule_row(rule)->is_gap);
}

static enum result prepare(struct store *store, struct trouble *trouble)
{
    if (sqlite3_create_function(store->db, "is_gap", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                is_gap, NULL, NULL) != SQLITE_OK)
        return db_say(store, "teach it the rules", trouble);
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(store->db, statements_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &store->statements[i], NULL) != SQLITE_OK)
            return db_say(store, "prepare its statements", trouble);
    return RESULT_OK;
}

static struct store *store_new(const char *path, struct trouble *trouble)
{
    struct store *store = calloc(1, sizeof *store);
    if (!store || !(store->seen = calloc(SEEN_SLOTS, sizeof *store->seen)) ||
        !(store->path = text_copy(text_of(path)))) {
        store_close(store);
        trouble_say(trouble, RESULT_BROKEN, "no memory for the store %s", path);
        return NULL;
    }
    buf_init(&store->host_name, 1 << 16);
    buf_init(&store->url, 1 << 20);
    buf_init(&store->via, 1 << 20);
    return store;
}

/* Without a log beside it the file is whole and nobody writes: it can be read where nothing can be
 * written. */
static int open_to_read(struct store *store)
{
    char address[PATH_MAX + 64], log[PATH_MAX + 8];
    snprintf(log, sizeof log, "%s-wal", store->path);
    if (disk_exists(log))
        return sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READONLY, NULL);
    struct buf name;
    buf_init(&name, sizeof address);
    for (const char *c = store->path; *c; c++)
        buf_printf(&name, strchr("?#%", *c) ? "%%%02x" : "%c", *c);
    snprintf(address, sizeof address, "file:%s?immutable=1", name.data ? name.data : "");
    buf_release(&name);
    return sqlite3_open_v2(address, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

enum result store_open_to_read(struct store **out, const char *path, struct trouble *trouble)
{
    struct store *store = store_new(path, trouble);
    *out = store;
    if (!store)
        return RESULT_BROKEN;
    enum result result = open_to_read(store) == SQLITE_OK ? check_version(store, trouble)
                                                          : db_say(store, "open it", trouble);
    if (result == RESULT_OK)
        result = prepare(store, trouble);
    store->in_transaction = true; /* nothing is written, so none is needed */
    if (result == RESULT_OK)
        result = read_hash_key(store, trouble);
    if (result != RESULT_OK) {
        bool busy = store->db && (sqlite3_errcode(store->db) & 0xff) == SQLITE_BUSY;
        if (busy)
            result = trouble_say(trouble, RESULT_AGAIN,
                                 "%s is in use by a run; ask again when it has ended", path);
        store->in_transaction = false;
        store_close(store);
        *out = NULL;
    }
    return result;
}

enum result store_open(struct store **out, const char *path, struct trouble *trouble)
{
    struct store *store = store_new(path, trouble);
    *out = store;
    if (!store)
        return RESULT_BROKEN;
    enum result result = RESULT_OK;
    if (sqlite3_open(path, &store->db) != SQLITE_OK)
        result = db_say(store, "open it", trouble);
    /* NORMAL in WAL mode: a kill loses nothing, a power cut at most the last commits, and those the
     * next start learns again from the WARC files, which are synced before they are committed here.
     */
    if (result == RESULT_OK)
        result = execute(
            store,
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2048; PRAGMA journal_size_limit=33554432",
            "set it up", trouble);
    if (result == RESULT_OK)
        result = check_version(store, trouble);
    if (result == RESULT_OK)
        result = execute(store, schema, "make its tables", trouble);
    if (result == RESULT_OK)
        result = execute(store, "UPDATE visit SET state = 0 WHERE state = 4",
                         "end the leases of a killed run", trouble);
    if (result == RESULT_OK)
        result = prepare(store, trouble);
    if (result == RESULT_OK)
        result = read_hash_key(store, trouble);
    if (result == RESULT_OK)
        result = store_get_number(store, "round_began", &store->round_ms, trouble);
    if (result == RESULT_OK)
        result = fill_memory(store, trouble);
    if (result == RESULT_OK)
        result = store_commit(store, trouble);
    if (result != RESULT_OK) {
        result = store->damaged ? RESULT_LOST : result;
        store_roll_back(store);
        store_close(store);
        store = NULL;
    }
    *out = store;
    return result;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->db)
        store_commit(store, NULL);
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->db);
    buf_release(&store->host_name);
    buf_release(&store->url);
    buf_release(&store->via);
    free(store->seen);
    free(store->path);
    free(store);
}

enum result store_commit(struct store *store, struct trouble *trouble)
{
    if (!store->in_transaction)
        return RESULT_OK;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_reset(store->statements[i]);
    enum result result = execute(store, "COMMIT", "commit", trouble);
    store->in_transaction = result != RESULT_OK;
    return result;
}

void store_roll_back(struct store *store)
{
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_reset(store->statements[i]);
    /* SQLite may have done it by itself, as after a full disk. */
    if (store->in_transaction)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->in_transaction = false;
}

enum result store_commit_durably(struct store *store, struct trouble *trouble)
{
    enum result result = store_commit(store, trouble);
    /* With synchronous=NORMAL it is the checkpoint that syncs: first the log, then what it was
     * copied to. */
    if (result == RESULT_OK && sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                                         NULL, NULL) != SQLITE_OK)
        result = db_say(store, "sync it", trouble);
    return result;
}

bool store_is_new(const struct store *store)
{
    return store->is_new;
}

int64_t store_key(const struct store *store, struct text seen_key)
{
    int64_t key = (int64_t)(hash_text(&store->hash_key, seen_key) >> 1);
    return key ? key : 1; /* 0 means "none" */
}
