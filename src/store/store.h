/*
 * What the crawler remembers: addresses met, those that wait, what became of the others, hosts with
 * their robots.txt and politeness, and how far the WARC files are known.  A contract with (so far)
 * one implementation, on SQLite; a shared one for many machines can follow, so callers assume
 * nothing of one process: visits are leased, not owned, and everything goes in batches, each of
 * which store_commit() keeps whole.
 *
 * One thread at a time.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "web/url_rules.h"
#include "web/visit_kind.h"

/* An address waiting its turn. */
struct visit {
    int64_t key;  /* hash of its seen-key: its identity in the store */
    int64_t host; /* of store_host() */
    enum visit_kind kind;
    int depth;          /* hops that count for --level */
    int attempts;       /* made so far */
    int64_t robots_for; /* VISIT_ROBOTS: the host whose rules this answer gives, else 0 */
    int period; /* first day of the archive period whose chain it belongs to (20180600), 0: none */
    char hops[VISIT_HOPS_MOST + 1]; /* letters of hopsFromSeed; of a longer path the last ones */
    struct text url;
    struct text via; /* the address of the page that named it; empty for seeds */
    int64_t via_key; /* offering: the key of that page's visit, 0 for seeds */
};

/* Lists on which a site promises pages. */
enum list_source {
    LISTED_BY_PAGER,
    LISTED_BY_ARCHIVE,
    LISTED_BY_FEED,
    LISTED_BY_SITEMAP,
    LIST_SOURCES
};
const char *list_source_name(enum list_source source); /* "pager", "archive" ... */

enum visit_state { STATE_WAITING, STATE_CAPTURED, STATE_FAILED, STATE_EXCLUDED, STATE_COUNT };

struct outcome {
    int64_t key;
    enum visit_state state;
    int status; /* HTTP status, 0 when none */
    int attempts;
    int64_t not_before_ms; /* STATE_WAITING: try again from then on (wall clock) */
    const char *reason;    /* STATE_FAILED, STATE_EXCLUDED: why; NULL else */
};

struct store;

/* Opens or makes the store at `path`.  Its directory must exist.  LOST: what is there is damaged,
 * or no store at all; put aside, it can be made anew from the archive. */
enum result store_open(struct store **store, const char *path, struct trouble *trouble);
/* Opens a store to look at it only; AGAIN while a run has it. */
enum result store_open_to_read(struct store **store, const char *path, struct trouble *trouble);
/* Commits and closes. */
void store_close(struct store *store);
/* Whether it was made by this store_open, so that what the archive holds has to be learned anew. */
bool store_is_new(const struct store *store);

/* The key of a seen-key (web/url.h). */
int64_t store_key(const struct store *store, struct text seen_key);

/* The host's number, made at need. `name` is "host" or "host:port". */
enum result store_host(struct store *store, struct text name, int64_t *host,
                       struct trouble *trouble);

/* Offers an address.  *is_new tells whether it was not known; a known one keeps its state, but
 * moves up when it is now offered with an earlier kind or a smaller depth while it still waits. */
enum result store_offer(struct store *store, const struct visit *visit, bool *is_new,
                        struct trouble *trouble);

/* Whether the key is certainly known, as this kind or an earlier one, told from memory only (false:
 * perhaps not). */
bool store_surely_knows(const struct store *store, int64_t key, enum visit_kind kind);

/* Leases the first waiting visit of the host: it is not given again before store_finish().  Texts
 * live until the next take.  END when none is ready; then *ready_ms is when one will be (0: none is
 * waiting). */
enum result store_take(struct store *store, int64_t host, int64_t now_ms, bool no_pages,
                       struct visit *visit, int64_t *ready_ms, struct trouble *trouble);
/* How many requisites of the host are ready now, counted as far as `most`. */
int store_requisites(struct store *store, int64_t host, int64_t now_ms, int most);
/* From now on only requisites are given out: what is needed to show the pages that are there. */
void store_take_requisites_only(struct store *store);

/* Tells what became of a visit, leased or not, known or not. */
enum result store_finish(struct store *store, const struct outcome *outcome,
                         struct trouble *trouble);

/* Puts a visit behind all others of its kind. */
enum result store_put_last(struct store *store, int64_t key, struct trouble *trouble);

/* Calls `each` for every host that has waiting visits; `url` is one of them, an http one if there
 * is any. */
enum result store_waiting_hosts(struct store *store,
                                void (*each)(void *context, int64_t host, struct text name,
                                             int64_t waiting, struct text url),
                                void *context, struct trouble *trouble);

/* robots.txt of a host: status as for rules (200: body counts; 4xx; 5xx or 0: closed).  END when
 * none is kept or it is older than max_age_ms.  The body is put into the caller's buffer; NULL: it
 * is not wanted. */
