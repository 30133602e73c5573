/*
 * The next runs over a site: which addresses that the archive holds are asked for again, and what
 * lists tell by what they named before.  A round begins with what is due (recrawl_due.h); from
 * there
 *
 * - a pager is followed from page to page as long as the pages name posts that were not known when
 * the round began; in a walk to its end;
 * - posts on a front page or newest archive that has changed are asked, for the change may be
 * theirs;
 * - what a list no longer names is asked: it may be gone.
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

/* What a round beginning now would be decided by: the facts that the store keeps, `recheck` and
 * `within_ms`. */
MUST_CHECK enum result recrawl_schedule(struct store *store, enum crawl_recheck recheck,
                                        int64_t within_ms, struct recrawl_due *schedule,
                                        struct trouble *trouble);

/* Goes on with the round that the last run left open, or begins one: puts what is due back in the
 * queue, and with it what failed.  `first`: the archive holds nothing yet. */
MUST_CHECK enum result recrawl_begin(struct recrawl **recrawl, struct store *store,
                                     const struct crawl_options *options, bool first,
                                     struct trouble *trouble);
void recrawl_free(struct recrawl *recrawl);
/* From now on what is asked again is told to the frontier. */
void recrawl_use(struct recrawl *recrawl, struct frontier *frontier);
/* Nothing waits any more: the next run begins a new round. */
MUST_CHECK enum result recrawl_end(struct recrawl *recrawl, struct trouble *trouble);

/* Whether rows of pages are followed to their end: in the first round and in walks. */
bool recrawl_walks(const struct recrawl *recrawl);

/* A list dates an address.  What that leads to waits for recrawl_flush(). */
MUST_CHECK enum result recrawl_date(struct recrawl *recrawl, int64_t key, int64_t dated_ms,
                                    struct trouble *trouble);

/* Keeps the dates that were gathered, and asks for what has changed by them: at the end of a page.
 * Gives what could not be read before, too. */
MUST_CHECK enum result recrawl_flush(struct recrawl *recrawl, struct trouble *trouble);

/* Whether an address was met in this round for the first time. */
bool recrawl_is_new(struct recrawl *recrawl, int64_t key);

/* A list was read: the keys that it names (sorted by this), whether its octets are other than last
 * time, and whether it names posts that are new. */
struct list_read {
    int64_t key;
    enum visit_kind kind;
    int64_t *names;
    size_t name_count;
    bool changed, news;
    struct text
        items; /* of a feed that dates nothing: what it says of its posts; empty: no matter */
};
MUST_CHECK enum result recrawl_list(struct recrawl *recrawl, const struct list_read *list,
                                    struct trouble *trouble);
/* A list answered that nothing has changed: it names what it named before. */
MUST_CHECK enum result recrawl_list_unchanged(struct recrawl *recrawl, int64_t key,
                                              struct trouble *trouble);

/* An address answered.  `dated_ms` is recrawl_state_date() of it. */
MUST_CHECK enum result recrawl_answered(struct recrawl *recrawl, const struct held_capture *before,
                                        bool changed, int64_t dated_ms, struct trouble *trouble);

#endif
