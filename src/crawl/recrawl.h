/*
 * Later runs over a site: which archived URLs are requested again, and what has changed in a list
 * since it was last read.  A round begins with what is due (recrawl_due.h).  Then
 *
 * - pagination is followed as long as the pages name posts that were not known when the round
 *   began; in a walk, and after one that was not finished, to its end;
 * - when a front page or the newest date archive has changed, its posts are requested: the change
 *   may be theirs;
 * - a page that a list no longer names is requested: it may be gone.
 */
#ifndef CRAWL_RECRAWL_H
#define CRAWL_RECRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "crawl/crawl.h"
#include "crawl/recrawl_due.h"
#include "frontier/frontier.h"
#include "store/store.h"

struct recrawl;

/* Decides how a round that begins now would go, from the facts in the store, `recheck` and
 * `within_ms`. */
MUST_CHECK enum result recrawl_schedule(struct store *store, enum crawl_recheck recheck,
                                        int64_t within_ms, struct recrawl_due *schedule,
                                        struct trouble *trouble);

/* Continues the round that the last run left open, or begins one: puts everything that is due, and
 * everything that failed, back in the queue.  `first`: the archive is still empty. */
MUST_CHECK enum result recrawl_begin(struct recrawl **recrawl, struct store *store,
                                     const struct crawl_options *options, bool first,
                                     struct trouble *trouble);
void recrawl_free(struct recrawl *recrawl);
/* From now on, requests go through the frontier. */
void recrawl_use(struct recrawl *recrawl, struct frontier *frontier);
/* When the round began (wall clock). */
int64_t recrawl_began_ms(const struct recrawl *recrawl);
/* Nothing waits any more: the next run begins a new round. */
MUST_CHECK enum result recrawl_end(struct recrawl *recrawl, struct trouble *trouble);

/* Whether the whole site is asked for: in the first round and in walks. */
bool recrawl_walks(const struct recrawl *recrawl);

/* Other options or seeds than those of the last run may lead to lists that were left out. So in
 * this round pagination is followed to its end, whatever posts it names. */
MUST_CHECK enum result recrawl_follow_lists(struct recrawl *recrawl, struct trouble *trouble);
/* Whether pagination is followed to its end. It is in the first round, in walks, and after
 * recrawl_follow_lists(). If such a round did not end, or a new store does not know, it is in the
 * next one, too. */
bool recrawl_follows_lists(const struct recrawl *recrawl);

/* A list dates a URL.  What follows from that waits for recrawl_flush(). */
MUST_CHECK enum result recrawl_date(struct recrawl *recrawl, int64_t key, int64_t dated_ms,
                                    struct trouble *trouble);

/* Stores the dates that were gathered, and requests what has changed according to them.  Call it at
 * the end of a page.  Also returns an earlier read error. */
MUST_CHECK enum result recrawl_flush(struct recrawl *recrawl, struct trouble *trouble);

/* Whether the URL was first seen in this round. */
bool recrawl_is_new(struct recrawl *recrawl, int64_t key);

/* A list was read: the keys that it names (recrawl_list() sorts them), whether its bytes have
 * changed since last time, and whether it names posts that are new. */
struct list_read {
    int64_t key;
    enum visit_kind kind;
    int64_t *names;
    size_t name_count;
    bool changed, news;
    struct text items; /* of a feed without dates: its items; empty: not relevant */
};
MUST_CHECK enum result recrawl_list(struct recrawl *recrawl, const struct list_read *list,
                                    struct trouble *trouble);
/* A list has not changed: it names what it named before. */
MUST_CHECK enum result recrawl_list_unchanged(struct recrawl *recrawl, int64_t key,
                                              struct trouble *trouble);

/* A page of pagination is gone.  So may be the pages of pagination that only it named. */
MUST_CHECK enum result recrawl_pager_gone(struct recrawl *recrawl, int64_t key,
                                          struct trouble *trouble);

/* A URL has responded.  `dated_ms` is from recrawl_state_date(). */
MUST_CHECK enum result recrawl_note_response(struct recrawl *recrawl,
                                             const struct held_capture *before, bool changed,
                                             int64_t dated_ms, struct trouble *trouble);

#endif
