/* Checks records against each other, over all files: identifiers are unique, and what one record
 * says of another is true. */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>

#include "verify/check.h"

struct by_id {
    uint64_t id;
    size_t place; /* in v->records */
};

static int order(const void *left, const void *right)
{
    const struct by_id *a = left, *b = right;
    return a->id < b->id ? -1 : a->id > b->id ? 1 : a->place < b->place ? -1 : a->place > b->place;
}

static const struct seen_record *find(const struct verification *v, const struct by_id *ids,
                                      size_t count, uint64_t id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ids[low].id == id ? &v->records[ids[low].place] : NULL;
}

/* Reads the record's header again, for its identifier and URL, which are not kept in memory. */
static void find_at(struct verification *v, const struct seen_record *record, int rule,
                    const char *detail)
{
    struct finding_place at = {.file = v->files[record->file],
                               .offset = record->offset,
                               .length = record->length};
    const struct warc_record *header = NULL;
    if (!v->again.reader || v->again.file != record->file) {
        warc_reader_close(v->again.reader);
        v->again.reader = warc_reader_open(at.file);
        v->again.file = record->file;
    }
    if (v->again.reader && warc_reader_seek(v->again.reader, record->offset) == WARC_OK)
        result_ignore(warc_reader_next(v->again.reader, &header));
    if (header) {
        at.record_id = warc_record_field(header, "WARC-Record-ID");
        at.url = warc_record_field(header, "WARC-Target-URI");
    }
    verification_find(v, rule, &at, "%s", detail);
}

static void check_doubles(struct verification *v, const struct by_id *ids)
{
    for (size_t i = 1; i < v->record_count; i++)
        if (ids[i].id && ids[i].id == ids[i - 1].id)
            find_at(v, &v->records[ids[i].place], CHECK_ID_REPEATED, "");
}

static void check_warcinfo(struct verification *v, const struct by_id *ids,
                           const struct seen_record *record)
{
    if (!record->warcinfo_id)
        return;
    const struct seen_record *warcinfo = find(v, ids, v->record_count, record->warcinfo_id);
    if (!warcinfo || warcinfo->type != WARC_WARCINFO)
        find_at(v, record, CHECK_WARCINFO_DANGLING, "");
    else if (warcinfo->file != record->file)
        find_at(v, record, CHECK_WARCINFO_ELSEWHERE, "");
}

/* Records of one capture have the same URL and date. */
static void check_pair(struct verification *v, const struct by_id *ids,
                       const struct seen_record *record)
{
    if (!record->concurrent_to)
        return;
    const struct seen_record *other = find(v, ids, v->record_count, record->concurrent_to);
    if (!other)
        find_at(v, record, CHECK_CONCURRENT_DANGLING, "");
    else if (record->url && other->url && other->url != record->url)
        find_at(v, record, CHECK_CONCURRENT_URL, "");
    else if (other->date != record->date)
        find_at(v, record, CHECK_CONCURRENT_DATE, "");
}

static void judge_original(struct verification *v, const struct seen_record *revisit,
                           const struct seen_record *original)
{
    if (original->type == WARC_REVISIT)
        find_at(v, revisit, CHECK_REVISIT_CHAIN, "");
    else if (original->truncated)
        find_at(v, revisit, CHECK_REVISIT_TRUNCATED, "");
    else if (original->digest != revisit->digest && original->digest && revisit->digest &&
             original->digest_kind == revisit->digest_kind)
        find_at(v, revisit, CHECK_REVISIT_OTHER_DIGEST, "");
}

/* Many writers identify an original by its URL and date only. */
static void check_referred(struct verification *v, const struct by_id *ids,
                           const struct by_id *captures, size_t capture_count,
                           const struct seen_record *record)
{
    bool revisit = record->type == WARC_REVISIT;
    const struct seen_record *other = NULL;
    if (record->refers_to)
        other = find(v, ids, v->record_count, record->refers_to);
    else if (revisit && record->refers_to_capture)
        other = find(v, captures, capture_count, record->refers_to_capture);
    else
        return;
    if (!other && revisit)
        find_at(v, record, CHECK_REVISIT_DANGLING, "");
    else if (!other)
        find_at(v, record, CHECK_REFERS_DANGLING, "");
    else if (revisit)
        judge_original(v, record, other);
}

/* It answers no GET: it is not what its URL has, and needs no line in the index. */
static void leave_out(struct seen_record *response)
{
    response->not_get = true;
    response->indexed = false;
}

/* A response to HEAD has no body, whatever it announces.  Only the record of the request says that
 * it was HEAD. */
static void check_bodiless(struct verification *v, const struct by_id *ids)
{
    for (size_t i = 0; i < v->record_count; i++) {
        struct seen_record *record = &v->records[i];
        const struct seen_record *other =
            record->concurrent_to ? find(v, ids, v->record_count, record->concurrent_to) : NULL;
        if (other && other->asks_head)
            record->bodiless = false;
        if (other && record->asks_head)
            v->records[other - v->records].bodiless = false;
        if (other && other->not_get && record->type == WARC_RESPONSE)
            leave_out(record);
        if (other && record->not_get && record->type == WARC_REQUEST)
            leave_out(&v->records[other - v->records]);
    }
    for (size_t i = 0; i < v->record_count; i++)
        if (v->records[i].bodiless)
            find_at(v, &v->records[i], CHECK_HTTP_SHORT,
                    "all that its header announces is missing");
}

/* The captures that a revisit may refer to, by URL and date; NULL without memory. */
static struct by_id *list_captures(const struct verification *v, size_t *count)
{
    struct by_id *captures = calloc(v->record_count + 1, sizeof *captures);
    *count = 0;
    for (size_t i = 0; captures && i < v->record_count; i++) {
        const struct seen_record *record = &v->records[i];
        uint64_t capture = verification_capture(record->url, record->date);
        if (capture && (record->type == WARC_RESPONSE || record->type == WARC_RESOURCE))
            captures[(*count)++] = (struct by_id){capture, i};
    }
    if (captures)
        qsort(captures, *count, sizeof *captures, order);
    return captures;
}

void check_references(struct verification *v)
{
    size_t capture_count;
    struct by_id *ids = calloc(v->record_count + 1, sizeof *ids),
                 *captures = list_captures(v, &capture_count);
    if (!ids || !captures) {
        v->out_of_memory = true;
        free(ids);
        free(captures);
        return;
    }
    for (size_t i = 0; i < v->record_count; i++)
        ids[i] = (struct by_id){v->records[i].id, i};
    qsort(ids, v->record_count, sizeof *ids, order);
    check_doubles(v, ids);
    check_bodiless(v, ids);
    for (size_t i = 0; i < v->record_count; i++) {
        const struct seen_record *record = &v->records[i];
        check_warcinfo(v, ids, record);
        check_pair(v, ids, record);
        check_referred(v, ids, captures, capture_count, record);
    }
    free(ids);
    free(captures);
}
