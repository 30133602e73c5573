/*
 * The store on SQLite.  One transaction is open from commit to commit, so that single steps cost microseconds; the keys
 * of addresses are 64-bit hashes under a key of the store's own, which are the table's row numbers.  In front of the
 * table lies a fixed table of hashes in memory that answers "known already" for most links of most pages.
 *
 * A leased visit has a state of its own, so that taking the next one need not pass over it; opening the store ends all
 * leases, for it belongs to one process (the collection's lock sees to that) and that process is gone.
 */
#include <config.h>

#include "archive/store.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/entropy.h"

enum {
    SCHEMA_VERSION = 5,
    SEEN_SLOTS = 1 << 19, /* 4 MiB: fixed, whatever the size of the site */
    KIND_BITS = 4,        /* VISIT_KINDS fits in */
    KIND_MASK = 15,
    SAID_SLOTS = 1 << 15, /* promises and refusals that were kept a moment ago */
    STATE_LEASED = STATE_COUNT, /* in the table only: callers see such visits as waiting */
};

enum statement {
    OFFER, RAISE, TAKE, LEASE, READY, FINISH, HOST_FIND, HOST_MAKE, HOSTS, ROBOTS, KEEP_ROBOTS, FILE_FIND,
    FILE_KNOWN, FILE_INDEXED, NUMBER_GET, NUMBER_SET, COUNT, LIST, OF_KIND, RETRY, PROMISE, PROMISES,
    GAPS, REFUSE, REFUSED, PERIOD, PERIODS, ROW, ROWS, CAPTURED, HOLDING, KEEP_HOLDING, DATE, KEEP_DATE, NAMES, KEEP_NAMES,
    PAST, PASTS, ASK_AGAIN, HOST_OF, MANNERS, KEEP_MANNERS, STORY, REFUSAL, STATEMENTS,
};

#define PAST_COLUMNS                                                                                                     \
    "SELECT v.key, v.kind, v.state, v.done, v.met, v.period, v.url, h.status, h.changed, h.dated, s.ms, p.kind"           \
    " FROM visit v LEFT JOIN holding h ON h.key = v.key LEFT JOIN said s ON s.key = v.key LEFT JOIN visit p ON p.key = v.via"

static const char *const statements_sql[STATEMENTS] = {
    [OFFER] = "INSERT OR IGNORE INTO visit(key, host, kind, depth, robots_for, hops, url, via, met, period)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [RAISE] = "UPDATE visit SET kind = min(kind, ?2), depth = min(depth, ?3)"
              " WHERE key = ?1 AND state = 0 AND (kind > ?2 OR depth > ?3)",
    [TAKE] = "SELECT v.key, v.kind, v.depth, v.attempts, v.robots_for, v.hops, v.url, p.url, v.via, v.period FROM visit v"
             " LEFT JOIN visit p ON p.key = v.via WHERE v.state = 0 AND v.host = ?1 AND v.not_before <= ?2"
             " AND (?3 = 0 OR v.kind = 6) ORDER BY v.kind, v.met LIMIT 1",
    [LEASE] = "UPDATE visit SET state = 4 WHERE key = ?1",
    [READY] = "SELECT min(not_before) FROM visit WHERE state = 0 AND host = ?1 AND not_before > ?2",
    [FINISH] = "UPDATE visit SET state = ?2, status = ?3, attempts = ?4, not_before = ?5, reason = ?6, done = ?7"
               " WHERE key = ?1",
    [HOST_FIND] = "SELECT id FROM host WHERE name = ?1",
    [HOST_MAKE] = "INSERT INTO host(name) VALUES(?1)",
    [HOSTS] = "SELECT v.host, h.name, count(*), min(v.url) FROM visit v JOIN host h ON h.id = v.host WHERE v.state = 0"
              " GROUP BY v.host",
    [ROBOTS] = "SELECT robots_status, robots, robots_at FROM host WHERE id = ?1",
    [KEEP_ROBOTS] = "UPDATE host SET robots_status = ?2, robots = ?3, robots_at = ?4 WHERE id = ?1",
    [FILE_FIND] = "SELECT known, indexed FROM file WHERE name = ?1",
    [FILE_KNOWN] = "INSERT INTO file(name, known) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET known = ?2",
    [FILE_INDEXED] = "INSERT INTO file(name, indexed) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET indexed = ?2",
    [NUMBER_GET] = "SELECT value FROM fact WHERE name = ?1",
    [NUMBER_SET] = "INSERT INTO fact(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
    [COUNT] = "SELECT kind, state, count(*) FROM visit GROUP BY kind, state",
    [LIST] = "SELECT url, kind, status, reason FROM visit WHERE state = ?1 ORDER BY done DESC, met LIMIT ?2",
    [OF_KIND] = "SELECT url FROM visit WHERE kind = ?1 ORDER BY met",
    [RETRY] = "UPDATE visit SET state = 0, attempts = 0, not_before = 0, reason = NULL WHERE state IN (2, 3)",
    [PROMISE] = "INSERT OR IGNORE INTO promise(key, source) VALUES(?1, ?2)",
    [PROMISES] = "SELECT p.source, v.state, count(*) FROM promise p LEFT JOIN visit v ON v.key = p.key GROUP BY 1, 2",
    [GAPS] = "SELECT p.source, coalesce(v.url, r.url), CASE v.state WHEN 0 THEN 'it waits' WHEN 4 THEN 'it waits' WHEN 2"
             " THEN v.reason WHEN 3 THEN v.reason ELSE r.rule END FROM promise p LEFT JOIN visit v ON v.key = p.key"
             " LEFT JOIN refused r ON r.key = p.key WHERE v.state IS NULL OR v.state <> 1 ORDER BY 1, 2 LIMIT ?1",
    [REFUSE] = "INSERT OR IGNORE INTO refused(key, url, rule, via) VALUES(?1, ?2, ?3, ?4)",
    [REFUSED] = "SELECT r.rule, r.url, v.url FROM refused r LEFT JOIN visit v ON v.key = r.via ORDER BY 1, 2 LIMIT ?1",
    [HOLDING] = "SELECT etag, modified, digest, id, date, url, status, checks, changes, changed, dated FROM holding"
                " WHERE key = ?1",
    [KEEP_HOLDING] = "INSERT OR REPLACE INTO holding(key, etag, modified, digest, id, date, url, status, checks, changes,"
                     " changed, dated) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [DATE] = "SELECT ms FROM said WHERE key = ?1",
    [KEEP_DATE] = "INSERT OR REPLACE INTO said(key, ms) VALUES(?1, ?2)",
    [NAMES] = "SELECT names FROM list WHERE key = ?1",
    [KEEP_NAMES] = "INSERT OR REPLACE INTO list(key, names) VALUES(?1, ?2)",
    [PAST] = PAST_COLUMNS " WHERE v.key = ?1",
    [PASTS] = PAST_COLUMNS " WHERE v.state = 1",
    [ASK_AGAIN] = "UPDATE visit SET state = 0, attempts = 0, not_before = 0 WHERE key = ?1 AND state = 1 AND done < ?2",
    [HOST_OF] = "SELECT h.id, h.name FROM visit v JOIN host h ON h.id = v.host WHERE v.key = ?1",
    [STORY] = "SELECT p.url, v.hops, v.reason, v.attempts, v.not_before FROM visit v LEFT JOIN visit p ON p.key = v.via"
              " WHERE v.key = ?1",
    [REFUSAL] = "SELECT r.rule, v.url FROM refused r LEFT JOIN visit v ON v.key = r.via WHERE r.key = ?1",
    [MANNERS] = "SELECT leave_until, refusals, took FROM host WHERE id = ?1",
    [KEEP_MANNERS] = "UPDATE host SET leave_until = ?2, refusals = ?3, took = ?4 WHERE id = ?1",
    [PERIOD] = "INSERT INTO period(first_day, posts) VALUES(?1, ?2) ON CONFLICT(first_day) DO UPDATE SET posts = ?2",
    [PERIODS] = "SELECT first_day, posts FROM period ORDER BY 1",
    [ROW] = "INSERT INTO row(family, pages) VALUES(?1, ?2) ON CONFLICT(family) DO UPDATE SET pages = ?2",
    [ROWS] = "SELECT family, pages FROM row ORDER BY 1",
    [CAPTURED] = "SELECT url FROM visit WHERE state = 1 AND kind = ?1 AND status < 300",
};

