/* Tables in memory whose changes can be rolled back. */
#include <config.h>

#include "store/memory_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { BUCKETS_FIRST = 64, JOURNAL_BYTES = 1 << 30 };

static const struct hash_key hash_key = {0x6d656d6f7279, 0}; /* within this process only */

/* One change: `now` took the place of `before`. NULL: there was none, or is none. */
struct change_entry {
    size_t table;
    struct memory_record *before, *now;
};

bool memory_tables_init(struct memory_tables *tables, size_t count)
{
    tables->count = count;
    buf_init(&tables->journal, JOURNAL_BYTES);
    tables->tables = calloc(count, sizeof *tables->tables);
    return tables->tables != NULL;
}

void memory_tables_release(struct memory_tables *tables)
{
    memory_commit(tables);
    for (size_t i = 0; tables->tables && i < tables->count; i++) {
        struct memory_table *table = &tables->tables[i];
        for (size_t b = 0; b < table->bucket_count; b++)
            while (table->buckets[b]) {
                struct memory_record *record = table->buckets[b];
                table->buckets[b] = record->next;
                free(record);
            }
        free(table->buckets);
    }
    free(tables->tables);
    buf_release(&tables->journal);
}

/* ---- finding ---- */

/* Where the pointer to the record of that key is, or would be. */
static struct memory_record **place_of(const struct memory_table *table, uint64_t hash,
                                       struct text key)
{
    struct memory_record **place = &table->buckets[hash & (table->bucket_count - 1)];
    while (*place && !((*place)->hash == hash && text_equal((*place)->key, key)))
        place = &(*place)->next;
    return place;
}

const struct memory_record *memory_find(const struct memory_tables *tables, size_t table,
                                        struct text key)
{
    const struct memory_table *in = &tables->tables[table];
    return in->bucket_count ? *place_of(in, hash_text(&hash_key, key), key) : NULL;
}

const struct memory_record *memory_next(const struct memory_tables *tables, size_t table,
                                        const struct memory_record *record)
{
    const struct memory_table *in = &tables->tables[table];
    if (record && record->next)
        return record->next;
    size_t bucket = record ? (record->hash & (in->bucket_count - 1)) + 1 : 0;
    while (bucket < in->bucket_count && !in->buckets[bucket])
        bucket++;
    return bucket < in->bucket_count ? in->buckets[bucket] : NULL;
}

int memory_by_key(const struct memory_record *a, const struct memory_record *b)
{
    return text_compare(a->key, b->key);
}

static void merge(const struct memory_record **from, const struct memory_record **to, size_t middle,
                  size_t count,
                  int (*compare)(const struct memory_record *a, const struct memory_record *b))
{
    size_t left = 0, right = middle;
    for (size_t i = 0; i < count; i++)
        to[i] = right == count || (left < middle && compare(from[left], from[right]) <= 0)
                    ? from[left++]
                    : from[right++];
}

/* Merge sort, because qsort() cannot pass a context to the comparison. */
static void sort(const struct memory_record **records, const struct memory_record **scratch,
                 size_t count,
                 int (*compare)(const struct memory_record *a, const struct memory_record *b))
{
    if (count < 2)
        return;
    size_t middle = count / 2;
    sort(records, scratch, middle, compare);
    sort(records + middle, scratch, count - middle, compare);
    merge(records, scratch, middle, count, compare);
    memcpy(records, scratch, count * sizeof *records);
}

const struct memory_record **memory_sorted(const struct memory_tables *tables, size_t table,
                                           int (*compare)(const struct memory_record *a,
                                                          const struct memory_record *b))
{
    size_t count = tables->tables[table].count, filled = 0;
    const struct memory_record **records = calloc(2 * count + 1, sizeof *records);
    if (!records)
        return NULL;
    for (const struct memory_record *record = NULL;
         (record = memory_next(tables, table, record)) != NULL;)
        records[filled++] = record;
    sort(records, records + count + 1, count, compare);
    return records;
}

