/* How far the crawl has come, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

static struct memory_store *store_of(struct progress_state *state)
{
    return MEMORY_STORE_OF(state, progress);
}

/* ---- WARC files ---- */

static struct file_progress file_of(const struct memory_record *record)
{
    struct file_progress file = {0, 0};
    if (record)
        memcpy(&file, record->value.at, sizeof file);
    return file;
}

static enum result file(struct progress_state *state, const char *name, struct file_progress *file,
                        struct trouble *trouble)
{
    (void)trouble;
    *file = file_of(memory_find(&store_of(state)->tables, MEMORY_FILES, text_of(name)));
    return RESULT_OK;
}

static enum result keep_file(struct progress_state *state, const char *name,
                             struct file_progress file, struct trouble *trouble)
{
    struct memory_store *store = store_of(state);
    struct file_progress known = file_of(memory_find(&store->tables, MEMORY_FILES, text_of(name)));
    if (file.known_bytes != FILE_AS_IT_WAS)
        known.known_bytes = file.known_bytes;
    if (file.indexed_bytes != FILE_AS_IT_WAS)
        known.indexed_bytes = file.indexed_bytes;
    const struct text value = MEMORY_BYTES(known);
    return memory_keep(store, MEMORY_FILES, text_of(name), &value, 1, trouble);
}

static enum result each_file(struct progress_state *state,
                             void (*each)(void *context, struct text name), void *context,
                             struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(state)->tables, MEMORY_FILES, memory_by_key);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++)
        if (file_of(records[i]).known_bytes > 0)
            each(context, records[i]->key);
    free(records);
    return RESULT_OK;
}

/* ---- unreported changes ---- */

static enum result note_change(struct progress_state *state, const struct untold_change *change,
                               struct trouble *trouble)
{
    struct memory_store *store = store_of(state);
    int64_t number = store->next_change++;
    const struct memory_change fixed = {change->change, change->kind, change->url.length};
    const struct text parts[] = {MEMORY_BYTES(fixed), change->url, change->target};
    return memory_keep(store, MEMORY_CHANGES, MEMORY_BYTES(number), parts, 3, trouble);
}

static int as_noted(const struct memory_record *a, const struct memory_record *b)
{
    int64_t one, other;
    memcpy(&one, a->key.at, sizeof one);
    memcpy(&other, b->key.at, sizeof other);
    return (one > other) - (one < other);
}

static enum result each_change(struct progress_state *state,
                               void (*each)(void *context, const struct untold_change *change),
                               void *context, struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(state)->tables, MEMORY_CHANGES, as_noted);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++) {
        const struct memory_change *fixed = (const void *)records[i]->value.at;
        struct text texts = text_skip(records[i]->value, sizeof *fixed);
        const struct untold_change change = {.change = fixed->change,
                                             .kind = fixed->kind,
                                             .url = text_first(texts, fixed->url_length),
                                             .target = text_skip(texts, fixed->url_length)};
        each(context, &change);
    }
    free(records);
    return RESULT_OK;
}

static enum result forget_changes(struct progress_state *state, struct trouble *trouble)
{
    struct memory_tables *tables = &store_of(state)->tables;
    for (const struct memory_record *record = NULL;
         (record = memory_next(tables, MEMORY_CHANGES, record));)
        if (!memory_remove(tables, MEMORY_CHANGES, record->key))
            return memory_no_room(trouble);
    return RESULT_OK;
}

/* ---- numbers ---- */

int64_t memory_number(const struct memory_store *store, const char *name)
{
    int64_t number = 0;
    const struct memory_record *record = memory_find(&store->tables, MEMORY_NUMBERS, text_of(name));
    if (record)
        memcpy(&number, record->value.at, sizeof number);
    return number;
}

static enum result number(struct progress_state *state, const char *name, int64_t *number,
                          struct trouble *trouble)
{
    (void)trouble;
    *number = memory_number(store_of(state), name);
    return RESULT_OK;
}

static enum result set_number(struct progress_state *state, const char *name, int64_t number,
                              struct trouble *trouble)
{
    const struct text value = MEMORY_BYTES(number);
    return memory_keep(store_of(state), MEMORY_NUMBERS, text_of(name), &value, 1, trouble);
}

static enum result add_number(struct progress_state *state, const char *name, int64_t more,
                              struct trouble *trouble)
{
    return set_number(state, name, memory_number(store_of(state), name) + more, trouble);
}

static enum result raise_number(struct progress_state *state, const char *name, int64_t least,
                                struct trouble *trouble)
{
    return memory_number(store_of(state), name) >= least ? RESULT_OK
                                                         : set_number(state, name, least, trouble);
}

const struct progress_state_ops memory_progress_ops = {
    .file = file,
    .keep_file = keep_file,
    .each_file = each_file,
    .note_change = note_change,
    .each_change = each_change,
    .forget_changes = forget_changes,
    .number = number,
    .set_number = set_number,
    .add_number = add_number,
    .raise_number = raise_number,
};
