/*
 * What is kept from one round to the next: what the archive holds of each URL and how it came to
 * it, what lists named and dated.  A contract, as queue.h is; all functions give OK or BROKEN, and
 * what else stands beside them.
 */
#ifndef STORE_RECRAWL_STATE_H
#define STORE_RECRAWL_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "store/queue.h"
#include "web/visit_kind.h"

/* What became of a URL so far. */
struct url_history {
    int64_t key;
    enum visit_kind kind, via_kind; /* VISIT_KINDS: found by nobody, a seed */
    enum visit_state state;
    int64_t done_ms;              /* its last response */
    int64_t met;                  /* URLs are numbered as they are met */
    int period;                   /* of struct visit */
    int status;                   /* of the last response; 0: it never answered with 200 ... */
    int64_t changed_ms, dated_ms; /* ... and then these are 0 too: of struct held_capture */
    int64_t said_ms;              /* the latest date that a list gave; 0: none did */
    struct text url;
};

/* How a URL was found and why it is where it is. */
struct provenance {
    struct text via, hops, reason; /* empty: there is none */
    int attempts;
    int64_t not_before_ms; /* of one that waits; 0: now */
};

/* What the archive holds of a URL: what lets it be asked for again only if it has changed (RFC
 * 9110, 13.1), where the response is that it would then not send (a 304 becomes a revisit of that
 * one), and how often it changes. */
struct held_capture {
    char etag[256], modified[64]; /* as the server gave them; empty: none */
    char digest[40];              /* of the payload, "sha1:..." */
    char original_id[64], original_date[32];
    struct text original_url; /* given out: lies in the caller's buffer */
    int status;               /* of the last response: 404 where there was a page once */
    int checks,
        changes;        /* responses since the first one; how many were other than the one before */
    int64_t changed_ms; /* when it was last seen to have changed, or was new; 0: was there when we
                           first came */
    int64_t dated_ms;   /* the date that a list gave when it answered last */
};

/* A capture that is to be kept as what is held of a URL. */
struct held_entry {
    int64_t key;
    const struct held_capture *held;
};

/* A date that a sitemap or feed gives for a URL. */
struct list_date {
    int64_t key;
    int64_t dated_ms;
    int64_t known_ms; /* filled in: the latest that was known before; 0: none was */
};

struct recrawl_state;

struct recrawl_state_ops {
    enum result (*begin_round)(struct recrawl_state *state, int64_t now_ms, int64_t *next_met,
                               struct trouble *trouble);
    enum result (*history)(struct recrawl_state *state, int64_t key, struct url_history *history,
                           struct buf *url, struct trouble *trouble);
    enum result (*each_history)(struct recrawl_state *state, const int64_t *keys, size_t count,
                                void (*each)(void *context, const struct url_history *history),
                                void *context, struct trouble *trouble);
    enum result (*provenance)(struct recrawl_state *state, int64_t key,
                              struct provenance *provenance, struct buf *texts,
                              struct trouble *trouble);
    enum result (*held)(struct recrawl_state *state, int64_t key, struct held_capture *held,
                        struct buf *original_url, struct trouble *trouble);
    enum result (*keep_held)(struct recrawl_state *state, const struct held_entry *entries,
                             size_t count, struct trouble *trouble);
    enum result (*date)(struct recrawl_state *state, int64_t key, int64_t *dated_ms,
                        struct trouble *trouble);
    enum result (*note_dates)(struct recrawl_state *state, struct list_date *dates, size_t count,
                              struct trouble *trouble);
    enum result (*list_names)(struct recrawl_state *state, int64_t key, struct buf *names,
                              struct trouble *trouble);
    enum result (*keep_list_names)(struct recrawl_state *state, int64_t key, struct text names,
                                   struct trouble *trouble);
};

struct recrawl_state {
    const struct recrawl_state_ops *ops;
};

/* A round begins: what is finished from now on is finished at `now_ms` or later, though the clock
 * be set back; and what a clock that was wrong has put into the future is as if it had been long
 * ago.  The moment is kept as the number "round_began" (progress_state.h).  *next_met is the number
 * that the next new URL will have at least. */
static inline enum result recrawl_state_begin_round(struct recrawl_state *state, int64_t now_ms,
                                                    int64_t *next_met, struct trouble *trouble)
{
    return state->ops->begin_round(state, now_ms, next_met, trouble);
}

/* END when the URL is not known.  Its text is put into `url`; NULL: it is not wanted, and empty. */
static inline enum result recrawl_state_history(struct recrawl_state *state, int64_t key,
                                                struct url_history *history, struct buf *url,
                                                struct trouble *trouble)
{
    return state->ops->history(state, key, history, url, trouble);
}

/* Calls `each`, which must not use the store, for those of the keys that are known, in their order
 * and without the URL's text; keys NULL: for all URLs that were captured, in any order, with the
 * text, which lives until `each` returns. */
static inline enum result
recrawl_state_each_history(struct recrawl_state *state, const int64_t *keys, size_t count,
                           void (*each)(void *context, const struct url_history *history),
                           void *context, struct trouble *trouble)
{
    return state->ops->each_history(state, keys, count, each, context, trouble);
}

/* END when the URL is not known.  The texts are put into the caller's buffer. */
static inline enum result recrawl_state_provenance(struct recrawl_state *state, int64_t key,
                                                   struct provenance *provenance, struct buf *texts,
                                                   struct trouble *trouble)
{
    return state->ops->provenance(state, key, provenance, texts, trouble);
}

/* END when nothing is held: the URL never answered with 200. */
static inline enum result recrawl_state_held(struct recrawl_state *state, int64_t key,
                                             struct held_capture *held, struct buf *original_url,
                                             struct trouble *trouble)
{
    return state->ops->held(state, key, held, original_url, trouble);
}
static inline enum result recrawl_state_keep_held(struct recrawl_state *state,
                                                  const struct held_entry *entries, size_t count,
                                                  struct trouble *trouble)
{
    return state->ops->keep_held(state, entries, count, trouble);
}

/* The latest date that a list gave for a URL; 0 when none did. */
static inline enum result recrawl_state_date(struct recrawl_state *state, int64_t key,
                                             int64_t *dated_ms, struct trouble *trouble)
{
    return state->ops->date(state, key, dated_ms, trouble);
}
/* Of dates that disagree the latest is kept; known_ms of each is filled in. */
static inline enum result recrawl_state_note_dates(struct recrawl_state *state,
                                                   struct list_date *dates, size_t count,
                                                   struct trouble *trouble)
{
    return state->ops->note_dates(state, dates, count, trouble);
}

/* The keys of what a list named when it was read last: sorted, 8 bytes each in the machine's order.
 * They are put into the caller's buffer.  END when it was never read. */
static inline enum result recrawl_state_list_names(struct recrawl_state *state, int64_t key,
                                                   struct buf *names, struct trouble *trouble)
{
    return state->ops->list_names(state, key, names, trouble);
}
static inline enum result recrawl_state_keep_list_names(struct recrawl_state *state, int64_t key,
                                                        struct text names, struct trouble *trouble)
{
    return state->ops->keep_list_names(state, key, names, trouble);
}

#endif
