/*
 * Whose turn it is: hosts with their politeness and rules in memory, their visits in the store.  A
 * host is asked again only when its delay has passed since its last answer, and not before its
 * robots.txt is known.  The delay is --wait, a multiple of the time that the host takes to answer,
 * or its Crawl-delay, whichever is longest.  A host that answers 429 or 503 is left alone for as
 * long as it says (Retry-After), or twice as long each time; also across runs.
 */
#ifndef FRONTIER_FRONTIER_H
#define FRONTIER_FRONTIER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "frontier/frontier_options.h"
#include "store/store.h"
#include "web/exchange.h"
#include "web/url.h"

enum { RETRY_AFTER_MOST_MS = 1000000000 }; /* 11 days: a longer wish is not taken at its word */

struct frontier;

MUST_CHECK enum result frontier_new(struct frontier **frontier, struct store *store,
                                    const struct frontier_options *options,
                                    struct trouble *trouble);
void frontier_free(struct frontier *frontier);

/* What is offered: where it was found and how it is to be treated.  url without fragment. */
struct offer {
    const struct url *url;
    enum visit_kind kind;
    int depth;
    const char *via_hops; /* of the page that names it */
    char hop;             /* 'L' 'E' 'R' 'P' 'I' 'X' 'M'; 0 for a seed */
    int64_t via_key;
    int64_t redirect_from; /* key of the visit that was redirected here, else 0 */
    int64_t robots_for;
    int period; /* of struct visit */
};

/* The key under which an address is known. */
int64_t frontier_key(struct frontier *frontier, const struct url *url);
/* Keeps what the site lists: that a list names a URL; that a row has so many pages, a date archive
 * so many posts, its feed so many entries; and that a rule left a URL out.  What is listed and left
 * out is gathered until frontier_flush(). */
MUST_CHECK enum result frontier_note_listed(struct frontier *frontier, enum list_source source,
                                            int64_t key, struct trouble *trouble);
MUST_CHECK enum result frontier_note_row_pages(struct frontier *frontier, struct text family,
                                               int pages, struct trouble *trouble);
MUST_CHECK enum result frontier_note_archive_count(struct frontier *frontier, int period, int posts,
                                                   struct trouble *trouble);
MUST_CHECK enum result frontier_note_feed_total(struct frontier *frontier, int64_t entries,
                                                struct trouble *trouble);
MUST_CHECK enum result frontier_refuse(struct frontier *frontier, int64_t key, struct text url,
                                       enum url_rule rule, int64_t via_key,
                                       struct trouble *trouble);

/* Whether a visit of this kind or a more urgent one is known under the key, so that to offer it
 * would change nothing. False may also mean "can't say". */
bool frontier_surely_knows(const struct frontier *frontier, int64_t key, enum visit_kind kind);

/* Offers a URL to the queue.  Offers of a page are gathered, with what it lists and what is left
 * out of it, until frontier_flush(); where is_new is given they are flushed at once, and it tells
 * whether the URL was not known. */
MUST_CHECK enum result frontier_offer(struct frontier *frontier, const struct offer *offer,
                                      bool *is_new, struct trouble *trouble);

/* Gives the store what was gathered: at the end of a page, and before what was said is committed.
 * The functions below that ask the queue do so too. */
MUST_CHECK enum result frontier_flush(struct frontier *frontier, struct trouble *trouble);

/* Puts URLs that were captured before a moment back in the queue; those that are not known, wait
 * already, or were captured since stay as they are. */
MUST_CHECK enum result frontier_ask_again(struct frontier *frontier, const int64_t *keys,
                                          size_t count, int64_t before_ms, struct trouble *trouble);

/* From now on only requisites are taken: what is needed to show the pages that are there. */
void frontier_take_requisites_only(struct frontier *frontier);

/* The next visit whose turn it is now.  Its texts live until the next one is taken.  OK; AGAIN when
 * all hosts that have visits are resting or busy: *wait_ms is the time until one is ready (-1: only
 * an answer can change that); END when nothing waits any more. */
MUST_CHECK enum result frontier_next(struct frontier *frontier, struct visit *visit, int *wait_ms,
                                     struct trouble *trouble);

/* What an answer, or none, tells of its host. */
struct host_feedback {
    int64_t took_ms; /* from the request to the answer's end */
    bool answered;   /* there was one */
    bool refused;    /* 429, 503, or another failure that says when to come again */
    enum exchange_unreached unreached; /* why there was no connection */
    const char *words;                 /* why there was no response; borrowed for the call */
    int64_t pause_ms; /* Retry-After, no longer than RETRY_AFTER_MOST_MS; 0: none */
};
/* An answer came from the visit's host (or none): it rests from now on. */
MUST_CHECK enum result frontier_rest(struct frontier *frontier, int64_t host,
                                     const struct host_feedback *feedback, struct trouble *trouble);

/* Nobody answers under the scheme (http or https) of `url`, which `hops` led to: from now on the
 * host's addresses are asked for by the other one, which is the same address to us.  When nobody
 * answers there either it is turned back. False when that is no way out: both schemes were tried,
 * the address has a port of its own, or a redirect named its scheme. */
bool frontier_turn_scheme(struct frontier *frontier, int64_t host, const struct url *url,
                          const char *hops);

/* Whether a host wants to be left alone for longer than this run waits. */
bool frontier_leaves_alone(const struct frontier *frontier, int64_t host);
/* Nothing of what waits can be asked for within this run, for its hosts want to be left alone:
 * gives the wall clock's time when the first of them may be asked again, and its name; 0 when
 * something can. */
int64_t frontier_left_alone_until(struct frontier *frontier, const char **host);

/* The rules of a host have come.  With a status of 5xx, or 0 for no answer, nothing may be asked of
 * the host (RFC 9309, 2.3.1.4): its visits then fail for the reason `why`, and the next run asks
 * for the rules again. */
MUST_CHECK enum result frontier_set_robots(struct frontier *frontier, int64_t host, int status,
                                           struct text body, const char *why,
                                           struct trouble *trouble);

/* Tells the store what became of visits, all of a batch together.  Who leased one of them meanwhile
 * finishes it: that is no trouble. */
struct finished_visit {
    int64_t host;
    struct outcome outcome;
};
MUST_CHECK enum result frontier_finish(struct frontier *frontier,
                                       const struct finished_visit *visits, size_t count,
                                       struct trouble *trouble);

/* A hint: how many visits wait.  Another process may change it; the store is asked before
 * frontier_next() says that none does. */
int64_t frontier_waiting(const struct frontier *frontier);
/* The host whose turn comes next, when none is ready now, and how long until then; empty when there
 * is none.  The name lives as long as the frontier. */
const char *frontier_waits_for(const struct frontier *frontier, int64_t *wait_ms);

#endif
