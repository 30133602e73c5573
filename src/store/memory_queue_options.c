/* What other options mean for the queue in memory: visits that are looked at, left out, forgotten.
 */
#include <config.h>

#include "store/memory_store_internal.h"

#include <string.h>

static struct memory_store *store_of(struct queue *queue)
{
    return MEMORY_STORE_OF(queue, queue);
}

static const struct memory_visit *visit_of(const struct memory_record *record)
{
    return (const void *)record->value.at;
}

enum result memory_queue_read_visit(const struct memory_store *store,
                                    const struct memory_visit *known, struct visit *visit,
                                    struct buf *texts, struct trouble *trouble)
{
    const struct memory_visit *via = memory_at(store, MEMORY_VISITS, known->via_key);
    struct text copies[] = {memory_visit_url(known), via ? memory_visit_url(via) : TEXT("")};
    *visit = (struct visit){.key = known->key,
                            .host = known->host,
                            .kind = known->kind,
                            .depth = known->depth,
                            .attempts = known->attempts,
                            .robots_for = known->robots_for,
                            .period = known->period,
                            .via_key = known->via_key};
    memcpy(visit->hops, known->hops, sizeof visit->hops);
    enum result result = memory_copy_texts(copies, 2, texts, trouble);
    visit->url = copies[0];
    visit->via = copies[1];
    return result;
}

enum result memory_queue_find(struct queue *queue, int64_t key, struct visit *visit,
                              struct buf *texts, struct trouble *trouble)
{
    const struct memory_visit *known = memory_at(store_of(queue), MEMORY_VISITS, key);
    return known ? memory_queue_read_visit(store_of(queue), known, visit, texts, trouble)
                 : RESULT_END;
}

/* Neither kept nor gone. */
static bool is_missing(const struct memory_visit *visit)
{
    return visit->state != STATE_KEPT && visit->state != STATE_GONE;
}

enum result memory_queue_next_missing(struct queue *queue, int64_t after, struct visit *visit,
                                      struct buf *texts, struct trouble *trouble)
{
    const struct memory_store *store = store_of(queue);
    const struct memory_visit *next = NULL;
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
        const struct memory_visit *one = visit_of(record);
        if (is_missing(one) && !one->owner && one->key > after && (!next || one->key < next->key))
            next = one;
    }
    return next ? memory_queue_read_visit(store, next, visit, texts, trouble) : RESULT_END;
}

/* A waiting URL with the status of a capture, and no attempt since, was put back for a recrawl. */
static bool was_captured(const struct memory_visit *visit)
{
    bool had =
        visit->status > 0 && (visit->status < 400 || visit->status == 404 || visit->status == 410);
    return visit->state == STATE_WAITING && had && !visit->attempts && visit->done_ms > 0;
}

enum result memory_queue_leave_out(struct queue *queue, int64_t key, const char *reason,
                                   struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    const struct memory_visit *known = memory_at(store, MEMORY_VISITS, key);
    const struct held_capture *held = memory_at(store, MEMORY_HELD, key);
    if (!known || !is_missing(known) || (known->owner && known->owner != queue->owner))
        return RESULT_OK;
    struct memory_visit visit = *known;
    bool captured = held || was_captured(known);
    if (!captured && known->kind != VISIT_SEED)
        return memory_remove(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key))
                   ? RESULT_OK
                   : memory_no_room(trouble);
    visit.status = held ? held->status : visit.status;
    visit.state = !captured                                    ? STATE_LEFT_OUT
                  : visit.status == 404 || visit.status == 410 ? STATE_GONE
                                                               : STATE_KEPT;
    visit.attempts = captured ? 0 : visit.attempts;
    visit.not_before_ms = captured ? 0 : visit.not_before_ms;
    visit.owner = 0;
    return memory_keep_visit(store, &visit, memory_visit_url(known),
                             captured ? TEXT("") : text_of(reason), trouble);
}

/* ---- forgetting ---- */

static enum result move(struct memory_store *store, const struct memory_record *record,
                        enum memory_table_name from, enum memory_table_name to,
                        const struct memory_visit *changed, struct trouble *trouble)
{
    const int64_t key = changed->key;
    const struct text parts[] = {{(const char *)changed, sizeof *changed},
                                 memory_visit_url(visit_of(record)),
                                 memory_visit_reason(record)};
    enum result result = memory_keep(store, to, MEMORY_BYTES(key), parts, 3, trouble);
    if (result == RESULT_OK && !memory_remove(&store->tables, from, MEMORY_BYTES(key)))
        result = memory_no_room(trouble);
    return result;
}