/* `met` keeps the order in which addresses were met; `done` when they were finished. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS fact(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS host(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, robots_status INTEGER,"
    " robots BLOB, robots_at INTEGER, leave_until INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0,"
    " took INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS file(name TEXT PRIMARY KEY, known INTEGER NOT NULL DEFAULT 0,"
    " indexed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS visit(key INTEGER PRIMARY KEY, host INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " depth INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,"
    " not_before INTEGER NOT NULL DEFAULT 0, met INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,"
    " status INTEGER NOT NULL DEFAULT 0, robots_for INTEGER NOT NULL DEFAULT 0, via INTEGER NOT NULL DEFAULT 0,"
    " period INTEGER NOT NULL DEFAULT 0, hops TEXT NOT NULL, url TEXT NOT NULL, reason TEXT);"
    "CREATE TABLE IF NOT EXISTS promise(key INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY(key, source))"
    " WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS refused(key INTEGER PRIMARY KEY, url TEXT NOT NULL, rule TEXT NOT NULL, via INTEGER);"
    "CREATE TABLE IF NOT EXISTS period(first_day INTEGER PRIMARY KEY, posts INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS holding(key INTEGER PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL,"
    " digest TEXT NOT NULL, id TEXT NOT NULL, date TEXT NOT NULL, url TEXT NOT NULL, status INTEGER NOT NULL,"
    " checks INTEGER NOT NULL, changes INTEGER NOT NULL, changed INTEGER NOT NULL, dated INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS said(key INTEGER PRIMARY KEY, ms INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS list(key INTEGER PRIMARY KEY, names BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS row(family TEXT PRIMARY KEY, pages INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS waiting ON visit(host, kind, met) WHERE state = 0;";

struct store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[STATEMENTS];
    struct hash_key hash_key;
    bool is_new;
    bool in_transaction;
    bool requisites_only;        /* are given out */
    int64_t met;
    int64_t *seen;               /* SEEN_SLOTS keys, 0 = empty; in place of the KIND_BITS lowest bits of each stands the
                                    earliest kind under which it was offered */
    uint64_t said[SAID_SLOTS];   /* keys, mixed with what was said of them */
    struct buf host_name;        /* of the host that was asked for last */
    int64_t host_number;
    struct buf url, via, robots, original, names;
};

