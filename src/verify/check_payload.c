/*
 * Looks at the beginning of each payload: whether it is what it is declared to be, a page that only
 * says that there is none, or a challenge in the place of a page; and whether two payloads differ
 * that have one digest.  Compares the server's clock with that of the crawler.
 */
#include <config.h>

#include <string.h>

#include "http/http_date.h"
#include "traps/challenge.h"
#include "verify/payload_kind.h"
#include "verify/record_check.h"

enum {
    DAY_MS = 86400000,
    MANY_RESPONSES = 20, /* fewer say nothing of a site */
    FAILED_SHARE = 4,    /* one response of so many */
};

void payload_begin(struct record_check *r, bool coded)
{
    r->start.length = 0;
    r->start.coded = coded;
    r->start.doubtful = false;
}

void payload_take(struct record_check *r, struct text piece)
{
    size_t room = sizeof r->start.bytes - r->start.length;
    size_t length = piece.length < room ? piece.length : room;
    memcpy(r->start.bytes + r->start.length, piece.at, length);
    r->start.length += length;
}

static struct text start_of(const struct record_check *r)
{
    return (struct text){r->start.bytes, r->start.length};
}

uint32_t payload_mark(const struct record_check *r)
{
    const struct hash_key *key = &r->v->hash_key;
    return r->start.length && !r->start.doubtful && !r->start.coded
               ? (uint32_t)hash_text(key, start_of(r)) | 1
               : 0;
}

/* ---- one payload ---- */

/* The two files of the SHAttered attack, and all that were made from them, have this (2017). */
static bool has_collision_block(struct text start)
{
    return text_find(start, TEXT("SHA-1 is dead!!!!!\x85\x2f\xec\x09\x23\x39\x75\x9c")) >= 0;
}

static void check_kind(struct record_check *r)
{
    const char *is, *identified = warc_record_field(r->record, "WARC-Identified-Payload-Type");
    struct text declared =
        r->http ? text_trim(http_field(&r->split.parsed, "Content-Type")) : TEXT("");
    if (identified && !payload_kind_fits(text_of(identified), start_of(r), &is))
        verification_find(r->v, CHECK_PAYLOAD_KIND, &r->at,
                          "WARC-Identified-Payload-Type is %.60s, it is %s", identified, is);
    else if (!payload_kind_fits(declared, start_of(r), &is))
        verification_find(r->v, CHECK_PAYLOAD_KIND, &r->at, "Content-Type is %.*s, it is %s",
                          declared.length < 60 ? (int)declared.length : 60, declared.at, is);
}

/* The title of a page that is in fact an error message. */
static bool is_soft_error(struct text start)
{
    static const char *const whole[] = {"404", "not found"};
    static const char *const first[] = {"404 not found", "error 404", "page not found"};
    bool is = false;
    ptrdiff_t from = text_find_nocase(start, TEXT("<title>"));
    if (from < 0)
        return false;
    struct text title = text_skip(start, (size_t)from + 7);
    ptrdiff_t end = text_find_nocase(title, TEXT("</title>"));
    title = text_trim(text_first(title, end < 0 ? title.length : (size_t)end));
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        is = is || text_equal_nocase(title, text_of(whole[i]));
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        is = is || text_starts_nocase(title, text_of(first[i]));
    return is && end >= 0;
}

static void check_page(struct record_check *r)
{
    const char *service = challenge_find(&r->split.parsed, start_of(r));
    if (service)
        verification_find(r->v, CHECK_CHALLENGE, &r->at, "%s", service);
    else if (r->split.parsed.status == 200 && is_soft_error(start_of(r)))
        verification_find(r->v, CHECK_SOFT_ERROR, &r->at, "%s", "");
}

/* What a cache sends may be old, so only a date that was still to come is more than a note. */
static void check_clock(struct record_check *r, int64_t date_ms)
{
    int64_t server_ms;
    struct text date = text_trim(http_field(&r->split.parsed, "Date"));
    if (!date_ms || !http_date_read(date, &server_ms))
        return;
    if (server_ms > date_ms + DAY_MS)
        verification_find(r->v, CHECK_HTTP_DATE, &r->at, "its Date is %.*s", TEXT_ARGS(date));
    else if (server_ms + DAY_MS < date_ms && !http_field(&r->split.parsed, "Age").length)
        verification_note(r->v, CHECK_HTTP_DATE, &r->at, "its Date is %.*s", TEXT_ARGS(date));
}

void payload_check(struct record_check *r, int64_t date_ms)
{
    bool segment = warc_record_field(r->record, "WARC-Segment-Number") != NULL;
    int status = r->http && r->split.readable ? r->split.parsed.status : 0;
    if ((r->record->type != WARC_RESPONSE && r->record->type != WARC_RESOURCE) || segment ||
        (r->http && !status))
        return;
    if (has_collision_block(start_of(r)))
        verification_find(r->v, CHECK_DIGEST_COLLISION, &r->at, "%s",
                          "it has the structure of a known collision of SHA-1");
    if (status != 206 && !r->start.coded)
        check_kind(r);
    if (!r->http)
        return;
    check_page(r);
    check_clock(r, date_ms);
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
            verification_find_record(v, other, CHECK_DIGEST_COLLISION,
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
