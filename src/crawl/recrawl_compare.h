/* What the archive holds of an address, and how an answer differs from it. */
#ifndef CRAWL_RECRAWL_COMPARE_H
#define CRAWL_RECRAWL_COMPARE_H

#include "base/result.h"
#include "capture/writer_set.h"
#include "collection/collection.h"
#include "crawl/changes.h"
#include "crawl/crawl.h"
#include "crawl/recrawl.h"
#include "http/http_message.h"
#include "store/store.h"

struct recrawl_compare;

/* All are borrowed.  `first`: the archive holds nothing yet, so nothing is looked up. */
MUST_CHECK enum result recrawl_compare_new(struct recrawl_compare **compare, struct store *store,
                                           struct recrawl *recrawl,
                                           const struct collection *collection,
                                           const struct crawl_options *options, bool first,
                                           struct trouble *trouble);
void recrawl_compare_free(struct recrawl_compare *compare);

/* Before the request: what is held goes to capture->before, and the request becomes conditional if
 * it can. */
MUST_CHECK enum result recrawl_compare_load(struct recrawl_compare *compare,
                                            struct capture *capture, struct trouble *trouble);

/* With the answer: capture->same and ->change, and what the next run will ask with.  `body` is
 * decoded. */
void recrawl_compare_response(struct recrawl_compare *compare, struct capture *capture,
                              const struct http_head *head, struct text body);

/* Once the records are on the disk: what the archive holds from now on, for the caller to keep with
 * others; it points into the capture, and held->held stays as it was where nothing is to be kept.
 * The change is noted in `changes`, and in the store until it is told. */
MUST_CHECK enum result recrawl_compare_keep(struct recrawl_compare *compare,
                                            struct capture *capture, struct changes *changes,
                                            struct held_entry *held, struct trouble *trouble);

/* Whether it is a page: a whole document of text/html. */
bool recrawl_compare_is_page(const struct capture *capture, const struct http_head *head);

#endif
