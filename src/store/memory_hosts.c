/* The hosts in memory. */
#include <config.h>

#include "store/memory_store_internal.h"

static struct memory_store *store_of(struct hosts *hosts)
{
    return MEMORY_STORE_OF(hosts, hosts);
}

static const struct memory_host *host_of(const struct memory_record *record)
{
    return (const void *)record->value.at;
}

static const struct memory_record *next_host(const struct memory_store *store,
                                             const struct memory_record *record)
{
    return memory_next(&store->tables, MEMORY_HOSTS, record);
}

/* NULL: no host has that number. */
static const struct memory_record *find_host(const struct memory_store *store, int64_t number)
{
    const struct memory_record *record = NULL;
    while ((record = next_host(store, record)) && host_of(record)->number != number)
        ;
    return record;
}

static enum result keep_host(struct memory_store *store, struct text name,
                             const struct memory_host *host, struct text robots,
                             struct trouble *trouble)
{
    const struct text parts[] = {MEMORY_BYTES(*host), robots};
    return memory_keep(store, MEMORY_HOSTS, name, parts, 2, trouble);
}

static enum result number(struct hosts *hosts, struct text name, int64_t *host,
                          struct trouble *trouble)
{
    struct memory_store *store = store_of(hosts);
    const struct memory_record *known = memory_find(&store->tables, MEMORY_HOSTS, name);
    const struct memory_host fresh = {.number = store->next_host};
    *host = known ? host_of(known)->number : store->next_host++;
    return known ? RESULT_OK : keep_host(store, name, &fresh, TEXT(""), trouble);
}

static enum result each_waiting(struct hosts *hosts,
                                void (*each)(void *context, const struct waiting_host *host),
                                void *context, struct trouble *trouble)
{
    const struct memory_store *store = store_of(hosts);
    (void)trouble;
    for (const struct memory_record *host = NULL; (host = next_host(store, host));) {
        struct waiting_host waiting = {.host = host_of(host)->number, .name = host->key};
        for (const struct memory_record *record = NULL;
             (record = memory_next(&store->tables, MEMORY_VISITS, record));) {
            const struct memory_visit *visit = (const void *)record->value.at;
            if (visit->host != waiting.host || visit->state != STATE_WAITING || visit->owner)
                continue;
            struct text url = memory_visit_url(visit);
            if (!waiting.waiting++ || text_compare(url, waiting.url) < 0)
                waiting.url = url;
        }
        if (waiting.waiting)
            each(context, &waiting);
    }
    return RESULT_OK;
}

static enum result robots(struct hosts *hosts, int64_t host, struct host_robots *robots,
                          struct buf *body, struct trouble *trouble)
{
    const struct memory_record *record = find_host(store_of(hosts), host);
    if (!record || !host_of(record)->has_robots)
        return RESULT_END;
    *robots = (struct host_robots){.status = host_of(record)->robots_status,
                                   .received_ms = host_of(record)->robots_received_ms,
                                   .body = text_skip(record->value, sizeof(struct memory_host))};
    if (body)
        return memory_copy_texts(&robots->body, 1, body, trouble);
    robots->body = TEXT("");
    return RESULT_OK;
}

static enum result keep_robots(struct hosts *hosts, int64_t host, const struct host_robots *robots,
                               struct trouble *trouble)
{
    struct memory_store *store = store_of(hosts);
    const struct memory_record *record = find_host(store, host);
    if (!record)
        return RESULT_OK;
    struct memory_host changed = *host_of(record);
    changed.has_robots = true;
    changed.robots_status = robots->status;
    changed.robots_received_ms = robots->received_ms;
    return keep_host(store, record->key, &changed, robots->body, trouble);
}

enum result memory_hosts_forget_robots(struct memory_store *store, int64_t host,
                                       struct trouble *trouble)
{
    const struct memory_record *record = find_host(store, host);
    if (!record)
        return RESULT_OK;
    struct memory_host changed = *host_of(record);
    changed.has_robots = false;
    return keep_host(store, record->key, &changed, TEXT(""), trouble);
}

static enum result state(struct hosts *hosts, int64_t host, struct host_state *state,
                         struct trouble *trouble)
{
    const struct memory_record *record = find_host(store_of(hosts), host);
    (void)trouble;
    *state = record ? host_of(record)->state : (struct host_state){.leave_until_ms = 0};
    return RESULT_OK;
}

static enum result keep_state(struct hosts *hosts, int64_t host, const struct host_state *state,
                              struct trouble *trouble)
{
    struct memory_store *store = store_of(hosts);
    const struct memory_record *record = find_host(store, host);
    if (!record)
        return RESULT_OK;
    struct memory_host changed = *host_of(record);
    changed.state = *state;
    return keep_host(store, record->key, &changed,
                     text_skip(record->value, sizeof(struct memory_host)), trouble);
}

const struct hosts_ops memory_hosts_ops = {
    .number = number,
    .each_waiting = each_waiting,
    .robots = robots,
    .keep_robots = keep_robots,
    .state = state,
    .keep_state = keep_state,
};
