/*
 * Tables in memory whose changes can be rolled back. Each has records of bytes under a key of
 * bytes. A record never changes. Another one takes its place instead, and the journal keeps the
 * first until the commit, so a rollback can put it back.
 */
#ifndef STORE_MEMORY_TABLE_H
#define STORE_MEMORY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

struct memory_record {
    struct memory_record *next; /* in its bucket */
    uint64_t hash;
    struct text value; /* aligned for any type; both value and key follow the record */
    struct text key;
};

struct memory_table {
    struct memory_record **buckets;
    size_t bucket_count; /* a power of 2, or 0 */
    size_t count;
};

/* All tables of a store, with one journal. */
struct memory_tables {
    struct memory_table *tables;
    size_t count;
    struct buf journal;
};

bool memory_tables_init(struct memory_tables *tables, size_t count);
void memory_tables_release(struct memory_tables *tables);

/* NULL: there is none. The record lives until the next commit or rollback, even if it is
 * replaced. */
const struct memory_record *memory_find(const struct memory_tables *tables, size_t table,
                                        struct text key);

/* Stores the parts, one after the other, under a key. False: out of memory, and nothing changed. */
bool memory_put(struct memory_tables *tables, size_t table, struct text key,
                const struct text *parts, size_t part_count);
bool memory_remove(struct memory_tables *tables, size_t table, struct text key);

/* The record after this one (NULL: the first), in no order. NULL after the last. A record that was
 * returned may be replaced or removed. Don't add records in the meantime. */
const struct memory_record *memory_next(const struct memory_tables *tables, size_t table,
                                        const struct memory_record *record);

/* All records in order, with a final NULL, in an array that the caller frees. NULL: out of
 * memory. */
const struct memory_record **memory_sorted(const struct memory_tables *tables, size_t table,
                                           int (*compare)(const struct memory_record *a,
                                                          const struct memory_record *b));
/* An order for it: by the bytes of the key. */
int memory_by_key(const struct memory_record *a, const struct memory_record *b);

/* Keeps all changes since the last commit, or takes them all back.  Neither can fail. */
void memory_commit(struct memory_tables *tables);
void memory_roll_back(struct memory_tables *tables);

#endif