static enum answer say_db(struct store *store, const char *doing, struct trouble *trouble)
{
    enum answer answer = trouble_say(trouble, ANSWER_BROKEN, "%s: cannot %s: %s", store->path, doing,
                                     store->db ? sqlite3_errmsg(store->db) : "no memory");
    if (trouble && store->db && (sqlite3_errcode(store->db) & 0xff) == SQLITE_FULL)
        trouble->os_error = 28; /* ENOSPC */
    return answer;
}

/* ---- statements -------------------------------------------------------------------------------------------- */

static sqlite3_stmt *begin(struct store *store, enum statement which)
{
    if (!store->in_transaction)
        store->in_transaction = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_stmt *statement = store->statements[which];
    sqlite3_reset(statement);
    return statement;
}

static void bind_text(sqlite3_stmt *statement, int place, struct text text)
{
    sqlite3_bind_text(statement, place, text.at ? text.at : "", (int)text.length, SQLITE_STATIC);
}

static struct text column_text(sqlite3_stmt *statement, int column)
{
    const char *at = (const char *)sqlite3_column_text(statement, column);
    return (struct text){at ? at : "", at ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

/* Runs a statement that gives no rows. */
static enum answer run(struct store *store, sqlite3_stmt *statement, const char *doing, struct trouble *trouble)
{
    int answer = sqlite3_step(statement);
    enum answer said = answer == SQLITE_DONE || answer == SQLITE_ROW ? ANSWER_OK : say_db(store, doing, trouble);
    sqlite3_reset(statement);
    return said;
}

/* ---- opening ----------------------------------------------------------------------------------------------- */

static enum answer execute(struct store *store, const char *sql, const char *doing, struct trouble *trouble)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? ANSWER_OK : say_db(store, doing, trouble);
}

static enum answer read_hash_key(struct store *store, struct trouble *trouble)
{
    int64_t version, low, high;
    enum answer answer = store_get_number(store, "schema", &version, trouble);
    if (answer != ANSWER_OK)
        return answer;
    if (version == 0) {
        store->is_new = true;
        entropy_fill(&store->hash_key, sizeof store->hash_key);
        memcpy(&low, &store->hash_key.low, sizeof low);
        memcpy(&high, &store->hash_key.high, sizeof high);
        if ((answer = store_set_number(store, "hash_low", low, trouble)) != ANSWER_OK ||
            (answer = store_set_number(store, "hash_high", high, trouble)) != ANSWER_OK)
            return answer;
        return store_set_number(store, "schema", SCHEMA_VERSION, trouble);
    }
    if ((answer = store_get_number(store, "hash_low", &low, trouble)) != ANSWER_OK ||
        (answer = store_get_number(store, "hash_high", &high, trouble)) != ANSWER_OK)
        return answer;
    memcpy(&store->hash_key.low, &low, sizeof low);
    memcpy(&store->hash_key.high, &high, sizeof high);
    return ANSWER_OK;
}

static void remember(struct store *store, int64_t key, int kind)
{
    int64_t *slot = &store->seen[(uint64_t)key >> KIND_BITS & (SEEN_SLOTS - 1)], other = key >> KIND_BITS;
    if (*slot >> KIND_BITS != other || kind < (*slot & KIND_MASK))
        *slot = (int64_t)((uint64_t)other << KIND_BITS) | kind;
}

static enum answer fill_memory(struct store *store, struct trouble *trouble)
{
    sqlite3_stmt *keys;
    if (sqlite3_prepare_v2(store->db, "SELECT key, met, kind FROM visit", -1, &keys, NULL) != SQLITE_OK)
        return say_db(store, "read the visits", trouble);
    int step;
    while ((step = sqlite3_step(keys)) == SQLITE_ROW) {
        remember(store, sqlite3_column_int64(keys, 0), sqlite3_column_int(keys, 2));
        if (sqlite3_column_int64(keys, 1) >= store->met)
            store->met = sqlite3_column_int64(keys, 1) + 1;
    }
    enum answer answer = step == SQLITE_DONE ? ANSWER_OK : say_db(store, "read the visits", trouble);
    sqlite3_finalize(keys);
    return answer;
}

/* Before any statement that another version's tables may not have. */
static enum answer check_version(struct store *store, struct trouble *trouble)
{
    sqlite3_stmt *s;
    int64_t version = SCHEMA_VERSION;
    int made = sqlite3_prepare_v2(store->db, "SELECT value FROM fact WHERE name = 'schema'", -1, &s, NULL);
    if (made == SQLITE_ERROR)
        return ANSWER_OK; /* no tables yet */
    if (made != SQLITE_OK)
        return say_db(store, "read its version", trouble);
    if (sqlite3_step(s) == SQLITE_ROW)
        version = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return version == SCHEMA_VERSION ? ANSWER_OK
                                     : trouble_say(trouble, ANSWER_BROKEN, "%s was made by another version of warccap (schema "
                                                   "%lld). Move the state/ folder away: it is rebuilt from archive/",
                                                   store->path, (long long)version);
}

static enum answer prepare(struct store *store, struct trouble *trouble)
{
    for (int i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v3(store->db, statements_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i],
                               NULL) != SQLITE_OK)
            return say_db(store, "prepare its statements", trouble);
    return ANSWER_OK;
}

