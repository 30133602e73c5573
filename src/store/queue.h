/*
 * The queue: every URL that was met, whose turn it is, and what became of it.
 *
 * A contract.  Each store fills struct queue_ops (sqlite_queue.c, memory_queue.c), and the suite in
 * tests/contract/ holds both to what is said here.  Callers assume nothing of one process: a visit
 * is leased to the queue's owner, and what a queue counts another process may change.
 *
 * One thread at a time.  What is said to any part of a store is kept by store_commit() (store.h).
 * All functions give OK, or BROKEN with words when the store can't be read or written; other
 * results stand beside the function.
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "store/seen_keys.h"
#include "web/visit_kind.h"

/* A URL waiting for its turn. */
struct visit {
    int64_t key;  /* hash of its seen-key (store_key): its identity in the store */
    int64_t host; /* of hosts_number() */
    enum visit_kind kind;
    int depth;          /* hops that count for --level */
    int attempts;       /* made so far */
    int64_t robots_for; /* VISIT_ROBOTS: the host whose rules this response gives, else 0 */
    int period; /* first day of the date archive whose chain it belongs to (20180600), 0: none */
    char hops[VISIT_HOPS_MOST + 1]; /* letters of hopsFromSeed; of a longer path the last ones */
    struct text url;
    struct text via; /* URL of the page that named it; empty for seeds */
    int64_t via_key; /* key of that page's visit, 0 for seeds */
};

/* A leased visit counts as waiting. */
enum visit_state { STATE_WAITING, STATE_CAPTURED, STATE_FAILED, STATE_EXCLUDED, STATE_COUNT };

/* What became of a visit. */
struct outcome {
    int64_t key;
    enum visit_state state;
    int status; /* HTTP status, 0 when none */
    int attempts;
    int64_t not_before_ms; /* STATE_WAITING: try again from then on (wall clock) */
    const char *reason;    /* STATE_FAILED, STATE_EXCLUDED: why; NULL else */
};

enum take_choice {
    TAKE_ANY,
    TAKE_NO_PAGES,   /* what a page needs to be shown, and what leads to pages: robots.txt, seeds,
                        sitemaps, feeds */
    TAKE_REQUISITES, /* only what a page needs to be shown */
};

struct take_request {
    int64_t host;
    int64_t now_ms; /* wall clock */
    enum take_choice choice;
};

/* Which visits queue_each() gives, and in which order. */
enum visit_listing {
    LISTING_FAILED, /* those that failed, the latest first */
    LISTING_SEEDS,  /* all seeds, as they were met */
    LISTING_PAGERS, /* pages of lists that were captured with a status below 300, in any order */
    LISTING_PAGES,  /* pages that were captured with a status below 300, in any order */
    LISTING_COUNT,
};
struct listed_visit {
    struct text url; /* texts live until the callback returns */
    enum visit_kind kind;
    int status;
    struct text reason; /* empty: none */
};
/* Told of each visit that queue_ask_again() puts back.  Must not use the store. */
struct asked_visitor {
    void (*each)(void *context, int64_t host,
                 struct text host_name); /* the name lives until then */
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
    enum result (*put_last)(struct queue *queue, int64_t key, struct trouble *trouble);
    enum result (*take_back)(struct queue *queue, int64_t owner, struct trouble *trouble);
    enum result (*count_requisites)(struct queue *queue, int64_t host, int64_t now_ms, int most,
                                    int *count, struct trouble *trouble);
    enum result (*ask_again)(struct queue *queue, const int64_t *keys, size_t count,
                             int64_t before_ms, const struct asked_visitor *visitor,
                             struct trouble *trouble);
    enum result (*retry_failed)(struct queue *queue, struct trouble *trouble);
    enum result (*count)(struct queue *queue, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                         struct trouble *trouble);
    enum result (*each)(struct queue *queue, enum visit_listing listing, int most,
                        void (*each)(void *context, const struct listed_visit *visit),
                        void *context, struct trouble *trouble);
};

struct queue {
    const struct queue_ops *ops;
    struct seen_keys *seen; /* of this process */
    int64_t owner;          /* whose the leases are; never 0 */
};

