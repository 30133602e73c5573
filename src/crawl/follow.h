/*
 * From a page to the frontier: each of its links climbs one ladder of rules, and what none of them
 * leaves out is offered.  What was found is written down for the metadata record.  A store that was
 * lost learns from these lines again (follow_recovered), by the same ladder.
 */
#ifndef CRAWL_FOLLOW_H
#define CRAWL_FOLLOW_H

#include <stdint.h>

#include "base/result.h"
#include "capture/writer_set.h"
#include "collection/provenance.h"
#include "crawl/recrawl.h"
#include "frontier/frontier.h"
#include "frontier/scope.h"
#include "http/http_message.h"
#include "web/url_rules.h"

struct follow;

/* `revisit` may be NULL as long as only follow_recovered() is called. */
MUST_CHECK enum result follow_new(struct follow **follow, struct frontier *frontier,
                                  struct scope *scope, struct recrawl *recrawl,
                                  const struct crawl_options *options, struct trouble *trouble);
void follow_free(struct follow *follow);

/* `body` may be gone afterwards.  Extracts the links of an answer, appends their lines to
 * capture->outlinks, offers those in scope. */
MUST_CHECK enum result follow_page(struct follow *follow, struct capture *capture,
                                   const struct http_head *head, struct text body,
                                   struct trouble *trouble);

/* The URL that a redirect leads to, offered with the visit's own kind and depth. */
MUST_CHECK enum result follow_redirect(struct follow *follow, struct capture *capture,
                                       const struct http_head *head, int64_t robots_for,
                                       struct trouble *trouble);

/* A page whose links are followed.  All is borrowed. */
struct follow_origin {
    const struct url *url;
    int64_t key;
    int depth;        /* as in struct visit */
    const char *hops; /* the same */
    enum visit_kind kind;
    int period; /* first day of the archive period whose chain it belongs to; 0: none */
};

/* Judges and offers again what a page's metadata record names. */
MUST_CHECK enum result follow_recovered(struct follow *follow, const struct follow_origin *origin,
                                        const struct provenance_record *provenance,
                                        struct trouble *trouble);

/* Whether a link met the rule, which is turned off. */
bool follow_met_rule(const struct follow *follow, enum url_rule rule);
/* How many links were not followed by that rule. */
uint64_t follow_refused(const struct follow *follow, enum url_rule rule);

#endif
