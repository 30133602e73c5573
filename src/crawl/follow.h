/*
 * From a page to the frontier.  Every link goes through the same sequence of rules, and is offered
 * if none of them leaves it out.  The links found are written down for the metadata record.  When
 * the store is lost, follow_recovered() puts these lines through the same rules again.
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
#include "frontier/visit_judge.h"
#include "http/http_message.h"
#include "links/page_reader.h"
#include "traps/detector.h"
#include "web/url_rules.h"

struct follow;
struct limit_ledger; /* web/limit.h */

/* `recrawl` may be NULL if only follow_recovered() is called. */
MUST_CHECK enum result follow_new(struct follow **follow, struct frontier *frontier,
                                  struct scope *scope, struct recrawl *recrawl,
                                  const struct crawl_options *options, struct trouble *trouble);
void follow_free(struct follow *follow);

/* The user gives cookies, header lines or a password. From now on, URLs that would end that
 * session are left out. */
void follow_keep_session(struct follow *follow);

/* What follow_page() will want of a response's body, as far as its head tells.  It refers to the
 * capture. */
struct page_ahead follow_page_ahead(struct follow *follow, const struct capture *capture,
                                    const struct http_head *head);
/* Extracts the links of a response, appends their lines to capture->outlinks, and offers those in
 * scope.  `body` may be invalid afterwards. */
MUST_CHECK enum result follow_page(struct follow *follow, struct capture *capture,
                                   const struct http_head *head, struct text body,
                                   struct trouble *trouble);

/* Offers the URL that a redirect leads to, with the visit's own kind and depth. `rules_of`: of a
 * robots.txt, the host that was asked for its rules; otherwise empty. END: it leads nowhere. */
MUST_CHECK enum result follow_redirect(struct follow *follow, struct capture *capture,
                                       const struct http_head *head, struct text rules_of,
                                       struct trouble *trouble);

/* A page whose links are followed.  Everything is borrowed. */
struct follow_origin {
    const struct url *url;
    int64_t key;
    int depth;        /* as in struct visit */
    const char *hops; /* the same */
    enum visit_kind kind;
    int period; /* first day of the date archive's period, if the page belongs to one; 0: none */
    struct text rules_of; /* of a robots.txt: the host that was asked for its rules */
    /* The store knows its links, but the options may have changed. What pages showed to be a
     * trap stays left out. */
    bool again;
};

/* Judges and offers again what a page's metadata record names. */
MUST_CHECK enum result follow_recovered(struct follow *follow, const struct follow_origin *origin,
                                        const struct provenance_record *provenance,
                                        struct trouble *trouble);

/* The rule that leaves out a visit, also of a known URL, because it would end the user's session.
 */
enum url_rule follow_judge_session(struct follow *follow, const struct visit *visit);
/* Judges a visit that is about to be requested for the first time, with what pages have shown since
 * it was offered. Unless a rule is given, or it has to wait for a request that is running,
 * follow_end_turn() is called when the request has ended. */
struct trap_turn follow_judge_turn(struct follow *follow, const struct visit *visit);
void follow_end_turn(struct follow *follow, int64_t key);

/* What reads the bodies of responses: their links come from there.  It is borrowed. */
void follow_use_reader(struct follow *follow, struct page_reader *reader);

/* From now on, follow_refused() also counts what the judge leaves out.  It is borrowed. */
void follow_use_judge(struct follow *follow, const struct visit_judge *judge);

/* Whether a link met the rule, which is turned off. */
bool follow_met_rule(const struct follow *follow, enum url_rule rule);
/* How many links the rule left out, and how many URLs that waited. */
uint64_t follow_refused(const struct follow *follow, enum url_rule rule);

/* What limits have cut: what follow left out, and what the run notes besides. */
struct limit_ledger *follow_limits(struct follow *follow);

#endif