static struct store *store_new(const char *path, struct trouble *trouble)
{
    struct store *store = calloc(1, sizeof *store);
    if (!store || !(store->seen = calloc(SEEN_SLOTS, sizeof *store->seen)) ||
        !(store->path = text_copy(text_of(path)))) {
        store_close(store);
        trouble_say(trouble, ANSWER_BROKEN, "no memory for the store %s", path);
        return NULL;
    }
    buf_init(&store->host_name, 1 << 16);
    buf_init(&store->url, 1 << 20);
    buf_init(&store->via, 1 << 20);
    buf_init(&store->robots, 1 << 20);
    buf_init(&store->original, 1 << 20);
    buf_init(&store->names, 1 << 26);
    return store;
}

/* Without a log beside it the file is whole and nobody writes: it can be read where nothing can be written. */
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

enum answer store_open_to_read(struct store **out, const char *path, struct trouble *trouble)
{
    struct store *store = store_new(path, trouble);
    *out = store;
    if (!store)
        return ANSWER_BROKEN;
    enum answer answer = open_to_read(store) == SQLITE_OK ? check_version(store, trouble) : say_db(store, "open it", trouble);
    if (answer == ANSWER_OK)
        answer = prepare(store, trouble);
    store->in_transaction = true; /* nothing is written, so none is needed */
    if (answer == ANSWER_OK)
        answer = read_hash_key(store, trouble);
    if (answer != ANSWER_OK) {
        bool busy = store->db && (sqlite3_errcode(store->db) & 0xff) == SQLITE_BUSY;
        if (busy)
            answer = trouble_say(trouble, ANSWER_AGAIN, "%s is in use by a run; ask again when it has ended", path);
        store->in_transaction = false;
        store_close(store);
        *out = NULL;
    }
    return answer;
}

enum answer store_open(struct store **out, const char *path, struct trouble *trouble)
{
    struct store *store = store_new(path, trouble);
    *out = store;
    if (!store)
        return ANSWER_BROKEN;
    enum answer answer = ANSWER_OK;
    if (sqlite3_open(path, &store->db) != SQLITE_OK)
        answer = say_db(store, "open it", trouble);
    /* NORMAL in WAL mode: a kill loses nothing, a power cut at most the last commits, and those the next start learns
     * again from the WARC files, which are synced before they are committed here. */
    if (answer == ANSWER_OK)
        answer = execute(store, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2048; PRAGMA journal_size_limit=33554432",
                         "set it up", trouble);
    if (answer == ANSWER_OK)
        answer = check_version(store, trouble);
    if (answer == ANSWER_OK)
        answer = execute(store, schema, "make its tables", trouble);
    if (answer == ANSWER_OK)
        answer = execute(store, "UPDATE visit SET state = 0 WHERE state = 4", "end the leases of a killed run", trouble);
    if (answer == ANSWER_OK)
        answer = prepare(store, trouble);
    if (answer == ANSWER_OK)
        answer = read_hash_key(store, trouble);
    if (answer == ANSWER_OK)
        answer = fill_memory(store, trouble);
    if (answer == ANSWER_OK)
        answer = store_commit(store, trouble);
    if (answer != ANSWER_OK) {
        store_close(store);
        store = NULL;
    }
    *out = store;
    return answer;
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
    buf_release(&store->robots);
    buf_release(&store->original);
    buf_release(&store->names);
    free(store->seen);
    free(store->path);
    free(store);
}

enum answer store_commit(struct store *store, struct trouble *trouble)
{
    if (!store->in_transaction)
        return ANSWER_OK;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_reset(store->statements[i]);
    enum answer answer = execute(store, "COMMIT", "commit", trouble);
    store->in_transaction = answer != ANSWER_OK;
    return answer;
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

enum answer store_commit_durably(struct store *store, struct trouble *trouble)
{
    enum answer answer = store_commit(store, trouble);
    /* With synchronous=NORMAL it is the checkpoint that syncs: first the log, then what it was copied to. */
    if (answer == ANSWER_OK && sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) != SQLITE_OK)
        answer = say_db(store, "sync it", trouble);
    return answer;
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

/* ---- visits ------------------------------------------------------------------------------------------------ */

bool store_surely_knows(const struct store *store, int64_t key, enum visit_kind kind)
{
    int64_t slot = store->seen[(uint64_t)key >> KIND_BITS & (SEEN_SLOTS - 1)];
    return slot >> KIND_BITS == key >> KIND_BITS && (slot & KIND_MASK) <= (int64_t)kind;
}

static enum answer raise_kind(struct store *store, const struct visit *visit, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, RAISE);
    sqlite3_bind_int64(s, 1, visit->key);
    sqlite3_bind_int(s, 2, visit->kind);
    sqlite3_bind_int(s, 3, visit->depth);
    return run(store, s, "move a visit up", trouble);
}

enum answer store_offer(struct store *store, const struct visit *visit, bool *is_new, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, OFFER);
    sqlite3_bind_int64(s, 1, visit->key);
    sqlite3_bind_int64(s, 2, visit->host);
    sqlite3_bind_int(s, 3, visit->kind);
    sqlite3_bind_int(s, 4, visit->depth);
    sqlite3_bind_int64(s, 5, visit->robots_for);
    bind_text(s, 6, text_of(visit->hops));
    bind_text(s, 7, visit->url);
    sqlite3_bind_int64(s, 8, visit->via_key);
    sqlite3_bind_int64(s, 9, store->met++);
    sqlite3_bind_int(s, 10, visit->period);
    enum answer answer = run(store, s, "add a visit", trouble);
    if (answer != ANSWER_OK)
        return answer;
    *is_new = sqlite3_changes(store->db) > 0;
    remember(store, visit->key, visit->kind);
    return *is_new ? ANSWER_OK : raise_kind(store, visit, trouble);
}

