/*
 * Checks of payloads that need more than one record: challenges in the place of pages, sites that
 * failed often, and two different payloads with one digest.
 */
#include <config.h>

#include "traps/challenge.h"
#include "verify/record_check.h"

enum {
    MANY_RESPONSES = 20, /* fewer say nothing of a site */
    FAILED_SHARE = 4,    /* one response of so many */
};

uint32_t payload_mark(const struct record_check *r)
{
    size_t length;
    bool decoded;
    const char *start = warc_check_start(r->check, &length, &decoded);
    return start && !decoded && !r->doubtful
               ? (uint32_t)hash_text(&r->v->hash_key, (struct text){start, length}) | 1
               : 0;
}

/* ---- one payload ---- */

static void check_challenge(struct record_check *r)
{
    struct text head, start;
    struct http_head parsed;
    bool decoded;
    head.at = warc_check_head(r->check, &head.length);
    start.at = warc_check_start(r->check, &start.length, &decoded);
    const char *service = http_response_read(&parsed, head) ? challenge_find(&parsed, start) : NULL;
    http_head_release(&parsed);
    if (service)
        verification_find(r->v, CHECK_CHALLENGE, &r->at, "%s", service);
}

void payload_check(struct record_check *r)
{
    int status = warc_check_status(r->check);
    if (r->record->type != WARC_RESPONSE || !status ||
        warc_record_field(r->record, "WARC-Segment-Number"))
        return;
    check_challenge(r);
    r->v->aside.collection.responses++;
    r->v->aside.collection.failed += status == 429 || status >= 500;
}

/* ---- all of them ---- */

static void check_collisions(struct verification *v, const struct record_ids *payloads)
{
    for (size_t i = 1; i < payloads->count; i++) {
        const struct by_id *before = &payloads->list[i - 1], *item = &payloads->list[i];
        const struct seen_record *one = verification_record(v, before->place);
        uint32_t start = one->start;
        const struct seen_record *other = verification_record(v, item->place);
        if (before->id == item->id && start != other->start)
            verification_find_record(v, other, RULE_DIGEST_COLLISION,
                                     "another record has the same digest and other bytes");
    }
}

void check_payloads(struct verification *v)
{
    struct spilled items;
    struct record_ids payloads;
    spilled_init(&items, v->options->spill);
    record_ids_begin(&payloads, &items, v->record_count);
    for (size_t i = 0; payloads.list && i < v->record_count; i++) {
        const struct seen_record *record = verification_record(v, i);
        if (record->start && record->digest &&
            (record->type == WARC_RESPONSE || record->type == WARC_RESOURCE))
            record_ids_add(&payloads, record->digest, i);
    }
    if (payloads.list)
        record_ids_end(&payloads);
    v->out_of_memory = v->out_of_memory || !payloads.list;
    if (payloads.list)
        check_collisions(v, &payloads);
    spilled_release(&items);
    if (v->aside.collection.responses >= MANY_RESPONSES && v->file_count &&
        v->aside.collection.failed * FAILED_SHARE >= v->aside.collection.responses)
        verification_find_file(v, CHECK_MANY_FAILURES, v->files[0], "%llu of %llu responses",
                               (unsigned long long)v->aside.collection.failed,
                               (unsigned long long)v->aside.collection.responses);
}