static enum result forget(struct memory_store *store, const struct memory_record *record,
                          struct trouble *trouble)
{
    struct memory_visit visit = *visit_of(record);
    visit.owner = 0;
    return move(store, record, MEMORY_VISITS, MEMORY_FORGOTTEN, &visit, trouble);
}

/* Whether a needed URL that is no robots.txt is on the host. */
static bool has_needed(const struct memory_store *store, int64_t host)
{
    const struct memory_record *record = NULL;
    while ((record = memory_next(&store->tables, MEMORY_VISITS, record)))
        if (visit_of(record)->host == host && visit_of(record)->kind != VISIT_ROBOTS &&
            memory_at(store, MEMORY_NEEDED, visit_of(record)->key))
            return true;
    return false;
}

/* Whether what is needed so far leads to a visit, or nothing does because it is where the user
 * began. */
static bool is_needed(const struct memory_store *store, const struct memory_visit *visit)
{
    if (memory_at(store, MEMORY_NEEDED, visit->via_key))
        return true;
    return visit->kind == VISIT_ROBOTS ? has_needed(store, visit->host)
                                       : !memory_at(store, MEMORY_VISITS, visit->via_key) &&
                                             !memory_at(store, MEMORY_FORGOTTEN, visit->via_key);
}

/* Fills the table of what is found without the seed that is forgotten already. */
static enum result find_needed(struct memory_store *store, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (bool more = true; more && result == RESULT_OK;) {
        more = false;
        for (const struct memory_record *record = NULL;
             result == RESULT_OK &&
             (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
            int64_t key = visit_of(record)->key;
            if (memory_at(store, MEMORY_NEEDED, key) || !is_needed(store, visit_of(record)))
                continue;
            result = memory_keep_at(store, MEMORY_NEEDED, key, MEMORY_BYTES(key), trouble);
            more = true;
        }
    }
    return result;
}

static enum result clear_needed(struct memory_store *store, struct trouble *trouble)
{
    bool ok = true;
    for (const struct memory_record *record = NULL;
         ok && (record = memory_next(&store->tables, MEMORY_NEEDED, record));)
        ok = memory_remove(&store->tables, MEMORY_NEEDED, record->key);
    return ok ? RESULT_OK : memory_no_room(trouble);
}

/* Until nothing is left that only a forgotten page, or a robots.txt that nothing needs, led to. */
static enum result forget_unneeded(struct memory_store *store, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (bool more = true; more && result == RESULT_OK;) {
        more = false;
        for (const struct memory_record *record = NULL;
             result == RESULT_OK &&
             (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
            const struct memory_visit *visit = visit_of(record);
            if (memory_at(store, MEMORY_NEEDED, visit->key) ||
                (visit->kind != VISIT_ROBOTS &&
                 !memory_at(store, MEMORY_FORGOTTEN, visit->via_key)))
                continue;
            result = forget(store, record, trouble);
            if (result == RESULT_OK && visit->kind == VISIT_ROBOTS)
                result = memory_hosts_forget_robots(store, visit->host, trouble);
            more = true;
        }
    }
    return result;
}

enum result memory_queue_forget_seed(struct queue *queue, int64_t key, struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    const struct memory_record *seed =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key));
    if (!seed || visit_of(seed)->kind != VISIT_SEED)
        return RESULT_END;
    enum result result = forget(store, seed, trouble);
    seen_keys_clear(queue->seen);
    if (result == RESULT_OK)
        result = find_needed(store, trouble);
    if (result == RESULT_OK)
        result = forget_unneeded(store, trouble);
    return result == RESULT_OK ? clear_needed(store, trouble) : result;
}

enum result memory_queue_adopt(struct memory_store *store, const struct visit *offered, bool *waits,
                               struct trouble *trouble)
{
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_FORGOTTEN, MEMORY_BYTES(offered->key));
    if (!record)
        return RESULT_END;
    struct memory_visit visit = *visit_of(record);
    *waits = visit.state == STATE_WAITING;
    visit.kind = offered->kind;
    visit.depth = offered->depth;
    visit.period = offered->period;
    visit.robots_for = offered->robots_for;
    visit.via_key = offered->via_key;
    memcpy(visit.hops, offered->hops, sizeof visit.hops);
    return move(store, record, MEMORY_FORGOTTEN, MEMORY_VISITS, &visit, trouble);
}