static void fill_visit(struct store *store, sqlite3_stmt *s, int64_t host, struct visit *visit)
{
    *visit = (struct visit){.key = sqlite3_column_int64(s, 0), .host = host,
                            .kind = (enum visit_kind)sqlite3_column_int(s, 1), .depth = sqlite3_column_int(s, 2),
                            .attempts = sqlite3_column_int(s, 3), .robots_for = sqlite3_column_int64(s, 4),
                            .via_key = sqlite3_column_int64(s, 8), .period = sqlite3_column_int(s, 9)};
    struct text hops = column_text(s, 5);
    hops = text_skip(hops, hops.length > VISIT_HOPS_MOST ? hops.length - VISIT_HOPS_MOST : 0);
    memcpy(visit->hops, hops.at, hops.length);
    buf_clear(&store->url);
    buf_add_text(&store->url, column_text(s, 6));
    buf_clear(&store->via);
    buf_add_text(&store->via, column_text(s, 7));
    visit->url = buf_text(&store->url);
    visit->via = buf_text(&store->via);
}

/* When the earliest of the host's visits that wait for a later time is ready; 0 when there is none. */
static int64_t ready_at(struct store *store, int64_t host, int64_t now_ms)
{
    sqlite3_stmt *s = begin(store, READY);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    int64_t earliest = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return earliest;
}

enum answer store_take(struct store *store, int64_t host, int64_t now_ms, struct visit *visit, int64_t *ready_ms,
                       struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, TAKE);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, now_ms);
    sqlite3_bind_int(s, 3, store->requisites_only);
    int step = sqlite3_step(s);
    *ready_ms = 0;
    if (step == SQLITE_ROW)
        fill_visit(store, s, host, visit);
    sqlite3_reset(s);
    if (step == SQLITE_ROW) {
        s = begin(store, LEASE);
        sqlite3_bind_int64(s, 1, visit->key);
        return buf_ok(&store->url) ? run(store, s, "lease a visit", trouble)
                                   : trouble_say(trouble, ANSWER_BROKEN, "no memory for an address");
    }
    if (step != SQLITE_DONE)
        return say_db(store, "take a visit", trouble);
    *ready_ms = ready_at(store, host, now_ms);
    return ANSWER_END;
}

void store_take_requisites_only(struct store *store)
{
    store->requisites_only = true;
}

enum answer store_finish(struct store *store, const struct outcome *outcome, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, FINISH);
    sqlite3_bind_int64(s, 1, outcome->key);
    sqlite3_bind_int(s, 2, outcome->state);
    sqlite3_bind_int(s, 3, outcome->status);
    sqlite3_bind_int(s, 4, outcome->attempts);
    sqlite3_bind_int64(s, 5, outcome->not_before_ms);
    if (outcome->reason)
        bind_text(s, 6, text_of(outcome->reason));
    else
        sqlite3_bind_null(s, 6);
    sqlite3_bind_int64(s, 7, clock_wall_ms());
    return run(store, s, "finish a visit", trouble);
}

/* ---- hosts, files, facts ----------------------------------------------------------------------------------- */

enum answer store_host(struct store *store, struct text name, int64_t *host, struct trouble *trouble)
{
    enum answer answer = ANSWER_OK;
    if (store->host_number && text_equal(name, buf_text(&store->host_name))) {
        *host = store->host_number;
        return ANSWER_OK;
    }
    sqlite3_stmt *s = begin(store, HOST_FIND);
    bind_text(s, 1, name);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW)
        *host = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    if (step == SQLITE_DONE) {
        s = begin(store, HOST_MAKE);
        bind_text(s, 1, name);
        answer = run(store, s, "add a host", trouble);
        *host = sqlite3_last_insert_rowid(store->db);
    } else if (step != SQLITE_ROW)
        return say_db(store, "find a host", trouble);
    buf_clear(&store->host_name);
    buf_add_text(&store->host_name, name);
    store->host_number = answer == ANSWER_OK && buf_ok(&store->host_name) ? *host : 0;
    return answer;
}

enum answer store_waiting_hosts(struct store *store, void (*each)(void *context, int64_t host, struct text name,
                                int64_t waiting, struct text url), void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, HOSTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, sqlite3_column_int64(s, 0), column_text(s, 1), sqlite3_column_int64(s, 2), column_text(s, 3));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list its hosts", trouble);
}

enum answer store_robots(struct store *store, int64_t host, int64_t now_ms, int64_t max_age_ms, int *status,
                         struct text *body, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    int step = sqlite3_step(s);
    enum answer answer = ANSWER_END;
    if (step == SQLITE_ROW && sqlite3_column_type(s, 2) != SQLITE_NULL &&
        now_ms - sqlite3_column_int64(s, 2) <= max_age_ms) {
        *status = sqlite3_column_int(s, 0);
        buf_clear(&store->robots);
        buf_add_text(&store->robots, column_text(s, 1));
        *body = buf_text(&store->robots);
        answer = ANSWER_OK;
    } else if (step != SQLITE_ROW && step != SQLITE_DONE)
        answer = say_db(store, "read the rules of a host", trouble);
    sqlite3_reset(s);
    return answer;
}

