/*
 * What the site lists, and what was left out of it: which list names which URL, by which rule a URL
 * is not followed, and the counts that the site shows.  A contract, as queue.h is; all functions
 * give OK or BROKEN, and what else stands beside them.
 */
#ifndef STORE_COMPLETENESS_STATE_H
#define STORE_COMPLETENESS_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "store/queue.h"
#include "web/url_rules.h"

/* Lists in which a site names its pages. */
enum list_source {
    LISTED_BY_PAGER,
    LISTED_BY_ARCHIVE,
    LISTED_BY_FEED,
    LISTED_BY_SITEMAP,
    LIST_SOURCES
};
const char *list_source_name(enum list_source source); /* "pager", "archive" ... */

/* A list names a URL. */
struct listed_url {
    int64_t key;
    enum list_source source;
};

/* A URL is not followed. */
struct left_out_url {
    int64_t key;
    enum url_rule rule;
    struct text url;
    int64_t via_key; /* of the page that names it */
};

/* By which rule a URL is not followed, and which page named it. */
struct url_refusal {
    enum url_rule rule; /* URL_RULE_TRAP when a later version of warccap wrote its name */
    struct text via;
};

struct listed_counts {
    uint64_t by_state[LIST_SOURCES][STATE_COUNT]; /* of the URLs that lists name */
    uint64_t
        left_out[LIST_SOURCES]; /* those that are not to be visited, by a rule that makes gaps */
};

struct completeness_state;

struct completeness_state_ops {
    enum result (*note_listed)(struct completeness_state *state, const struct listed_url *urls,
                               size_t count, struct trouble *trouble);
    enum result (*note_left_out)(struct completeness_state *state, const struct left_out_url *urls,
                                 size_t count, struct trouble *trouble);
    enum result (*refusal)(struct completeness_state *state, int64_t key,
                           struct url_refusal *refusal, struct buf *via, struct trouble *trouble);
    enum result (*count_listed)(struct completeness_state *state, struct listed_counts *counts,
                                struct trouble *trouble);
    enum result (*each_gap)(struct completeness_state *state, int most,
                            void (*each)(void *context, enum list_source source, struct text url,
                                         struct text reason),
                            void *context, struct trouble *trouble);
    enum result (*note_archive_count)(struct completeness_state *state, int period, int posts,
                                      struct trouble *trouble);
    enum result (*each_archive_count)(struct completeness_state *state,
                                      void (*each)(void *context, int period, int posts),
                                      void *context, struct trouble *trouble);
    enum result (*note_row_pages)(struct completeness_state *state, struct text series, int pages,
                                  struct trouble *trouble);
    enum result (*each_row_pages)(struct completeness_state *state,
                                  void (*each)(void *context, struct text series, int pages),
                                  void *context, struct trouble *trouble);
};

struct completeness_state {
    const struct completeness_state_ops *ops;
};

/* Keeps that lists name URLs; what became of them their visits tell. */
static inline enum result completeness_note_listed(struct completeness_state *state,
                                                   const struct listed_url *urls, size_t count,
                                                   struct trouble *trouble)
{
    return state->ops->note_listed(state, urls, count, trouble);
}

/* Keeps that URLs were met and are not followed, and by which rule; of each the first rule stands.
 */
static inline enum result completeness_note_left_out(struct completeness_state *state,
                                                     const struct left_out_url *urls, size_t count,
                                                     struct trouble *trouble)
{
    return state->ops->note_left_out(state, urls, count, trouble);
}

/* END when no rule says no.  The text is put into the caller's buffer. */
static inline enum result completeness_refusal(struct completeness_state *state, int64_t key,
                                               struct url_refusal *refusal, struct buf *via,
                                               struct trouble *trouble)
{
    return state->ops->refusal(state, key, refusal, via, trouble);
}

static inline enum result completeness_count_listed(struct completeness_state *state,
                                                    struct listed_counts *counts,
                                                    struct trouble *trouble)
{
    return state->ops->count_listed(state, counts, trouble);
}

/* Calls `each`, which must not use the store, for each URL that a list names and that is not
 * captured, by list and URL, with the reason; at most `most`.  Texts live until it returns. */
static inline enum result completeness_each_gap(struct completeness_state *state, int most,
                                                void (*each)(void *context, enum list_source source,
                                                             struct text url, struct text reason),
                                                void *context, struct trouble *trouble)
{
    return state->ops->each_gap(state, most, each, context, trouble);
}

/* How many posts the site says a date archive holds ("June (27)"), by its first day (20180600); the
 * last that was said stands.  Given by first day. */
static inline enum result completeness_note_archive_count(struct completeness_state *state,
                                                          int period, int posts,
                                                          struct trouble *trouble)
{
    return state->ops->note_archive_count(state, period, posts, trouble);
}
static inline enum result completeness_each_archive_count(struct completeness_state *state,
                                                          void (*each)(void *context, int period,
                                                                       int posts),
                                                          void *context, struct trouble *trouble)
{
    return state->ops->each_archive_count(state, each, context, trouble);
}

/* How many pages a row of pages says it has ("Page 3 of 41"); `series` is the row's name; the last
 * that was said stands.  Given by name. */
static inline enum result completeness_note_row_pages(struct completeness_state *state,
                                                      struct text series, int pages,
                                                      struct trouble *trouble)
{
    return state->ops->note_row_pages(state, series, pages, trouble);
}
static inline enum result completeness_each_row_pages(struct completeness_state *state,
                                                      void (*each)(void *context,
                                                                   struct text series, int pages),
                                                      void *context, struct trouble *trouble)
{
    return state->ops->each_row_pages(state, each, context, trouble);
}

#endif
