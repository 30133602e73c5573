/* The queue in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static struct memory_store *store_of(struct queue *queue)
{
    return MEMORY_STORE_OF(queue, queue);
}

static const struct memory_visit *visit_of(const struct memory_record *record)
{
    return (const void *)record->value.at;
}

/* Walks through the visits, as memory_next() does. */
static const struct memory_record *next_visit(const struct memory_store *store,
                                              const struct memory_record *record)
{
    return memory_next(&store->tables, MEMORY_VISITS, record);
}

/* ---- offering ---- */

static enum result raise_kind(struct memory_store *store, const struct memory_record *record,
                              const struct visit *offered, struct trouble *trouble)
{
    struct memory_visit visit = *visit_of(record);
    bool seed = offered->kind == VISIT_SEED && visit.kind >= VISIT_SEED;
    bool given = seed && !offered->hops[0];
    if (!seed &&
        (!memory_waits(&visit) || (offered->kind >= visit.kind && offered->depth >= visit.depth)))
        return RESULT_OK;
    visit.kind = offered->kind < visit.kind ? offered->kind : visit.kind;
    visit.depth = offered->depth < visit.depth ? offered->depth : visit.depth;
    visit.via_key = given ? 0 : visit.via_key;
    if (given)
        visit.hops[0] = '\0';
    return memory_keep_visit(store, &visit, memory_visit_url(visit_of(record)),
                             memory_visit_reason(record), trouble);
}

static enum result offer_one(struct memory_store *store, const struct visit *offered, bool *is_new,
                             struct trouble *trouble)
{
    const struct memory_record *known =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(offered->key));
    struct memory_visit visit = {.key = offered->key,
                                 .host = offered->host,
                                 .robots_for = offered->robots_for,
                                 .via_key = offered->via_key,
                                 .met = store->next_met++,
                                 .kind = offered->kind,
                                 .depth = offered->depth,
                                 .period = offered->period};
    memcpy(visit.hops, offered->hops, sizeof visit.hops);
    *is_new = false;
    enum result result = known ? raise_kind(store, known, offered, trouble)
                               : memory_queue_adopt(store, offered, is_new, trouble);
    if (!known && result == RESULT_END) {
        *is_new = true;
        result = memory_keep_visit(store, &visit, offered->url, TEXT(""), trouble);
    }
    if (result == RESULT_OK)
        seen_keys_add(store->queue.seen, offered->key, offered->kind);
    return result;
}

static enum result offer(struct queue *queue, const struct visit *visits, size_t count,
                         bool *are_new, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        bool is_new;
        result = offer_one(store_of(queue), &visits[i], are_new ? &are_new[i] : &is_new, trouble);
    }
    return result;
}

/* ---- taking ---- */

static int turn_of(enum visit_kind kind)
{
    return kind == VISIT_REQUISITE ? VISIT_PAGER
           : kind == VISIT_PAGER   ? VISIT_ARCHIVE
           : kind == VISIT_ARCHIVE ? VISIT_REQUISITE
                                   : (int)kind;
}

static bool is_chosen(enum visit_kind kind, enum take_choice choice)
{
    if (choice == TAKE_ROBOTS)
        return kind == VISIT_ROBOTS;
    if (choice == TAKE_PAGES)
        return kind == VISIT_PAGE;
    return choice == TAKE_ANY || kind == VISIT_REQUISITE ||
           (choice == TAKE_NO_PAGES && kind < VISIT_PAGER);
}

static bool comes_before(const struct memory_visit *a, const struct memory_visit *b)
{
    int turn = turn_of(a->kind), other = turn_of(b->kind);
    return turn < other || (turn == other && a->met < b->met);
}

