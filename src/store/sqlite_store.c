/*
 * The store on SQLite. One transaction stays open from commit to commit, so single steps cost
 * microseconds. The keys of URLs are 64-bit hashes with a hash key of the store's own, and serve as
 * row numbers.
 *
 * A leased visit has a state of its own, so that taking the next one need not skip it. Only one
 * process at a time has the file open, by SQLite's exclusive lock.
 */
#include <config.h>

#include "store/sqlite_store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/entropy.h"
#include "store/sqlite_store_internal.h"

enum { SCHEMA_VERSION = 6 };

enum result db_say(struct sqlite_store *store, const char *doing, struct trouble *trouble)
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
                 ". Move the directory state/ away: it is rebuilt from archive/");
    }
    return result;
}

/* ---- statements ---- */

sqlite3_stmt *db_begin(struct sqlite_store *store, enum statement which)
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

int64_t db_date(sqlite3_stmt *statement, int column)
{
    int64_t number = sqlite3_column_int64(statement, column);
    return number < -DB_NUMBER_MOST  ? -DB_NUMBER_MOST
           : number < DB_NUMBER_MOST ? number
                                     : DB_NUMBER_MOST;
}

int64_t db_positive(sqlite3_stmt *statement, int column)
{
    int64_t number = db_date(statement, column);
    return number < 0 ? 0 : number;
}

int db_int(sqlite3_stmt *statement, int column)
{
    int64_t number = db_positive(statement, column);
    return number < INT_MAX ? (int)number : INT_MAX;
}

enum visit_kind db_kind(sqlite3_stmt *statement, int column)
{
    int64_t number = sqlite3_column_int64(statement, column);
    return number >= 0 && number < VISIT_KINDS ? (enum visit_kind)number : VISIT_PAGE;
}

enum result db_copy_texts(sqlite3_stmt *statement, int column, int count, struct text *texts,
                          struct buf *out, struct trouble *trouble)
{
    buf_clear(out);
    for (int i = 0; i < count; i++) {
        struct text text = db_text(statement, column + i);
        texts[i].length = text.length;
        buf_add_text(out, text);
    }
    if (!buf_ok(out))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the content of the store");
    struct text all = buf_text(out);
    for (int i = 0; i < count; i++) {
        texts[i] = text_first(all, texts[i].length);
        all = text_skip(all, texts[i].length);
    }
    return RESULT_OK;
}

enum result db_run(struct sqlite_store *store, sqlite3_stmt *statement, const char *doing,
                   struct trouble *trouble)
{
    if (!statement)
        return trouble_say(trouble, RESULT_BROKEN, "%s: cannot %s: it was opened to read only",
                           store->path, doing);
    int result = sqlite3_step(statement);
    enum result said =
        result == SQLITE_DONE || result == SQLITE_ROW ? RESULT_OK : db_say(store, doing, trouble);
    sqlite3_reset(statement);
    return said;
}

enum result db_one(struct sqlite_store *store, int step, const char *doing, struct trouble *trouble)
{
    return step == SQLITE_ROW    ? RESULT_OK
           : step == SQLITE_DONE ? RESULT_END
                                 : db_say(store, doing, trouble);
}

enum result db_at_most_one(struct sqlite_store *store, int step, const char *doing,
                           struct trouble *trouble)
{
    return step == SQLITE_ROW || step == SQLITE_DONE ? RESULT_OK : db_say(store, doing, trouble);
}

enum result db_all(struct sqlite_store *store, int step, const char *doing, struct trouble *trouble)
{
    return step == SQLITE_DONE ? RESULT_OK : db_say(store, doing, trouble);
}

bool db_was_noted(struct sqlite_store *store, int64_t key, int what)
{
    uint64_t both = (uint64_t)key ^ (uint64_t)(what + 1) * 0x9e3779b97f4a7c15u,
             *slot = &store->noted[both % NOTED_SLOTS];
    bool said = *slot == both;
    *slot = both;
    return said;
}

/* ---- committing ---- */

static enum result execute(struct sqlite_store *store, const char *sql, const char *doing,
                           struct trouble *trouble)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? RESULT_OK
               : db_say(store, doing, trouble);
}

static void reset_statements(struct sqlite_store *store)
{
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_reset(store->statements[i]);
}

