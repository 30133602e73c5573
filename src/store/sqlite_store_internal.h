/*
 * Inside the store on SQLite: its handle, its statements, and how they are run. For the sqlite_*.c
 * files only. The contracts document the functions.
 */
#ifndef STORE_SQLITE_STORE_INTERNAL_H
#define STORE_SQLITE_STORE_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "store/store.h"

enum {
    NOTED_SLOTS = 1 << 15, /* for what was noted about URLs a moment ago */
};

/* States as the tables have them.  4 is a lease: callers see such visits as waiting. */
enum { NUMBER_LEASED = 4 };
static inline int db_number_of_state(enum url_state state)
{
    return (int)state < NUMBER_LEASED ? (int)state : (int)state + 1;
}
static inline enum url_state db_state_of_number(int number)
{
    return number < 0 || number == NUMBER_LEASED || number > STATE_COUNT ? STATE_WAITING
           : number < NUMBER_LEASED                                      ? (enum url_state)number
                                    : (enum url_state)(number - 1);
}

enum statement {
    OFFER,
    RAISE,
    MAKE_SEED,
    ADOPT,
    IS_WAITING,
    TAKE,
    TAKE_A_PAGE,
    COUNT_REQUISITES,
    IS_LEASED,
    SERVED,
    TAKE_BACK,
    TAKE_BACK_OTHERS,
    LEASE,
    READY,
    FINISH,
    HOST_FIND,
    HOST_MAKE,
    HOSTS,
    ROBOTS,
    KEEP_ROBOTS,
    FILE_FIND,
    FILES,
    FILE_KNOWN,
    FILE_INDEXED,
    NUMBER_GET,
    NUMBER_SET,
    NUMBER_ADD,
    NUMBER_RAISE,
    COUNT,
    COUNT_WAITING,
    LIST_WAITING,
    LIST_FAILED,
    LIST_SEEDS,
    LIST_FORGOTTEN,
    RETRY,
    NOTE_RETRY,
    UNDATE,
    NOTE_LISTED,
    COUNT_LISTED,
    GAPS,
    LEAVE_OUT,
    NOTE_SUSPECT,
    HELD,
    KEEP_HELD,
    FORGET_HELD,
    DATE,
    NOTE_DATE,
    LIST_NAMES,
    KEEP_LIST_NAMES,
    HISTORY,
    HISTORIES,
    ASK_AGAIN,
    NOTE_AGAIN,
    FORGET_AGAIN,
    FORGET_AGAIN_UNKNOWN,
    HOST_OF,
    PROVENANCE,
    REFUSAL,
    NOTE_CHANGE,
    CHANGES,
    FORGET_CHANGES,
    PUT_LAST,
    HOST_STATE,
    KEEP_HOST_STATE,
    HOST_DEAD,
    HOST_ALIVE,
    NOTE_ARCHIVE_COUNT,
    ARCHIVE_COUNTS,
    NOTE_ROW_PAGES,
    ROWS_PAGES,
    FIND,
    NEXT_MISSING,
    LEAVE_OUT_CAPTURED,
    LEAVE_OUT_SEED,
    LEAVE_OUT_UNKNOWN,
    FORGET_SEED,
    FORGET_RULES,
    LIST_CAPTURED,
    RESTATE,
    NOTE_REDIRECT,
    RESPONSES,
    LIST_KNOWN_DEAD,
    FAILURE_NOTE,
    FAILURE_FIND,
    FAILURE_KEEP,
    FAILURE_FORGET,
    FAILURES,
    STATEMENTS,
};
extern const char *const sqlite_statements[STATEMENTS];
extern const char sqlite_schema[];
/* Of tables that an older store may lack; a store that is only read gets empty ones. */
extern const char *const sqlite_young_tables[][2];

/* The host looked up last: most URLs of a page are on one. */
struct looked_up_host {
    struct buf name;
    int64_t number; /* 0: none */
};

/* Names that have no number: most of what is asked for by name is not there. */
enum { FACTS_MOST = 4096, FACT_BITS = 1 << 16 };
struct fact_names {
    /* FACTS_ASKED: the file is asked each time, because it has more than FACTS_MOST */
    enum { FACTS_UNREAD, FACTS_READ, FACTS_ASKED } state;
    uint64_t bits[FACT_BITS / 64]; /* a bit for each name that is there */
};

/* What need not be looked up again. */
struct looked_up {
    struct looked_up_host host; /* the last one */
    struct fact_names facts;
};

