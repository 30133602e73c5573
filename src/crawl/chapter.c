/* Tells chapters from pages of pagination, by what the pages of a numbered row name. */
#include <config.h>

#include "crawl/chapter.h"

#include <string.h>

#include "series/pager_url.h"
#include "web/path_segments.h"
#include "web/url.h"

enum {
    NAMES_BYTES = 1 << 26,
    NAMED_MOST = 1000,   /* a page that names more is a list */
    NEIGHBOURS_MOST = 8, /* first, previous, next, last, and the front page */
};

struct chapter_row {
    struct store *store;
    struct trouble *trouble;
    struct buf names;                       /* of the page: keys, as in recrawl_state.h */
    struct buf neighbours[NEIGHBOURS_MOST]; /* what each of them names */
    size_t neighbour_count;
    struct buf url; /* of a page that is named */
};

static void row_init(struct chapter_row *row, struct store *store, struct trouble *trouble)
{
    *row = (struct chapter_row){.store = store, .trouble = trouble};
    buf_init(&row->names, NAMES_BYTES);
    buf_init(&row->url, 4 * URL_LONGEST);
    for (size_t i = 0; i < NEIGHBOURS_MOST; i++)
        buf_init(&row->neighbours[i], NAMES_BYTES);
}

static void row_release(struct chapter_row *row)
{
    buf_release(&row->names);
    buf_release(&row->url);
    for (size_t i = 0; i < NEIGHBOURS_MOST; i++)
        buf_release(&row->neighbours[i]);
}

static size_t count_of(const struct buf *names)
{
    return names->length / sizeof(int64_t);
}

static int64_t key_at(const struct buf *names, size_t at)
{
    int64_t key;
    memcpy(&key, names->data + at * sizeof key, sizeof key);
    return key;
}

static bool names_key(const struct buf *names, int64_t key)
{
    for (size_t i = 0; i < count_of(names); i++)
        if (key_at(names, i) == key)
            return true;
    return false;
}

/* END: the page is not known, or was never read as a list. */
static enum result read_names(const struct chapter_row *row, int64_t key, struct buf *names)
{
    buf_clear(names);
    return recrawl_state_list_names(row->store->recrawl, key, names, row->trouble);
}

static enum result history_of(struct chapter_row *row, int64_t key, struct url_history *history)
{
    buf_clear(&row->url);
    return recrawl_state_history(row->store->recrawl, key, history, &row->url, row->trouble);
}

/* Reads what the neighbours name: the pages of rows, and the front pages, that the page names. */
static enum result read_neighbours(struct chapter_row *row, int64_t page)
{
    for (size_t i = 0; i < count_of(&row->names) && row->neighbour_count < NEIGHBOURS_MOST; i++) {
        struct url_history history;
        int64_t key = key_at(&row->names, i);
        enum result result = key == page ? RESULT_END : history_of(row, key, &history);
        if (result == RESULT_OK && history.kind != VISIT_PAGER && history.kind != VISIT_SEED)
            continue;
        if (result == RESULT_OK)
            result = read_names(row, key, &row->neighbours[row->neighbour_count]);
        if (result == RESULT_OK)
            row->neighbour_count++;
        else if (result != RESULT_END)
            return result;
    }
    return RESULT_OK;
}

/* Whether no neighbour names the page, and it lies not below `url`. */
static bool is_own(const struct chapter_row *row, int64_t key, struct text url)
{
    struct text named = buf_text(&row->url), base = url;
    while (base.length && base.at[base.length - 1] == '/')
        base.length--;
    if (text_starts(named, base) && named.length > base.length &&
        strchr("/?", named.at[base.length]))
        return false;
    for (size_t i = 0; i < row->neighbour_count; i++)
        if (names_key(&row->neighbours[i], key))
            return false;
    return true;
}

/* Whether the page names any page that its neighbours do not name. */
static enum result names_others(struct chapter_row *row, struct text url, bool *others)
{
    *others = false;
    for (size_t i = 0; i < count_of(&row->names) && !*others; i++) {
        struct url_history history;
        int64_t key = key_at(&row->names, i);
        enum result result = history_of(row, key, &history);
        if (result != RESULT_OK && result != RESULT_END)
            return result;
        *others = result == RESULT_OK && history.kind == VISIT_PAGE && is_own(row, key, url);
    }
    return RESULT_OK;
}

static bool counts_pages(struct text text)
{
    struct path_segments segments;
    struct url url;
    url_init(&url);
    bool counts = true;
    if (url_parse(&url, text, NULL, TEXT("")) == URL_OK) {
        path_segments_split(&segments, url_path(&url));
        counts = pager_url_query(url_query(&url)) || pager_url_path(&segments) == PAGE_NAMED;
    }
    url_release(&url);
    return counts;
}

enum result chapter_judge(struct store *store, int64_t key, struct text url, bool *is_chapter,
                          struct trouble *trouble)
{
    struct chapter_row row;
    bool others = true;
    *is_chapter = false;
    if (counts_pages(url))
        return RESULT_OK;
    row_init(&row, store, trouble);
    enum result result = read_names(&row, key, &row.names);
    if (result == RESULT_OK && count_of(&row.names) <= NAMED_MOST)
        result = read_neighbours(&row, key);
    if (result == RESULT_OK && row.neighbour_count)
        result = names_others(&row, url, &others);
    bool memory = buf_ok(&row.names) && buf_ok(&row.url);
    row_release(&row);
    if (!memory)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to compare the pages of a row");
    *is_chapter = result == RESULT_OK && !others;
    return result == RESULT_END ? RESULT_OK : result;
}
