/*
 * From an answer to the addresses that it names: extracted, written down for the metadata record, offered to the
 * frontier.  The lines written here are also what a rebuilt store learns from (outlinks_learn), so both ways go
 * through the same judgement.
 */
#ifndef CRAWL_OUTLINKS_H
#define CRAWL_OUTLINKS_H

#include <stdint.h>

#include "base/answer.h"
#include "crawl/frontier.h"
#include "crawl/revisit.h"
#include "crawl/scope.h"
#include "crawl/writers.h"
#include "http/http_message.h"

enum { REFUSALS_MOST = 128, RULE_BYTES = 48 };

/* How many links each rule refused. */
struct refusal {
    char rule[RULE_BYTES];
    uint64_t count;
};

struct outlinks;

/* `revisit` may be NULL as long as only outlinks_learn() is called. */
enum answer outlinks_new(struct outlinks **outlinks, struct frontier *frontier, struct scope *scope,
                         struct revisit *revisit, const struct crawl_options *options, struct trouble *trouble);
void outlinks_free(struct outlinks *outlinks);

/* The body without transfer and content coding; points into the exchange or into memory that lives until the next call.
 * *cut tells that it is not whole. */
struct text outlinks_body(struct outlinks *outlinks, struct exchange *exchange, const struct http_head *head, bool *cut);

/* `body` may be gone afterwards.  Extracts the links of an answer, appends their lines to capture->outlinks, offers those in scope. */
enum answer outlinks_follow(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                            struct text body, struct trouble *trouble);

/* The address that a redirect leads to, offered with the visit's own kind and depth. */
enum answer outlinks_redirect(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                              int64_t robots_for, struct trouble *trouble);

/* Offers again what lines written by outlinks_follow() name. */
enum answer outlinks_learn(struct outlinks *outlinks, struct text lines, int64_t via_key, int depth, const char *hops,
                           enum visit_kind kind, int period, struct trouble *trouble);

/* Whether a link met the rule of that place among those that are turned off. */
bool outlinks_met_rule(const struct outlinks *outlinks, int which);
const struct refusal *outlinks_refusals(const struct outlinks *outlinks, size_t *count);

#endif
