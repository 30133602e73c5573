/*
 * Tables in memory whose changes can be taken back: each has records of bytes under a key of bytes.
 * A record never changes.  To change one, another takes its place, and the journal keeps the first
 * until the commit, so that rolling back puts it where it was.
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
    struct text value; /* aligned for any type; lies behind the record, as the key does */
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

/* NULL when there is none.  Lives until the next commit or roll back, whatever takes its place. */
const struct memory_record *memory_find(const struct memory_tables *tables, size_t table,
                                        struct text key);

/* Puts the parts, one after the other, under a key.  False without memory: nothing is changed. */
bool memory_put(struct memory_tables *tables, size_t table, struct text key,
                const struct text *parts, size_t part_count);
bool memory_remove(struct memory_tables *tables, size_t table, struct text key);

/* The record after this one (NULL: the first), in no order; NULL after the last.  A record may be
 * replaced or removed when it has been given; none may be added meanwhile. */
const struct memory_record *memory_next(const struct memory_tables *tables, size_t table,
                                        const struct memory_record *record);

/* All records in order and then NULL, in an array for the caller to free; NULL without memory. */
const struct memory_record **memory_sorted(const struct memory_tables *tables, size_t table,
                                           int (*compare)(const struct memory_record *a,
                                                          const struct memory_record *b));
/* For that: by the bytes of the key. */
int memory_by_key(const struct memory_record *a, const struct memory_record *b);

void memory_commit(struct memory_tables *tables);
void memory_roll_back(struct memory_tables *tables);

#endif
