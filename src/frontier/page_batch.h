/*
 * What one page names, gathered while its links are read and written to the store together: URLs to
 * visit, URLs that its lists name, URLs that a rule leaves out.  Texts are copied.
 */
#ifndef FRONTIER_PAGE_BATCH_H
#define FRONTIER_PAGE_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "store/store.h"

enum {
    /* of each kind; then the batch is written, and the page goes on */
    PAGE_BATCH_MOST = 128,
    PAGE_BATCH_TEXT_BYTES = 128 * 1024 /* room for at least one URL */
};

struct page_batch {
    struct visit visits[PAGE_BATCH_MOST];
    bool are_new[PAGE_BATCH_MOST]; /* set by page_batch_write() */
    struct listed_url listed[PAGE_BATCH_MOST];
    struct left_out_url left_out[PAGE_BATCH_MOST];
    size_t visit_count, listed_count, left_out_count;
    size_t text_length;
    char text[PAGE_BATCH_TEXT_BYTES];
};

bool page_batch_is_empty(const struct page_batch *batch);
/* Whether there is room for one more of each kind, with a URL of this length. */
bool page_batch_has_room(const struct page_batch *batch, size_t url_length);
void page_batch_clear(struct page_batch *batch);

/* There must be room: page_batch_has_room(). */
void page_batch_offer(struct page_batch *batch, const struct visit *visit);
void page_batch_list(struct page_batch *batch, struct listed_url listed);
void page_batch_leave_out(struct page_batch *batch, const struct left_out_url *left_out);

/* Writes everything to the store.  The batch is not emptied, because the caller may want to know
 * which URLs were new.  Then call page_batch_clear(). */
MUST_CHECK enum result page_batch_write(struct page_batch *batch, struct store *store,
                                        struct trouble *trouble);

#endif
