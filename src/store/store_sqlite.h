/*
 * Inside the store on SQLite: its handle, its statements, and how they are run.  For the store_*.c
 * files only; what they offer stands in store.h.
 */
#ifndef STORE_STORE_SQLITE_H
#define STORE_STORE_SQLITE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/store.h"

enum {
    SEEN_SLOTS = 1 << 19, /* 4 MiB: fixed, whatever the size of the site */
    KIND_BITS = 4,        /* VISIT_KINDS fits in */
    KIND_MASK = 15,
    SAID_SLOTS = 1 << 15,       /* promises and refusals that were kept a moment ago */
    STATE_LEASED = STATE_COUNT, /* in the table only: callers see such visits as waiting */
};

enum statement {
    OFFER,
    RAISE,
    TAKE,
    PARTS,
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
    COUNT,
    LIST,
    OF_KIND,
    RETRY,
    UNDATE,
    PROMISE,
    PROMISES,
    GAPS,
    REFUSE,
    PERIOD,
    PERIODS,
    ROW,
    ROWS,
    CAPTURED,
    HOLDING,
    KEEP_HOLDING,
    DATE,
    KEEP_DATE,
    NAMES,
    KEEP_NAMES,
    PAST,
    PASTS,
    ASK_AGAIN,
    HOST_OF,
    MANNERS,
    KEEP_MANNERS,
    STORY,
    REFUSAL,
    NOTE_UNTOLD,
    UNTOLD,
    TOLD,
    PUT_LAST,
    STATEMENTS,
};

struct store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[STATEMENTS];
    struct hash_key hash_key;
    bool is_new;
    bool in_transaction;
    bool damaged;         /* SQLite has said so */
    bool requisites_only; /* are given out */
    int64_t met;
    int64_t
        round_ms;  /* when the round began: nothing is finished earlier, whatever the clock says */
    int64_t *seen; /* SEEN_SLOTS keys, 0 = empty; in place of the KIND_BITS lowest bits of each
                      stands the earliest kind under which it was offered */
    uint64_t said[SAID_SLOTS]; /* keys, mixed with what was said of them */
    struct buf host_name;      /* of the host that was asked for last */
    int64_t host_number;
    struct buf url, via; /* of the visit that was taken last */
};

/* A statement to bind and to step, ready for its first step; a transaction is open then. */
sqlite3_stmt *db_begin(struct store *store, enum statement which);
void db_bind_text(sqlite3_stmt *statement, int place,
                  struct text text);                      /* which must outlive the step */
struct text db_text(sqlite3_stmt *statement, int column); /* lives until the next step */

/* Copies a column into the caller's buffer, so that it outlives the step.  OK, or BROKEN without
 * memory. */
enum result db_copy_text(sqlite3_stmt *statement, int column, struct buf *out,
                         struct trouble *trouble);

/* Runs a statement that gives no rows. */
enum result db_run(struct store *store, sqlite3_stmt *statement, const char *doing,
                   struct trouble *trouble);

/* What the last step means: of a statement that gives one row or (END) none; of one for which none
 * is as good; of one whose rows have all been taken.  `doing` is for the words of trouble: "cannot
 * ...". */
enum result db_one(struct store *store, int step, const char *doing, struct trouble *trouble);
enum result db_at_most_one(struct store *store, int step, const char *doing,
                           struct trouble *trouble);
enum result db_all(struct store *store, int step, const char *doing, struct trouble *trouble);
enum result db_say(struct store *store, const char *doing, struct trouble *trouble);

/* Notes in memory that an address was offered as that kind, for store_surely_knows(). */
void db_remember(struct store *store, int64_t key, int kind);

#endif
