/*
 * What the site lists, and what was left out of it: which list names which URL, by which rule a URL
 * is not followed, and where redirects led. A contract like queue.h. All functions return OK or
 * BROKEN, and any other result given beside them.
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
    int64_t via_key; /* of the page that links to it */
    bool suspected;  /* it is only like URLs that showed nothing new: a list may miss it */
};

/* The rule by which a URL is not followed, and the page that links to it. */
struct url_refusal {
    enum url_rule rule; /* URL_RULE_TRAP if a later version of warccap wrote its name */
    struct text via;
};

/* The URLs that lists name, by state.  What a rule leaves out is among them if the rule makes gaps
 * (url_rules.h), or if the URL was only suspected.  A visit that is left out has the name of the
 * rule as its reason. */
struct listed_counts {
    struct state_counts by[LIST_SOURCES];
    struct state_counts all; /* each URL once, however many lists name it */
};

/* A URL that a list names and that is neither kept nor gone. */
struct listed_gap {
    enum list_source source;
    enum url_state state;
    enum left_out_by by; /* of STATE_LEFT_OUT */
    struct text url;
    struct text reason; /* what the store has noted; empty: nothing */
};

/* Where the last response of a URL led.  It counts as long as that response is a redirect. */
struct noted_redirect {
    int64_t key, target;
    bool to_login;
};

/* A page or list of the site that has come, or a redirect of a part: what is needed to judge
 * redirects and walls. */
struct known_response {
    int64_t key;
    enum visit_kind kind;
    enum url_state state;
    struct text hops, url; /* live until the callback returns */
    bool listed;           /* some list names it ... */
    bool named_as_page;    /* ... and that is a feed or sitemap, which name nothing but pages */
    struct noted_redirect redirect; /* target 0: it was none */
    struct text digest;             /* of what the archive has of it; empty: nothing */
};

/* Must not use the store. */
typedef void listed_gap_visitor(void *context, const struct listed_gap *gap);
typedef void known_response_visitor(void *context, const struct known_response *response);

struct completeness_state;

struct completeness_state_ops {
    enum result (*note_listed)(struct completeness_state *state, const struct listed_url *urls,
                               size_t count, struct trouble *trouble);
    enum result (*note_left_out)(struct completeness_state *state, const struct left_out_url *urls,
                                 size_t count, struct trouble *trouble);
    enum result (*refusal)(struct completeness_state *state, int64_t key,
                           struct url_refusal *refusal, struct buf *via, struct trouble *trouble);
    enum result (*forget_left_out)(struct completeness_state *state,
                                   const struct url_rule_set *rules, struct trouble *trouble);
    enum result (*count_listed)(struct completeness_state *state, struct listed_counts *counts,
                                struct trouble *trouble);
    enum result (*each_gap)(struct completeness_state *state, int most, listed_gap_visitor *each,
                            void *context, struct trouble *trouble);
    enum result (*note_redirect)(struct completeness_state *state,
                                 const struct noted_redirect *redirect, struct trouble *trouble);
    enum result (*each_response)(struct completeness_state *state, known_response_visitor *each,
                                 void *context, struct trouble *trouble);
};

struct completeness_state {
    const struct completeness_state_ops *ops;
};

/* Stores that lists name URLs. What became of those is known from their visits. */
MUST_CHECK static inline enum result completeness_note_listed(struct completeness_state *state,
                                                              const struct listed_url *urls,
                                                              size_t count, struct trouble *trouble)
{
    return state->ops->note_listed(state, urls, count, trouble);
}

/* Stores that links to URLs were left out, and by which rule. The first rule for a URL is kept. */
MUST_CHECK static inline enum result completeness_note_left_out(struct completeness_state *state,
                                                                const struct left_out_url *urls,
                                                                size_t count,
                                                                struct trouble *trouble)
{
    return state->ops->note_left_out(state, urls, count, trouble);
}

/* END: no rule leaves it out. The text is copied into the caller's buffer. */
MUST_CHECK static inline enum result completeness_refusal(struct completeness_state *state,
                                                          int64_t key, struct url_refusal *refusal,
                                                          struct buf *via, struct trouble *trouble)
{
    return state->ops->refusal(state, key, refusal, via, trouble);
}

/* Forgets which URLs these rules left out: they are judged anew. */
MUST_CHECK static inline enum result completeness_forget_left_out(struct completeness_state *state,
                                                                  const struct url_rule_set *rules,
                                                                  struct trouble *trouble)
{
    return state->ops->forget_left_out(state, rules, trouble);
}

MUST_CHECK static inline enum result completeness_count_listed(struct completeness_state *state,
                                                               struct listed_counts *counts,
                                                               struct trouble *trouble)
{
    return state->ops->count_listed(state, counts, trouble);
}

/* Calls `each` for each URL that a list names and that is neither kept nor gone; at most `most`.
 * All lists that name a URL come together. The order is the store's own, so that no memory is
 * needed to sort; it is the same each time. `each` must not use the store. The texts live until it
 * returns. */
MUST_CHECK static inline enum result completeness_each_gap(struct completeness_state *state,
                                                           int most, listed_gap_visitor *each,
                                                           void *context, struct trouble *trouble)
{
    return state->ops->each_gap(state, most, each, context, trouble);
}

/* Replaces what was noted of that URL. */
MUST_CHECK static inline enum result
completeness_note_redirect(struct completeness_state *state, const struct noted_redirect *redirect,
                           struct trouble *trouble)
{
    return state->ops->note_redirect(state, redirect, trouble);
}

/* Calls `each` for what does not wait: redirects of pages, lists and parts, and pages and lists
 * that are listed; in any order. `each` must not use the store. */
MUST_CHECK static inline enum result completeness_each_response(struct completeness_state *state,
                                                                known_response_visitor *each,
                                                                void *context,
                                                                struct trouble *trouble)
{
    return state->ops->each_response(state, each, context, trouble);
}

#endif
