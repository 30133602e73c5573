/* The store in memory: tables that can be rolled back, and what all contracts do with them. */
#include <config.h>

#include "store/memory_store.h"

#include <stdlib.h>

#include "base/entropy.h"
#include "store/memory_store_internal.h"

/* ---- records ---- */

const void *memory_at(const struct memory_store *store, enum memory_table_name table, int64_t key)
{
    const struct memory_record *record = memory_find(&store->tables, table, MEMORY_BYTES(key));
    return record ? record->value.at : NULL;
}

enum result memory_no_room(struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN, "no memory for the store");
}

enum result memory_keep(struct memory_store *store, enum memory_table_name table, struct text key,
                        const struct text *parts, size_t count, struct trouble *trouble)
{
    return memory_put(&store->tables, table, key, parts, count) ? RESULT_OK
                                                                : memory_no_room(trouble);
}

enum result memory_keep_at(struct memory_store *store, enum memory_table_name table, int64_t key,
                           struct text value, struct trouble *trouble)
{
    return memory_keep(store, table, MEMORY_BYTES(key), &value, 1, trouble);
}

enum result memory_copy_texts(struct text *texts, size_t count, struct buf *out,
                              struct trouble *trouble)
{
    buf_clear(out);
    for (size_t i = 0; i < count; i++)
        buf_add_text(out, texts[i]);
    if (!buf_ok(out))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the content of the store");
    struct text all = buf_text(out);
    for (size_t i = 0; i < count; i++) {
        texts[i] = text_first(all, texts[i].length);
        all = text_skip(all, texts[i].length);
    }
    return RESULT_OK;
}

struct text memory_visit_url(const struct memory_visit *visit)
{
    return (struct text){(const char *)(visit + 1), visit->url_length};
}

struct text memory_visit_reason(const struct memory_record *record)
{
    const struct memory_visit *visit = (const void *)record->value.at;
    return text_skip(record->value, sizeof *visit + visit->url_length);
}

enum result memory_keep_visit(struct memory_store *store, const struct memory_visit *visit,
                              struct text url, struct text reason, struct trouble *trouble)
{
    struct memory_visit fixed = *visit;
    fixed.url_length = url.length;
    const struct text parts[] = {MEMORY_BYTES(fixed), url, reason};
    return memory_keep(store, MEMORY_VISITS, MEMORY_BYTES(fixed.key), parts, 3, trouble);
}

/* ---- committing ---- */

static enum result commit(struct store *base, struct trouble *trouble)
{
    (void)trouble;
    memory_commit(&MEMORY_STORE_OF(base, store)->tables);
    return RESULT_OK;
}

static void roll_back(struct store *base)
{
    struct memory_store *store = MEMORY_STORE_OF(base, store);
    memory_roll_back(&store->tables);
    seen_keys_clear(store->queue.seen);
}

static void close_store(struct store *base)
{
    struct memory_store *store = MEMORY_STORE_OF(base, store);
    memory_tables_release(&store->tables);
    seen_keys_free(store->queue.seen);
    free(store);
}

static const struct store_ops store_ops = {
    .commit = commit,
    .commit_durably = commit, /* no power cut leaves anything of it */
    .roll_back = roll_back,
    .close = close_store,
};

enum result memory_store_open(struct store **out, int64_t owner, struct trouble *trouble)
{
    struct memory_store *store = calloc(1, sizeof *store);
    *out = NULL;
    if (!store)
        return memory_no_room(trouble);
    store->store = (struct store){.ops = &store_ops,
                                  .queue = &store->queue,
                                  .known = &store->known,
                                  .hosts = &store->hosts,
                                  .recrawl = &store->recrawl,
                                  .completeness = &store->completeness,
                                  .site_counts = &store->site_counts,
                                  .progress = &store->progress,
                                  .failures = &store->failures,
                                  .is_new = true};
    entropy_fill(&store->store.hash_key, sizeof store->store.hash_key);
    store->queue = (struct queue){&memory_queue_ops, seen_keys_new(), owner};
    store->known.ops = &memory_known_urls_ops;
    store->hosts.ops = &memory_hosts_ops;
    store->recrawl.ops = &memory_recrawl_ops;
    store->completeness.ops = &memory_completeness_ops;
    store->site_counts.ops = &memory_site_counts_ops;
    store->progress.ops = &memory_progress_ops;
    store->failures.ops = &memory_failure_ops;
    store->next_host = 1;
    if (!memory_tables_init(&store->tables, MEMORY_TABLES) || !store->queue.seen) {
        close_store(&store->store);
        return memory_no_room(trouble);
    }
    *out = &store->store;
    return RESULT_OK;
}
