/*
 * Checks what a revisit says of its original: that it names one, that both ways of naming agree,
 * and that the original is a whole response with that payload.  Where the digests of both cannot be
 * compared, the original's payload is read again and its digest computed.
 */
#include <config.h>

#include "verify/check_revisits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest_value.h"

enum {
    DAY_MS = 86400000,
    SECONDS_LENGTH = sizeof "2026-01-02T03:04:05" - 1, /* what all precisions have in common */
};

struct revisits {
    struct verification *v;
    const struct record_ids *ids;
    struct record_ids captures; /* by URL and date */
    struct record_ids payloads; /* by URL and payload digest; NULL until it is needed */
    struct record_ids urls;     /* by URL; the same */
    struct record_ids seconds;  /* by URL and second; the same */
    struct spilled capture_items, payload_items, url_items, second_items;
    struct {
        const struct seen_record *original; /* whose payload was read last */
        struct digest_value digest;
        bool known;
    } read;
};

enum originals_key { BY_URL, BY_DATE, BY_SECOND, BY_DIGEST }; /* all but the first with the URL */

static uint64_t hash_of_second(const struct verification *v, int64_t date_ms)
{
    char second[24];
    snprintf(second, sizeof second, "%lld", (long long)(date_ms / 1000));
    return verification_hash(v, second);
}

/* What tells an original, besides its URL. */
static uint64_t key_of(const struct verification *v, const struct seen_record *record,
                       enum originals_key by)
{
    return by == BY_DIGEST ? record->digest
           : by == BY_DATE ? record->date
                           : hash_of_second(v, record->date_ms);
}

/* The responses and resources; the list is NULL without memory. */
static struct record_ids list_originals(const struct verification *v, struct spilled *items,
                                        enum originals_key by)
{
    struct record_ids all;
    spilled_init(items, v->options->spill);
    record_ids_begin(&all, items, v->record_count);
    for (size_t i = 0; all.list && i < v->record_count; i++) {
        const struct seen_record *record = verification_record(v, i);
        uint64_t key =
            by == BY_URL ? record->url : verification_capture(record->url, key_of(v, record, by));
        if (key && (record->type == WARC_RESPONSE || record->type == WARC_RESOURCE))
            record_ids_add(&all, key, i);
    }
    if (all.list)
        record_ids_end(&all);
    return all;
}

/* ---- fields that are not kept in memory ---- */

static bool read_field(struct verification *v, const struct seen_record *record, const char *name,
                       struct buf *out)
{
    const struct warc_record *header;
    const char *value =
        verification_read_again(v, record, &header) ? warc_record_field(header, name) : NULL;
    buf_clear(out);
    if (value)
        buf_add(out, value);
    return value != NULL;
}

static struct text to_the_second(struct text date)
{
    return date.length > SECONDS_LENGTH ? text_first(date, SECONDS_LENGTH) : date;
}

static struct text as_it_is(struct text date)
{
    return date;
}

/* Whether the fields of two records are there and differ, apart from what is `trimmed`. */
static bool field_differs(struct verification *v, const struct seen_record *revisit,
                          const char *revisit_field, const struct seen_record *original,
                          const char *original_field, struct text (*trimmed)(struct text))
{
    struct buf one, other;
    buf_init(&one, 1 << 21);
    buf_init(&other, 1 << 21);
    bool differs = read_field(v, revisit, revisit_field, &one) &&
                   read_field(v, original, original_field, &other) &&
                   !text_equal(trimmed(buf_text(&one)), trimmed(buf_text(&other)));
    buf_release(&one);
    buf_release(&other);
    return differs;
}

/* ---- the payload ---- */

/* The digest of the payload of a record, by the algorithm of `kind`. */
static bool compute_digest(struct verification *v, const struct seen_record *record,
                           enum digest_kind kind, struct digest_value *out)
{
    const struct warc_record *header;
    struct warc_reader *reader = verification_read_again(v, record, &header);
    struct warc_payload *payload = reader ? warc_payload_open(reader, header, 0) : NULL;
    struct digester *digester = digester_new(kind);
    const char *bytes;
    size_t length;
    enum warc_result got = WARC_BROKEN;
    v->out_of_memory = v->out_of_memory || (reader && !payload) || !digester;
    if (payload && digester) {
        while ((got = warc_payload_read(payload, &bytes, &length)) == WARC_OK)
            digester_add(digester, bytes, length);
        *out = (struct digest_value){.kind = kind, .length = digest_bytes(kind)};
        digester_end(digester, out->bytes);
    }
    warc_payload_close(payload);
    digester_free(digester);
    return got == WARC_END;
}