enum result store_robots(struct store *store, int64_t host, int64_t now_ms, int64_t max_age_ms,
                         int *status, struct buf *body, struct trouble *trouble);
enum result store_keep_robots(struct store *store, int64_t host, int64_t now_ms, int status,
                              struct text body, struct trouble *trouble);

/* How a host behaves and what it asked for, kept from run to run. */
struct host_state {
    int64_t leave_until_ms; /* wall clock: it asked to be left alone until then (429, 503,
                               Retry-After) */
    int refusals;           /* answers of that kind one after the other */
    int64_t took_ms;        /* time to answer, smoothed; 0: not known */
};
/* All 0 for a host that has none. */
enum result store_host_state(struct store *store, int64_t host, struct host_state *host_state,
                             struct trouble *trouble);
enum result store_keep_host_state(struct store *store, int64_t host,
                                  const struct host_state *host_state, struct trouble *trouble);

/* How many bytes of a WARC file are known to the store, and to the index; 0 for a file not heard
 * of. */
enum result store_file(struct store *store, const char *name, int64_t *known_bytes,
                       int64_t *indexed_bytes, struct trouble *trouble);
/* Calls `each` for every file of which bytes are known; it must not use the store. */
enum result store_each_file(struct store *store, void (*each)(void *context, struct text name),
                            void *context, struct trouble *trouble);
enum result store_file_known(struct store *store, const char *name, int64_t bytes,
                             struct trouble *trouble);
enum result store_file_indexed(struct store *store, const char *name, int64_t bytes,
                               struct trouble *trouble);

/* What the archive holds of an address: what lets it be asked for again only if it has changed (RFC
 * 9110, 13.1), where the answer is that it would then not send (a 304 becomes a revisit of that
 * one), and how often it changes. */
struct held_capture {
    char etag[256], modified[64]; /* as the server gave them; empty: none */
    char digest[40];              /* of the payload, "sha1:..." */
    char original_id[64], original_date[32];
    struct text original_url; /* given out: lies in the caller's buffer */
    int status;               /* of the last answer: 404 where there was a page once */
    int checks,
        changes; /* answers since the first one; how many of them were other than the one before */
    int64_t changed_ms; /* when it was last seen to have changed, or was new; 0: was there when we
                           first came */
    int64_t dated_ms;   /* store_date() at the last answer */
};
/* END when there is none: it never answered with 200. */
enum result store_held_capture(struct store *store, int64_t key, struct held_capture *held,
                               struct buf *original_url, struct trouble *trouble);
enum result store_keep_held_capture(struct store *store, int64_t key,
                                    const struct held_capture *held, struct trouble *trouble);

/* The latest date that a sitemap or feed gave for an address; 0 when none did. */
enum result store_date(struct store *store, int64_t key, int64_t *dated_ms,
                       struct trouble *trouble);
enum result store_keep_date(struct store *store, int64_t key, int64_t dated_ms,
                            struct trouble *trouble);

/* The keys of what a list named when it was read last: sorted, 8 octets each in the machine's
 * order.  They are put into the caller's buffer.  END when it was never read. */
enum result store_list_names(struct store *store, int64_t key, struct buf *names,
                             struct trouble *trouble);
enum result store_keep_list_names(struct store *store, int64_t key, struct text names,
                                  struct trouble *trouble);

/* What became of an address so far. */
struct url_history {
    int64_t key;
    enum visit_kind kind, via_kind; /* VISIT_KINDS: found by nobody, a seed */
    enum visit_state state;
    int64_t done_ms;              /* its last answer */
    int64_t met;                  /* addresses are numbered as they are met: see store_met() */
    int period;                   /* of struct visit */
    int status;                   /* of the last answer; 0: it never answered with 200 ... */
    int64_t changed_ms, dated_ms; /* ... and then these are 0 too: of struct holding */
    int64_t said_ms;              /* store_date() */
    struct text url;
};
/* END when it is not known.  The URL is put into `texts`, and lives as long as it is left there;
 * NULL: no URL is wanted, and it is empty. */
enum result store_url_history(struct store *store, int64_t key, struct url_history *history,
                              struct buf *texts, struct trouble *trouble);
/* How an address was found and why it is where it is.  Texts are put into the caller's buffer;
 * empty: there is none. */
struct provenance {
    struct text via, hops, reason;
    int attempts;
    int64_t not_before_ms; /* of one that waits; 0: now */
};
enum result store_provenance(struct store *store, int64_t key, struct provenance *provenance,
                             struct buf *texts, struct trouble *trouble);
/* By which rule an address is not followed, and which page named it. */
struct url_refusal {
    enum url_rule rule; /* URL_RULE_TRAP when a later version of warccap wrote its name */
    struct text via;
};
/* END when no rule says no.  Texts as above. */
enum result store_refusal(struct store *store, int64_t key, struct url_refusal *refusal,
                          struct buf *texts, struct trouble *trouble);