enum answer store_keep_robots(struct store *store, int64_t host, int64_t now_ms, int status, struct text body,
                              struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, KEEP_ROBOTS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int(s, 2, status);
    bind_text(s, 3, body);
    sqlite3_bind_int64(s, 4, now_ms);
    return run(store, s, "keep the rules of a host", trouble);
}

enum answer store_manners(struct store *store, int64_t host, struct manners *manners, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, MANNERS);
    sqlite3_bind_int64(s, 1, host);
    int step = sqlite3_step(s);
    *manners = (struct manners){.leave_until_ms = 0};
    if (step == SQLITE_ROW)
        *manners = (struct manners){sqlite3_column_int64(s, 0), sqlite3_column_int(s, 1), sqlite3_column_int64(s, 2)};
    sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? ANSWER_OK : say_db(store, "read a host's manners", trouble);
}

enum answer store_keep_manners(struct store *store, int64_t host, const struct manners *manners, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, KEEP_MANNERS);
    sqlite3_bind_int64(s, 1, host);
    sqlite3_bind_int64(s, 2, manners->leave_until_ms);
    sqlite3_bind_int(s, 3, manners->refusals);
    sqlite3_bind_int64(s, 4, manners->took_ms);
    return run(store, s, "keep a host's manners", trouble);
}

enum answer store_file(struct store *store, const char *name, int64_t *known_bytes, int64_t *indexed_bytes,
                       struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, FILE_FIND);
    bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *known_bytes = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    *indexed_bytes = step == SQLITE_ROW ? sqlite3_column_int64(s, 1) : 0;
    sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? ANSWER_OK : say_db(store, "look a file up", trouble);
}

static enum answer set(struct store *store, enum statement which, const char *name, int64_t number,
                       struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, which);
    bind_text(s, 1, text_of(name));
    sqlite3_bind_int64(s, 2, number);
    return run(store, s, "keep a number", trouble);
}

enum answer store_file_known(struct store *store, const char *name, int64_t bytes, struct trouble *trouble)
{
    return set(store, FILE_KNOWN, name, bytes, trouble);
}

enum answer store_file_indexed(struct store *store, const char *name, int64_t bytes, struct trouble *trouble)
{
    return set(store, FILE_INDEXED, name, bytes, trouble);
}

enum answer store_set_number(struct store *store, const char *name, int64_t number, struct trouble *trouble)
{
    return set(store, NUMBER_SET, name, number, trouble);
}

enum answer store_get_number(struct store *store, const char *name, int64_t *number, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, NUMBER_GET);
    bind_text(s, 1, text_of(name));
    int step = sqlite3_step(s);
    *number = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? ANSWER_OK : say_db(store, "read a number", trouble);
}

/* ---- what is held ------------------------------------------------------------------------------------------- */

static void copy_column(sqlite3_stmt *statement, int column, char *out, size_t size)
{
    snprintf(out, size, "%.*s", TEXT_ARGS(column_text(statement, column)));
}

enum answer store_holding(struct store *store, int64_t key, struct holding *holding, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, HOLDING);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        copy_column(s, 0, holding->etag, sizeof holding->etag);
        copy_column(s, 1, holding->modified, sizeof holding->modified);
        copy_column(s, 2, holding->digest, sizeof holding->digest);
        copy_column(s, 3, holding->original_id, sizeof holding->original_id);
        copy_column(s, 4, holding->original_date, sizeof holding->original_date);
        buf_clear(&store->original);
        buf_add_text(&store->original, column_text(s, 5));
        holding->original_url = buf_text(&store->original);
        holding->status = sqlite3_column_int(s, 6);
        holding->checks = sqlite3_column_int(s, 7);
        holding->changes = sqlite3_column_int(s, 8);
        holding->changed_ms = sqlite3_column_int64(s, 9);
        holding->dated_ms = sqlite3_column_int64(s, 10);
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : step == SQLITE_DONE ? ANSWER_END : say_db(store, "read what is held", trouble);
}

enum answer store_keep_holding(struct store *store, int64_t key, const struct holding *holding, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, KEEP_HOLDING);
    sqlite3_bind_int64(s, 1, key);
    bind_text(s, 2, text_of(holding->etag));
    bind_text(s, 3, text_of(holding->modified));
    bind_text(s, 4, text_of(holding->digest));
    bind_text(s, 5, text_of(holding->original_id));
    bind_text(s, 6, text_of(holding->original_date));
    bind_text(s, 7, holding->original_url);
    sqlite3_bind_int(s, 8, holding->status);
    sqlite3_bind_int(s, 9, holding->checks);
    sqlite3_bind_int(s, 10, holding->changes);
    sqlite3_bind_int64(s, 11, holding->changed_ms);
    sqlite3_bind_int64(s, 12, holding->dated_ms);
    return run(store, s, "keep what is held", trouble);
}

enum answer store_date(struct store *store, int64_t key, int64_t *dated_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, DATE);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    *dated_ms = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return step == SQLITE_ROW || step == SQLITE_DONE ? ANSWER_OK : say_db(store, "read a date", trouble);
}

