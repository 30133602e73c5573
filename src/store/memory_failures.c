/* Failures, in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>

static struct memory_store *store_of(struct failure_state *state)
{
    return MEMORY_STORE_OF(state, failures);
}

static enum result find(struct failure_state *state, int64_t key, struct failure *failure,
                        struct trouble *trouble)
{
    const struct failure *known = memory_at(store_of(state), MEMORY_FAILURES, key);
    (void)trouble;
    if (!known)
        return RESULT_END;
    *failure = *known;
    return RESULT_OK;
}

static enum result keep(struct failure_state *state, const struct failure *failure,
                        struct trouble *trouble)
{
    return memory_keep_at(store_of(state), MEMORY_FAILURES, failure->key, MEMORY_BYTES(*failure),
                          trouble);
}

static enum result forget(struct failure_state *state, int64_t key, struct trouble *trouble)
{
    struct memory_store *store = store_of(state);
    if (!memory_at(store, MEMORY_FAILURES, key))
        return RESULT_OK;
    return memory_remove(&store->tables, MEMORY_FAILURES, MEMORY_BYTES(key))
               ? RESULT_OK
               : memory_no_room(trouble);
}

static const struct failure *failure_of(const struct memory_record *record)
{
    return (const void *)record->value.at;
}

static int by_number(const struct memory_record *a, const struct memory_record *b)
{
    int64_t key = failure_of(a)->key, other = failure_of(b)->key;
    return (key > other) - (key < other);
}

static enum result each_failure(struct failure_state *state, int64_t after, int most,
                                void (*each)(void *context, const struct failed_visit *visit),
                                void *context, struct trouble *trouble)
{
    const struct memory_store *store = store_of(state);
    const struct memory_record **records =
        memory_sorted(&store->tables, MEMORY_FAILURES, by_number);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i] && most > 0; i++) {
        const struct failure *failure = failure_of(records[i]);
        const struct memory_visit *known = memory_at(store, MEMORY_VISITS, failure->key);
        if (failure->key <= after || !known)
            continue;
        const struct failed_visit visit = {.failure = *failure,
                                           .url = memory_visit_url(known),
                                           .kind = known->kind,
                                           .state = known->state,
                                           .status = known->status,
                                           .done_ms = known->done_ms};
        each(context, &visit);
        most--;
    }
    free(records);
    return RESULT_OK;
}

const struct failure_state_ops memory_failure_ops = {
    .find = find,
    .keep = keep,
    .forget = forget,
    .each = each_failure,
};
