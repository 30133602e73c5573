/*
 * What an archive says of the crawl that made it, in its metadata and warcinfo records: which URLs
 * were seeds and which were lists, what could not be captured, what was left out by which rule, and
 * the options in force.  With this, verify applies the crawl's own scope.
 *
 * First add all records, then call crawl_claims_settle(), then ask.
 */
#ifndef VERIFY_CRAWL_CLAIMS_H
#define VERIFY_CRAWL_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/result.h"
#include "collection/provenance.h"
#include "frontier/frontier_options.h"
#include "store/store.h"
#include "web/link.h"
#include "web/url.h"
#include "web/url_rules.h"
#include "web/url_state.h"

/* A URL that the crawl treated as a page of a list. */
struct list_page {
    uint64_t key; /* hash of its SURT key */
    enum list_source source;
    bool seed; /* where the crawl began: the first page of its lists */
};

/* A URL that was asked for, by its newest record. */
struct asked_claim {
    uint64_t key;  /* hash of the URL itself */
    uint64_t seen; /* hash of its seen key: http and https are one URL */
    uint64_t surt; /* hash of its SURT key */
    int64_t date_ms;
    enum visit_kind kind;
    bool guess;  /* no link led to it */
    bool failed; /* there is no response, or none that counts */
};

struct crawl_claims;

/* NULL without memory. */
struct crawl_claims *crawl_claims_new(const struct hash_key *hash_key);
void crawl_claims_free(struct crawl_claims *claims);

/* False once memory ran out: then something is lacking. */
bool crawl_claims_ok(const struct crawl_claims *claims);

/* ---- adding ---- */

/* The metadata record of a URL, of that date (milliseconds since 1970).  END: it calls the URL a
 * seed, but that is not an http or https URL, and is not a seed then. */
MUST_CHECK enum result crawl_claims_add(struct crawl_claims *claims, struct text url,
                                        int64_t date_ms, const struct provenance_record *record);

/* Nothing that readers could show was to be had of the URL. */
void crawl_claims_add_failed(struct crawl_claims *claims, struct text url, int64_t date_ms);

/* The summary of the newest run says that nothing was to be had of the URL, without saying when.
 * Known dead since that time (milliseconds since 1970); 0: it is not known dead. */
void crawl_claims_add_summed_up(struct crawl_claims *claims, struct text url, enum visit_kind kind,
                                int64_t dead_since_ms);

/* The summary of the newest run names a seed that was not asked for: it waits, or the rule leaves
 * it out. */
void crawl_claims_add_not_asked(struct crawl_claims *claims, struct text url, enum url_rule rule);

/* The block of a warcinfo record of the file at `path`.  Of each directory, the newest one that has
 * options counts.  *malformed gets the first line that could not be understood, or is empty. */
void crawl_claims_add_options(struct crawl_claims *claims, const char *path, int64_t date_ms,
                              struct text block, struct text *malformed);

/* ---- asking ----
 *
 * Seeds that the newest options call forgotten do not count, and what is found only from them is
 * not a gap. */

/* Prepares the questions about the files of `directory`.  LOST, with words: a recorded pattern is
 * not valid, so the crawl's patterns are not applied; questions can still be asked. */
MUST_CHECK enum result crawl_claims_settle(struct crawl_claims *claims, const char *directory,
                                           struct trouble *trouble);

/* Whether any list is known; only crawls of warccap record them. */
bool crawl_claims_have_lists(const struct crawl_claims *claims);
/* Which list the crawl treated the URL as a page of; NULL: none. */
const struct list_page *crawl_claims_list(const struct crawl_claims *claims, struct text url);
/* Where the last redirect of exactly this URL led; empty: none is recorded. Lives as long as the
 * claims. */
struct text crawl_claims_redirect(const struct crawl_claims *claims, struct text url);
/* Whether the URL could not be had at that time (milliseconds since 1970) or later; 0: ever.
 * *state (may be NULL) gets the state that follows: broken; refused, if a wall or a login stood in
 * its place; or waiting, if nobody knows what the response was. */
bool crawl_claims_failed(const struct crawl_claims *claims, struct text url, int64_t since_ms,
                         enum url_state *state);
/* Whether the archive says, from the first time on and before the second, that the URL's last
 * response was not its own: a wall or a challenge stood in its place, or may have. */
bool crawl_claims_stood_in(const struct crawl_claims *claims, struct text url, int64_t since_ms,
                           int64_t before_ms);
/* Since when the URL is known dead; 0: it is not. */
int64_t crawl_claims_dead_since(const struct crawl_claims *claims, struct text url);
/* What exactly this URL was asked for as; NULL: it was not. */
const struct asked_claim *crawl_claims_asked(const struct crawl_claims *claims, struct text url);
/* The URLs that could not be had, one after the other: begin with *place 0.  NULL after the last.
 */
const struct asked_claim *crawl_claims_next_failed(const struct crawl_claims *claims,
                                                   size_t *place);
/* The seeds that no run has asked for, in the same way. */
struct not_asked_claim {
    uint64_t seen; /* as in struct asked_claim */
    enum url_rule rule;
};
const struct not_asked_claim *crawl_claims_next_not_asked(const struct crawl_claims *claims,
                                                          size_t *place);
/* The state of a URL that could not be had, and whether it is known dead. */
enum url_state crawl_claims_asked_state(const struct crawl_claims *claims,
                                        const struct asked_claim *asked);
bool crawl_claims_asked_dead(const struct crawl_claims *claims, const struct asked_claim *asked);
/* Whether only forgotten seeds lead to it. */
bool crawl_claims_asked_forgotten(const struct crawl_claims *claims,
                                  const struct asked_claim *asked);
/* Where the rules of a host ("host" or "host:port") came from last: its robots.txt, or what that
 * was redirected to.  An empty URL: nothing is recorded.  It lives as long as the claims. */
struct rules_claim {
    struct text url;
    bool failed; /* it could not be had */
};
struct rules_claim crawl_claims_rules(const struct crawl_claims *claims, struct text host);
/* Whether a seed is on the site of this host. */
bool crawl_claims_have_seed_on(const struct crawl_claims *claims, struct text host, bool https);
enum crawl_robots crawl_claims_robots(const struct crawl_claims *claims);

/* Begins a page: the next questions are about its links.  `url` is borrowed until the next page. */
void crawl_claims_begin_page(struct crawl_claims *claims, const struct url *url);
/* Whether no link led to the page: the crawl requested it because such sites have it. */
bool crawl_claims_inferred(const struct crawl_claims *claims);
/* Whether the URL belongs to the site of a seed or, without seeds, of the page. */
bool crawl_claims_hold(const struct crawl_claims *claims, const struct url *url);
/* The rule that metadata records name for a URL that was not followed, if it still holds. */
enum url_rule crawl_claims_recorded_rule(const struct crawl_claims *claims, struct text url);
/* Whether --exclude of the newest run leaves the URL out, also as the target of a redirect. */
bool crawl_claims_exclude(const struct crawl_claims *claims, const struct url *url);
/* The rule by which the crawl did not follow a link of the page; URL_RULE_NONE: none.  *suspected:
 * nothing showed it of this URL itself, only of others like it. */
enum url_rule crawl_claims_rule(const struct crawl_claims *claims, const struct link *link,
                                bool *suspected);

#endif