/* NULL: none is ready, and *ready_ms tells when one will be. */
static const struct memory_record *find_first(const struct memory_store *store,
                                              const struct take_request *request, int64_t *ready_ms)
{
    const struct memory_record *first = NULL;
    *ready_ms = 0;
    for (const struct memory_record *record = NULL; (record = next_visit(store, record));) {
        const struct memory_visit *visit = visit_of(record);
        if (visit->host != request->host || !memory_waits(visit))
            continue;
        if (visit->not_before_ms > request->now_ms) {
            if (!*ready_ms || visit->not_before_ms < *ready_ms)
                *ready_ms = visit->not_before_ms;
        } else if (is_chosen(visit->kind, request->choice) &&
                   (!first || comes_before(visit, visit_of(first))))
            first = record;
    }
    return first;
}

static enum result take(struct queue *queue, const struct take_request *request,
                        struct visit *visit, struct buf *texts, int64_t *ready_ms,
                        struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    const struct memory_record *first = find_first(store, request, ready_ms);
    if (!first)
        return RESULT_END;
    struct memory_visit leased = *visit_of(first);
    enum result result = memory_queue_read_visit(store, visit_of(first), visit, texts, trouble);
    leased.owner = queue->owner;
    if (result == RESULT_OK)
        result = memory_keep_visit(store, &leased, memory_visit_url(visit_of(first)),
                                   memory_visit_reason(first), trouble);
    *ready_ms = 0;
    return result;
}

static enum result take_back(struct queue *queue, int64_t owner, struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (const struct memory_record *record = NULL;
         result == RESULT_OK && (record = next_visit(store, record));) {
        struct memory_visit visit = *visit_of(record);
        bool gone = owner == QUEUE_OTHERS ? visit.owner != queue->owner : visit.owner == owner;
        if (!visit.owner || !gone)
            continue;
        visit.owner = 0;
        result = memory_keep_visit(store, &visit, memory_visit_url(visit_of(record)),
                                   memory_visit_reason(record), trouble);
    }
    return result;
}

static enum result count_requisites(struct queue *queue, int64_t host, int64_t now_ms, int most,
                                    int *count, struct trouble *trouble)
{
    (void)trouble;
    *count = 0;
    for (const struct memory_record *record = NULL;
         *count < most && (record = next_visit(store_of(queue), record));) {
        const struct memory_visit *visit = visit_of(record);
        *count += visit->host == host && memory_waits(visit) && visit->kind == VISIT_REQUISITE &&
                  visit->not_before_ms <= now_ms;
    }
    return RESULT_OK;
}

/* ---- what became of them ---- */

static enum result finish_one(struct memory_store *store, const struct outcome *outcome,
                              int64_t now_ms, struct trouble *trouble)
{
    const struct memory_visit *known = memory_at(store, MEMORY_VISITS, outcome->key);
    if (!known)
        return RESULT_OK;
    if (known->owner && known->owner != store->queue.owner)
        return RESULT_END;
    struct memory_visit visit = *known;
    visit.owner = 0;
    visit.state = outcome->state;
    visit.status = outcome->status;
    visit.attempts = outcome->attempts;
    visit.not_before_ms = outcome->not_before_ms;
    visit.done_ms = now_ms;
    visit.again = visit.again && outcome->state == STATE_WAITING && !outcome->reason;
    /* what waits again without a reason keeps the one that it had */
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(outcome->key));
    struct text reason = outcome->state == STATE_WAITING && !outcome->reason
                             ? memory_visit_reason(record)
                             : text_of(outcome->reason);
    enum result result = memory_keep_visit(store, &visit, memory_visit_url(known), reason, trouble);
    if (result != RESULT_OK || (outcome->state != STATE_BROKEN && outcome->state != STATE_REFUSED))
        return result;
    const struct failure *before = memory_failure_of(store, outcome->key);
    struct failure failure = before ? *before : (struct failure){.key = outcome->key};
    failure.way = outcome->way;
    return failure_state_keep(&store->failures, &failure, trouble);
}

