/* The known URLs in memory: looked up, left out, forgotten, counted and listed. */
#include <config.h>

#include "store/memory_store_internal.h"

#include <stdlib.h>
#include <string.h>

#include "web/url_totals.h"

static struct memory_store *store_of(struct known_urls *urls)
{
    return MEMORY_STORE_OF(urls, known);
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

static enum result find(struct known_urls *urls, int64_t key, struct visit *visit,
                        struct buf *texts, struct trouble *trouble)
{
    const struct memory_visit *known = memory_at(store_of(urls), MEMORY_VISITS, key);
    return known ? memory_queue_read_visit(store_of(urls), known, visit, texts, trouble)
                 : RESULT_END;
}

/* Neither kept nor gone. */
static bool is_missing(const struct memory_visit *visit)
{
    return visit->state != STATE_KEPT && visit->state != STATE_GONE;
}

static enum result next_missing(struct known_urls *urls, int64_t after, struct visit *visit,
                                struct buf *texts, struct trouble *trouble)
{
    const struct memory_store *store = store_of(urls);
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

static enum result leave_out(struct known_urls *urls, int64_t key, const char *reason,
                             struct trouble *trouble)
{
    struct memory_store *store = store_of(urls);
    const struct memory_visit *known = memory_at(store, MEMORY_VISITS, key);
    const struct held_capture *held = memory_at(store, MEMORY_HELD, key);
    if (!known || !is_missing(known) || (known->owner && known->owner != store->queue.owner))
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

/* Whether a needed URL that is not a robots.txt is on the host. */
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

static enum result forget_seed(struct known_urls *urls, int64_t key, struct trouble *trouble)
{
    struct memory_store *store = store_of(urls);
    const struct memory_record *seed =
        memory_find(&store->tables, MEMORY_VISITS, MEMORY_BYTES(key));
    if (!seed || visit_of(seed)->kind != VISIT_SEED)
        return RESULT_END;
    enum result result = forget(store, seed, trouble);
    seen_keys_clear(store->queue.seen);
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

/* ---- looking ---- */

/* A redirect of a URL to itself, letter by letter. */
static bool is_to_itself(const struct memory_store *store, const struct memory_visit *visit)
{
    struct text hops = text_of(visit->hops);
    const struct memory_visit *via =
        text_ends(hops, TEXT("R")) ? memory_at(store, MEMORY_VISITS, visit->via_key) : NULL;
    return via && text_equal(memory_visit_url(via), memory_visit_url(visit));
}

static bool is_counted(const struct memory_store *store, const struct memory_visit *visit)
{
    return url_is_counted(memory_known_state(visit), memory_known_status(visit),
                          text_of(visit->hops)) &&
           !is_to_itself(store, visit);
}

static enum result count_visits(struct known_urls *urls, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                                struct trouble *trouble)
{
    (void)trouble;
    memset(counts, 0, sizeof(uint64_t) * VISIT_KINDS * STATE_COUNT);
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store_of(urls)->tables, MEMORY_VISITS, record));)
        if (is_counted(store_of(urls), visit_of(record)))
            counts[visit_of(record)->kind][memory_known_state(visit_of(record))]++;
    return RESULT_OK;
}

static enum result count_waiting(struct known_urls *urls, uint64_t *waiting,
                                 struct trouble *trouble)
{
    (void)trouble;
    *waiting = 0;
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store_of(urls)->tables, MEMORY_VISITS, record));)
        *waiting += visit_of(record)->state == STATE_WAITING;
    return RESULT_OK;
}

static enum result each_waiting(struct known_urls *urls, int64_t host, waiting_visit_visitor *each,
                                void *context, struct trouble *trouble)
{
    (void)trouble;
    for (const struct memory_record *record = NULL;
         (record = memory_next(&store_of(urls)->tables, MEMORY_VISITS, record));) {
        const struct memory_visit *visit = visit_of(record);
        if (visit->host == host && visit->state == STATE_WAITING && !visit->again)
            each(context,
                 &(struct waiting_visit){visit->key, visit->kind, memory_visit_url(visit)});
    }
    return RESULT_OK;
}

static int as_met(const struct memory_record *a, const struct memory_record *b)
{
    int64_t met = visit_of(a)->met, other = visit_of(b)->met;
    return (met > other) - (met < other);
}