/* ---- changing ---- */

static bool grow(struct memory_table *table)
{
    size_t count = table->bucket_count ? 2 * table->bucket_count : BUCKETS_FIRST;
    struct memory_record **buckets = calloc(count, sizeof *buckets);
    if (!buckets)
        return false;
    for (size_t b = 0; b < table->bucket_count; b++)
        while (table->buckets[b]) {
            struct memory_record *record = table->buckets[b];
            table->buckets[b] = record->next;
            record->next = buckets[record->hash & (count - 1)];
            buckets[record->hash & (count - 1)] = record;
        }
    free(table->buckets);
    table->buckets = buckets;
    table->bucket_count = count;
    return true;
}

/* Puts a record in the place of another, or in an empty one; NULL takes the other out. A record
 * that was taken out still points to the next one, so that a walk through the table can go on. */
static void exchange(struct memory_table *table, struct memory_record **place,
                     struct memory_record *record)
{
    struct memory_record *before = *place;
    table->count = table->count - (before != NULL) + (record != NULL);
    if (record)
        record->next = before ? before->next : NULL;
    *place = record ? record : before->next;
}

static struct memory_record *record_new(struct text key, const struct text *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    struct memory_record *record = malloc(sizeof *record + length + key.length);
    if (!record)
        return NULL;
    char *at = (char *)(record + 1);
    *record = (struct memory_record){.hash = hash_text(&hash_key, key),
                                     .value = {at, length},
                                     .key = {at + length, key.length}};
    for (size_t i = 0; i < count; i++) {
        if (parts[i].length)
            memcpy(at, parts[i].at, parts[i].length);
        at += parts[i].length;
    }
    if (key.length)
        memcpy(at, key.at, key.length);
    return record;
}

static bool note(struct memory_tables *tables, size_t table, struct memory_record *before,
                 struct memory_record *now)
{
    const struct change_entry entry = {table, before, now};
    buf_append(&tables->journal, &entry, sizeof entry);
    return buf_ok(&tables->journal);
}

bool memory_put(struct memory_tables *tables, size_t table, struct text key,
                const struct text *parts, size_t part_count)
{
    struct memory_table *in = &tables->tables[table];
    if (in->count >= in->bucket_count && !memory_find(tables, table, key) && !grow(in))
        return false;
    struct memory_record *record = record_new(key, parts, part_count);
    if (!record)
        return false;
    struct memory_record **place = place_of(in, record->hash, key);
    if (!note(tables, table, *place, record)) {
        free(record);
        return false;
    }
    exchange(in, place, record);
    return true;
}

bool memory_remove(struct memory_tables *tables, size_t table, struct text key)
{
    struct memory_table *in = &tables->tables[table];
    if (!memory_find(tables, table, key))
        return true;
    struct memory_record **place = place_of(in, hash_text(&hash_key, key), key);
    if (!note(tables, table, *place, NULL))
        return false;
    exchange(in, place, NULL);
    return true;
}

/* ---- committing ---- */

static struct change_entry entry_at(const struct memory_tables *tables, size_t at)
{
    struct change_entry entry;
    memcpy(&entry, tables->journal.data + at, sizeof entry);
    return entry;
}

void memory_commit(struct memory_tables *tables)
{
    for (size_t at = 0; at < tables->journal.length; at += sizeof(struct change_entry))
        free(entry_at(tables, at).before);
    buf_clear(&tables->journal);
}

void memory_roll_back(struct memory_tables *tables)
{
    for (size_t at = tables->journal.length; at > 0; at -= sizeof(struct change_entry)) {
        struct change_entry entry = entry_at(tables, at - sizeof entry);
        struct memory_table *table = &tables->tables[entry.table];
        const struct memory_record *known = entry.now ? entry.now : entry.before;
        exchange(table, place_of(table, known->hash, known->key), entry.before);
        free(entry.now);
    }
    buf_clear(&tables->journal);
}
