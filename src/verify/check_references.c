/* Checks records against each other, over all files: identifiers are unique, and what one record
 * says of another is true. */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>

#include "verify/check.h"
#include "verify/check_revisits.h"
#include "verify/file_start.h"

enum { PAGES_AROUND = 1 << 15 };

static int order(const void *left, const void *right)
{
    const struct by_id *a = left, *b = right;
    return a->id < b->id ? -1 : a->id > b->id ? 1 : a->place < b->place ? -1 : a->place > b->place;
}

void record_ids_begin(struct record_ids *ids, struct spilled *items, size_t most)
{
    *ids = (struct record_ids){.items = items};
    if (spilled_grow(items, (most + 1) * sizeof *ids->list))
        ids->list = (struct by_id *)(void *)items->at;
}

void record_ids_add(struct record_ids *ids, uint64_t id, size_t place)
{
    ids->list[ids->count++] = (struct by_id){id, place};
    spilled_touch(ids->items, sizeof *ids->list);
}

void record_ids_end(struct record_ids *ids)
{
    bool sorted = spilled_sort(ids->items, ids->count, sizeof *ids->list, order);
    ids->list = sorted ? (struct by_id *)(void *)ids->items->at : NULL;
}

struct seen_record *record_ids_find(const struct verification *v, const struct record_ids *ids,
                                    uint64_t id)
{
    size_t low = 0, high = id ? ids->count : 0;
    if (id) { /* about so much is read around each place that was not in memory */
        spilled_touch(ids->items, PAGES_AROUND);
        if (v->aside.record_list)
            spilled_touch(v->aside.record_list, PAGES_AROUND);
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids->list[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return id && low < ids->count && ids->list[low].id == id ? &v->records[ids->list[low].place]
                                                             : NULL;
}

struct text verification_bare_uri(struct text uri)
{
    return text_starts(uri, TEXT("<")) && text_ends(uri, TEXT(">"))
               ? text_first(text_skip(uri, 1), uri.length - 2)
               : uri;
}

struct warc_reader *verification_read_again(struct verification *v,
                                            const struct seen_record *record,
                                            const struct warc_record **header)
{
    *header = NULL;
    if (file_start_is_stream(v->files[record->file]))
        return NULL;
    if (!v->aside.reader || v->aside.file != record->file) {
        warc_reader_close(v->aside.reader);
        v->aside.reader = warc_reader_open(v->files[record->file]);
        v->aside.file = record->file;
    }
    if (v->aside.reader && warc_reader_seek(v->aside.reader, record->offset) == WARC_OK)
        result_ignore(warc_reader_next(v->aside.reader, header));
    return *header ? v->aside.reader : NULL;
}

void verification_find_record(struct verification *v, const struct seen_record *record, int rule,
                              const char *detail)
{
    struct finding_place at = {.file = v->files[record->file],
                               .offset = record->offset,
                               .length = record->length};
    const struct warc_record *header;
    if (verification_read_again(v, record, &header)) {
        at.record_id = warc_record_field(header, "WARC-Record-ID");
        at.url = warc_record_field(header, "WARC-Target-URI");
    }
    verification_find(v, rule, &at, "%s", detail);
}

static int order_places(const void *left, const void *right)
{
    const size_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* They are told in the order of the files, not in that of hashes, which are others each time. */
static void check_doubles(struct verification *v, const struct record_ids *ids)
{
    size_t *places = NULL, count = 0, room = 0;
    for (size_t i = 1; i < ids->count; i++) {
        spilled_touch(ids->items, sizeof *ids->list);
        if (!ids->list[i].id || ids->list[i].id != ids->list[i - 1].id)
            continue;
        size_t *place = verification_grow(v, &places, &count, &room, sizeof *place);
        if (place)
            *place = ids->list[i].place;
    }
    if (count)
        qsort(places, count, sizeof *places, order_places);
    for (size_t i = 0; i < count; i++)
        verification_find_record(v, verification_record(v, places[i]), CHECK_ID_REPEATED, "");
    free(places);
}

static void check_warcinfo(struct verification *v, const struct record_ids *ids,
                           const struct seen_record *record)
{
    if (!record->links.warcinfo_id)
        return;
    const struct seen_record *warcinfo = record_ids_find(v, ids, record->links.warcinfo_id);
    if (!warcinfo || warcinfo->type != WARC_WARCINFO)
        verification_find_record(v, record, CHECK_WARCINFO_DANGLING, "");
    else if (warcinfo->file != record->file)
        verification_find_record(v, record, CHECK_WARCINFO_ELSEWHERE, "");
}

/* Whether both URLs are of http, or of no scheme, and differ.  Tools tie other records together
 * too: their list of records with their log (metadata://), a picture of a page with the page
 * (urn:). */
static bool differs_in_url(struct verification *v, const struct seen_record *one,
                           const struct seen_record *other)
{
    struct buf urls[2];
    const struct seen_record *records[] = {one, other};
    struct text read[2];
    bool http = true;
    for (int i = 0; i < 2; i++) {
        const struct warc_record *header;
        const char *url = verification_read_again(v, records[i], &header)
                              ? warc_record_field(header, "WARC-Target-URI")
                              : NULL;
        buf_init(&urls[i], 1 << 21);
        buf_add(&urls[i], url ? url : "");
        read[i] = verification_bare_uri(buf_text(&urls[i]));
        ptrdiff_t colon = text_find_char(read[i], ':');
        http = http && (colon < 0 || text_starts_nocase(read[i], TEXT("http")));
    }
    bool differs = http && !text_equal(read[0], read[1]);
    buf_release(&urls[0]);
    buf_release(&urls[1]);
    return differs;
}

/* Records of one capture have the same URL and date. */
static void check_pair(struct verification *v, const struct record_ids *ids,
                       const struct seen_record *record, uint64_t concurrent_to)
{
    if (!concurrent_to)
        return;
    const struct seen_record *other = record_ids_find(v, ids, concurrent_to);
    if (!other)
        verification_find_record(v, record, CHECK_CONCURRENT_DANGLING, "");
    else if (other->type == WARC_WARCINFO || other->type == WARC_CONVERSION ||
             other->type == WARC_CONTINUATION)
        verification_find_record(v, record, CHECK_CONCURRENT_TYPE,
                                 warc_type_name((enum warc_type)other->type));
    else if (record->url && other->url && other->url != record->url &&
             differs_in_url(v, record, other))
        verification_find_record(v, record, CHECK_CONCURRENT_URL, "");
    else if (other->date != record->date)
        verification_find_record(v, record, CHECK_CONCURRENT_DATE, "");
}

/* It answers no GET: it is not what its URL has, and needs no line in the index. */
static void leave_out(struct seen_record *response)
{
    response->not_get = true;
    response->indexed = false;
}

/* A response to HEAD has no body, whatever it announces.  Only the record of the request says that
 * it was HEAD.  Without that record it is not known. */
static void note_request(struct verification *v, const struct record_ids *ids,
                         struct seen_record *record, uint64_t concurrent_to)
{
    struct seen_record *other = record_ids_find(v, ids, concurrent_to);
    struct seen_record *request = record->type == WARC_REQUEST ? record : other;
    struct seen_record *response = request == record ? other : record;
    if (!other || request->type != WARC_REQUEST)
        return;
    if (request->asks_head)
        response->bodiless = false;
    if (request->not_get)
        leave_out(response);
    response->requested = true;
}

static void check_bodiless(struct verification *v, const struct record_ids *ids)
{
    for (size_t i = 0; i < v->record_count; i++)
        note_request(v, ids, verification_record(v, i), v->records[i].links.concurrent_to);
    for (size_t i = 0; i < v->aside.more_count; i++)
        note_request(v, ids, &v->records[v->aside.more[i].record], v->aside.more[i].id);
    for (size_t i = 0; i < v->record_count; i++)
        if (verification_record(v, i)->bodiless)
            verification_find_record(v, &v->records[i],
                                     v->records[i].requested ? RULE_HTTP_SHORT
                                                             : RULE_HTTP_BODY_MISSING,
                                     "all that its header announces is missing");
}

static void check_all(struct verification *v, const struct record_ids *ids)
{
    check_doubles(v, ids);
    check_bodiless(v, ids);
    for (size_t i = 0; i < v->record_count; i++) {
        const struct seen_record *record = verification_record(v, i);
        check_warcinfo(v, ids, record);
        check_pair(v, ids, record, record->links.concurrent_to);
    }
    for (size_t i = 0; i < v->aside.more_count; i++)
        check_pair(v, ids, &v->records[v->aside.more[i].record], v->aside.more[i].id);
    check_revisits(v, ids);
    check_events(v, ids);
    check_segments(v);
    check_payloads(v);
}

void check_references(struct verification *v)
{
    struct record_ids ids;
    struct spilled items;
    spilled_init(&items, v->options->spill);
    record_ids_begin(&ids, &items, v->record_count);
    for (size_t i = 0; ids.list && i < v->record_count; i++)
        record_ids_add(&ids, verification_record(v, i)->id, i);
    if (ids.list)
        record_ids_end(&ids);
    if (ids.list)
        check_all(v, &ids);
    else
        v->out_of_memory = true;
    spilled_release(&items);
}
