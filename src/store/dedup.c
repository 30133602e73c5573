/* The payloads in the archive, in an SQLite file of their own. */
#include <config.h>

#include "store/dedup.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dedup {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *find, *add;
};

/* Rows are only appended, and only the narrow index is filled in random order. `prefix` is the
 * beginning of the SHA-1 as a number. */
static const char schema[] = "CREATE TABLE IF NOT EXISTS payload(prefix INTEGER NOT NULL, sha1 "
                             "BLOB NOT NULL, framing TEXT NOT NULL,"
                             " sha256 BLOB NOT NULL, length INTEGER NOT NULL, id TEXT NOT NULL, "
                             "date TEXT NOT NULL, url TEXT NOT NULL);"
                             "CREATE INDEX IF NOT EXISTS payload_prefix ON payload(prefix);";

static enum result say(struct dedup *dedup, const char *doing, struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN,
                       "%s: cannot %s: %s. You may delete it: payloads are then stored once more",
                       dedup->path, doing, dedup->db ? sqlite3_errmsg(dedup->db) : "no memory");
}

enum result dedup_open(struct dedup **out, const char *path, struct trouble *trouble)
{
    struct dedup *dedup = calloc(1, sizeof *dedup);
    *out = NULL;
    if (!dedup || !(dedup->path = text_copy(text_of(path)))) {
        free(dedup);
        return trouble_say(trouble, RESULT_BROKEN, "no memory for %s", path);
    }
    enum result result = RESULT_OK;
    if (sqlite3_open(path, &dedup->db) != SQLITE_OK ||
        sqlite3_exec(
            dedup->db,
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(dedup->db, schema, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(
            dedup->db,
            "SELECT sha256, length, id, date, url FROM payload WHERE prefix = ?1 AND sha1 = ?2"
            " AND framing = ?3 ORDER BY rowid LIMIT 1",
            -1, &dedup->find, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(
            dedup->db,
            "INSERT INTO payload(prefix, sha1, framing, sha256, length, id, date, url)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            -1, &dedup->add, NULL) != SQLITE_OK)
        result = say(dedup, "open it", trouble);
    int code = dedup->db ? sqlite3_errcode(dedup->db) & 0xff : SQLITE_OK;
    if (result == RESULT_OK)
        *out = dedup;
    else
        dedup_close(dedup);
    return result != RESULT_OK && (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) ? RESULT_LOST
                                                                                    : result;
}

/* SQLite is asked, because it ends a transaction by itself if the disk fails. */
static bool in_transaction(const struct dedup *dedup)
{
    return dedup->db && !sqlite3_get_autocommit(dedup->db);
}

void dedup_close(struct dedup *dedup)
{
    if (!dedup)
        return;
    sqlite3_finalize(dedup->find);
    sqlite3_finalize(dedup->add);
    if (in_transaction(dedup))
        sqlite3_exec(dedup->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(dedup->db);
    free(dedup->path);
    free(dedup);
}

bool dedup_is_empty(struct dedup *dedup)
{
    sqlite3_stmt *any;
    if (sqlite3_prepare_v2(dedup->db, "SELECT 1 FROM payload LIMIT 1", -1, &any, NULL) != SQLITE_OK)
        return false;
    bool none = sqlite3_step(any) == SQLITE_DONE;
    sqlite3_finalize(any);
    return none;
}

enum result dedup_forget(struct dedup *dedup, struct trouble *trouble)
{
    if (sqlite3_exec(dedup->db, "DELETE FROM payload", NULL, NULL, NULL) == SQLITE_OK)
        return dedup_commit(dedup, trouble);
    return say(dedup, "empty it", trouble);
}

/* False: no transaction could be opened. A row added then would be kept at once, although its
 * record may never be. */
static bool begin(struct dedup *dedup)
{
    return in_transaction(dedup) || sqlite3_exec(dedup->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

static void bind_payload(sqlite3_stmt *statement, const struct payload *payload)
{
    int64_t prefix;
    memcpy(&prefix, payload->sha1, sizeof prefix);
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, prefix);
    sqlite3_bind_blob(statement, 2, payload->sha1, sizeof payload->sha1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, payload->framing.at, (int)payload->framing.length,
                      SQLITE_STATIC);
}

static void copy_column(sqlite3_stmt *statement, int column, char *out, size_t size)
{
    const char *words = (const char *)sqlite3_column_text(statement, column);
    snprintf(out, size, "%s", words ? words : "");
}

enum dedup_result dedup_find(struct dedup *dedup, const struct payload *payload,
                             struct dedup_original *original)
{
    enum dedup_result result = DEDUP_NONE;
    begin(dedup);
    bind_payload(dedup->find, payload);
    int step = sqlite3_step(dedup->find);
    if (step == SQLITE_ROW) {
        const void *sha256 = sqlite3_column_blob(dedup->find, 0);
        bool same = sha256 && sqlite3_column_bytes(dedup->find, 0) == (int)sizeof payload->sha256 &&
                    memcmp(sha256, payload->sha256, sizeof payload->sha256) == 0 &&
                    sqlite3_column_int64(dedup->find, 1) == payload->length;
        result = same ? DEDUP_FOUND : DEDUP_COLLISION;
        copy_column(dedup->find, 2, original->id, sizeof original->id);
        copy_column(dedup->find, 3, original->date, sizeof original->date);
        copy_column(dedup->find, 4, original->url, sizeof original->url);
    } else if (step != SQLITE_DONE)
        result = DEDUP_TROUBLE;
    sqlite3_reset(dedup->find);
    return result;
}

void dedup_add(struct dedup *dedup, const struct payload *payload,
               const struct dedup_original *original)
{
    sqlite3_stmt *add = dedup->add;
    if (!begin(dedup))
        return;
    bind_payload(add, payload);
    sqlite3_bind_blob(add, 4, payload->sha256, sizeof payload->sha256, SQLITE_STATIC);
    sqlite3_bind_int64(add, 5, payload->length);
    sqlite3_bind_text(add, 6, original->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 7, original->date, -1, SQLITE_STATIC);
    sqlite3_bind_text(add, 8, original->url, -1, SQLITE_STATIC);
    sqlite3_step(add); /* a payload that was not added is stored again if it comes again */
    sqlite3_reset(add);
}

enum result dedup_commit(struct dedup *dedup, struct trouble *trouble)
{
    if (!in_transaction(dedup))
        return RESULT_OK;
    sqlite3_reset(dedup->find);
    sqlite3_reset(dedup->add);
    if (sqlite3_exec(dedup->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
        return RESULT_OK;
    enum result result = say(dedup, "commit", trouble);
    sqlite3_exec(dedup->db, "ROLLBACK", NULL, NULL, NULL);
    return result;
}
