/*
 * What the crawler remembers, as five contracts over one store: the queue, the hosts, what is kept
 * from round to round, completeness, and progress.  Each has a header with its functions; what is
 * said to any of them since the last commit is kept whole or not at all.
 *
 * Two stores fill them: SQLite (sqlite_store.h), which crawls use, and memory (memory_store.h).  To
 * add a store, fill the five tables of functions and the one here, open it in
 * tests/contract/test_store_contract.c, and make that suite pass.
 *
 * One thread at a time.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "store/completeness_state.h"
#include "store/hosts.h"
#include "store/progress_state.h"
#include "store/queue.h"
#include "store/recrawl_state.h"

struct store;

struct store_ops {
    enum result (*commit)(struct store *store, struct trouble *trouble);
    enum result (*commit_durably)(struct store *store, struct trouble *trouble);
    void (*roll_back)(struct store *store);
    void (*close)(struct store *store);
};

struct store {
    const struct store_ops *ops;
    struct queue *queue;
    struct hosts *hosts;
    struct recrawl_state *recrawl;
    struct completeness_state *completeness;
    struct progress_state *progress;
    struct hash_key hash_key; /* its own, and kept with it */
    bool
        is_new; /* made when it was opened, so that what the archive holds has to be learned anew */
};

/* A number for the owner of leases, that no other process has. */
int64_t store_new_owner(void);

/* The key of a seen-key (web/url.h); never 0. */
int64_t store_key(const struct store *store, struct text seen_key);

/* What was said since the last commit is kept, all of it or nothing.  A killed process loses none
 * of it; a power cut perhaps the last commits, but never one without those after it. */
static inline enum result store_commit(struct store *store, struct trouble *trouble)
{
    return store->ops->commit(store, trouble);
}
/* The same, and no power cut takes it back.  For what the WARC files can't tell again: that a round
 * has begun. */
static inline enum result store_commit_durably(struct store *store, struct trouble *trouble)
{
    return store->ops->commit_durably(store, trouble);
}
/* Forgets what was said since the last commit. */
static inline void store_roll_back(struct store *store)
{
    store->ops->roll_back(store);
}
/* Commits and closes; NULL is allowed.  Who wants to know whether the commit went well commits
 * before. */
static inline void store_close(struct store *store)
{
    if (store)
        store->ops->close(store);
}

#endif