static enum result commit(struct store *base, struct trouble *trouble)
{
    struct sqlite_store *store = SQLITE_STORE_OF(base, store);
    if (!store->in_transaction || store->read_only)
        return RESULT_OK;
    reset_statements(store);
    enum result result = execute(store, "COMMIT", "commit", trouble);
    store->in_transaction = result != RESULT_OK;
    if (result == RESULT_OK)
        store->committed_round_ms = store->round_ms;
    return result;
}

static enum result commit_durably(struct store *base, struct trouble *trouble)
{
    struct sqlite_store *store = SQLITE_STORE_OF(base, store);
    enum result result = commit(base, trouble);
    /* With synchronous=NORMAL only the checkpoint syncs: first the log, then the file it is copied
     * to. */
    if (result == RESULT_OK && !store->read_only &&
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) !=
            SQLITE_OK)
        result = db_say(store, "sync it", trouble);
    return result;
}

/* What is kept outside the tables is forgotten too. Numbers of URLs may be skipped. */
static void roll_back(struct store *base)
{
    struct sqlite_store *store = SQLITE_STORE_OF(base, store);
    reset_statements(store);
    /* SQLite may have rolled back by itself, as after a full disk. */
    if (store->in_transaction && !store->read_only)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->in_transaction = store->read_only;
    store->round_ms = store->committed_round_ms;
    store->looked_up.host.number = 0;
    memset(store->noted, 0, sizeof store->noted);
    if (store->queue.seen)
        seen_keys_clear(store->queue.seen);
}

static void close_store(struct store *base)
{
    struct sqlite_store *store = SQLITE_STORE_OF(base, store);
    if (store->db)
        commit(base, NULL);
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->db);
    buf_release(&store->looked_up.host.name);
    seen_keys_free(store->queue.seen);
    free(store->path);
    free(store);
}

/* ---- opening ---- */

static enum result make_hash_key(struct sqlite_store *store, struct trouble *trouble)
{
    struct hash_key *key = &store->store.hash_key;
    struct progress_state *progress = &store->progress;
    int64_t low, high;
    store->store.is_new = true;
    entropy_fill(key, sizeof *key);
    memcpy(&low, &key->low, sizeof low);
    memcpy(&high, &key->high, sizeof high);
    enum result result = progress_set_number(progress, "hash_low", low, trouble);
    if (result == RESULT_OK)
        result = progress_set_number(progress, "hash_high", high, trouble);
    if (result == RESULT_OK)
        result = progress_set_number(progress, "schema", SCHEMA_VERSION, trouble);
    return result;
}

static enum result read_hash_key(struct sqlite_store *store, struct trouble *trouble)
{
    struct hash_key *key = &store->store.hash_key;
    int64_t version, low, high;
    enum result result = progress_number(&store->progress, "schema", &version, trouble);
    if (result == RESULT_OK && version == 0)
        return make_hash_key(store, trouble);
    if (result == RESULT_OK)
        result = progress_number(&store->progress, "hash_low", &low, trouble);
    if (result == RESULT_OK)
        result = progress_number(&store->progress, "hash_high", &high, trouble);
    if (result == RESULT_OK) {
        memcpy(&key->low, &low, sizeof low);
        memcpy(&key->high, &high, sizeof high);
    }
    return result;
}

/* Fills the table of seen keys, and finds the number for the next new URL. */
static enum result read_keys(struct sqlite_store *store, struct trouble *trouble)
{
    sqlite3_stmt *keys;
    if (sqlite3_prepare_v2(store->db, "SELECT key, met, kind, state < 16 FROM visit", -1, &keys,
                           NULL) != SQLITE_OK)
        return db_say(store, "read the visits", trouble);
    int step;
    while ((step = sqlite3_step(keys)) == SQLITE_ROW) {
        if (sqlite3_column_int(keys, 3)) /* not forgotten */
            seen_keys_add(store->queue.seen, sqlite3_column_int64(keys, 0), db_kind(keys, 2));
        if (db_positive(keys, 1) >= store->met)
            store->met = db_positive(keys, 1) + 1;
    }
    enum result result = db_all(store, step, "read the visits", trouble);
    sqlite3_finalize(keys);
    return result;
}