enum answer store_keep_date(struct store *store, int64_t key, int64_t dated_ms, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, KEEP_DATE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, dated_ms);
    return run(store, s, "keep a date", trouble);
}

enum answer store_list_names(struct store *store, int64_t key, struct text *names, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, NAMES);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    buf_clear(&store->names);
    if (step == SQLITE_ROW)
        buf_add_text(&store->names, column_text(s, 0));
    *names = buf_text(&store->names);
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : step == SQLITE_DONE ? ANSWER_END : say_db(store, "read a list", trouble);
}

enum answer store_keep_list_names(struct store *store, int64_t key, struct text names, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, KEEP_NAMES);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_blob64(s, 2, names.length ? names.at : "", names.length, SQLITE_TRANSIENT);
    return run(store, s, "keep a list", trouble);
}

static struct past past_of(sqlite3_stmt *s)
{
    int state = sqlite3_column_int(s, 2);
    return (struct past){.key = sqlite3_column_int64(s, 0),
                         .kind = (enum visit_kind)sqlite3_column_int(s, 1),
                         .state = state == STATE_LEASED ? STATE_WAITING : (enum visit_state)state,
                         .done_ms = sqlite3_column_int64(s, 3),
                         .met = sqlite3_column_int64(s, 4),
                         .period = sqlite3_column_int(s, 5),
                         .url = column_text(s, 6),
                         .status = sqlite3_column_int(s, 7),
                         .changed_ms = sqlite3_column_int64(s, 8),
                         .dated_ms = sqlite3_column_int64(s, 9),
                         .said_ms = sqlite3_column_int64(s, 10),
                         .via_kind = sqlite3_column_type(s, 11) == SQLITE_NULL ? VISIT_KINDS
                                                                               : (enum visit_kind)sqlite3_column_int(s, 11)};
}

enum answer store_past(struct store *store, int64_t key, struct past *past, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, PAST);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        *past = past_of(s);
        buf_clear(&store->original);
        buf_add_text(&store->original, past->url);
        past->url = buf_text(&store->original);
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : step == SQLITE_DONE ? ANSWER_END : say_db(store, "look back", trouble);
}

enum answer store_each_past(struct store *store, void (*each)(void *context, const struct past *past), void *context,
                            struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, PASTS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        struct past past = past_of(s);
        each(context, &past);
    }
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "look back", trouble);
}

/* Texts of a row, put side by side into store->original: they outlive the statement. */
static void keep_columns(struct store *store, sqlite3_stmt *s, int count, struct text *texts)
{
    size_t lengths[4];
    buf_clear(&store->original);
    for (int i = 0; i < count; i++) {
        struct text text = column_text(s, i);
        lengths[i] = text.length;
        buf_add_text(&store->original, text);
    }
    struct text all = buf_text(&store->original);
    for (int i = 0; i < count; i++) {
        texts[i] = text_first(all, lengths[i]);
        all = text_skip(all, lengths[i]);
    }
}

enum answer store_story(struct store *store, int64_t key, struct story *story, struct trouble *trouble)
{
    struct text texts[3];
    sqlite3_stmt *s = begin(store, STORY);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        keep_columns(store, s, 3, texts);
        *story = (struct story){texts[0], texts[1], texts[2], sqlite3_column_int(s, 3), sqlite3_column_int64(s, 4)};
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : step == SQLITE_DONE ? ANSWER_END : say_db(store, "look back", trouble);
}

enum answer store_refusal(struct store *store, int64_t key, struct text *rule, struct text *via, struct trouble *trouble)
{
    struct text texts[2];
    sqlite3_stmt *s = begin(store, REFUSAL);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        keep_columns(store, s, 2, texts);
        *rule = texts[0];
        *via = texts[1];
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : step == SQLITE_DONE ? ANSWER_END : say_db(store, "look back", trouble);
}

int64_t store_met(const struct store *store)
{
    return store->met;
}

enum answer store_ask_again(struct store *store, int64_t key, int64_t before_ms, int64_t *host, struct text *host_name,
                            struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, ASK_AGAIN);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int64(s, 2, before_ms);
    enum answer answer = run(store, s, "ask again", trouble);
    if (answer != ANSWER_OK)
        return answer;
    if (!sqlite3_changes(store->db))
        return ANSWER_END;
    s = begin(store, HOST_OF);
    sqlite3_bind_int64(s, 1, key);
    int step = sqlite3_step(s);
    buf_clear(&store->original);
    if (step == SQLITE_ROW) {
        *host = sqlite3_column_int64(s, 0);
        buf_add_text(&store->original, column_text(s, 1));
        *host_name = buf_text(&store->original);
    }
    sqlite3_reset(s);
    return step == SQLITE_ROW ? ANSWER_OK : say_db(store, "find a host", trouble);
}

/* ---- promises, refusals, periods --------------------------------------------------------------------------- */

/* Whether this was said of the key just now; it is from then on. */
static bool was_said(struct store *store, int64_t key, int what)
{
    uint64_t both = (uint64_t)key ^ (uint64_t)(what + 1) * 0x9e3779b97f4a7c15u, *slot = &store->said[both % SAID_SLOTS];
    bool said = *slot == both;
    *slot = both;
    return said;
}

enum answer store_promise(struct store *store, enum promise_source source, int64_t key, struct trouble *trouble)
{
    if (was_said(store, key, (int)source + 1))
        return ANSWER_OK;
    sqlite3_stmt *s = begin(store, PROMISE);
    sqlite3_bind_int64(s, 1, key);
    sqlite3_bind_int(s, 2, source);
    return run(store, s, "keep a promise", trouble);
}

