/*
 * Inside the store in memory: its tables, and how their records are read and written. For the
 * memory_*.c files only.
 */
#ifndef STORE_MEMORY_STORE_INTERNAL_H
#define STORE_MEMORY_STORE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "store/memory_table.h"
#include "store/store.h"

/* Keys are numbers unless another kind is given. */
enum memory_table_name {
    MEMORY_VISITS,         /* struct memory_visit, URL, reason */
    MEMORY_FORGOTTEN,      /* the same, of what was found only from a forgotten seed */
    MEMORY_NEEDED,         /* its own key; only while a seed is forgotten */
    MEMORY_HOSTS,          /* name: struct memory_host, robots.txt */
    MEMORY_HELD,           /* struct held_capture, URL */
    MEMORY_DATES,          /* int64_t */
    MEMORY_LISTS,          /* keys of the URLs that a list names */
    MEMORY_LISTED,         /* struct listed_url; no value */
    MEMORY_LEFT_OUT,       /* struct memory_left_out, URL */
    MEMORY_REDIRECTS,      /* struct noted_redirect */
    MEMORY_ARCHIVE_COUNTS, /* int64_t */
    MEMORY_ROWS,           /* series: int64_t */
    MEMORY_FILES,          /* name: struct file_progress */
    MEMORY_FAILURES,       /* struct failure */
    MEMORY_CHANGES,        /* struct memory_change, URL, target */
    MEMORY_NUMBERS,        /* name: int64_t */
    MEMORY_TABLES,
};

struct memory_visit {
    int64_t key, host, robots_for, via_key, met, not_before_ms, done_ms;
    int64_t owner; /* of the lease; 0: none */
    enum visit_kind kind;
    enum url_state state;
    int depth, attempts, status, period;
    bool again;                  /* it waits to be asked for again, and is until then ... */
    enum url_state state_before; /* ... this */
    int status_before;
    char hops[VISIT_HOPS_MOST + 1];
    size_t url_length; /* the rest is the reason */
};

struct memory_host {
    int64_t number;
    struct host_state state;
    bool has_robots;
    int robots_status;
    int64_t robots_received_ms;
};

struct memory_left_out {
    int64_t key, via_key;
    enum url_rule rule;
    bool suspected;
};

struct memory_change {
    int change;
    enum visit_kind kind;
    size_t url_length;
};

struct memory_store {
    struct store store; /* its contracts are the eight members after it */
    struct queue queue;
    struct known_urls known;
    struct hosts hosts;
    struct recrawl_state recrawl;
    struct completeness_state completeness;
    struct site_counts site_counts;
    struct progress_state progress;
    struct failure_state failures;
    struct memory_tables tables;
    int64_t next_met, next_host, next_change;
};

/* The store that a contract is part of. */
#define MEMORY_STORE_OF(part, member) \
    ((struct memory_store *)((char *)(part)-offsetof(struct memory_store, member)))

extern const struct queue_ops memory_queue_ops;
extern const struct known_urls_ops memory_known_urls_ops;
/* Takes a forgotten visit back, as it is offered; *waits: it is not captured yet. END: it was not
 * forgotten. */
MUST_CHECK enum result memory_queue_adopt(struct memory_store *store, const struct visit *offered,
                                          bool *waits, struct trouble *trouble);
/* Copies a visit and its texts for a caller. */
MUST_CHECK enum result memory_queue_read_visit(const struct memory_store *store,
                                               const struct memory_visit *known,
                                               struct visit *visit, struct buf *texts,
                                               struct trouble *trouble);
extern const struct hosts_ops memory_hosts_ops;
/* The host's rules are unknown, as before its robots.txt came.  Another number: nothing changes. */
MUST_CHECK enum result memory_hosts_forget_robots(struct memory_store *store, int64_t host,
                                                  struct trouble *trouble);
extern const struct recrawl_state_ops memory_recrawl_ops;
extern const struct completeness_state_ops memory_completeness_ops;
extern const struct site_counts_ops memory_site_counts_ops;
extern const struct progress_state_ops memory_progress_ops;
extern const struct failure_state_ops memory_failure_ops;

/* The bytes of a variable, as a key or as a part of a value. */
#define MEMORY_BYTES(variable) ((struct text){(const char *)&(variable), sizeof(variable)})

/* The value under a number in a table. NULL: there is none. */
const void *memory_at(const struct memory_store *store, enum memory_table_name table, int64_t key);
/* Stores the parts as one value under a key. BROKEN: out of memory. */
MUST_CHECK enum result memory_keep(struct memory_store *store, enum memory_table_name table,
                                   struct text key, const struct text *parts, size_t count,
                                   struct trouble *trouble);
MUST_CHECK enum result memory_keep_at(struct memory_store *store, enum memory_table_name table,
                                      int64_t key, struct text value, struct trouble *trouble);
MUST_CHECK enum result memory_no_room(struct trouble *trouble);

/* Copies texts into the caller's buffer, one after the other. */
MUST_CHECK enum result memory_copy_texts(struct text *texts, size_t count, struct buf *out,
                                         struct trouble *trouble);

static inline bool memory_waits(const struct memory_visit *visit)
{
    return visit->state == STATE_WAITING && !visit->owner;
}

/* What is known of it: what is to be asked for again is what it was until it is. */
static inline enum url_state memory_known_state(const struct memory_visit *visit)
{
    return visit->state == STATE_WAITING && visit->again ? visit->state_before : visit->state;
}
static inline int memory_known_status(const struct memory_visit *visit)
{
    return visit->state == STATE_WAITING && visit->again ? visit->status_before : visit->status;
}

/* Then the next run tries again. */
static inline bool memory_has_failed(const struct memory_visit *visit)
{
    return visit->state == STATE_BROKEN ||
           (visit->state == STATE_REFUSED && url_state_matters(visit->kind));
}

/* NULL: it did not fail. */
static inline const struct failure *memory_failure_of(const struct memory_store *store, int64_t key)
{
    return memory_at(store, MEMORY_FAILURES, key);
}

/* Whether there was a response that is good for some time: what is kept or gone, and refused parts.
 */
static inline bool memory_has_response(const struct memory_visit *visit)
{
    return visit->state == STATE_KEPT || visit->state == STATE_GONE ||
           (visit->state == STATE_REFUSED && !url_state_matters(visit->kind));
}

/* The texts of a visit. */
struct text memory_visit_url(const struct memory_visit *visit);
struct text memory_visit_reason(const struct memory_record *record);
/* Replaces a visit by its changed form, with the same URL. */
MUST_CHECK enum result memory_keep_visit(struct memory_store *store,
                                         const struct memory_visit *visit, struct text url,
                                         struct text reason, struct trouble *trouble);

/* A number by name, as progress_number(); 0 if it was never set. */
int64_t memory_number(const struct memory_store *store, const char *name);

#endif