/* Must come before any statement that the tables of another version may not allow. */
static enum result check_version(struct sqlite_store *store, struct trouble *trouble)
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
                             "%lld). Move the directory state/ away: it is rebuilt from archive/",
                             store->path, (long long)version);
}

/* SQL's is_gap(rule): whether a URL left out by that rule is a gap in what the site lists. */
static void is_gap(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    enum url_rule rule = name ? url_rule_by_name(text_of(name)) : URL_RULE_NONE;
    sqlite3_result_int(context, rule && url_rule_row(rule)->is_gap);
}

/* SQL's left_out_by(rule): a number of enum left_out_by. Earlier programs gave no name to what
 * robots.txt closes. */
static void say_left_out_by(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    enum url_rule rule = name ? url_rule_by_name(text_of(name)) : URL_RULE_NONE;
    sqlite3_result_int(context, (int)(rule ? left_out_by(rule) : LEFT_OUT_BY_ROBOTS));
}

/* A store opened to read may lack a column that only writing needs. */
static bool reads_only(const char *sql)
{
    return text_starts(text_of(sql), TEXT("SELECT "));
}

/* The file may come from a stranger, with what SQLite would run while it is used: this program
 * makes no triggers and no views, so there is no need for any (sqlite.org/security.html). */
static enum result distrust(struct sqlite_store *store, struct trouble *trouble)
{
    static const int settings[][2] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                      {SQLITE_DBCONFIG_ENABLE_VIEW, 0}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (sqlite3_db_config(store->db, settings[i][0], settings[i][1], NULL) != SQLITE_OK)
            return db_say(store, "make it safe to read", trouble);
    return execute(store, "PRAGMA cell_size_check=ON", "make it safe to read", trouble);
}

