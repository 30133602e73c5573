/* The seeds of a collection that no run has open. */
#include <config.h>

#include "crawl/known_seeds.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "collection/collection.h"
#include "crawl/reread.h"
#include "store/sqlite_store.h"

enum { SUMMARY_BYTES = 64 * 1024 * 1024, RECORDS_MOST = 10000 };

static enum result read_store(const struct collection *collection, struct url_list *list,
                              struct trouble *trouble)
{
    struct store *store;
    if (!disk_exists(collection->store) ||
        sqlite_store_open_to_read(&store, collection->store, trouble) != RESULT_OK)
        return RESULT_END;
    enum result result = url_list_read(list, store->known, LISTING_SEEDS, trouble);
    store_close(store);
    return result == RESULT_OK && !list->count ? RESULT_END : result;
}

/* ---- runs/ ---- */

/* The summaries are in the order of their names. */
static void keep_newest(void *context, const char *name)
{
    if (text_ends(text_of(name), TEXT(".json")) && strspn(name, "0123456789") == 14 &&
        strlen(name) == 19)
        memcpy(context, name, 20);
}

/* "seeds": ["http://a/", "http://b/"].  A URL has neither quotes nor backslashes. */
static enum result read_array(struct text json, struct url_list *list, struct trouble *trouble)
{
    static const char *const names[] = {"\"collection_seeds\": [", "\"seeds\": ["};
    struct text url;
    ptrdiff_t at = -1;
    for (size_t i = 0; at < 0 && i < sizeof names / sizeof *names; i++) {
        at = text_find(json, text_of(names[i]));
        json = at < 0 ? json : text_skip(json, (size_t)at + strlen(names[i]));
    }
    enum result result = at < 0 ? RESULT_END : RESULT_OK;
    while (result == RESULT_OK && text_starts(json, TEXT("\""))) {
        json = text_skip(json, 1);
        if (!text_split(&json, '"', &url))
            break;
        result = url_list_add(list, url, trouble);
        if (text_starts(json, TEXT(", ")))
            json = text_skip(json, 2);
    }
    return result == RESULT_OK && !list->count ? RESULT_END : result;
}

static enum result read_runs(const struct collection *collection, struct url_list *list,
                             struct trouble *trouble)
{
    char newest[32] = "", path[PATH_MAX];
    struct buf json;
    if (!disk_is_directory(collection->runs) ||
        disk_list(collection->runs, keep_newest, newest, trouble) != RESULT_OK || !newest[0])
        return RESULT_END;
    snprintf(path, sizeof path, "%s/%s", collection->runs, newest);
    buf_init(&json, SUMMARY_BYTES);
    enum result result = disk_read(path, &json, trouble) == RESULT_OK
                             ? read_array(buf_text(&json), list, trouble)
                             : RESULT_END;
    buf_release(&json);
    return result;
}

/* ---- archive/ ---- */

struct reading {
    struct url_list *list;
    int records;
};

/* Seeds are requested before other pages, but their responses may come later than those of some. */
static enum result take_seed(void *context, const struct recovered *recovered,
                             struct trouble *trouble)
{
    struct reading *reading = context;
    const struct provenance_record *provenance = &recovered->provenance;
    if (reading->records++ == RECORDS_MOST)
        return RESULT_END;
    return provenance->kind == VISIT_SEED && !provenance->hops.length
               ? url_list_add(reading->list, recovered->url, trouble)
               : RESULT_OK;
}

static enum result read_archive(const struct collection *collection, struct url_list *list,
                                struct trouble *trouble)
{
    const volatile sig_atomic_t never = 0;
    struct reading reading = {list, 0};
    enum result result = reread_metadata(collection, take_seed, &reading, &never, trouble);
    return (result == RESULT_OK || result == RESULT_END) && list->count ? RESULT_OK : RESULT_END;
}

enum result known_seeds_read(const char *directory, struct url_list *list, struct trouble *trouble)
{
    struct collection *collection = collection_new(directory);
    if (!collection)
        return trouble_say(trouble, RESULT_BROKEN, "no memory");
    enum result result = read_store(collection, list, trouble);
    if (result == RESULT_END)
        result = read_runs(collection, list, trouble);
    if (result == RESULT_END)
        result = read_archive(collection, list, trouble);
    collection_free(collection);
    return result;
}
