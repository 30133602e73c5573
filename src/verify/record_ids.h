/* The records that were seen, by identifier.  Private to this room. */
#ifndef VERIFY_RECORD_IDS_H
#define VERIFY_RECORD_IDS_H

#include <stddef.h>
#include <stdint.h>

struct verification;
struct seen_record;

struct by_id {
    uint64_t id;
    size_t place; /* in v->records */
};

struct record_ids {
    struct by_id *list; /* sorted by id, then place; owned */
    size_t count;
};

/* The first record with that identifier; NULL when there is none, or for 0. */
struct seen_record *record_ids_find(const struct verification *v, const struct record_ids *ids,
                                    uint64_t id);

#endif
