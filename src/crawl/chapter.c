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
    int64_t neighbour_keys[NEIGHBOURS_MOST];
    bool fronts[NEIGHBOURS_MOST]; /* it is a front page, and no page of the row */
    size_t neighbour_count;
    int64_t via;    /* the page on which it was found; 0: none */
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

/* Reads what a neighbour names; one that was never read as a list is none. */
static enum result add_neighbour(struct chapter_row *row, int64_t key, bool front)
{
    size_t at = row->neighbour_count;
    for (size_t i = 0; i < at; i++)
        if (row->neighbour_keys[i] == key)
            return RESULT_OK;
    enum result result =
        at < NEIGHBOURS_MOST ? read_names(row, key, &row->neighbours[at]) : RESULT_END;
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    row->neighbour_keys[at] = key;
    row->fronts[at] = front;
    row->neighbour_count++;
    return RESULT_OK;
}

/* The page on which it was found is a neighbour, too: the last of a row without links back has no
 * other. */
static enum result add_via(struct chapter_row *row, int64_t page)
{
    struct provenance provenance;
    struct url_history history;
    struct url via;
    struct buf texts, key;
    url_init(&via);
    buf_init(&texts, 4 * URL_LONGEST);
    buf_init(&key, 2 * URL_LONGEST);
    enum result result =
        recrawl_state_provenance(row->store->recrawl, page, &provenance, &texts, row->trouble);
    if (result == RESULT_OK && url_parse(&via, provenance.via, NULL, TEXT("")) == URL_OK) {
        url_write_seen_key(&via, &key);
        row->via = buf_ok(&key) ? store_key(row->store, buf_text(&key)) : 0;
        result = history_of(row, row->via, &history);
        if (result == RESULT_OK)
            result = add_neighbour(row, row->via, history.kind == VISIT_SEED);
    }
    buf_release(&key);
    buf_release(&texts);
    url_release(&via);
    return result == RESULT_END ? RESULT_OK : result;
}

/* Adds the pages of rows, and the front pages, that `names` has. */
static enum result add_named(struct chapter_row *row, const struct buf *names, int64_t page)
{
    enum result result = RESULT_OK;
    for (size_t i = 0;
         i < count_of(names) && result == RESULT_OK && row->neighbour_count < NEIGHBOURS_MOST;
         i++) {
        struct url_history history;
        int64_t key = key_at(names, i);
        if (key == page || key == row->via)
            continue;
        result = history_of(row, key, &history);
        if (result == RESULT_END)
            result = RESULT_OK;
        else if (result == RESULT_OK && (history.kind == VISIT_PAGER || history.kind == VISIT_SEED))
            result = add_neighbour(row, key, history.kind == VISIT_SEED);
    }
    return result;
}

static size_t count_in_row(const struct chapter_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->neighbour_count; i++)
        count += !row->fronts[i];
    return count;
}

/* Reads what the neighbours name.  At the end of a row, one more is looked for. */
static enum result read_neighbours(struct chapter_row *row, int64_t page)
{
    enum result result = add_via(row, page);
    if (result == RESULT_OK)
        result = add_named(row, &row->names, page);
    for (size_t i = 0; result == RESULT_OK && i < row->neighbour_count && count_in_row(row) == 1;
         i++)
        if (!row->fronts[i])
            result = add_named(row, &row->neighbours[i], page);
    return result;
}

/* Whether the page that is named comes next, or before. */
static bool is_one_apart(struct text url, struct text named)
{
    struct url one, other;
    url_init(&one);
    url_init(&other);
    bool apart = url_parse(&one, url, NULL, TEXT("")) == URL_OK &&
                 url_parse(&other, named, NULL, TEXT("")) == URL_OK &&
                 pager_url_is_one_apart(&one, &other);
    url_release(&one);
    url_release(&other);
    return apart;
}

/* Whether the page is named by a front page, or by most of the row.  The entries of a list move
 * from one of its pages to the next, so one that names it, too, tells nothing. */
static bool is_of_all(const struct chapter_row *row, int64_t key)
{
    size_t naming = 0;
    for (size_t i = 0; i < row->neighbour_count; i++) {
        bool names = names_key(&row->neighbours[i], key);
        if (names && row->fronts[i])
            return true;
        naming += names;
    }
    return 2 * naming > count_in_row(row);
}

/* Whether the page names it alone, and it is neither of the row nor below `url`. */
static bool is_own(const struct chapter_row *row, int64_t key, struct text url)
{
    struct text named = buf_text(&row->url), base = url;
    if (key == row->via || is_one_apart(url, named))
        return false;
    while (base.length && base.at[base.length - 1] == '/')
        base.length--;
    if (text_starts(named, base) && named.length > base.length &&
        strchr("/?", named.at[base.length]))
        return false;
    return !is_of_all(row, key);
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
    if (result == RESULT_OK)
        result = names_others(&row, url, &others);
    bool memory = buf_ok(&row.names) && buf_ok(&row.url);
    row_release(&row);
    if (!memory)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to compare the pages of a row");
    *is_chapter = result == RESULT_OK && !others;
    return result == RESULT_END ? RESULT_OK : result;
}
