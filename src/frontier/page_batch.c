/* What one page names, gathered for the store. */
#include <config.h>

#include "frontier/page_batch.h"

#include <string.h>

bool page_batch_is_empty(const struct page_batch *batch)
{
    return !batch->visit_count && !batch->listed_count && !batch->left_out_count;
}

bool page_batch_has_room(const struct page_batch *batch, size_t url_length)
{
    return batch->visit_count < PAGE_BATCH_MOST && batch->listed_count < PAGE_BATCH_MOST &&
           batch->left_out_count < PAGE_BATCH_MOST &&
           url_length <= PAGE_BATCH_TEXT_BYTES - batch->text_length;
}

void page_batch_clear(struct page_batch *batch)
{
    batch->visit_count = batch->listed_count = batch->left_out_count = batch->text_length = 0;
}

static struct text copy(struct page_batch *batch, struct text text)
{
    char *at = batch->text + batch->text_length;
    if (text.length)
        memcpy(at, text.at, text.length);
    batch->text_length += text.length;
    return (struct text){at, text.length};
}

void page_batch_offer(struct page_batch *batch, const struct visit *visit)
{
    struct visit *mine = &batch->visits[batch->visit_count++];
    *mine = *visit;
    mine->url = copy(batch, visit->url);
    mine->via = TEXT(""); /* the store has it under via_key */
}

void page_batch_list(struct page_batch *batch, struct listed_url listed)
{
    batch->listed[batch->listed_count++] = listed;
}

void page_batch_leave_out(struct page_batch *batch, const struct left_out_url *left_out)
{
    struct left_out_url *mine = &batch->left_out[batch->left_out_count++];
    *mine = *left_out;
    mine->url = copy(batch, left_out->url);
}

enum result page_batch_write(struct page_batch *batch, struct store *store, struct trouble *trouble)
{
    enum result result =
        queue_offer(store->queue, batch->visits, batch->visit_count, batch->are_new, trouble);
    if (result == RESULT_OK)
        result = completeness_note_listed(store->completeness, batch->listed, batch->listed_count,
                                          trouble);
    if (result == RESULT_OK)
        result = completeness_note_left_out(store->completeness, batch->left_out,
                                            batch->left_out_count, trouble);
    return result;
}