enum answer store_count_promises(struct store *store, uint64_t counts[PROMISE_SOURCES][STATE_COUNT],
                                 uint64_t left_out[PROMISE_SOURCES], struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, PROMISES);
    int step;
    memset(counts, 0, sizeof(uint64_t) * PROMISE_SOURCES * STATE_COUNT);
    memset(left_out, 0, sizeof(uint64_t) * PROMISE_SOURCES);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        int source = sqlite3_column_int(s, 0), state = sqlite3_column_int(s, 1);
        uint64_t count = (uint64_t)sqlite3_column_int64(s, 2);
        if (source < 0 || source >= PROMISE_SOURCES)
            continue;
        if (sqlite3_column_type(s, 1) == SQLITE_NULL)
            left_out[source] += count;
        else
            counts[source][state == STATE_LEASED ? STATE_WAITING : state] += count;
    }
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "count the promises", trouble);
}

enum answer store_list_gaps(struct store *store, int most,
                            void (*each)(void *context, enum promise_source source, struct text url, struct text reason),
                            void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, GAPS);
    int step;
    sqlite3_bind_int(s, 1, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, (enum promise_source)sqlite3_column_int(s, 0), column_text(s, 1), column_text(s, 2));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list the gaps", trouble);
}

enum answer store_refuse(struct store *store, int64_t key, struct text url, const char *rule, int64_t via_key,
                         struct trouble *trouble)
{
    if (was_said(store, key, 0))
        return ANSWER_OK;
    sqlite3_stmt *s = begin(store, REFUSE);
    sqlite3_bind_int64(s, 1, key);
    bind_text(s, 2, url);
    bind_text(s, 3, text_of(rule));
    sqlite3_bind_int64(s, 4, via_key);
    return run(store, s, "keep a refusal", trouble);
}

enum answer store_list_refused(struct store *store, int most,
                               void (*each)(void *context, const char *rule, struct text url, struct text via),
                               void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, REFUSED);
    int step;
    sqlite3_bind_int(s, 1, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, (const char *)sqlite3_column_text(s, 0), column_text(s, 1), column_text(s, 2));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list what was refused", trouble);
}

enum answer store_period(struct store *store, int period, int posts, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, PERIOD);
    sqlite3_bind_int(s, 1, period);
    sqlite3_bind_int(s, 2, posts);
    return run(store, s, "keep a period", trouble);
}

enum answer store_each_period(struct store *store, void (*each)(void *context, int period, int posts), void *context,
                              struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, PERIODS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, sqlite3_column_int(s, 0), sqlite3_column_int(s, 1));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list the periods", trouble);
}

enum answer store_row(struct store *store, struct text family, int pages, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, ROW);
    bind_text(s, 1, family);
    sqlite3_bind_int(s, 2, pages);
    return run(store, s, "keep a row", trouble);
}

enum answer store_each_row(struct store *store, void (*each)(void *context, struct text family, int pages), void *context,
                           struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, ROWS);
    int step;
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, column_text(s, 0), sqlite3_column_int(s, 1));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list the rows", trouble);
}

enum answer store_each_captured(struct store *store, enum visit_kind kind, void (*each)(void *context, struct text url),
                                void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, CAPTURED);
    int step;
    sqlite3_bind_int(s, 1, kind);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, column_text(s, 0));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list what is captured", trouble);
}

const char *promise_source_name(enum promise_source source)
{
    static const char *const names[PROMISE_SOURCES] = {"pager", "archive", "feed", "sitemap"};
    return names[source];
}

/* ---- rounds and counts ------------------------------------------------------------------------------------- */

enum answer store_retry_failed(struct store *store, struct trouble *trouble)
{
    return run(store, begin(store, RETRY), "put failed visits back", trouble);
}

enum answer store_count(struct store *store, uint64_t counts[VISIT_KINDS][STATE_COUNT], struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, COUNT);
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
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "count", trouble);
}

enum answer store_list(struct store *store, enum visit_state state, int most,
                       void (*each)(void *context, struct text url, enum visit_kind kind, int status,
                                    struct text reason), void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, LIST);
    int step;
    sqlite3_bind_int(s, 1, state);
    sqlite3_bind_int(s, 2, most);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, column_text(s, 0), (enum visit_kind)sqlite3_column_int(s, 1), sqlite3_column_int(s, 2),
             column_text(s, 3));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list visits", trouble);
}

enum answer store_each_of_kind(struct store *store, enum visit_kind kind,
                               void (*each)(void *context, struct text url), void *context, struct trouble *trouble)
{
    sqlite3_stmt *s = begin(store, OF_KIND);
    int step;
    sqlite3_bind_int(s, 1, kind);
    while ((step = sqlite3_step(s)) == SQLITE_ROW)
        each(context, column_text(s, 0));
    sqlite3_reset(s);
    return step == SQLITE_DONE ? ANSWER_OK : say_db(store, "list visits", trouble);
}

const char *visit_kind_name(enum visit_kind kind)
{
    static const char *const names[VISIT_KINDS] = {"robots",    "seed", "sitemap", "feed",       "pager", "archive",
                                                   "requisite", "page", "media",   "speculative"};
    return names[kind];
}