struct sqlite_store {
    struct store store; /* its contracts are the eight members after it */
    struct queue queue;
    struct known_urls known;
    struct hosts hosts;
    struct recrawl_state recrawl;
    struct completeness_state completeness;
    struct site_counts site_counts;
    struct progress_state progress;
    struct failure_state failures;
    sqlite3 *db;
    char *path;
    /* NULL: it was opened to read, and the statement writes */
    sqlite3_stmt *statements[STATEMENTS];
    bool in_transaction;
    bool read_only;
    bool damaged; /* SQLite has said so */
    int64_t met;  /* the number for the next new URL */
    /* when the round began: nothing is finished earlier, whatever the clock says */
    int64_t round_ms;
    int64_t committed_round_ms;
    uint64_t noted[NOTED_SLOTS]; /* keys, mixed with what was noted about them */
    struct looked_up looked_up;
};

/* The store that a contract is part of. */
#define SQLITE_STORE_OF(part, member) \
    ((struct sqlite_store *)((char *)(part)-offsetof(struct sqlite_store, member)))

extern const struct queue_ops sqlite_queue_ops;
extern const struct known_urls_ops sqlite_known_urls_ops;
/* Reads the columns that TAKE, FIND and NEXT_MISSING share; the texts are copied into `texts`. */
MUST_CHECK enum result sqlite_queue_read_visit(sqlite3_stmt *s, int64_t host, struct visit *visit,
                                               struct buf *texts, struct trouble *trouble);
extern const struct hosts_ops sqlite_hosts_ops;
extern const struct recrawl_state_ops sqlite_recrawl_ops;
extern const struct completeness_state_ops sqlite_completeness_ops;
extern const struct site_counts_ops sqlite_site_counts_ops;
extern const struct progress_state_ops sqlite_progress_ops;
extern const struct failure_state_ops sqlite_failure_ops;

/* A statement ready to bind and step. Opens a transaction if there is none. */
sqlite3_stmt *db_begin(struct sqlite_store *store, enum statement which);
void db_bind_text(sqlite3_stmt *statement, int place, struct text text); /* must outlive the step */
struct text db_text(sqlite3_stmt *statement, int column); /* lives until the next step */

/* Numbers as callers may use them, whatever a damaged or hostile file has in the column: those
 * out of range are clamped. At most DB_NUMBER_MOST, so that a few of them can be added, and not
 * negative; the same, or at least -DB_NUMBER_MOST, for dates that a site gives; not negative; a
 * kind, or VISIT_PAGE. */
#define DB_NUMBER_MOST (INT64_C(1) << 60)
int64_t db_positive(sqlite3_stmt *statement, int column);
int64_t db_date(sqlite3_stmt *statement, int column);
int db_int(sqlite3_stmt *statement, int column);
enum visit_kind db_kind(sqlite3_stmt *statement, int column);

/* Copies `count` columns from `column` on into the caller's buffer, one after the other, so that
 * they outlive the step. BROKEN: out of memory. */
MUST_CHECK enum result db_copy_texts(sqlite3_stmt *statement, int column, int count,
                                     struct text *texts, struct buf *out, struct trouble *trouble);

/* The failure in a statement's first columns, all 0 if they are NULL. */
enum { DB_FAILURE_COLUMNS = 9 };
struct failure db_failure(sqlite3_stmt *statement);

/* Runs a statement that returns no rows. */
MUST_CHECK enum result db_run(struct sqlite_store *store, sqlite3_stmt *statement,
                              const char *doing, struct trouble *trouble);

/* The result of the last step: db_one for a statement with one row (END: none), db_at_most_one if
 * no row is as good, db_all once all rows were read. `doing` completes the message "cannot ...". */
MUST_CHECK enum result db_one(struct sqlite_store *store, int step, const char *doing,
                              struct trouble *trouble);
MUST_CHECK enum result db_at_most_one(struct sqlite_store *store, int step, const char *doing,
                                      struct trouble *trouble);
MUST_CHECK enum result db_all(struct sqlite_store *store, int step, const char *doing,
                              struct trouble *trouble);
MUST_CHECK enum result db_say(struct sqlite_store *store, const char *doing,
                              struct trouble *trouble);

/* Whether this was noted about the key recently. Notes it if not. */
bool db_was_noted(struct sqlite_store *store, int64_t key, int what);

#endif
