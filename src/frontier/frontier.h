/*
 * The URLs that wait to be visited, and when each may be requested.  Hosts, with their politeness
 * and their robots.txt, are in memory; visits are in the store.  A host gets its next request only
 * when its delay has passed since its last response, and not before its robots.txt is known.  The
 * delay is the longest of --wait, a multiple of the host's response time, and its Crawl-delay.  A
 * host that answers 429 or 503 is left alone for as long as it says (Retry-After), or twice as long
 * each time.  This also holds across runs.
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

enum {
    RETRY_AFTER_MOST_MS = 1000000000, /* 11 days: a longer Retry-After is cut to this */
};

struct frontier;

/* A frontier over an open store, which is borrowed; the options are copied.  It must be freed after
 * a failure, too. */
MUST_CHECK enum result frontier_new(struct frontier **frontier, struct store *store,
                                    const struct frontier_options *options,
                                    struct trouble *trouble);
void frontier_free(struct frontier *frontier);

/* From now on, visits that the judge leaves out are not taken.  `judge` is borrowed. */
struct visit_judge; /* frontier/visit_judge.h */
void frontier_use_judge(struct frontier *frontier, struct visit_judge *judge);

/* A URL to visit: where it was found and how to treat it.  `url` has no fragment. */
struct offer {
    const struct url *url;
    enum visit_kind kind;
    int depth;
    const char *via_hops; /* of the page that has the link */
    char hop;             /* 'L' 'E' 'R' 'P' 'I' 'X' 'M'; 0 for a seed */
    int64_t via_key;
    int64_t redirect_from; /* key of the visit that was redirected here; 0: none */
    /* of a redirected robots.txt: the host that was asked for its rules; otherwise empty */
    struct text rules_of;
    int period;           /* as in struct visit */
    int64_t spelling_key; /* see frontier_spelling.h; 0: the URL has its own key */
};

/* The key under which a URL is known. */
int64_t frontier_key(struct frontier *frontier, const struct url *url);
/* The key of a URL that a robots.txt was redirected to. It is requested for each host whose rules
 * it has, and at each hop, so both are part of its key. `hops` as in struct visit. */
int64_t frontier_rules_key(struct frontier *frontier, const struct url *url, struct text rules_of,
                           const char *hops);
/* The name of a host that this run has met; empty: it has not. It lives as long as the frontier. */
struct text frontier_host_name(const struct frontier *frontier, int64_t host);
/* Notes what the site says about itself: a list that has this URL, the number of pages of a series,
 * the posts of a date archive, the entries of a feed.  frontier_refuse() notes a URL that a rule
 * left out, and copies its texts.  Listed and left-out URLs are gathered until frontier_flush(). */
MUST_CHECK enum result frontier_note_listed(struct frontier *frontier, enum list_source source,
                                            int64_t key, struct trouble *trouble);
MUST_CHECK enum result frontier_note_row_pages(struct frontier *frontier, struct text series,
                                               int pages, struct trouble *trouble);
MUST_CHECK enum result frontier_note_archive_count(struct frontier *frontier, int period, int posts,
                                                   struct trouble *trouble);
MUST_CHECK enum result frontier_note_feed_total(struct frontier *frontier, int64_t entries,
                                                struct trouble *trouble);
/* The URL with the key `from` redirects to `target`; to_itself: that is its own URL, letter by
 * letter. */
MUST_CHECK enum result frontier_note_redirect(struct frontier *frontier, int64_t from,
                                              const struct url *target, bool to_itself,
                                              bool to_login, struct trouble *trouble);
MUST_CHECK enum result frontier_refuse(struct frontier *frontier,
                                       const struct left_out_url *left_out,
                                       struct trouble *trouble);

/* The rule that left the URL out, if links to it were; URL_RULE_NONE otherwise. */
MUST_CHECK enum result frontier_refusal(struct frontier *frontier, int64_t key, enum url_rule *rule,
                                        struct trouble *trouble);

/* Whether a visit of this kind, or of a more urgent one, is known under the key: then an offer
 * would change nothing.  False may also mean "can't say". */
bool frontier_surely_knows(const struct frontier *frontier, int64_t key, enum visit_kind kind);
/* Its answer is in a large table: has it fetched from memory, while something else is done. */
void frontier_fetch_known(const struct frontier *frontier, int64_t key);

/* Offers a URL to the queue.  The offers of a page are gathered until frontier_flush(), together
 * with the URLs that it lists or that are left out.  If `is_new` is given, all are flushed at once,
 * and it tells whether the URL was not known before.  END: it is not taken, because its host is
 * new, and the run has met hosts_most hosts (frontier_options.h) that no seed named.  A seed is
 * always taken.
 */
MUST_CHECK enum result frontier_offer(struct frontier *frontier, const struct offer *offer,
                                      bool *is_new, struct trouble *trouble);

/* Writes to the store what was gathered.  Call it at the end of a page and before a commit.  The
 * functions below that read the queue call it themselves. */
MUST_CHECK enum result frontier_flush(struct frontier *frontier, struct trouble *trouble);

/* Puts URLs that were captured before `before_ms` back in the queue.  Those that are unknown,
 * already waiting, or captured since then stay as they are. */
