/*
 * What the crawler remembers, as eight contracts over one store: the queue, the known URLs, the
 * hosts, the state kept from round to round, completeness, what the site counts, progress, and
 * failures. Each has a header with its functions, at most ten. A commit keeps all changes to any of
 * them since the last one, or none.
 *
 * Two stores fill them: SQLite (sqlite_store.h), which crawls use, and memory (memory_store.h). To
 * add a store, fill the eight tables of functions and the one here, open it in
 * tests/contract/test_store_contract.c, and make those tests pass.
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
#include "store/failure_state.h"
#include "store/hosts.h"
#include "store/known_urls.h"
#include "store/progress_state.h"
#include "store/queue.h"
#include "store/recrawl_state.h"
#include "store/site_counts.h"

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
    struct known_urls *known;
    struct hosts *hosts;
    struct recrawl_state *recrawl;
    struct completeness_state *completeness;
    struct site_counts *site_counts;
    struct progress_state *progress;
    struct failure_state *failures;
    struct hash_key hash_key; /* its own, and stored with it */
    bool is_new; /* created when it was opened, so it has to learn what the archive has */
};

/* A number for the owner of leases that no other process has. */
int64_t store_new_owner(void);

/* The key for a seen-key (web/url.h); never 0. */
int64_t store_key(const struct store *store, struct text seen_key);

/* Keeps all changes since the last commit, or none. If the process is killed, they stay. A power
 * cut may lose the last commits, but never one without those after it. */
MUST_CHECK static inline enum result store_commit(struct store *store, struct trouble *trouble)
{
    return store->ops->commit(store, trouble);
}
/* The same, and a power cut can't undo it. For what can't be read from the WARC files again, such
 * as the beginning of a round. */
MUST_CHECK static inline enum result store_commit_durably(struct store *store,
                                                          struct trouble *trouble)
{
    return store->ops->commit_durably(store, trouble);
}
/* Discards the changes since the last commit. */
static inline void store_roll_back(struct store *store)
{
    store->ops->roll_back(store);
}
/* Commits and closes. NULL is allowed. To learn whether the commit succeeded, commit first. */
static inline void store_close(struct store *store)
{
    if (store)
        store->ops->close(store);
}

#endif
