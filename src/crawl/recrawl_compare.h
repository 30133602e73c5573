/* What the archive already has of a URL, and how a new response differs from it. */
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
struct slow_compare; /* crawl/slow_compare.h */

/* Everything is borrowed.  `first`: the archive is still empty, so nothing is looked up. */
MUST_CHECK enum result recrawl_compare_new(struct recrawl_compare **compare, struct store *store,
                                           struct recrawl *recrawl,
                                           const struct collection *collection,
                                           const struct crawl_options *options, bool first,
                                           struct trouble *trouble);
/* Asked while a large response is compared, here or in slices; see recrawl_compare_response(). */
void recrawl_compare_give_up_when(struct recrawl_compare *compare, struct give_up give_up);
/* What reads the bodies of responses and of the archive (links/page_reader.h).  Both are
 * borrowed. */
void recrawl_compare_use(struct recrawl_compare *compare, struct page_reader *responses,
                         struct page_reader *archive);
void recrawl_compare_free(struct recrawl_compare *compare);

/* Before the request: reads the last capture of the URL into capture->before.  The request becomes
 * conditional if the capture allows it. */
MUST_CHECK enum result recrawl_compare_load(struct recrawl_compare *compare,
                                            struct capture *capture, struct trouble *trouble);

/* Before recrawl_compare_response(), for a whole response: if comparing would take long, the
 * capture is taken, and slow_compare_slice() gives it back. */
bool recrawl_compare_defers(struct recrawl_compare *compare, struct capture *capture);
/* Where these captures wait.  Lives as long as `compare`. */
struct slow_compare *recrawl_compare_slow(struct recrawl_compare *compare);

/* Whether recrawl_compare_response() will compare what the page says, because its bytes are not the
 * same: it will ask for page_reader_fingerprint(). */
bool recrawl_compare_needs_text(struct recrawl_compare *compare, struct capture *capture,
                                const struct http_head *head);
/* With the response: sets capture->same and ->change, and keeps the validators that the next run
 * will send.  Its body is the one that was read last.  False: it was given up, and nothing is known
 * of the response. */
MUST_CHECK bool recrawl_compare_response(struct recrawl_compare *compare, struct capture *capture,
                                         const struct http_head *head);

/* Whether the payload of a whole response is the one that was captured last, with 200. */
bool recrawl_compare_is_same(struct recrawl_compare *compare, struct capture *capture,
                             const struct http_head *head);
/* Reads the body of the URL's last capture with 200 from the archive.  *body is decoded, and lives
 * until the archive is read again.  END: there is none, or it can't be read whole. */
MUST_CHECK enum result recrawl_compare_read_held(struct recrawl_compare *compare, int64_t key,
                                                 struct text *body, struct trouble *trouble);

/* Once the records are on disk: fills in *held, which the caller stores together with others.  It
 * points into the capture.  held->held stays as it was when there is nothing to keep.  The change
 * is noted in `changes`, and in the store until it has been reported. */
MUST_CHECK enum result recrawl_compare_keep(struct recrawl_compare *compare,
                                            struct capture *capture, struct changes *changes,
                                            struct held_entry *held, struct trouble *trouble);

/* Whether a response to a visit of this kind can be a page. */
bool recrawl_compare_may_be_page(enum visit_kind kind);
/* Whether the response is a page: a complete text/html document. */
bool recrawl_compare_is_page(const struct capture *capture, const struct http_head *head);

#endif
