/*
 * The tables of the store on SQLite, and every statement that is run on them.
 *
 * Some tables have older names than the code. A promise is a URL that a list names. A holding is
 * what the archive has of a URL. "Said" is a list's date for a URL. A family is a series. States
 * are stored as numbers: 0 waiting, 1 kept, 2 broken, 3 left out, 4 leased, 5 gone, 6 refused; plus
 * 16 when the URL was found only from a forgotten seed.
 *
 * Later versions add tables, and no columns: a program that only reads can do without a table.
 */
#include <config.h>

#include "store/sqlite_store_internal.h"

#define HISTORY_COLUMNS                                                                          \
    "SELECT v.key, v.kind, v.state, v.done, v.met, v.period, v.url, h.status, h.changed, "       \
    "h.dated, s.ms, p.kind"                                                                      \
    " FROM visit v LEFT JOIN holding h ON h.key = v.key LEFT JOIN said s ON s.key = v.key LEFT " \
    "JOIN visit p ON p.key = v.via"

#define CHOICE_COLUMNS                                                                       \
    "SELECT v.key, v.kind, v.depth, v.attempts, v.robots_for, v.hops, v.url, p.url, v.via, " \
    "v.period, v.host FROM visit v LEFT JOIN visit p ON p.key = v.via"
#define LISTED_COLUMNS                                                             \
    "SELECT " FAILURE_COLUMNS ", v.url, v.kind, v.status, v.reason, v.hops = '', " \
    "v.state FROM " KNOWN " LEFT JOIN failing f ON f.key = v.key"
/* The same of those with this condition, in this order: what is sorted is short. */
#define SORTED_FAILURES(condition, order)                                                          \
    "SELECT " FAILURE_COLUMNS ", v.url, v.kind, coalesce(a.status, v.status), v.reason, v.hops = " \
    "'', coalesce(a.state, v.state) FROM (SELECT v.key AS key FROM " KNOWN                         \
    " LEFT JOIN failing f ON f.key = v.key WHERE " condition " ORDER BY " order                    \
    " LIMIT ?1) o CROSS JOIN visit v ON v.key = o.key LEFT JOIN asked_again a ON a.key = "         \
    "v.key AND v.state IN (0, 4) LEFT JOIN failing f ON f.key = v.key"

#define FAILURE_COLUMNS \
    "f.key, f.way, f.counted_way, f.rounds, f.same_rounds, f.since, f.round, f.not_until, f.dead"

#define REDIRECT_COLUMNS "key INTEGER PRIMARY KEY, target INTEGER NOT NULL, login INTEGER NOT NULL"

#define FAILING_COLUMNS                                                                         \
    "key INTEGER PRIMARY KEY, way INTEGER NOT NULL, counted_way INTEGER NOT NULL DEFAULT 0, "   \
    "rounds INTEGER NOT NULL DEFAULT 0, same_rounds INTEGER NOT NULL DEFAULT 0, since INTEGER " \
    "NOT "                                                                                      \
    "NULL DEFAULT 0, round INTEGER NOT NULL DEFAULT 0, not_until INTEGER NOT NULL DEFAULT 0, "  \
    "dead "                                                                                     \
    "INTEGER NOT NULL DEFAULT 0"
#define SUSPECT_COLUMNS "key INTEGER PRIMARY KEY"
#define DEAD_HOST_COLUMNS "host INTEGER PRIMARY KEY"
#define ASKED_AGAIN_COLUMNS \
    "key INTEGER PRIMARY KEY, state INTEGER NOT NULL, status INTEGER NOT NULL"

/* What is known of each visit: one that is to be asked for again is what it was until it is. */
#define KNOWN                                                                                  \
    "(SELECT v.key, v.kind, v.hops, v.url, v.via, v.met, v.done, v.reason, coalesce(a.state, " \
    "v.state) AS state, coalesce(a.status, v.status) AS status FROM visit v LEFT JOIN "        \
    "asked_again a ON a.key = v.key AND v.state IN (0, 4)) v"
/* Notes that of the visits with this condition. */
#define NOTE_ASKED_AGAIN \
    "INSERT OR REPLACE INTO asked_again SELECT key, state, status FROM visit WHERE "