/* Offers the URLs that a page names, in their order; texts are copied.  are_new[i] (NULL: not
 * wanted) tells whether the i-th was not known.  A known one keeps its state, but moves up when it
 * still waits and is now offered with an earlier kind or a smaller depth. */
static inline enum result queue_offer(struct queue *queue, const struct visit *visits, size_t count,
                                      bool *are_new, struct trouble *trouble)
{
    return queue->ops->offer(queue, visits, count, are_new, trouble);
}

/* Whether the key is certainly known, as this kind or an earlier one, told from this process's
 * memory only.  A hint: false may also mean "can't say". */
static inline bool queue_surely_knows(const struct queue *queue, int64_t key, enum visit_kind kind)
{
    return seen_keys_has(queue->seen, key, kind);
}

/* Leases the host's first visit that is ready: nobody is given it again before its owner finishes
 * it or its lease is taken back.  Requisites come before pagers and date archives, all else by
 * kind; within a kind, who was met first.  The visit's texts are put into `texts`.  END when none
 * is ready: *ready_ms is then when one of the host's visits will be, 0 when none waits for a later
 * time. */
static inline enum result queue_take(struct queue *queue, const struct take_request *request,
                                     struct visit *visit, struct buf *texts, int64_t *ready_ms,
                                     struct trouble *trouble)
{
    return queue->ops->take(queue, request, visit, texts, ready_ms, trouble);
}

/* Tells what became of visits, leased or not; keys that are not known are passed over.  END when
 * some of them are leased by another owner: those stay as they are, the others are finished. */
static inline enum result queue_finish(struct queue *queue, const struct outcome *outcomes,
                                       size_t count, struct trouble *trouble)
{
    return queue->ops->finish(queue, outcomes, count, trouble);
}

/* Puts a visit after all others of its kind. */
static inline enum result queue_put_last(struct queue *queue, int64_t key, struct trouble *trouble)
{
    return queue->ops->put_last(queue, key, trouble);
}

/* Ends the leases of an owner who is gone, so that what it had waits again; QUEUE_OTHERS: of all
 * but this one.  Who calls it knows that they are gone: the collection's lock tells it. */
enum { QUEUE_OTHERS = 0 };
static inline enum result queue_take_back(struct queue *queue, int64_t owner,
                                          struct trouble *trouble)
{
    return queue->ops->take_back(queue, owner, trouble);
}

/* How many requisites of the host are ready now, counted as far as `most`. */
static inline enum result queue_count_requisites(struct queue *queue, int64_t host, int64_t now_ms,
                                                 int most, int *count, struct trouble *trouble)
{
    return queue->ops->count_requisites(queue, host, now_ms, most, count, trouble);
}

/* Puts what was captured before a moment back in the queue, with fresh attempts.  Keys that are not
 * known, wait already, or were captured since stay as they are.  `visitor` may be NULL. */
static inline enum result queue_ask_again(struct queue *queue, const int64_t *keys, size_t count,
                                          int64_t before_ms, const struct asked_visitor *visitor,
                                          struct trouble *trouble)
{
    return queue->ops->ask_again(queue, keys, count, before_ms, visitor, trouble);
}

/* Puts what failed, and what robots.txt closed, back in the queue with fresh attempts. */
static inline enum result queue_retry_failed(struct queue *queue, struct trouble *trouble)
{
    return queue->ops->retry_failed(queue, trouble);
}

/* counts[kind][state] of all URLs. */
static inline enum result
queue_count(struct queue *queue, uint64_t counts[VISIT_KINDS][STATE_COUNT], struct trouble *trouble)
{
    return queue->ops->count(queue, counts, trouble);
}

/* Calls `each`, which must not use the store, for visits of a listing; at most `most`. */
static inline enum result queue_each(struct queue *queue, enum visit_listing listing, int most,
                                     void (*each)(void *context, const struct listed_visit *visit),
                                     void *context, struct trouble *trouble)
{
    return queue->ops->each(queue, listing, most, each, context, trouble);
}

#endif