static int latest_first(const struct memory_record *a, const struct memory_record *b)
{
    int64_t done = visit_of(a)->done_ms, other = visit_of(b)->done_ms;
    return done != other ? (done < other) - (done > other) : as_met(a, b);
}

static bool is_listed(const struct memory_store *store, const struct memory_visit *visit,
                      enum visit_listing listing)
{
    const struct failure *failure = memory_failure_of(store, visit->key);
    bool dead = failure && failure->known_dead;
    struct memory_visit now = *visit;
    now.state = memory_known_state(visit);
    if (listing == LISTING_FAILED)
        return memory_has_failed(&now) && !dead && !is_to_itself(store, visit);
    if (listing == LISTING_KNOWN_DEAD)
        return memory_has_failed(&now) && dead;
    if (listing == LISTING_SEEDS)
        return visit->kind == VISIT_SEED;
    if (listing == LISTING_FORGOTTEN)
        return visit->kind == VISIT_SEED && !visit->hops[0];
    return now.state == STATE_KEPT && memory_known_status(visit) < 300 &&
           visit->kind == (listing == LISTING_PAGERS ? VISIT_PAGER : VISIT_PAGE);
}

static enum result each_visit(struct known_urls *urls, enum visit_listing listing, int most,
                              void (*each)(void *context, const struct listed_visit *visit),
                              void *context, struct trouble *trouble)
{
    struct memory_store *store = store_of(urls);
    const struct memory_record **records =
        memory_sorted(&store->tables,
                      listing == LISTING_FORGOTTEN ? MEMORY_FORGOTTEN : MEMORY_VISITS,
                      listing == LISTING_FAILED ? latest_first : as_met);
    if (!records)
        return memory_no_room(trouble);
    for (size_t i = 0; records[i] && most > 0; i++) {
        const struct memory_visit *visit = visit_of(records[i]);
        const struct failure *failure = memory_failure_of(store, visit->key);
        if (!is_listed(store, visit, listing))
            continue;
        const struct listed_visit listed = {.url = memory_visit_url(visit),
                                            .kind = visit->kind,
                                            .state = memory_known_state(visit),
                                            .given = !visit->hops[0],
                                            .status = memory_known_status(visit),
                                            .reason = memory_visit_reason(records[i]),
                                            .failure =
                                                failure ? *failure : (struct failure){.key = 0}};
        each(context, &listed);
        most--;
    }
    free(records);
    return RESULT_OK;
}

static bool is_served(const struct memory_visit *visit, int64_t host)
{
    bool kept = visit->state == STATE_KEPT || memory_waits(visit);
    return visit->host == host && visit->status == 200 && kept && visit->kind >= VISIT_SEED &&
           visit->kind <= VISIT_PAGE;
}

static int pages_first(const struct memory_record *a, const struct memory_record *b)
{
    int part = visit_of(a)->kind == VISIT_REQUISITE, other = visit_of(b)->kind == VISIT_REQUISITE;
    int64_t done = visit_of(a)->done_ms, later = visit_of(b)->done_ms;
    if (part != other)
        return part - other;
    return done != later ? (done > later) - (done < later) : as_met(a, b);
}

static enum result served(struct known_urls *urls, int64_t host, int place, struct visit *visit,
                          struct buf *texts, struct trouble *trouble)
{
    struct memory_store *store = store_of(urls);
    const struct memory_record **records =
        memory_sorted(&store->tables, MEMORY_VISITS, pages_first);
    if (!records)
        return memory_no_room(trouble);
    *visit = (struct visit){.host = host};
    enum result result = RESULT_END;
    for (size_t i = 0; records[i] && result == RESULT_END; i++) {
        const struct memory_visit *known = visit_of(records[i]);
        if (!is_served(known, host) || place--)
            continue;
        visit->key = known->key;
        visit->kind = known->kind;
        visit->url = memory_visit_url(known);
        result = memory_copy_texts(&visit->url, 1, texts, trouble);
    }
    free(records);
    return result;
}

const struct known_urls_ops memory_known_urls_ops = {
    .find = find,
    .next_missing = next_missing,
    .leave_out = leave_out,
    .forget_seed = forget_seed,
    .served = served,
    .count = count_visits,
    .count_waiting = count_waiting,
    .each_waiting = each_waiting,
    .each = each_visit,
};
