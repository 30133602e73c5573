/*
 * The failures of a collection at the end of a round: which are new, which URLs are known dead
 * (known_dead.h), and which have come back.
 */
#ifndef CRAWL_FAILING_H
#define CRAWL_FAILING_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "frontier/scope.h"
#include "store/store.h"
#include "web/visit_kind.h"

struct failing {
    uint64_t known_dead[VISIT_KINDS]; /* of the collection */
    uint64_t newly_dead;              /* known dead since this round */
    uint64_t came_back;               /* answered again, after rounds in which they failed */
    struct buf back;                  /* their URLs: JSON strings, separated by ", " */
};

void failing_init(struct failing *failing);
void failing_release(struct failing *failing);

/* A round that began at `round_ms` is over. Counts it for every URL that failed in it, and forgets
 * the failures of URLs that got a response.  Called twice for a round, it counts it once. */
MUST_CHECK enum result failing_settle(struct failing *failing, struct store *store,
                                      const struct scope *scope, int64_t round_ms,
                                      struct trouble *trouble);

/* Counts the URLs that are known dead. */
MUST_CHECK enum result failing_count(struct failing *failing, struct store *store,
                                     struct trouble *trouble);

/* How many are known dead, guessed URLs and robots.txt aside. */
uint64_t failing_known_dead(const struct failing *failing);

/* Appends two members of a JSON object: "known_dead": [...], "came_back": [...]. */
MUST_CHECK enum result failing_json(const struct failing *failing, struct store *store,
                                    struct buf *out, struct trouble *trouble);
/* Appends the members of a failed URL. */
void failing_json_visit(const struct listed_visit *visit, struct buf *out);

/* For a store that was rebuilt from the archive: reads from the newest JSON in the directory `runs`
 * what it says of failures.  URLs that the store does not know as answered are failed again, with
 * their history.  `words` gets a sentence about it; none when none had failed. */
enum { FAILING_WORDS = 512 };
MUST_CHECK enum result failing_recall(struct store *store, const char *runs,
                                      char words[FAILING_WORDS], struct trouble *trouble);

#endif