/* Visits are taken by kind, but requisites also before pagers and date archives. So all pages
 * before the next one are whole. */
#define TURN_OF(kind) "CASE " kind " WHEN 6 THEN 4 WHEN 4 THEN 5 WHEN 5 THEN 6 ELSE " kind " END"

/* A visit of a host that is ready. */
#define TAKE_COLUMNS                                                                         \
    "SELECT v.key, v.kind, v.depth, v.attempts, v.robots_for, v.hops, v.url, p.url, v.via, " \
    "v.period FROM visit v LEFT JOIN visit p ON p.key = v.via WHERE v.state = 0 AND v.host " \
    "= ?1 AND v.not_before <= ?2"

/* A page or a list of the site (url_state_matters). */
#define MATTERS "kind IN (1, 2, 3, 4, 5, 7)"
/* Not counted: see url_is_counted() and known_urls_count(). */
#define TO_ITSELF \
    "(substr(hops, -1) = 'R' AND url = (SELECT w.url FROM visit w WHERE w.key = v.via))"
#define UNCOUNTED                                                                                 \
    "((state IN (1, 3, 5) AND status BETWEEN 301 AND 399 AND status <> 304) OR (state IN (0, 3, " \
    "4, 5) AND "                                                                                  \
    "substr(rtrim(hops, 'R'), -1) = 'I') OR " TO_ITSELF ")"
/* It failed: the next run tries again. */
#define FAILED "(state = 2 OR (state = 6 AND " MATTERS "))"
/* Of a failed URL: it need not be left alone.  ?1 is now, ?2 the latest time that counts. */
#define NOT_PUT_OFF                                                                         \
    "NOT EXISTS (SELECT 1 FROM failing f WHERE f.key = visit.key AND f.not_until > ?1 AND " \
    "f.not_until <= ?2)"
/* There was a response that is good for some time. */
#define HAS_RESPONSE "(state IN (1, 5) OR (state = 6 AND NOT " MATTERS "))"

/* Neither kept nor gone, and nobody else asks for it now; ?2 is this owner. */
#define MISSING "(state IN (0, 2, 3, 6) OR (state = 4 AND owner = ?2))"

/* What became of a listed URL of `promise p`: its state, and by whose choice it is left out, if it
 * is.  As KNOWN, but joined directly: SQLite would copy all visits into memory first. */
#define LISTED_IS "coalesce(a.state, v.state)"
#define LEFT_OUT_BY "left_out_by(CASE WHEN v.key IS NULL THEN r.rule ELSE v.reason END)"
#define LISTED_STATE \
    LISTED_IS ", CASE WHEN v.key IS NULL OR " LISTED_IS " = 3 THEN " LEFT_OUT_BY " END"
#define LISTED_WHERE                                                                              \
    " FROM promise p LEFT JOIN visit v ON v.key = p.key AND v.state < 16 LEFT JOIN asked_again "  \
    "a ON a.key = v.key AND v.state IN (0, 4) LEFT JOIN refused r ON r.key = p.key LEFT "         \
    "JOIN suspect s ON s.key = r.key WHERE (v.key IS NOT NULL OR is_gap(r.rule) OR s.key IS NOT " \
    "NULL)"
/* The last list that names a visit; NULL: none does. */
#define LISTED_BY "(SELECT max(p.source) FROM promise p WHERE p.key = v.key)"
/* In the order of the table: nothing has to be sorted. */
#define LISTED_ORDER " ORDER BY p.key, p.source"

