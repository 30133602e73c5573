/* The records that were seen, by identifier.  Private to this room. */
#ifndef VERIFY_RECORD_IDS_H
#define VERIFY_RECORD_IDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/spilled.h"

struct verification;
struct seen_record;

struct by_id {
    uint64_t id;
    size_t place; /* in v->records */
};

struct record_ids {
    struct by_id *list; /* sorted by id, then place; in *items; NULL without memory */
    size_t count;
    struct spilled *items; /* borrowed */
};

/* Makes room for so many in *items, which is empty; *ids has none yet.  Without memory, the list is
 * NULL. */
void record_ids_begin(struct record_ids *ids, struct spilled *items, size_t most);
void record_ids_add(struct record_ids *ids, uint64_t id, size_t place);
/* Sorts what was added. */
void record_ids_end(struct record_ids *ids);

/* The first record with that identifier; NULL when there is none, or for 0. */
struct seen_record *record_ids_find(const struct verification *v, const struct record_ids *ids,
                                    uint64_t id);

#endif
