/*
 * What is kept from one round to the next: what the archive has of each URL, how the URL was found,
 * and which URLs and dates lists gave. A contract like queue.h. All functions return OK or BROKEN,
 * and any other result given beside them.
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
    enum visit_kind kind, via_kind; /* VISIT_KINDS: not found on a page, as a seed */
    enum url_state state;
    int64_t done_ms;              /* of its last response */
    int64_t met;                  /* URLs are numbered in the order in which they were met */
    int period;                   /* as in struct visit */
    int status;                   /* of the last response; 0: it never had a 200 ... */
    int64_t changed_ms, dated_ms; /* ... and then these are 0 too; as in struct held_capture */
    int64_t listed_ms;            /* the latest date that a list gave; 0: none did */
    struct text url;
};

/* How a URL was found, and why it is in its state. */
struct provenance {
    struct text via, hops, reason; /* empty: there is none */
    int attempts;
    int64_t not_before_ms; /* of a waiting URL; 0: now */
};

/* What the archive has of a URL. A conditional request needs the validators (RFC 9110, 13.1). After
 * a 304, the revisit refers to the original response given here. The counts tell how often the URL
 * changes. */
struct held_capture {
    char etag[256], modified[64]; /* as the server sent them; empty: none */
    char digest[40];              /* of the payload, "sha1:..." */
    char original_id[64], original_date[32];
    struct text original_url; /* in results: in the caller's buffer */
    int status;               /* of the last response: 404 if the page is gone */
    int checks,
        changes; /* responses after the first one; how many of them differed from the one before */
    /* when it last changed or was new; 0: it was there on the first crawl */
    int64_t changed_ms;
    int64_t dated_ms; /* the date that a list gave at its last response */
};

/* A capture to store as what the archive has of a URL.  NULL: it has none any more. */
struct held_entry {
    int64_t key;
    const struct held_capture *held;
};

/* The date that a sitemap or feed gives for a URL. */
struct list_date {
    int64_t key;
    int64_t dated_ms;
    int64_t known_ms; /* a result: the latest date known before; 0: none */
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

/* Begins a round. From now on, nothing is finished before `now_ms`, even if the clock is set back.
 * If a wrong clock had put times into the future, those count as long ago. The moment is kept as
 * the number "round_began" (progress_state.h). The next new URL gets a number of at least
 * *next_met. */
MUST_CHECK static inline enum result recrawl_state_begin_round(struct recrawl_state *state,
                                                               int64_t now_ms, int64_t *next_met,
                                                               struct trouble *trouble)
{
    return state->ops->begin_round(state, now_ms, next_met, trouble);
}

/* END: the URL is not known. Its text is copied into `url`. NULL: it is not wanted, and is
 * empty. */
MUST_CHECK static inline enum result recrawl_state_history(struct recrawl_state *state, int64_t key,
                                                           struct url_history *history,
                                                           struct buf *url, struct trouble *trouble)
{
    return state->ops->history(state, key, history, url, trouble);
}

/* Calls `each` for those of the keys that are known, in their order and without the URL's text.
 * keys NULL: for all captured URLs, in any order, with the text, which lives until `each` returns.
 * `each` must not use the store. */
MUST_CHECK static inline enum result
recrawl_state_each_history(struct recrawl_state *state, const int64_t *keys, size_t count,
                           void (*each)(void *context, const struct url_history *history),
                           void *context, struct trouble *trouble)
{
    return state->ops->each_history(state, keys, count, each, context, trouble);
}

/* END: the URL is not known. The texts are copied into the caller's buffer. */
MUST_CHECK static inline enum result
recrawl_state_provenance(struct recrawl_state *state, int64_t key, struct provenance *provenance,
                         struct buf *texts, struct trouble *trouble)
{
    return state->ops->provenance(state, key, provenance, texts, trouble);
}

/* END: the archive has nothing, because the URL never had a 200. */
MUST_CHECK static inline enum result recrawl_state_held(struct recrawl_state *state, int64_t key,
                                                        struct held_capture *held,
                                                        struct buf *original_url,
                                                        struct trouble *trouble)
{
    return state->ops->held(state, key, held, original_url, trouble);
}
MUST_CHECK static inline enum result recrawl_state_keep_held(struct recrawl_state *state,
                                                             const struct held_entry *entries,
                                                             size_t count, struct trouble *trouble)
{
    return state->ops->keep_held(state, entries, count, trouble);
}

/* The latest date that a list gave for a URL. 0: none did. */
MUST_CHECK static inline enum result recrawl_state_date(struct recrawl_state *state, int64_t key,
                                                        int64_t *dated_ms, struct trouble *trouble)
{
    return state->ops->date(state, key, dated_ms, trouble);
}
/* If dates differ, the latest is kept. Fills in known_ms of each. */
MUST_CHECK static inline enum result recrawl_state_note_dates(struct recrawl_state *state,
                                                              struct list_date *dates, size_t count,
                                                              struct trouble *trouble)
{
    return state->ops->note_dates(state, dates, count, trouble);
}

/* The keys of the URLs that a list named when it was last read: sorted, 8 bytes each in the
 * machine's order, copied into the caller's buffer. END: it was never read. */
MUST_CHECK static inline enum result recrawl_state_list_names(struct recrawl_state *state,
                                                              int64_t key, struct buf *names,
                                                              struct trouble *trouble)
{
    return state->ops->list_names(state, key, names, trouble);
}
MUST_CHECK static inline enum result recrawl_state_keep_list_names(struct recrawl_state *state,
                                                                   int64_t key, struct text names,
                                                                   struct trouble *trouble)
{
    return state->ops->keep_list_names(state, key, names, trouble);
}

#endif