static enum result finish(struct queue *queue, const struct outcome *outcomes, size_t count,
                          struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    enum result result = RESULT_OK, all = RESULT_OK;
    int64_t now = clock_wall_ms(), round = memory_number(store, "round_began");
    for (size_t i = 0; result >= RESULT_OK && i < count; i++) {
        result = finish_one(store, &outcomes[i], now > round ? now : round, trouble);
        all = result == RESULT_OK ? all : result;
    }
    return all;
}

static enum result restate(struct queue *queue, int64_t key, enum url_state state,
                           const char *reason, struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    const struct memory_visit *known = memory_at(store, MEMORY_VISITS, key);
    if (!known || known->state == STATE_WAITING)
        return RESULT_OK;
    struct memory_visit visit = *known;
    visit.state = state;
    return memory_keep_visit(store, &visit, memory_visit_url(known), text_of(reason), trouble);
}

static enum result put_last(struct queue *queue, int64_t key, struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    const struct memory_record *record =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key));
    if (!record)
        return RESULT_OK;
    struct memory_visit visit = *visit_of(record);
    visit.met = store->next_met++;
    return memory_keep_visit(store, &visit, memory_visit_url(visit_of(record)),
                             memory_visit_reason(record), trouble);
}

static void tell_host(const struct memory_store *store, int64_t number,
                      const struct asked_visitor *visitor)
{
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store->tables, MEMORY_HOSTS, record));)
        if (((const struct memory_host *)(const void *)record->value.at)->number == number)
            visitor->each(visitor->context, number, record->key);
}

static enum result wait_again(struct memory_store *store, const struct memory_visit *known,
                              struct text reason, struct trouble *trouble)
{
    struct memory_visit visit = *known;
    visit.again = visit.state != STATE_LEFT_OUT;
    visit.state_before = visit.state;
    visit.status_before = visit.status;
    visit.status = memory_has_response(&visit) ? visit.status : 0;
    visit.state = STATE_WAITING;
    visit.attempts = 0;
    visit.not_before_ms = 0;
    return memory_keep_visit(store, &visit, memory_visit_url(known), reason, trouble);
}

static enum result ask_again(struct queue *queue, const int64_t *keys, size_t count,
                             int64_t before_ms, const struct asked_visitor *visitor,
                             struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (size_t i = 0; result == RESULT_OK && i < count; i++) {
        const struct memory_visit *known = memory_at(store, MEMORY_VISITS, keys[i]);
        if (!known || !memory_has_response(known) || known->done_ms >= before_ms)
            continue;
        result = wait_again(store, known, TEXT(""), trouble);
        if (result == RESULT_OK && visitor)
            tell_host(store, known->host, visitor);
    }
    return result;
}

/* Whether a failed URL is to be left alone for now. */
static bool is_put_off(const struct memory_store *store, int64_t key, int64_t now_ms)
{
    const struct failure *failure = memory_failure_of(store, key);
    return failure && now_ms != QUEUE_RETRY_ALL && failure->not_until_ms > now_ms &&
           failure->not_until_ms <= now_ms + QUEUE_WAIT_MOST_MS;
}

static enum result retry_failed(struct queue *queue, int64_t now_ms, struct trouble *trouble)
{
    struct memory_store *store = store_of(queue);
    enum result result = RESULT_OK;
    for (const struct memory_record *record = NULL;
         result == RESULT_OK && (record = next_visit(store, record));) {
        const struct memory_visit *visit = visit_of(record);
        if ((memory_has_failed(visit) || visit->state == STATE_LEFT_OUT) &&
            !is_put_off(store, visit->key, now_ms))
            result =
                wait_again(store, visit,
                           visit->state == STATE_LEFT_OUT ? TEXT("") : memory_visit_reason(record),
                           trouble);
    }
    return result;
}

const struct queue_ops memory_queue_ops = {
    .offer = offer,
    .take = take,
    .finish = finish,
    .restate = restate,
    .put_last = put_last,
    .take_back = take_back,
    .count_requisites = count_requisites,
    .ask_again = ask_again,
    .retry_failed = retry_failed,
};
