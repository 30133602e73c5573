/* Between records, over all files given: identifiers are unique, what one record says of another is true. */
#include <config.h>

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

static const struct seen_record *find(const struct verification *v, const struct by_id *ids, uint64_t id)
{
    size_t low = 0, high = v->record_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ids[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->record_count && ids[low].id == id ? &v->records[ids[low].place] : NULL;
}

static void find_at(struct verification *v, const struct seen_record *record, enum finding_level level, const char *rule,
                    const char *words)
{
    verification_find(v, level, rule, v->files[record->file], record->offset, NULL, NULL, "%s", words);
}

static void check_doubles(struct verification *v, const struct by_id *ids)
{
    for (size_t i = 1; i < v->record_count; i++)
        if (ids[i].id && ids[i].id == ids[i - 1].id)
            find_at(v, &v->records[ids[i].place], FINDING_FAULT, "id-repeated",
                    "another record has the same WARC-Record-ID");
}

static void check_warcinfo(struct verification *v, const struct by_id *ids, const struct seen_record *record)
{
    if (!record->warcinfo_id)
        return;
    const struct seen_record *warcinfo = find(v, ids, record->warcinfo_id);
    if (!warcinfo || warcinfo->type != WARC_WARCINFO)
        find_at(v, record, FINDING_FAULT, "warcinfo-dangling", "WARC-Warcinfo-ID names no warcinfo record of these files");
    else if (warcinfo->file != record->file)
        find_at(v, record, FINDING_FAULT, "warcinfo-elsewhere",
                "WARC-Warcinfo-ID names the warcinfo record of another file");
}

/* Records of one capture have one address and one date. */
static void check_pair(struct verification *v, const struct by_id *ids, const struct seen_record *record)
{
    if (!record->concurrent_to)
        return;
    const struct seen_record *other = find(v, ids, record->concurrent_to);
    if (!other)
        find_at(v, record, FINDING_FAULT, "concurrent-dangling", "WARC-Concurrent-To names no record of these files");
    else if (record->url && other->url && other->url != record->url)
        find_at(v, record, FINDING_WARNING, "concurrent-url", "WARC-Concurrent-To names a record of another address");
    else if (other->date != record->date)
        find_at(v, record, FINDING_WARNING, "concurrent-date", "WARC-Concurrent-To names a record of another moment");
}

static void check_revisit(struct verification *v, const struct by_id *ids, const struct seen_record *record)
{
    if (record->type != WARC_REVISIT || !record->refers_to)
        return;
    const struct seen_record *original = find(v, ids, record->refers_to);
    if (!original)
        find_at(v, record, FINDING_WARNING, "revisit-dangling",
                "the record that this revisit refers to is not in these files: verify the whole collection");
    else if (original->type == WARC_REVISIT)
        find_at(v, record, FINDING_FAULT, "revisit-chain", "the revisit refers to a revisit: readers show nothing");
    else if (original->truncated)
        find_at(v, record, FINDING_FAULT, "revisit-truncated", "the revisit refers to a truncated record");
    else if (original->digest != record->digest)
        find_at(v, record, FINDING_FAULT, "revisit-other-digest", "the revisit and its original differ in their digest");
}

void check_references(struct verification *v)
{
    struct by_id *ids = calloc(v->record_count + 1, sizeof *ids);
    if (!ids) {
        v->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < v->record_count; i++)
        ids[i] = (struct by_id){v->records[i].id, i};
    qsort(ids, v->record_count, sizeof *ids, order);
    check_doubles(v, ids);
    for (size_t i = 0; i < v->record_count; i++) {
        const struct seen_record *record = &v->records[i];
        check_warcinfo(v, ids, record);
        check_pair(v, ids, record);
        check_revisit(v, ids, record);
    }
    free(ids);
}
