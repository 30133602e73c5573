/*
 * Rules for URLs that an earlier run had turned off, and that hold again in this one.  What waits
 * only because they were off is taken out of the queue. Nothing is requested for that: the metadata
 * records of the pages that name it say which rule would have left it out ("ruleOff",
 * "notFollowed").
 */
#ifndef CRAWL_RULES_ON_AGAIN_H
#define CRAWL_RULES_ON_AGAIN_H

#include <stdint.h>

#include "base/result.h"

struct crawl;

/* Notes in the store which rules this run turns off, for later runs. */
MUST_CHECK enum result rules_on_again_note(struct crawl *crawl);

/* Takes URLs out, and adds their number to *left_out.  Afterwards the links of all archived
 * pages must be judged again, because another page may name one of them for a good reason.  END,
 * with words, when the run was stopped. */
MUST_CHECK enum result rules_on_again_apply(struct crawl *crawl, uint64_t *left_out);

#endif
