/*
 * What an archive says of the crawl that made it, in its metadata and warcinfo records: which URLs
 * were seeds and which were lists, what could not be captured, what was left out and by which rule,
 * and the options in force.  By it verify judges the archive, with the crawl's own scope.
 *
 * First all records are added, then crawl_claims_settle() makes ready for the questions.
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

/* A URL that the crawl took for a page of a list. */
struct list_page {
    uint64_t key; /* hash of its SURT key */
    enum list_source source;
    bool seed; /* where the crawl began, and so the first page of its lists */
};

struct crawl_claims;

/* NULL without memory. */
struct crawl_claims *crawl_claims_new(const struct hash_key *hash_key);
void crawl_claims_free(struct crawl_claims *claims);

/* False once memory ran out; what was added then is not whole. */
bool crawl_claims_ok(const struct crawl_claims *claims);

/* ---- adding ---- */

/* The metadata record of a URL.  END: it calls the URL a seed, but that is not an http or https
 * URL, and is no seed then. */
MUST_CHECK enum result crawl_claims_add(struct crawl_claims *claims, struct text url,
                                        const struct provenance_record *record)
    __attribute__((warn_unused_result));

/* Nothing that readers could show was to be had of the URL. */
void crawl_claims_add_failed(struct crawl_claims *claims, struct text url);

/* The block of a warcinfo record of the file at `path`.  Of those in one directory the newest that
 * has options counts.  *malformed gets the first line that could not be understood, else is empty.
 */
void crawl_claims_add_options(struct crawl_claims *claims, const char *path, int64_t date_ms,
                              struct text block, struct text *malformed);

/* ---- asking ---- */

/* Makes ready for the files of `directory`.  LOST, with words: a recorded pattern is none, and the
 * crawl's patterns are not applied; questions can be asked. */
MUST_CHECK enum result crawl_claims_settle(struct crawl_claims *claims, const char *directory,
                                           struct trouble *trouble)
    __attribute__((warn_unused_result));

/* Whether any list is known at all, as only a crawl of warccap tells. */
bool crawl_claims_have_lists(const struct crawl_claims *claims);
/* What the crawl took the URL for, NULL when for no list. */
const struct list_page *crawl_claims_list(const struct crawl_claims *claims, struct text url);
bool crawl_claims_failed(const struct crawl_claims *claims, struct text url);
enum crawl_robots crawl_claims_robots(const struct crawl_claims *claims);

/* The page whose links are asked for from now on; `url` is borrowed until the next. */
void crawl_claims_begin_page(struct crawl_claims *claims, const struct url *url);
/* Whether no link led to the page, but the crawl asked for it because such sites have it. */
bool crawl_claims_inferred(const struct crawl_claims *claims);
/* Whether the URL lies on a seed's site; without seeds, on that of the page. */
bool crawl_claims_hold(const struct crawl_claims *claims, const struct url *url);
/* Why the crawl did not follow a link of the page; URL_RULE_NONE: it had no reason. */
enum url_rule crawl_claims_rule(const struct crawl_claims *claims, const struct link *link);

#endif
