#include <config.h>

#include "crawl/completeness_read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "series/series_key.h"

enum { GAPS_MOST = 1000000 };

static const enum visit_kind kinds[LIST_SOURCES] = {VISIT_PAGER, VISIT_ARCHIVE, VISIT_FEED,
                                                    VISIT_SITEMAP};

static void count_page(void *context, const struct listed_visit *page)
{
    struct completeness *completeness = context;
    struct url url;
    url_init(&url);
    if (url_parse(&url, page->url, NULL, TEXT("")) == URL_OK)
        archive_counts_page(&completeness->archive_counts, &url);
    url_release(&url);
}

static void count_period(void *context, int first_day, int posts)
{
    struct completeness *completeness = context;
    archive_counts_list(&completeness->archive_counts, first_day, posts);
}

/* ---- rows of pages ---- */

struct row {
    uint64_t family; /* hash of its name */
    uint64_t told, captured;
};

struct rows {
    struct row *list;
    size_t count, most;
};

static const struct hash_key row_key = {0x726f77, 0}; /* within this run only */

static void add_row(void *context, struct text family, int pages)
{
    struct rows *rows = context;
    if (rows->count < rows->most)
        rows->list[rows->count++] =
            (struct row){.family = hash_text(&row_key, family), .told = (uint64_t)pages};
}

static void count_row(void *context, struct text family, int pages)
{
    (void)family;
    (void)pages;
    ((struct rows *)context)->most++;
}

static void count_row_page(void *context, const struct listed_visit *page)
{
    struct rows *rows = context;
    struct url url;
    struct buf name;
    url_init(&url);
    buf_init(&name, 2 * URL_LONGEST);
    if (url_parse(&url, page->url, NULL, TEXT("")) == URL_OK) {
        series_key_write(&url, 0, &name);
        uint64_t family = hash_text(&row_key, buf_text(&name));
        for (size_t i = 0; i < rows->count; i++)
            rows->list[i].captured += rows->list[i].family == family;
    }
    url_release(&url);
    buf_release(&name);
}

/* The first page of a row mostly stands under an address of its own ("/blog/"), so one may seem to
 * be missing. */
static enum result read_rows(struct completeness *completeness, struct store *store,
                             struct trouble *trouble)
{
    struct rows rows = {.count = 0};
    enum result result =
        completeness_each_row_pages(store->completeness, count_row, &rows, trouble);
    if (result != RESULT_OK || !rows.most)
        return result;
    rows.list = calloc(rows.most, sizeof *rows.list);
    if (!rows.list)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the ledger");
    result = completeness_each_row_pages(store->completeness, add_row, &rows, trouble);
    if (result == RESULT_OK)
        result = queue_each(store->queue, LISTING_PAGERS, INT_MAX, count_row_page, &rows, trouble);
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.list[i];
        completeness->told += row->told;
        completeness->told_captured +=
            row->captured + 1 < row->told ? row->captured + 1 : row->told;
    }
    free(rows.list);
    return result;
}

/* A site that turns us away, or is not there, lists nothing: that makes no complete capture of it.
 */
static void note_seen(void *context, const struct url_history *history)
{
    bool *unseen = context;
    bool page = history->kind == VISIT_SEED || history->kind == VISIT_PAGE ||
                history->kind == VISIT_PAGER || history->kind == VISIT_ARCHIVE;
    if (page && history->state == STATE_CAPTURED &&
        (history->status / 100 == 2 || history->status == 304))
        *unseen = false;
}

/* ---- reading ---- */

static uint64_t known(const uint64_t counts[STATE_COUNT])
{
    return counts[STATE_WAITING] + counts[STATE_CAPTURED] + counts[STATE_FAILED] +
           counts[STATE_EXCLUDED];
}

enum result completeness_read(struct completeness *completeness, struct store *store,
                              uint64_t counts[VISIT_KINDS][STATE_COUNT], struct trouble *trouble)
{
    struct listed_counts counted;
    memset(completeness, 0, sizeof *completeness);
    enum result result = completeness_count_listed(store->completeness, &counted, trouble);
    for (int i = 0; result == RESULT_OK && i < LIST_SOURCES; i++) {
        const uint64_t *lists = counts[kinds[i]], *listed = counted.by_state[i],
                       left_out = counted.left_out[i];
        completeness->lines[i] =
            (struct completeness_line){.lists = known(lists),
                                       .lists_captured = lists[STATE_CAPTURED],
                                       .lists_closed = lists[STATE_EXCLUDED],
                                       .named = known(listed) + left_out,
                                       .captured = listed[STATE_CAPTURED],
                                       .closed = listed[STATE_EXCLUDED],
                                       .left_out = left_out,
                                       .missing = listed[STATE_FAILED] + listed[STATE_WAITING]};
    }
    if (result == RESULT_OK)
        result = completeness_each_archive_count(store->completeness, count_period, completeness,
                                                 trouble);
    if (result == RESULT_OK)
        result =
            queue_each(store->queue, LISTING_PAGES, INT_MAX, count_page, completeness, trouble);
    if (result == RESULT_OK)
        result = read_rows(completeness, store, trouble);
    completeness->unseen = true;
    if (result == RESULT_OK)
        result = recrawl_state_each_history(store->recrawl, NULL, 0, note_seen,
                                            &completeness->unseen, trouble);
    int64_t entries = 0;
    if (result == RESULT_OK)
        result = progress_number(store->progress, "feed_entries", &entries, trouble);
    completeness->entries = (uint64_t)entries;
    completeness->pages = counts[VISIT_PAGE][STATE_CAPTURED];
    if (result == RESULT_OK)
        completeness_judge(completeness);
    return result;
}

/* ---- telling ---- */

static void json_gap(void *context, enum list_source source, struct text url, struct text reason)
{
    struct buf *out = context;
    buf_add(out, out->data[out->length - 1] == '[' ? "" : ", ");
    buf_printf(out, "{\"list\": \"%s\", \"url\": ", list_source_name(source));
    json_write_string(out, url);
    buf_add(out, ", \"reason\": ");
    json_write_string(out, reason);
    buf_add(out, "}");
}

static void json_period(void *context, int first_day, int listed, int present)
{
    struct buf *out = context;
    buf_printf(out, "%s{\"period\": \"%04d", out->data[out->length - 1] == '[' ? "" : ", ",
               first_day / 10000);
    if (first_day / 100 % 100)
        buf_printf(out, "-%02d", first_day / 100 % 100);
    buf_printf(out, "\", \"promised\": %d, \"captured\": %d}", listed, present);
}

enum result completeness_json_whole(const struct completeness *completeness, struct store *store,
                                    struct buf *out, struct trouble *trouble)
{
    uint64_t listed, present;
    completeness_json(completeness, out);
    buf_add(out, ", \"gaps\": [");
    enum result result =
        completeness_each_gap(store->completeness, GAPS_MOST, json_gap, out, trouble);
    buf_add(out, "], \"short_periods\": [");
    if (completeness->archive_counts.comparable)
        archive_counts_compare(&completeness->archive_counts, &listed, &present, json_period, out);
    buf_add(out, "]");
    return result;
}