/* Calls `each` for all that were captured; `each` must not use the store. */
enum result store_each_url_history(struct store *store,
                                   void (*each)(void *context, const struct url_history *history),
                                   void *context, struct trouble *trouble);
/* The number that the next new address will have. */
int64_t store_met(const struct store *store);

/* A round begins: what is finished from now on is finished at `now_ms` or later, though the clock
 * be set back; and what a clock that was wrong has put into the future is as if it had been long
 * ago.  The first is kept as "round_began". */
enum result store_begin_round(struct store *store, int64_t now_ms, struct trouble *trouble);

/* Puts what was captured before a moment back in the queue.  OK, with its host and that host's
 * name, which is put into the caller's buffer; END when it is not known, waits already, or was
 * captured since. */
enum result store_ask_again(struct store *store, int64_t key, int64_t before_ms, int64_t *host,
                            struct buf *host_name, struct trouble *trouble);

/* Keeps that a list names an address; what became of it the address's visit tells. */
enum result store_note_listed(struct store *store, enum list_source source, int64_t key,
                              struct trouble *trouble);
/* counts[source][state] of the promised addresses; those that were never to be visited are in
 * left_out[source]. */
enum result store_count_listed(struct store *store, uint64_t counts[LIST_SOURCES][STATE_COUNT],
                               uint64_t left_out[LIST_SOURCES], struct trouble *trouble);
/* Each address that a list named and that is not captured, with the reason; at most `most`. */
enum result store_list_gaps(struct store *store, int most,
                            void (*each)(void *context, enum list_source source, struct text url,
                                         struct text reason),
                            void *context, struct trouble *trouble);

/* Keeps that an address was met and is not followed, and by which rule; the first rule stands. */
enum result store_refuse(struct store *store, int64_t key, struct text url, enum url_rule rule,
                         int64_t via_key, struct trouble *trouble);

/* How many posts the site says a dated archive holds: "June (27)". */
enum result store_period(struct store *store, int period, int posts, struct trouble *trouble);
enum result store_each_period(struct store *store,
                              void (*each)(void *context, int period, int posts), void *context,
                              struct trouble *trouble);

/* How many pages a row of pages says it has ("Page 3 of 41"); `family` is the row's name. */
enum result store_row(struct store *store, struct text family, int pages, struct trouble *trouble);
enum result store_each_row(struct store *store,
                           void (*each)(void *context, struct text family, int pages),
                           void *context, struct trouble *trouble);

/* Calls `each` for every visit of the kind that was captured and answered with success. */
enum result store_each_captured(struct store *store, enum visit_kind kind,
                                void (*each)(void *context, struct text url), void *context,
                                struct trouble *trouble);

/* What a run found changed (a number of the caller's), until a summary has told it: a run that is
 * killed tells nothing. */
enum result store_note_untold(struct store *store, int change, enum visit_kind kind,
                              struct text url, struct text target, struct trouble *trouble);
enum result store_each_untold(struct store *store,
                              void (*each)(void *context, int change, enum visit_kind kind,
                                           struct text url, struct text target),
                              void *context, struct trouble *trouble);
enum result store_all_told(struct store *store, struct trouble *trouble);

/* Small facts by name ("round", "finished").  A missing one is 0. */
enum result store_get_number(struct store *store, const char *name, int64_t *number,
                             struct trouble *trouble);
enum result store_set_number(struct store *store, const char *name, int64_t number,
                             struct trouble *trouble);

/* Puts what failed, and what robots.txt closed, back in the queue with fresh attempts. */
enum result store_retry_failed(struct store *store, struct trouble *trouble);

/* counts[kind][state]. */
enum result store_count(struct store *store, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                        struct trouble *trouble);
/* Visits in one state, newest first, at most `most`. */
enum result store_list(struct store *store, enum visit_state state, int most,
                       void (*each)(void *context, struct text url, enum visit_kind kind,
                                    int status, struct text reason),
                       void *context, struct trouble *trouble);
/* All addresses of one kind, in the order in which they were met. */
enum result store_each_of_kind(struct store *store, enum visit_kind kind,
                               void (*each)(void *context, struct text url), void *context,
                               struct trouble *trouble);

/* Forgets what was said since the last commit. */
void store_roll_back(struct store *store);
/* What was said since the last commit is kept, all of it or nothing; a killed process loses none of
 * it, a power cut perhaps the last commits, but never one without those behind it. */
enum result store_commit(struct store *store, struct trouble *trouble);
/* The same, and no power cut takes it back.  For what the WARC files can't tell again: that a round
 * has begun. */
enum result store_commit_durably(struct store *store, struct trouble *trouble);

#endif
