/* Builds the completeness report (store/completeness.h) from the store of a crawl. */
#ifndef CRAWL_COMPLETENESS_READ_H
#define CRAWL_COMPLETENESS_READ_H

#include "base/buf.h"
#include "base/result.h"
#include "store/completeness.h"
#include "store/store.h"

/* Reads it from the store; counts[kind][state] are those of known_urls_count(), `waiting` is the
 * number of known_urls_count_waiting(). */
MUST_CHECK enum result completeness_read(struct completeness *completeness, struct store *store,
                                         uint64_t counts[VISIT_KINDS][STATE_COUNT],
                                         uint64_t waiting, struct trouble *trouble);

/* Appends members of a JSON object: the whole report, with every gap. */
MUST_CHECK enum result completeness_json_whole(const struct completeness *completeness,
                                               struct store *store, struct buf *out,
                                               struct trouble *trouble);

#endif