/* Digests of different algorithms say nothing of each other. */
static void check_payload(struct revisits *r, const struct seen_record *revisit,
                          const struct seen_record *original)
{
    struct digest_value said;
    struct buf field;
    buf_init(&field, 1 << 21);
    bool read = read_field(r->v, revisit, "WARC-Payload-Digest", &field) &&
                digest_value_read(buf_text(&field), &said) == DIGEST_IS_READ;
    buf_release(&field);
    if (!read)
        return;
    if (r->read.original != original || r->read.digest.kind != said.kind) {
        r->read.original = original;
        r->read.known = compute_digest(r->v, original, said.kind, &r->read.digest);
        r->read.digest.kind = said.kind;
    }
    if (r->read.known && memcmp(r->read.digest.bytes, said.bytes, said.length) != 0)
        verification_find_record(r->v, revisit, CHECK_REVISIT_OTHER_DIGEST,
                                 "the original's payload was read, and has another one");
}

/* What was answered with 304 has no payload of its own, and some writers give its digest. */
static bool says_not_modified(struct verification *v, const struct seen_record *revisit)
{
    struct buf profile;
    buf_init(&profile, 1 << 21);
    bool says = read_field(v, revisit, "WARC-Profile", &profile) &&
                text_ends(buf_text(&profile), TEXT("server-not-modified"));
    buf_release(&profile);
    return says;
}

static bool is_digest_of_nothing(const struct verification *v, const struct seen_record *revisit)
{
    unsigned char nothing[DIGEST_MOST_BYTES];
    char hex[2 * DIGEST_MOST_BYTES + 1];
    for (int kind = 0; kind < DIGEST_KINDS; kind++) {
        struct digester *digester = digester_new((enum digest_kind)kind);
        if (!digester)
            continue;
        digester_end(digester, nothing);
        digester_free(digester);
        digest_hex(nothing, digest_bytes((enum digest_kind)kind), hex);
        if (verification_hash(v, hex) == revisit->digest)
            return true;
    }
    return false;
}

static bool is_segment(struct verification *v, const struct seen_record *record)
{
    struct buf number;
    buf_init(&number, 1 << 21);
    bool is = read_field(v, record, "WARC-Segment-Number", &number);
    buf_release(&number);
    return is;
}

static void judge_digest(struct revisits *r, const struct seen_record *revisit,
                         const struct seen_record *original)
{
    if (!revisit->digest || revisit->digest == original->digest)
        return;
    if (!original->digest || original->digest_kind != revisit->digest_kind) {
        if (!is_segment(r->v, original)) /* the rest of it is in other records */
            check_payload(r, revisit, original);
        return;
    }
    bool empty = is_digest_of_nothing(r->v, revisit) && says_not_modified(r->v, revisit);
    verification_find_record(r->v, revisit,
                             empty ? CHECK_REVISIT_EMPTY_DIGEST : CHECK_REVISIT_OTHER_DIGEST, "");
}

/* ---- one revisit ---- */

static void judge_original(struct revisits *r, const struct seen_record *revisit,
                           const struct seen_record *original)
{
    if (original->type == WARC_REVISIT)
        verification_find_record(r->v, revisit, CHECK_REVISIT_CHAIN, "");
    else if (original->type != WARC_RESPONSE && original->type != WARC_RESOURCE &&
             original->type != WARC_CONVERSION)
        verification_find_record(r->v, revisit, CHECK_REVISIT_NO_RESPONSE, "");
    else if (original->truncated)
        verification_find_record(r->v, revisit, CHECK_REVISIT_TRUNCATED, "");
    else {
        judge_digest(r, revisit, original);
        if (revisit->date_ms && original->date_ms && revisit->date_ms + DAY_MS < original->date_ms)
            verification_find_record(r->v, revisit, CHECK_REVISIT_DATE, "");
    }
}

/* WARC-Refers-To names `original`; the URL and date that the revisit names too must be the same.  A
 * date may be less precise than the original's. */
static void check_agreement(struct revisits *r, const struct seen_record *revisit,
                            const struct seen_record *original)
{
    if (!revisit->links.refers_to_capture || original->type == WARC_REVISIT ||
        revisit->links.refers_to_capture == verification_capture(original->url, original->date))
        return;
    if (field_differs(r->v, revisit, "WARC-Refers-To-Target-URI", original, "WARC-Target-URI",
                      verification_bare_uri))
        verification_find_record(r->v, revisit, CHECK_REVISIT_CONTRADICTS,
                                 "WARC-Refers-To-Target-URI is not the URL of that record");
    else if (field_differs(r->v, revisit, "WARC-Refers-To-Date", original, "WARC-Date",
                           to_the_second))
        verification_find_record(r->v, revisit, CHECK_REVISIT_CONTRADICTS,
                                 "WARC-Refers-To-Date is not the date of that record");
    else if (field_differs(r->v, revisit, "WARC-Refers-To-Date", original, "WARC-Date", as_it_is))
        verification_find_record(r->v, revisit, CHECK_REVISIT_PRECISION, "");
}

