/* What the site itself counts, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

static struct memory_store *store_of(struct site_counts *counts)
{
    return MEMORY_STORE_OF(counts, site_counts);
}

static int64_t number_of(struct text bytes)
{
    int64_t number;
    memcpy(&number, bytes.at, sizeof number);
    return number;
}

static enum result note_archive(struct site_counts *counts, int period, int posts,
                                struct trouble *trouble)
{
    int64_t number = posts;
    return memory_keep_at(store_of(counts), MEMORY_ARCHIVE_COUNTS, period, MEMORY_BYTES(number),
                          trouble);
}

static int by_number(const struct memory_record *a, const struct memory_record *b)
{
    int64_t one = number_of(a->key), other = number_of(b->key);
    return (one > other) - (one < other);
}

static enum result each_archive(struct site_counts *counts,
                                void (*each)(void *context, int period, int posts), void *context,
                                struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(counts)->tables, MEMORY_ARCHIVE_COUNTS, by_number);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++)
        each(context, (int)number_of(records[i]->key), (int)number_of(records[i]->value));
    free(records);
    return RESULT_OK;
}

static enum result note_pages(struct site_counts *counts, struct text series, int pages,
                              struct trouble *trouble)
{
    int64_t number = pages;
    const struct text value = MEMORY_BYTES(number);
    return memory_keep(store_of(counts), MEMORY_ROWS, series, &value, 1, trouble);
}

static enum result each_pages(struct site_counts *counts,
                              void (*each)(void *context, struct text series, int pages),
                              void *context, struct trouble *trouble)
{
    const struct memory_record **records =
        memory_sorted(&store_of(counts)->tables, MEMORY_ROWS, memory_by_key);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i]; i++)
        each(context, records[i]->key, (int)number_of(records[i]->value));
    free(records);
    return RESULT_OK;
}

const struct site_counts_ops memory_site_counts_ops = {
    .note_archive = note_archive,
    .each_archive = each_archive,
    .note_pages = note_pages,
    .each_pages = each_pages,
};
