/*
 * Checks what belongs to one capture.  A request has one response.  If a writer keeps the request
 * or the metadata of each response, a response without it is suspicious: a record was lost or
 * inserted.  Nothing is captured long before its file was begun.
 */
#include <config.h>

#include <stdlib.h>

#include "verify/check.h"

/* A record has the date at which its capture began.  Its file may have been begun while the
 * response still came; no response takes a day. */
enum { DATE_SLACK_MS = 86400000 };

/* A request or metadata record with the response that it belongs to. */
struct event_pair {
    size_t other, response; /* places in v->records */
};

struct events {
    struct verification *v;
    const struct record_ids *ids;
    struct event_pair *pairs; /* in pair_list */
    struct spilled pair_list;
    size_t count;
    unsigned char *has; /* for each record: HAS_... */
};

enum { HAS_REQUEST = 1, HAS_METADATA = 2 };

static bool is_response(const struct seen_record *record)
{
    return record->type == WARC_RESPONSE || record->type == WARC_REVISIT;
}

static void take_pair(struct events *e, const struct seen_record *one,
                      const struct seen_record *other)
{
    const struct seen_record *response = is_response(one) ? one : other;
    const struct seen_record *about = response == one ? other : one;
    if (!is_response(response) || (about->type != WARC_REQUEST && about->type != WARC_METADATA))
        return;
    size_t place = (size_t)(response - e->v->records);
    if (!spilled_grow(&e->pair_list, (e->count + 1) * sizeof *e->pairs)) {
        e->v->out_of_memory = true;
        return;
    }
    e->pairs = (struct event_pair *)(void *)e->pair_list.at;
    e->pairs[e->count++] = (struct event_pair){(size_t)(about - e->v->records), place};
    spilled_touch(&e->pair_list, sizeof *e->pairs);
    e->has[place] |= about->type == WARC_REQUEST ? HAS_REQUEST : HAS_METADATA;
}

static void take_link(struct events *e, size_t place, uint64_t id)
{
    const struct seen_record *other = record_ids_find(e->v, e->ids, id);
    if (other)
        take_pair(e, &e->v->records[place], other);
}

static int order(const void *left, const void *right)
{
    const struct event_pair *a = left, *b = right;
    if (a->other != b->other)
        return a->other < b->other ? -1 : 1;
    return a->response < b->response ? -1 : a->response > b->response;
}

static void check_one_response(struct events *e)
{
    size_t told = SIZE_MAX;
    if (e->count && !spilled_sort(&e->pair_list, e->count, sizeof *e->pairs, order)) {
        e->v->out_of_memory = true;
        return;
    }
    e->pairs = (struct event_pair *)(void *)e->pair_list.at;
    for (size_t i = 1; i < e->count; i++) {
        spilled_touch(&e->pair_list, sizeof *e->pairs);
        const struct event_pair *before = &e->pairs[i - 1], *pair = &e->pairs[i];
        const struct seen_record *request = verification_record(e->v, pair->other);
        if (request->type == WARC_REQUEST && before->other == pair->other &&
            before->response != pair->response && told != pair->other) {
            told = pair->other;
            verification_find_record(e->v, request, CHECK_REQUEST_TWO_RESPONSES, "");
        }
    }
}

/* Records from `from` to before `to` are of one writer: no warcinfo record is between them. */
static void check_writer(struct events *e, size_t from, size_t to)
{
    size_t responses = 0, requested = 0, described = 0;
    for (size_t i = from; i < to; i++) {
        const struct seen_record *record = verification_record(e->v, i);
        if (!is_response(record) || !record->http)
            continue;
        responses++;
        requested += (e->has[i] & HAS_REQUEST) != 0;
        described += (e->has[i] & HAS_METADATA) != 0;
    }
    bool keeps_requests = requested && requested * 2 >= responses,
         keeps_metadata = described * 2 > responses;
    for (size_t i = from; i < to; i++) {
        const struct seen_record *record = verification_record(e->v, i);
        if (!is_response(record) || !record->http)
            continue;
        if (keeps_requests && !(e->has[i] & HAS_REQUEST))
            verification_find_record(e->v, record, CHECK_REQUEST_MISSING, "");
        if (keeps_metadata && !(e->has[i] & HAS_METADATA))
            verification_find_record(e->v, record, CHECK_METADATA_MISSING, "");
    }
}

static void check_writers(struct events *e)
{
    size_t from = 0;
    for (size_t i = 1; i < e->v->record_count; i++) {
        const struct seen_record *record = verification_record(e->v, i);
        if (record->file == e->v->records[from].file && record->type != WARC_WARCINFO)
            continue;
        check_writer(e, from, i);
        from = i;
    }
    if (e->v->record_count)
        check_writer(e, from, e->v->record_count);
}

/* Resources and conversions may be older than the file that they were put into. */
static void check_dates(struct events *e)
{
    for (size_t i = 0; i < e->v->record_count; i++) {
        const struct seen_record *record = verification_record(e->v, i);
        const struct seen_record *warcinfo =
            record_ids_find(e->v, e->ids, record->links.warcinfo_id);
        if (warcinfo && warcinfo->type == WARC_WARCINFO && warcinfo->file == record->file &&
            (is_response(record) || record->type == WARC_REQUEST) && record->date_ms &&
            warcinfo->date_ms && record->date_ms + DATE_SLACK_MS < warcinfo->date_ms)
            verification_find_record(e->v, record, CHECK_DATE_BEFORE_WARCINFO, "");
    }
}

void check_events(struct verification *v, const struct record_ids *ids)
{
    struct events e = {.v = v, .ids = ids};
    spilled_init(&e.pair_list, v->options->spill);
    e.has = calloc(v->record_count + 1, 1);
    if (!e.has) {
        v->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < v->record_count; i++)
        take_link(&e, i, verification_record(v, i)->links.concurrent_to);
    for (size_t i = 0; i < v->aside.more_count; i++)
        take_link(&e, v->aside.more[i].record, v->aside.more[i].id);
    check_one_response(&e);
    if (v->record_count)
        check_writers(&e);
    check_dates(&e);
    spilled_release(&e.pair_list);
    free(e.has);
}
