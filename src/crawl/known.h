/* What the archive holds of an address, and how an answer differs from it. */
#ifndef CRAWL_KNOWN_H
#define CRAWL_KNOWN_H

#include "archive/collection.h"
#include "archive/store.h"
#include "base/answer.h"
#include "crawl/changes.h"
#include "crawl/crawl.h"
#include "crawl/revisit.h"
#include "crawl/writers.h"
#include "http/http_message.h"

struct known;

/* All are borrowed.  `first`: the archive holds nothing yet, so nothing is looked up. */
enum answer known_new(struct known **known, struct store *store, struct revisit *revisit, const struct collection *collection,
                      const struct crawl_options *options, bool first, struct trouble *trouble);
void known_free(struct known *known);

/* Before the request: what is held goes to capture->before, and the request becomes conditional if it can. */
enum answer known_look_back(struct known *known, struct capture *capture, struct trouble *trouble);

/* With the answer: capture->same and ->change, and what the next run will ask with.  `body` is decoded. */
void known_compare(struct known *known, struct capture *capture, const struct http_head *head, struct text body);

/* Once the records are on the disk: what the archive holds from now on; the change is noted in `changes`. */
enum answer known_keep(struct known *known, struct capture *capture, struct changes *changes, struct trouble *trouble);

/* Whether it is a page: a whole document of text/html. */
bool known_is_page(const struct capture *capture, const struct http_head *head);

#endif