const char *const sqlite_statements[STATEMENTS] = {
    [OFFER] = "INSERT OR IGNORE INTO visit(key, host, kind, depth, robots_for, hops, url, via, "
              "met, period)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [RAISE] =
        "UPDATE visit SET kind = min(kind, ?2), depth = min(depth, ?3)"
        " WHERE key = ?1 AND ((state = 0 AND (kind > ?2 OR depth > ?3)) OR (?2 = 1 AND kind > 1))",
    [MAKE_SEED] = "UPDATE visit SET kind = 1, depth = 0, hops = '', via = 0"
                  " WHERE key = ?1 AND kind >= 1 AND state < 16 AND (kind > 1 OR hops <> '')",
    [ADOPT] =
        "UPDATE visit SET state = state - 16, kind = ?2, depth = ?3, robots_for = ?4, hops = ?5, "
        "via = ?6, period = ?7 WHERE key = ?1 AND state >= 16",
    [IS_WAITING] = "SELECT 1 FROM visit WHERE key = ?1 AND state = 0",
    [TAKE] = TAKE_COLUMNS " AND (?3 = 0 OR (v.kind = 6 AND ?3 < 3) OR (v.kind < 4 AND ?3 = 1) OR "
                          "(v.kind = 0 AND ?3 = 3)) ORDER BY " TURN_OF("v.kind") ", v.met LIMIT 1",
    [TAKE_A_PAGE] = TAKE_COLUMNS " AND " TURN_OF("v.kind") " = 7 ORDER BY v.met LIMIT 1",
    [COUNT_REQUISITES] =
        "SELECT count(*) FROM (SELECT 1 FROM visit WHERE state = 0 AND host = ?1 AND " TURN_OF(
            "kind") " = 4"
                    " AND not_before <= ?2 LIMIT ?3)",
    [IS_LEASED] = "SELECT 1 FROM visit WHERE key = ?1 AND state = 4",
    [SERVED] = "SELECT key, kind, url FROM visit WHERE host = ?1 AND status = 200 AND state IN (0, "
               "1) AND kind BETWEEN 1 AND 7"
               " ORDER BY kind = 6, done, met LIMIT 1 OFFSET ?2",
    [TAKE_BACK] = "UPDATE visit SET state = 0, owner = 0 WHERE state = 4 AND owner = ?1",
    [TAKE_BACK_OTHERS] = "UPDATE visit SET state = 0, owner = 0 WHERE state = 4 AND owner <> ?1",
    [LEASE] = "UPDATE visit SET state = 4, owner = ?2 WHERE key = ?1",
    [READY] = "SELECT min(not_before) FROM visit WHERE state = 0 AND host = ?1 AND not_before > ?2",
    /* what waits again without a reason keeps the one that it had */
    [FINISH] = "UPDATE visit SET state = ?2, status = ?3, attempts = ?4, not_before = ?5, reason = "
               "CASE ?2 WHEN 0 THEN coalesce(?6, reason) ELSE ?6 END, done = ?7, owner = 0"
               " WHERE key = ?1 AND (state <> 4 OR owner = ?8)",
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
    [NUMBER_ADD] = "INSERT INTO fact(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET "
                   "value = value + ?2",
    [NUMBER_RAISE] =
        "INSERT INTO fact(name, value) VALUES(?1, max(0, ?2)) ON CONFLICT(name) DO UPDATE SET "
        "value = max(value, ?2)",
    [COUNT] = "SELECT kind, state FROM " KNOWN " WHERE state < 16 AND NOT " UNCOUNTED,
    [COUNT_WAITING] = "SELECT count(*) FROM visit WHERE state IN (0, 4)",
    [LIST_WAITING] = "SELECT key, kind, url FROM visit v WHERE host = ?1 AND state IN (0, 4) AND "
                     "NOT EXISTS (SELECT 1 FROM asked_again a WHERE a.key = v.key)",
    [LIST_FAILED] = SORTED_FAILURES(FAILED " AND ifnull(f.dead, 0) = 0 AND NOT " TO_ITSELF,
                                    "v.done DESC, v.met"),
    [LIST_KNOWN_DEAD] = SORTED_FAILURES(FAILED " AND f.dead", "v.met"),
    [LIST_SEEDS] = LISTED_COLUMNS " WHERE v.kind = 1 AND v.state < 16 ORDER BY v.met LIMIT ?1",
    [LIST_FORGOTTEN] =
        LISTED_COLUMNS " WHERE v.kind = 1 AND v.state >= 16 AND v.hops = '' ORDER BY "
                       "v.met LIMIT ?1",
    [RETRY] =
        "UPDATE visit SET state = 0, status = 0, attempts = 0, not_before = 0, reason = CASE state "
        "WHEN 3 THEN NULL ELSE reason END WHERE (state = 3 OR " FAILED ") AND " NOT_PUT_OFF,
    [NOTE_RETRY] = NOTE_ASKED_AGAIN FAILED " AND " NOT_PUT_OFF,
    [UNDATE] = "UPDATE visit SET done = CASE WHEN done > ?1 THEN 0 ELSE done END,"
               " not_before = CASE WHEN not_before > ?2 THEN 0 ELSE not_before END WHERE done > ?1 "
               "OR not_before > ?2",
    [NOTE_LISTED] = "INSERT OR IGNORE INTO promise(key, source) VALUES(?1, ?2)",
    [COUNT_LISTED] = "SELECT p.key, p.source, " LISTED_STATE LISTED_WHERE LISTED_ORDER,
    [GAPS] =
        "SELECT p.source, coalesce(v.url, r.url), " LISTED_IS ", coalesce(CASE WHEN v.key IS NULL "
        "THEN r.rule ELSE v.reason END, ''), " LEFT_OUT_BY LISTED_WHERE
        " AND (v.key IS NULL OR " LISTED_IS " NOT IN (1, 5))" LISTED_ORDER " LIMIT ?1",
    [LEAVE_OUT] = "INSERT OR IGNORE INTO refused(key, url, rule, via) VALUES(?1, ?2, ?3, ?4)",
    [NOTE_SUSPECT] = "INSERT OR IGNORE INTO suspect(key) SELECT ?1 WHERE NOT EXISTS "
                     "(SELECT 1 FROM refused WHERE key = ?1)",
    [HELD] = "SELECT etag, modified, digest, id, date, url, status, checks, changes, changed, "
             "dated FROM holding"
             " WHERE key = ?1",
    [KEEP_HELD] = "INSERT OR REPLACE INTO holding(key, etag, modified, digest, id, date, url, "
                  "status, checks, changes,"
                  " changed, dated) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [FORGET_HELD] = "DELETE FROM holding WHERE key = ?1",
    [DATE] = "SELECT ms FROM said WHERE key = ?1",
    [NOTE_DATE] = "INSERT INTO said(key, ms) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET ms = ?2",
    [LIST_NAMES] = "SELECT names FROM list WHERE key = ?1",
    [KEEP_LIST_NAMES] = "INSERT OR REPLACE INTO list(key, names) VALUES(?1, ?2)",
    [HISTORY] = HISTORY_COLUMNS " WHERE v.key = ?1 AND v.state < 16",
    [HISTORIES] =
        HISTORY_COLUMNS " WHERE (v.state IN (1, 5) OR (v.state = 6 AND NOT v." MATTERS "))",
    [NOTE_AGAIN] = NOTE_ASKED_AGAIN "key = ?1 AND " HAS_RESPONSE " AND done < ?2",
    [FORGET_AGAIN] = "DELETE FROM asked_again WHERE key = ?1",
    [FORGET_AGAIN_UNKNOWN] = "DELETE FROM asked_again WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM "
                             "visit v WHERE v.key = ?1)",
    [ASK_AGAIN] = "UPDATE visit SET state = 0, attempts = 0, not_before = 0, reason = NULL WHERE "
                  "key = ?1 AND " HAS_RESPONSE " AND done < ?2",
    [HOST_OF] = "SELECT h.id, h.name FROM visit v JOIN host h ON h.id = v.host WHERE v.key = ?1",
    [PROVENANCE] =
        "SELECT p.url, v.hops, CASE WHEN EXISTS (SELECT 1 FROM asked_again a WHERE a.key = v.key) "
        "AND v.state IN (0, 4) THEN NULL ELSE v.reason END, v.attempts, v.not_before FROM visit v "
        "LEFT JOIN "
        "visit p ON p.key = v.via"
        " WHERE v.key = ?1",
    [REFUSAL] =
        "SELECT r.rule, v.url FROM refused r LEFT JOIN visit v ON v.key = r.via WHERE r.key = ?1",
    [NOTE_CHANGE] = "INSERT INTO untold(change, kind, url, target) VALUES(?1, ?2, ?3, ?4)",
    [CHANGES] = "SELECT change, kind, url, target FROM untold ORDER BY rowid",
    [FORGET_CHANGES] = "DELETE FROM untold",
    [PUT_LAST] = "UPDATE visit SET met = ?2 WHERE key = ?1",
    [HOST_STATE] = "SELECT h.leave_until, h.refusals, h.took, d.host IS NOT NULL FROM host h LEFT "
                   "JOIN dead_host d ON d.host = h.id WHERE h.id = ?1",
    [HOST_DEAD] = "INSERT OR IGNORE INTO dead_host(host) VALUES(?1)",
    [HOST_ALIVE] = "DELETE FROM dead_host WHERE host = ?1",
    [KEEP_HOST_STATE] = "UPDATE host SET leave_until = ?2, refusals = ?3, took = ?4 WHERE id = ?1",
    [NOTE_ARCHIVE_COUNT] =
        "INSERT INTO period(first_day, posts) VALUES(?1, ?2) ON CONFLICT(first_day) DO "
        "UPDATE SET posts = ?2",
    [ARCHIVE_COUNTS] = "SELECT first_day, posts FROM period ORDER BY 1",
    [NOTE_ROW_PAGES] =
        "INSERT INTO row(family, pages) VALUES(?1, ?2) ON CONFLICT(family) DO UPDATE SET pages "
        "= ?2",
    [ROWS_PAGES] = "SELECT family, pages FROM row ORDER BY 1",
    [FIND] = CHOICE_COLUMNS " WHERE v.key = ?1 AND v.state < 16",
    [NEXT_MISSING] =
        CHOICE_COLUMNS " WHERE v.key > ?1 AND v.state IN (0, 2, 3, 6) ORDER BY v.key LIMIT 1",
    /* A waiting URL with the status of a capture, and no attempt since, was put back for a recrawl.
     */
    [LEAVE_OUT_CAPTURED] =
        "UPDATE visit SET state = CASE WHEN coalesce((SELECT h.status FROM holding h WHERE h.key = "
        "?1), status) IN (404, 410) THEN 5 ELSE 1 END, attempts = 0, not_before = 0, reason = "
        "NULL, "
        "owner = 0, status = coalesce((SELECT h.status FROM holding h WHERE h.key = ?1), status)"
        " WHERE key = ?1 AND " MISSING
        " AND (EXISTS (SELECT 1 FROM holding h WHERE h.key = ?1) OR (state IN (0, 4) AND attempts "
        "= 0 AND done > 0 AND "
        "status > 0 AND (status < 400 OR status IN (404, 410))))",
    [LEAVE_OUT_SEED] =
        "UPDATE visit SET state = 3, reason = ?3, owner = 0 WHERE key = ?1 AND kind = 1 "
        "AND " MISSING,
    [LEAVE_OUT_UNKNOWN] = "DELETE FROM visit WHERE key = ?1 AND kind <> 1 AND " MISSING,
    /* needed: what another seed leads to, and the robots.txt of the hosts that this is on */
    [FORGET_SEED] =
        "WITH RECURSIVE needed(key, host, kind) AS ("
        "SELECT v.key, v.host, v.kind FROM visit v WHERE v.state < 16 AND v.kind <> 0 AND v.key <> "
        "?1"
        " AND NOT EXISTS (SELECT 1 FROM visit p WHERE p.key = v.via)"
        " UNION SELECT v.key, v.host, v.kind FROM needed n JOIN visit v ON v.via = n.key"
        " WHERE v.state < 16 AND v.key <> ?1"
        " UNION SELECT r.key, r.host, r.kind FROM needed n JOIN visit r ON r.host = n.host"
        " WHERE n.kind <> 0 AND r.kind = 0 AND r.state < 16),"
        " seed(key) AS (SELECT key FROM visit WHERE key = ?1 AND kind = 1 AND state < 16),"
        " found(key) AS (SELECT key FROM seed"
        " UNION SELECT r.key FROM visit r, seed WHERE r.kind = 0 AND r.state < 16"
        " UNION SELECT v.key FROM found f JOIN visit v ON v.via = f.key)"
        " UPDATE visit SET state = CASE state WHEN 4 THEN 0 ELSE state END + 16, owner = 0"
        " WHERE state < 16 AND key IN (SELECT key FROM found) AND key NOT IN (SELECT key FROM "
        "needed)",
    [FORGET_RULES] = "UPDATE host SET robots_status = NULL, robots = NULL, robots_at = NULL WHERE "
                     "id IN (SELECT host FROM visit WHERE kind = 0 AND state >= 16)",
    [RESTATE] =
        "UPDATE visit SET state = ?2, reason = ?3 WHERE key = ?1 AND state NOT IN (0, 4) AND "
        "state < 16",
    [NOTE_REDIRECT] = "INSERT OR REPLACE INTO redirect(key, target, login) VALUES(?1, ?2, ?3)",
    [RESPONSES] =
        "SELECT v.key, v.kind, v.state, v.hops, v.url, " LISTED_BY " IS NOT NULL, ifnull(" LISTED_BY
        " >= 2, 0), ifnull(r.target, 0), ifnull(r.login, 0), ifnull(h.digest, '') FROM visit v "
        "LEFT JOIN redirect r ON r.key = v.key AND v.status BETWEEN 300 AND 399 LEFT JOIN holding "
        "h ON h.key = v.key WHERE v.state NOT IN (0, 4) AND v.state < 16 AND ((v." MATTERS
        " AND " LISTED_BY " IS NOT NULL) OR (v.kind BETWEEN 1 AND 8 AND r.target IS NOT NULL))",
    [LIST_CAPTURED] = LISTED_COLUMNS " WHERE v.state = 1 AND v.kind = ?2 "
                                     "AND v.status < 300 LIMIT ?1",
    [FAILURE_NOTE] = "INSERT INTO failing(key, way) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET "
                     "way = ?2",
    [FAILURE_FIND] = "SELECT " FAILURE_COLUMNS " FROM failing f WHERE f.key = ?1",
    [FAILURE_KEEP] = "INSERT OR REPLACE INTO failing(key, way, counted_way, rounds, same_rounds, "
                     "since, round, not_until, dead) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [FAILURE_FORGET] = "DELETE FROM failing WHERE key = ?1",
    [FAILURES] =
        "SELECT " FAILURE_COLUMNS ", v.url, v.kind, v.state, v.status, v.done FROM failing "
        "f JOIN visit v ON v.key = f.key WHERE f.key > ?1 AND v.state < 16 ORDER BY f.key LIMIT ?2",
};

