/*
 * Other spellings of a known URL: https beside http, and parameters in another order. We know a URL
 * by one key however it is spelled, and take it once. But some players look up each spelling that
 * a page links to: wabac.js finds https where http is asked for, never the other way round, and it
 * puts no query in order. So a link in another spelling is requested too, once its URL is kept;
 * what is the same is stored as a revisit record.
 * Three things end this for a host: six spellings in a row that were the same as their URLs; three
 * in a row that are not there; or spellings for more than a part of its URLs, since parameters have
 * very many orders.
 */
#ifndef FRONTIER_FRONTIER_SPELLING_H
#define FRONTIER_FRONTIER_SPELLING_H

#include "frontier/frontier.h"

/* Whether a link could be another spelling at all. */
bool frontier_may_be_spelling(const struct frontier *frontier, const struct url *url);
/* Whether a visit with this key asks for another spelling. */
bool frontier_is_spelling(struct frontier *frontier, enum visit_kind kind, int64_t key,
                          struct text url);

/* Takes note of a link. `key` is that of its URL, `is_known` that the frontier had it before.
 * Offers it under a key of its own if the known URL is spelled otherwise. */
MUST_CHECK enum result frontier_offer_spelling(struct frontier *frontier, const struct offer *offer,
                                               int64_t key, bool is_known, struct trouble *trouble);

/* The key of an archived URL that was a speculative visit: that of another spelling if the store
 * has the URL, and it is spelled otherwise; else `key`, the URL's own.  So a spelling that the
 * archive has is not asked for again when the store had lost it. */
int64_t frontier_spelling_key(struct frontier *frontier, const struct url *url, int64_t key);

enum spelling_turn {
    SPELLING_GO,    /* request it; or it is no other spelling */
    SPELLING_WAITS, /* its URL is not finished: ask again soon */
    SPELLING_SPENT, /* leave it out */
};
/* Judges a visit whose turn has come. */
MUST_CHECK enum result frontier_judge_spelling(struct frontier *frontier, const struct visit *visit,
                                               enum spelling_turn *turn, struct trouble *trouble);

enum spelling_end {
    SPELLING_IS_SAME, /* the same bytes as the URL has */
    SPELLING_IS_OTHER,
    SPELLING_IS_NOT_THERE,
};
/* What came of such a visit.  The store keeps it for later runs. */
MUST_CHECK enum result frontier_note_spelling(struct frontier *frontier, int64_t host,
                                              enum spelling_end end, struct trouble *trouble);

#endif