static enum result prepare(struct sqlite_store *store, struct trouble *trouble)
{
    if (sqlite3_create_function(store->db, "is_gap", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                is_gap, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function(store->db, "left_out_by", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                NULL, say_left_out_by, NULL, NULL) != SQLITE_OK)
        return db_say(store, "define its functions", trouble);
    for (int i = 0; i < STATEMENTS; i++)
        if ((!store->read_only || reads_only(sqlite_statements[i])) &&
            sqlite3_prepare_v3(store->db, sqlite_statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &store->statements[i], NULL) != SQLITE_OK)
            return db_say(store, "prepare its statements", trouble);
    return RESULT_OK;
}

/* A store that is only read may be older than some tables: they are empty then, and in memory. */
static enum result add_young_tables(struct sqlite_store *store, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (int i = 0; result == RESULT_OK && sqlite_young_tables[i][0]; i++) {
        sqlite3_stmt *s = NULL;
        char sql[512];
        snprintf(sql, sizeof sql, "SELECT 1 FROM %s LIMIT 0", sqlite_young_tables[i][0]);
        if (sqlite3_prepare_v2(store->db, sql, -1, &s, NULL) == SQLITE_ERROR) {
            snprintf(sql, sizeof sql, "CREATE TEMP TABLE %s(%s)", sqlite_young_tables[i][0],
                     sqlite_young_tables[i][1]);
            result = execute(store, sql, "read a table that it lacks", trouble);
        }
        sqlite3_finalize(s);
    }
    return result;
}

/* Creates what is missing. The column of owners is younger than the schema version, and earlier
 * programs of that version can still use a store that has it. */
static enum result make_tables(struct sqlite_store *store, struct trouble *trouble)
{
    sqlite3_stmt *owners = NULL;
    enum result result = execute(store, sqlite_schema, "make its tables", trouble);
    if (result == RESULT_OK && sqlite3_prepare_v2(store->db, "SELECT owner FROM visit LIMIT 0", -1,
                                                  &owners, NULL) != SQLITE_OK)
        result = execute(store, "ALTER TABLE visit ADD COLUMN owner INTEGER NOT NULL DEFAULT 0",
                         "add the owners of leases", trouble);
    sqlite3_finalize(owners);
    return result;
}

static const struct store_ops store_ops = {
    .commit = commit,
    .commit_durably = commit_durably,
    .roll_back = roll_back,
    .close = close_store,
};

static struct sqlite_store *store_new(const char *path, int64_t owner, struct trouble *trouble)
{
    struct sqlite_store *store = calloc(1, sizeof *store);
    if (!store)
        goto out;
    store->store = (struct store){.ops = &store_ops,
                                  .queue = &store->queue,
                                  .known = &store->known,
                                  .hosts = &store->hosts,
                                  .recrawl = &store->recrawl,
                                  .completeness = &store->completeness,
                                  .site_counts = &store->site_counts,
                                  .progress = &store->progress,
                                  .failures = &store->failures};
    store->queue = (struct queue){&sqlite_queue_ops, seen_keys_new(), owner};
    store->known.ops = &sqlite_known_urls_ops;
    store->hosts.ops = &sqlite_hosts_ops;
    store->recrawl.ops = &sqlite_recrawl_ops;
    store->completeness.ops = &sqlite_completeness_ops;
    store->site_counts.ops = &sqlite_site_counts_ops;
    store->progress.ops = &sqlite_progress_ops;
    store->failures.ops = &sqlite_failure_ops;
    buf_init(&store->looked_up.host.name, 1 << 16);
    store->path = text_copy(text_of(path));
    if (store->path && store->queue.seen)
        return store;
out:
    store_close(store ? &store->store : NULL);
    trouble_say(trouble, RESULT_BROKEN, "no memory for the store %s", path);
    return NULL;
}

/* Without a log beside it, the file is complete and nobody writes to it. Then it can be read on a
 * read-only disk. */
static int open_to_read(struct sqlite_store *store)
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

enum result sqlite_store_open_to_read(struct store **out, const char *path, struct trouble *trouble)
{
    enum { NOBODY = 1 }; /* leases nothing */
    *out = NULL;
    struct sqlite_store *store = store_new(path, NOBODY, trouble);
    if (!store)
        return RESULT_BROKEN;
    store->read_only = true;
    store->in_transaction = true; /* nothing is written, so no transaction is needed */
    enum result result = open_to_read(store) == SQLITE_OK ? distrust(store, trouble)
                                                          : db_say(store, "open it", trouble);
    if (result == RESULT_OK)
        result = check_version(store, trouble);
    if (result == RESULT_OK)
        result = add_young_tables(store, trouble);
    if (result == RESULT_OK)
        result = prepare(store, trouble);
    if (result == RESULT_OK)
        result = read_hash_key(store, trouble);
    if (result == RESULT_OK) {
        *out = &store->store;
        return RESULT_OK;
    }
    if (store->db && (sqlite3_errcode(store->db) & 0xff) == SQLITE_BUSY)
        result = trouble_say(trouble, RESULT_AGAIN,
                             "%s is in use by a run; try again when the run has ended", path);
    store_close(&store->store);
    return result;
}

/* NORMAL in WAL mode: a kill loses nothing, and a power cut at most the last commits. The next run
 * learns those from the WARC files, which are synced before each commit. */
static const char settings[] =
    "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2048; PRAGMA journal_size_limit=33554432";

enum result sqlite_store_open(struct store **out, const char *path, int64_t owner,
                              struct trouble *trouble)
{
    *out = NULL;
    struct sqlite_store *store = store_new(path, owner, trouble);
    if (!store)
        return RESULT_BROKEN;
    enum result result = sqlite3_open(path, &store->db) == SQLITE_OK
                             ? distrust(store, trouble)
                             : db_say(store, "open it", trouble);
    if (result == RESULT_OK)
        result = execute(store, settings, "set it up", trouble);
    if (result == RESULT_OK)
        result = check_version(store, trouble);
    if (result == RESULT_OK)
        result = make_tables(store, trouble);
    if (result == RESULT_OK)
        result = prepare(store, trouble);
    if (result == RESULT_OK)
        result = read_hash_key(store, trouble);
    if (result == RESULT_OK)
        result = progress_number(&store->progress, "round_began", &store->round_ms, trouble);
    if (result == RESULT_OK)
        result = read_keys(store, trouble);
    if (result == RESULT_OK)
        result = store_commit(&store->store, trouble);
    if (result == RESULT_OK) {
        *out = &store->store;
        return RESULT_OK;
    }
    result = store->damaged ? RESULT_LOST : result;
    store_roll_back(&store->store);
    store_close(&store->store);
    return result;
}
