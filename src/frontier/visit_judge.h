/*
 * Judges URLs of the queue by the options of this run.  Links are judged when their page is read,
 * by the options of that run; a URL in the queue may wait for a later run, which has others.
 */
#ifndef FRONTIER_VISIT_JUDGE_H
#define FRONTIER_VISIT_JUDGE_H

#include <stdint.h>

#include "base/result.h"
#include "frontier/scope.h"
#include "store/store.h"
#include "web/url_rules.h"

struct visit_judge;

/* Borrows everything.  `rules_off`: those that leave nothing out. */
MUST_CHECK enum result visit_judge_new(struct visit_judge **judge, struct store *store,
                                       const struct scope *scope,
                                       const struct url_rule_set *rules_off,
                                       struct trouble *trouble);
void visit_judge_free(struct visit_judge *judge);

/* Names a seed that the user gave for this run.  No option leaves it or the target of its
 * redirect out. A seed of an earlier run can be left out by --exclude. */
MUST_CHECK enum result visit_judge_add_seed(struct visit_judge *judge, int64_t key,
                                            struct trouble *trouble);

/* *rule gets the rule that leaves the visit out, URL_RULE_NONE when none does.  A redirect is
 * judged by the link that led to it.  robots.txt is not asked.  What only the contents of pages can
 * tell is not judged again. */
MUST_CHECK enum result visit_judge_rule(struct visit_judge *judge, const struct visit *visit,
                                        enum url_rule *rule, struct trouble *trouble);

/* Judges, and takes the visit out of the queue if a rule leaves it out: the store notes the rule,
 * and visit_judge_left_out() counts it. */
MUST_CHECK enum result visit_judge_apply(struct visit_judge *judge, const struct visit *visit,
                                         enum url_rule *rule, struct trouble *trouble);
/* Takes a visit out of the queue because of a rule that the caller knows of, as above. */
MUST_CHECK enum result visit_judge_leave_out(struct visit_judge *judge, const struct visit *visit,
                                             enum url_rule rule, struct trouble *trouble);
/* Notes whether a possible part, named by the page `via`, was there. */
void visit_judge_note_part(struct visit_judge *judge, struct text via, struct text url, bool there);
/* How many visits the rule has left out so far. */
uint64_t visit_judge_left_out(const struct visit_judge *judge, enum url_rule rule);

#endif