MUST_CHECK enum result frontier_ask_again(struct frontier *frontier, const int64_t *keys,
                                          size_t count, int64_t before_ms, struct trouble *trouble);

/* From now on only requisites are taken: what pages that are already captured need for display. */
void frontier_take_requisites_only(struct frontier *frontier);

/* Takes the next visit that may start now.  Its texts live until the next visit is taken.  OK;
 * AGAIN: every host that has visits is resting or busy, and *wait_ms is the time until one is ready
 * (-1: only a response can change that); END: nothing waits any more. */
MUST_CHECK enum result frontier_next(struct frontier *frontier, struct visit *visit, int *wait_ms,
                                     struct trouble *trouble);

/* Gives back a visit from frontier_next() without a request. */
/* ... for ever, because a rule leaves its URL out: it is forgotten, and the rule is kept.
 * `suspected`: as in struct left_out_url. */
MUST_CHECK enum result frontier_withdraw(struct frontier *frontier, const struct visit *visit,
                                         enum url_rule rule, bool suspected,
                                         struct trouble *trouble);
/* ... until the wall clock time `until_ms`. */
MUST_CHECK enum result frontier_postpone(struct frontier *frontier, const struct visit *visit,
                                         int64_t until_ms, struct trouble *trouble);

/* What a response, or its absence, tells about the host. */
struct host_feedback {
    int64_t took_ms;                   /* from the request to the end of the response */
    bool answered;                     /* there was a response */
    bool refused;                      /* 429, 503, or another failure with a Retry-After */
    bool cut;                          /* it took too long, was too big, or never came */
    bool no_list;                      /* there is no list where one was named */
    enum exchange_unreached unreached; /* why there was no connection */
    const char *words;                 /* why there was no response; borrowed for the call */
    int64_t pause_ms;                  /* Retry-After, at most RETRY_AFTER_MOST_MS; 0: none */
};
/* A visit's host has responded, or failed to: its delay starts now. */
MUST_CHECK enum result frontier_rest(struct frontier *frontier, int64_t host,
                                     const struct host_feedback *feedback, struct trouble *trouble);

/* Nobody answers under the scheme (http or https) of `url`, which `hops` led to.  From now on the
 * host's URLs are requested by the other scheme; their keys stay the same.  When nobody answers
 * there either, the host is turned back.  False when this can't help: both schemes were tried, the
 * URL has an explicit port, or a redirect chose its scheme. */
bool frontier_turn_scheme(struct frontier *frontier, int64_t host, const struct url *url,
                          const char *hops);

/* Whether the host could not be reached some times in a row: the rest of its visits fails at once.
 */
bool frontier_host_is_dead(const struct frontier *frontier, int64_t host);

/* Whether the host wants to be left alone for longer than this run can wait. */
bool frontier_leaves_alone(const struct frontier *frontier, int64_t host);
/* When no waiting URL can be requested within this run, some because of a Retry-After: the wall
 * clock time when the first such host may be sent a request again, and its name.  0 when some URL
 * can. */
int64_t frontier_left_alone_until(struct frontier *frontier, const char **host);

/* What came of requesting a host's robots.txt. */
struct robots_response {
    int status; /* 0: no response */
    bool
        cut; /* the response is not whole, or is none of HTTP: what is missing may close anything */
    struct text body;
    const char *why; /* why there are no rules; used with 5xx, a cut, or no response */
};
/* Sets the robots.txt of a host.  With a status of 5xx or a response that is cut, the host is
 * closed for this run (RFC 9309, 2.3.1.4): its visits wait.  With no response they fail: the host
 * is away. Either way the next run requests robots.txt again.  With --robots requisites they always
 * fail, so that requisites can be told from the others. */
MUST_CHECK enum result frontier_set_robots(struct frontier *frontier, int64_t host,
                                           const struct robots_response *response,
                                           struct trouble *trouble);

/* A host that is closed because its robots.txt could not be read. */
struct closed_host {
    const char *name; /* lives as long as the frontier */
    bool https;
    const char *why;
    int64_t waiting;
};
/* If no waiting URL can be requested within this run, because its host is closed or wants to be
 * left alone: calls `each` for the closed hosts, and returns true. */
bool frontier_is_closed(struct frontier *frontier,
                        void (*each)(void *context, const struct closed_host *host), void *context);
/* The visits of all closed hosts fail from now on, each for its host's reason. */
void frontier_give_up_closed(struct frontier *frontier);

/* Tells the store what became of visits, a batch at a time.  A visit that another process has
 * leased in the meantime is that process's to finish: this is not an error. */
struct finished_visit {
    int64_t host;
    struct outcome outcome;
};
MUST_CHECK enum result frontier_finish(struct frontier *frontier,
                                       const struct finished_visit *visits, size_t count,
                                       struct trouble *trouble);

/* A hint: how many visits wait.  Another process may change it; frontier_next() asks the store
 * before it returns END. */
int64_t frontier_waiting(const struct frontier *frontier);
/* When no host is ready: the host that will be next, and in *wait_ms how long until then; "" when
 * there is none.  The name lives as long as the frontier. */
const char *frontier_waits_for(const struct frontier *frontier, int64_t *wait_ms);

#endif