/* The original whose URL and date the revisit names, the date to the second only, as players read
 * it; NULL when there is none. */
static const struct seen_record *find_to_the_second(struct revisits *r,
                                                    const struct seen_record *revisit)
{
    struct buf url, date;
    int64_t date_ms;
    uint64_t key = 0;
    buf_init(&url, 1 << 21);
    buf_init(&date, 1 << 21);
    if (read_field(r->v, revisit, "WARC-Refers-To-Target-URI", &url) &&
        read_field(r->v, revisit, "WARC-Refers-To-Date", &date) &&
        date_read_warc(buf_text(&date), &date_ms))
        key =
            verification_capture(verification_hash(r->v, url.data), hash_of_second(r->v, date_ms));
    buf_release(&url);
    buf_release(&date);
    if (key && !r->seconds.list)
        r->seconds = list_originals(r->v, &r->second_items, BY_SECOND);
    r->v->out_of_memory = r->v->out_of_memory || (key && !r->seconds.list);
    return key && r->seconds.list ? record_ids_find(r->v, &r->seconds, key) : NULL;
}

/* Old writers name the payload only.  Players then look for it among the captures of the URL. */
static void check_unnamed(struct revisits *r, const struct seen_record *revisit)
{
    if (!r->payloads.list)
        r->payloads = list_originals(r->v, &r->payload_items, BY_DIGEST);
    if (!r->urls.list)
        r->urls = list_originals(r->v, &r->url_items, BY_URL);
    r->v->out_of_memory = r->v->out_of_memory || !r->payloads.list || !r->urls.list;
    uint64_t key = verification_capture(revisit->url, revisit->digest);
    if (r->v->out_of_memory || !key || record_ids_find(r->v, &r->payloads, key))
        return;
    /* What the server says is not modified is what was captured of the URL before. */
    if (record_ids_find(r->v, &r->urls, revisit->url) && is_digest_of_nothing(r->v, revisit) &&
        says_not_modified(r->v, revisit))
        verification_find_record(r->v, revisit, CHECK_REVISIT_EMPTY_DIGEST, "");
    else
        verification_find_record(
            r->v, revisit, CHECK_REVISIT_DANGLING,
            "it names no record, and no capture of its URL has that payload digest");
}

/* Many writers identify an original by its URL and date only. */
static void check_revisit(struct revisits *r, const struct seen_record *revisit)
{
    const struct seen_record *original = NULL;
    if (revisit->links.refers_to)
        original = record_ids_find(r->v, r->ids, revisit->links.refers_to);
    else if (revisit->links.refers_to_capture)
        original = record_ids_find(r->v, &r->captures, revisit->links.refers_to_capture);
    else {
        check_unnamed(r, revisit);
        return;
    }
    if (!original && !revisit->links.refers_to) {
        original = find_to_the_second(r, revisit);
        if (original)
            verification_find_record(r->v, revisit, CHECK_REVISIT_PRECISION, "");
    }
    if (!original) {
        verification_find_record(r->v, revisit, CHECK_REVISIT_DANGLING, "");
        return;
    }
    if (revisit->links.refers_to)
        check_agreement(r, revisit, original);
    judge_original(r, revisit, original);
}

void check_revisits(struct verification *v, const struct record_ids *ids)
{
    struct revisits r = {
        .v = v,
        .ids = ids,
    };
    r.captures = list_originals(v, &r.capture_items, BY_DATE);
    v->out_of_memory = v->out_of_memory || !r.captures.list;
    for (size_t i = 0; r.captures.list && i < v->record_count; i++) {
        const struct seen_record *record = verification_record(v, i);
        if (record->type == WARC_REVISIT)
            check_revisit(&r, record);
        else if (record->links.refers_to && !record_ids_find(v, ids, record->links.refers_to))
            verification_find_record(v, record, CHECK_REFERS_DANGLING, "");
    }
    spilled_release(&r.capture_items);
    spilled_release(&r.payload_items);
    spilled_release(&r.url_items);
    spilled_release(&r.second_items);
}