/* `met` is the order in which URLs were met, `done` the time when they were finished. */
const char sqlite_schema[] =
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
    " period INTEGER NOT NULL DEFAULT 0, hops TEXT NOT NULL, url TEXT NOT NULL, reason TEXT,"
    " owner INTEGER NOT NULL DEFAULT 0);"
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
    "CREATE TABLE IF NOT EXISTS redirect(" REDIRECT_COLUMNS ");"
    "CREATE TABLE IF NOT EXISTS failing(" FAILING_COLUMNS ");"
    "CREATE TABLE IF NOT EXISTS suspect(" SUSPECT_COLUMNS ");"
    "CREATE TABLE IF NOT EXISTS dead_host(" DEAD_HOST_COLUMNS ");"
    "CREATE TABLE IF NOT EXISTS asked_again(" ASKED_AGAIN_COLUMNS ");"
    /* earlier programs called what is gone captured */
    "UPDATE visit SET state = 5 WHERE state = 1 AND status IN (404, 410) AND NOT EXISTS (SELECT 1 "
    "FROM fact WHERE name = 'states');"
    "INSERT OR IGNORE INTO fact(name, value) VALUES('states', 1);"
    "DROP INDEX IF EXISTS waiting;"
    "CREATE INDEX IF NOT EXISTS turn ON visit(host, " TURN_OF("kind") ", met) WHERE state = 0;";

const char *const sqlite_young_tables[][2] = {
    {"redirect", REDIRECT_COLUMNS},       {"failing", FAILING_COLUMNS},
    {"dead_host", DEAD_HOST_COLUMNS},     {"suspect", SUSPECT_COLUMNS},
    {"asked_again", ASKED_AGAIN_COLUMNS}, {NULL, NULL}};
