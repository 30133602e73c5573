/*
 * The queue: the URLs that wait, their order, and what becomes of those that are taken. What is
 * known of any URL is asked in known_urls.h.
 *
 * This is a contract. Each store fills struct queue_ops (sqlite_queue.c, memory_queue.c), and the
 * tests in tests/contract/ hold both to what is written here. Callers must not assume that there is
 * only one process: a visit is leased to the queue's owner, and another process may change what a
 * queue counts.
 *
 * One thread at a time. store_commit() (store.h) makes the changes to any part of a store last. All
 * functions return OK, or BROKEN with a message if the store can't be read or written. Other
 * results are given beside the function.
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "store/failure.h"
#include "store/seen_keys.h"
#include "web/url_state.h"
#include "web/visit_kind.h"

/* A URL that waits to be requested. */
struct visit {
    int64_t key;  /* hash of its seen-key (store_key): it identifies the URL in the store */
    int64_t host; /* from hosts_number() */
    enum visit_kind kind;
    int depth;          /* hops that count for --level */
    int attempts;       /* so far */
    int64_t robots_for; /* for VISIT_ROBOTS: the host that these rules are for, otherwise 0 */
    int period; /* first day of the date archive that its chain pages through (20180600); 0: none */
    /* letters of hopsFromSeed; only the last ones of a longer path */
    char hops[VISIT_HOPS_MOST + 1];
    struct text url;
    struct text via; /* URL of the page that links to it; empty for seeds */
    int64_t via_key; /* key of that page's visit, 0 for seeds */
};

/* What became of a visit. A leased visit counts as waiting. */
struct outcome {
    int64_t key;
    enum url_state state;
    int status; /* HTTP status; 0: none */
    int attempts;
    int64_t not_before_ms; /* for STATE_WAITING: don't retry before (wall clock) */
    /* Why, for broken and refused visits; for those left out, the name of the rule (url_rules.h).
     * For one that waits: why the response that came is not what its URL has.  Without that reason
     * it stays what it was before it was put back (known_urls_count()).  Otherwise NULL. */
    const char *reason;
    int way; /* for broken and refused visits: in which way (web/failure_way.h) */
};

enum take_choice {
    TAKE_ANY,
    /* requisites, and what leads to pages: robots.txt, seeds, sitemaps, feeds */
    TAKE_NO_PAGES,
    TAKE_REQUISITES, /* only requisites */
    TAKE_ROBOTS,     /* only robots.txt */
    TAKE_PAGES,      /* only pages that are no lists */
};

struct take_request {
    int64_t host;
    int64_t now_ms; /* wall clock */
    enum take_choice choice;
};

/* Called for each visit that queue_ask_again() puts back. Must not use the store. */
struct asked_visitor {
    void (*each)(void *context, int64_t host, struct text host_name); /* lives until it returns */
    void *context;
};

struct queue;

struct queue_ops {
    enum result (*offer)(struct queue *queue, const struct visit *visits, size_t count,
                         bool *are_new, struct trouble *trouble);
    enum result (*take)(struct queue *queue, const struct take_request *request,
                        struct visit *visit, struct buf *texts, int64_t *ready_ms,
                        struct trouble *trouble);
    enum result (*finish)(struct queue *queue, const struct outcome *outcomes, size_t count,
                          struct trouble *trouble);
    enum result (*restate)(struct queue *queue, int64_t key, enum url_state state,
                           const char *reason, struct trouble *trouble);
    enum result (*put_last)(struct queue *queue, int64_t key, struct trouble *trouble);
    enum result (*take_back)(struct queue *queue, int64_t owner, struct trouble *trouble);
    enum result (*count_requisites)(struct queue *queue, int64_t host, int64_t now_ms, int most,
                                    int *count, struct trouble *trouble);
    enum result (*ask_again)(struct queue *queue, const int64_t *keys, size_t count,
                             int64_t before_ms, const struct asked_visitor *visitor,
                             struct trouble *trouble);
    enum result (*retry_failed)(struct queue *queue, int64_t now_ms, struct trouble *trouble);
};

struct queue {
    const struct queue_ops *ops;
    struct seen_keys *seen; /* of this process only */
    int64_t owner;          /* of the leases; never 0 */
};

/* Offers the URLs of a page's links, in their order. The texts are copied. are_new[i] (NULL: not
 * wanted) tells whether the i-th was unknown, and waits now. A known URL keeps its state. But if it
 * still waits, and is now offered with an earlier kind or a smaller depth, it moves up. What is
 * offered as a seed becomes one in every state. */
