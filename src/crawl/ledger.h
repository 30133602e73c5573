/* The ledger (archive/ledger.h) as the crawl's store knows it. */
#ifndef CRAWL_LEDGER_H
#define CRAWL_LEDGER_H

#include "archive/ledger.h"
#include "archive/store.h"
#include "base/buf.h"

/* Reads the ledger from the store; counts[kind][state] are those of store_count(). */
enum answer ledger_read(struct ledger *ledger, struct store *store, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                        struct trouble *trouble);

/* Members of a JSON object, whole, gap by gap. */
void ledger_json_whole(const struct ledger *ledger, struct store *store, struct buf *out);

#endif