MUST_CHECK static inline enum result queue_offer(struct queue *queue, const struct visit *visits,
                                                 size_t count, bool *are_new,
                                                 struct trouble *trouble)
{
    return queue->ops->offer(queue, visits, count, are_new, trouble);
}

/* Whether the key is certainly known as this kind or an earlier one. Only this process's memory is
 * asked. A hint: false may also mean "can't say". */
static inline bool queue_surely_knows(const struct queue *queue, int64_t key, enum visit_kind kind)
{
    return seen_keys_has(queue->seen, key, kind);
}

/* The key will be asked for soon. */
static inline void queue_fetch_known(const struct queue *queue, int64_t key)
{
    seen_keys_fetch(queue->seen, key);
}

/* Leases the host's first visit that is ready. Nobody else gets it until its owner finishes it or
 * its lease is taken back. Requisites come before pagers and date archives, everything else by
 * kind, and within a kind the oldest first. The visit's texts are copied into `texts`. END: none is
 * ready. *ready_ms then tells when one of the host's visits will be; 0: none waits for a later
 * time. */
MUST_CHECK static inline enum result queue_take(struct queue *queue,
                                                const struct take_request *request,
                                                struct visit *visit, struct buf *texts,
                                                int64_t *ready_ms, struct trouble *trouble)
{
    return queue->ops->take(queue, request, visit, texts, ready_ms, trouble);
}

/* Stores what became of visits, leased or not. The ways of failures are also kept by
 * failure_state.h. Unknown keys are skipped. END: another owner has
 * leased some of them. Those stay as they are; the others are finished. */
MUST_CHECK static inline enum result queue_finish(struct queue *queue,
                                                  const struct outcome *outcomes, size_t count,
                                                  struct trouble *trouble)
{
    return queue->ops->finish(queue, outcomes, count, trouble);
}

/* Other responses have shown the true state of a visit that does not wait: `state` and `reason`
 * as in struct outcome. All else stays as it is. */
MUST_CHECK static inline enum result queue_restate(struct queue *queue, int64_t key,
                                                   enum url_state state, const char *reason,
                                                   struct trouble *trouble)
{
    return queue->ops->restate(queue, key, state, reason, trouble);
}

/* Puts a visit after all others of its kind. */
MUST_CHECK static inline enum result queue_put_last(struct queue *queue, int64_t key,
                                                    struct trouble *trouble)
{
    return queue->ops->put_last(queue, key, trouble);
}

/* Ends the leases of an owner that no longer runs, so that its visits wait again. QUEUE_OTHERS: of
 * all owners but this one. The caller must know that they no longer run, by the collection's
 * lock. */
enum { QUEUE_OTHERS = 0 };
MUST_CHECK static inline enum result queue_take_back(struct queue *queue, int64_t owner,
                                                     struct trouble *trouble)
{
    return queue->ops->take_back(queue, owner, trouble);
}

/* How many requisites of the host are ready now. Stops counting at `most`. */
MUST_CHECK static inline enum result queue_count_requisites(struct queue *queue, int64_t host,
                                                            int64_t now_ms, int most, int *count,
                                                            struct trouble *trouble)
{
    return queue->ops->count_requisites(queue, host, now_ms, most, count, trouble);
}

/* Puts URLs that were kept, gone or (parts of pages) refused before a moment back in the queue,
 * with fresh attempts. Keys that are unknown, wait already, or were asked later stay as they are.
 * `visitor` may be NULL. */
MUST_CHECK static inline enum result queue_ask_again(struct queue *queue, const int64_t *keys,
                                                     size_t count, int64_t before_ms,
                                                     const struct asked_visitor *visitor,
                                                     struct trouble *trouble)
{
    return queue->ops->ask_again(queue, keys, count, before_ms, visitor, trouble);
}

/* Puts URLs that are broken or closed by robots.txt, and pages and lists that are refused, back in
 * the queue with fresh attempts. Not those that are not to be asked for at `now_ms`
 * (failure_state.h), unless they would wait longer than QUEUE_WAIT_MOST_MS: then a clock was wrong.
 * QUEUE_RETRY_ALL: all of them. */
enum { QUEUE_RETRY_ALL = -1 };
#define QUEUE_WAIT_MOST_MS (INT64_C(60) * 86400 * 1000)
MUST_CHECK static inline enum result queue_retry_failed(struct queue *queue, int64_t now_ms,
                                                        struct trouble *trouble)
{
    return queue->ops->retry_failed(queue, now_ms, trouble);
}

#endif
