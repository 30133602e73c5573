/* Checks one file record by record, in one pass: grammar and digests, which the reader checks, and
 * the HTTP message inside. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest_value.h"
#include "base/disk.h"
#include "collection/provenance.h"
#include "verify/check_units.h"
#include "verify/file_start.h"
#include "verify/obedience.h"
#include "verify/record_check.h"
#include "verify/repairs.h"
#include "verify/told_limits.h"
#include "verify/unit_events.h"

enum { FIELDS_MOST = 1 << 20, SCRATCH_KEPT = 1 << 20 };

static void find(struct record_check *r, int rule, const char *detail)
{
    verification_find(r->v, rule, &r->at, "%s", detail);
}

/* ---- fields and dates ---- */

/* In milliseconds since 1970; 0 when there is none. */
static int64_t date_of(const struct warc_record *record)
{
    int64_t date_ms = 0;
    const char *date = warc_record_field(record, "WARC-Date");
    return date && date_read_warc(text_of(date), &date_ms) ? date_ms : 0;
}

/* A file that was given another name is still sound, but its records are harder to trace. */
static void check_filename(struct record_check *r)
{
    const char *said = warc_record_field(r->record, "WARC-Filename");
    const char *slash = strrchr(r->at.file, '/'), *name = slash ? slash + 1 : r->at.file;
    if (said && r->record->type == WARC_WARCINFO && r->record->version >= 10 &&
        strcmp(said, name) != 0)
        find(r, CHECK_FILENAME, said);
}

/* ---- what was learned ---- */

static void tell_malformed(struct record_check *r, int rule, struct text line)
{
    if (line.length)
        verification_find(r->v, rule, &r->at, "%.*s", line.length > 60 ? 60 : (int)line.length,
                          line.at);
}

/* What a limit of the crawl has cut, and what would raise it. */
static void tell_limits(const struct record_check *r, const struct provenance_record *provenance)
{
    struct told_limits told;
    if (!told_limits_read(provenance, &told))
        return;
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMITS; limit++)
        if (told.has[limit])
            verification_find(r->v, CHECK_CRAWL_LIMIT, &r->at, "%s: %s%s%.*s", limit_name(limit),
                              limit_words(limit),
                              told.first[limit].length ? "; the first left out: " : "",
                              told.first[limit].length < 1000 ? (int)told.first[limit].length
                                                              : 1000,
                              told.first[limit].at);
}

/* What a metadata record says of its capture. */
static void learn_provenance(struct record_check *r)
{
    struct provenance_record provenance;
    struct text malformed;
    if (!r->at.url)
        return;
    provenance_read(buf_text(&r->v->scratch), &provenance, &malformed);
    tell_malformed(r, CHECK_METADATA_FIELD, malformed);
    tell_limits(r, &provenance);
    if (crawl_claims_add(r->v->claims, text_of(r->at.url), r->date_ms, &provenance) == RESULT_END)
        find(r, CHECK_METADATA_SEED, "");
}

/* The options of a run. */
static void learn_options(struct record_check *r)
{
    struct text malformed;
    manifests_learn(r->v, r->at.file, buf_text(&r->v->scratch));
    repairs_learn(r->v, buf_text(&r->v->scratch));
    obedience_learn(r->v, r->at.file, buf_text(&r->v->scratch));
    crawl_claims_add_options(r->v->claims, r->at.file, r->date_ms, buf_text(&r->v->scratch),
                             &malformed);
    tell_malformed(r, CHECK_WARCINFO_OPTION, malformed);
}

/* What records of the type application/warc-fields say of the crawl. */
static void learn_claims(struct record_check *r)
{
    const char *type = warc_record_field(r->record, "Content-Type");
    if (!type || !text_starts_nocase(text_of(type), TEXT("application/warc-fields")))
        return;
    if (r->v->aside.events)
        unit_events_add(r->v->aside.events,
                        &(struct unit_event){.kind = EVENT_CLAIMS,
                                             .type = r->record->type,
                                             .date_ms = r->date_ms,
                                             .at = r->at,
                                             .words = buf_text(&r->v->scratch)});
    else if (r->record->type == WARC_METADATA)
        learn_provenance(r);
    else if (r->record->type == WARC_WARCINFO)
        learn_options(r);
}

/* 0: there is none. */
static uint64_t hash_digest_kind(const struct verification *v, const char *field)
{
    struct digest_value value;
    char label[16];
    if (!field)
        return 0;
    enum digest_reading read = digest_value_read(text_of(field), &value);
    snprintf(label, sizeof label, "%d", read == DIGEST_IS_READ ? (int)value.kind : -1);
    return verification_hash(v, label);
}

uint64_t verification_hash_digest(const struct verification *v, const char *field)
{
    struct digest_value value;
    char hex[2 * DIGEST_MOST_BYTES + 1];
    if (!field || digest_value_read(text_of(field), &value) != DIGEST_IS_READ)
        return verification_hash(v, field);
    digest_hex(value.bytes, value.length, hex);
    return verification_hash(v, hex);
}

/* All but the first WARC-Concurrent-To.  Field names are in any case (WARC 1.1, 4). */
static void learn_more_concurrent(struct record_check *r, size_t place)
{
    struct verification *v = r->v;
    bool first = true;
    for (size_t i = 0; i < r->record->field_count; i++) {
        if (!text_equal_nocase(text_of(r->record->fields[i].name), TEXT("WARC-Concurrent-To")))
            continue;
        struct more_concurrent *more =
            first ? NULL
                  : verification_grow(v, &v->aside.more, &v->aside.more_count, &v->aside.more_room,
                                      sizeof *more);
        if (more)
            *more =
                (struct more_concurrent){place, verification_hash(v, r->record->fields[i].value)};
        first = false;
    }
}

/* Whether the record to be noted is in the gzip member of the one before, where players find the
 * other. */
static bool is_unreachable(const struct verification *v, const struct warc_place *place)
{
    return v->record_count > 1 && v->records[v->record_count - 2].offset == place->offset;
}

/* The method of a request; empty when there is none. */
static struct text method_of(const struct record_check *r)
{
    struct text head, method;
    head.at = warc_check_head(r->check, &head.length);
    if (r->record->type != WARC_REQUEST || !head.at || !text_split(&head, ' ', &method))
        return TEXT("");
    return method;
}

static void learn(struct record_check *r, uint32_t file, const struct warc_place *place)
{
    struct verification *v = r->v;
    struct seen_record *seen =
        verification_grow(v, &v->records, &v->record_count, &v->record_room, sizeof *seen);
    if (!seen)
        return;
    const char *type = warc_record_field(r->record, "Content-Type");
    bool wants_line = r->record->type == WARC_RESPONSE || r->record->type == WARC_REVISIT ||
                      r->record->type == WARC_RESOURCE;
    bool http = type && text_starts_nocase(text_of(type), TEXT("application/http"));
    struct text method = method_of(r);
    if (r->record->type == WARC_RESPONSE && http) {
        int status = warc_check_status(r->check);
        wants_line = status && status != 304 && status != 206;
        if (!wants_line &&
            r->at.url) /* the site gives no more of it than this, which readers can't show */
            unit_events_add(v->aside.events, &(struct unit_event){.kind = EVENT_FAILED,
                                                                  .date_ms = r->date_ms,
                                                                  .at = r->at});
    }
    if (is_unreachable(v, place) ||
        (type && text_starts_nocase(text_of(type), TEXT("application/warc-fields"))))
        wants_line = false;
    *seen = (struct seen_record){
        .id = verification_hash(v, r->at.record_id),
        .links.concurrent_to =
            verification_hash(v, warc_record_field(r->record, "WARC-Concurrent-To")),
        .links.warcinfo_id = verification_hash(v, warc_record_field(r->record, "WARC-Warcinfo-ID")),
        .links.refers_to = verification_hash(v, warc_record_field(r->record, "WARC-Refers-To")),
        .url = verification_hash(v, r->at.url),
        .date = verification_hash(v, warc_record_field(r->record, "WARC-Date")),
        .digest = verification_hash_digest(v, warc_record_field(r->record, "WARC-Payload-Digest")),
        .digest_kind = hash_digest_kind(v, warc_record_field(r->record, "WARC-Payload-Digest")),
        .links.refers_to_capture = verification_capture(
            verification_hash(v, warc_record_field(r->record, "WARC-Refers-To-Target-URI")),
            verification_hash(v, warc_record_field(r->record, "WARC-Refers-To-Date"))),
        .date_ms = r->date_ms,
        .http = http,
        .asks_head = text_equal(method, TEXT("HEAD")),
        .not_get = method.length && !text_equal(method, TEXT("GET")),
        .bodiless = r->bodiless,
        .offset = place->offset,
        .length = place->length,
        .file = file,
        .type = (unsigned char)r->record->type,
        .start = payload_mark(r),
        .truncated = warc_record_field(r->record, "WARC-Truncated") != NULL,
        .indexed = wants_line && r->at.url && r->date_ms, /* a line has a time to the second */
    };
    learn_more_concurrent(r, v->record_count - 1);
    segments_learn(v, r->record, v->record_count - 1);
}

/* ---- a record, a file ---- */

/* The detail of a flaw: its words without the rule's sentence. */
static const char *detail_of(const struct warc_flaw *flaw, int rule)
{
    size_t length = strlen(check_rule_row(rule).words);
    bool both = strncmp(flaw->words, check_rule_row(rule).words, length) == 0;
    if (both && !flaw->words[length])
        return "";
    return both && strncmp(flaw->words + length, ": ", 2) == 0 ? flaw->words + length + 2
                                                               : flaw->words;
}

/* A level below that of the rule is kept. */
static void tell_flaw(struct verification *v, const struct warc_flaw *flaw, int rule,
                      const struct finding_place *at, const char *more)
{
    if (flaw->level < check_rule_row(rule).level)
        verification_note(v, rule, at, "%s%s", detail_of(flaw, rule), more);
    else
        verification_find(v, rule, at, "%s%s", detail_of(flaw, rule), more);
}

/* What the reader found.  `at` knows all but the offset. */
static void tell_flaws(struct verification *v, struct warc_reader *reader, struct finding_place at,
                       const char *more)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++) {
        at.offset = flaw->offset;
        tell_flaw(v, flaw, check_rule_by_name(text_of(flaw->rule)), &at, more);
    }
}

static bool has_flaw(const struct warc_reader *reader, enum rule rule)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++)
        if (strcmp(flaw->rule, warc_rule(rule)->name) == 0)
            return true;
    return false;
}

/* What is wrong with the content.  A response to HEAD has no body, whatever it announces; only all
 * records together tell what was asked. */
static void tell_content(struct record_check *r)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_check_flaw(r->check, i)); i++) {
        int rule = check_rule_by_name(text_of(flaw->rule));
        if (rule == RULE_HTTP_BODY_MISSING)
            r->bodiless = true;
        else
            tell_flaw(r->v, flaw, rule, &r->at, "");
    }
}

/* The next bytes of the block, which are kept if they are fields. */
static enum warc_result next_of_block(void *context, const char **bytes, size_t *length)
{
    struct record_check *r = context;
    enum warc_result result = warc_reader_block(r->reader, bytes, length);
    if (result != WARC_OK)
        return result;
    r->block_length += *length;
    if (r->record->type == WARC_METADATA || r->record->type == WARC_WARCINFO)
        buf_append(&r->v->scratch, *bytes, *length < FIELDS_MOST ? *length : FIELDS_MOST);
    return WARC_OK;
}

/* A program that still writes the file has not written its end. */
static bool has_grown(const char *path, int64_t size)
{
    return !file_start_is_stream(path) && disk_file_size(path) > size;
}

/* The record of a page with very many links is long; what is read next needs the memory. */
static void leave_scratch(struct verification *v)
{
    if (v->scratch.capacity > SCRATCH_KEPT && !buf_is_out_of_memory(&v->scratch))
        buf_release(&v->scratch);
}

static void read_record(struct verification *v, struct warc_reader *reader,
                        const struct warc_record *record, uint32_t file, int64_t size)
{
    struct record_check r = {.v = v,
                             .record = record,
                             .check = v->aside.check,
                             .reader = reader,
                             .date_ms = date_of(record),
                             .at = {.file = v->files[file],
                                    .offset = warc_reader_offset(reader),
                                    .record_id = warc_record_field(record, "WARC-Record-ID"),
                                    .url = warc_record_field(record, "WARC-Target-URI")}};
    struct warc_place place;
    char more[100] = "";
    buf_clear(&v->scratch);
    const struct warc_block block = {sizeof block, next_of_block, &r};
    if (warc_check_record(v->aside.check, record, &block, WARC_CHECK_CONTENT) == WARC_BROKEN)
        v->out_of_memory = true;
    enum warc_result end = warc_reader_finish(reader, &place);
    r.at.length = end == WARC_OK || end == WARC_FLAWED ? place.length : 0;
    if (end == WARC_LOST)
        snprintf(more, sizeof more, "; %llu of the %llu bytes of its block can be read",
                 (unsigned long long)r.block_length, (unsigned long long)record->content_length);
    if (end == WARC_LOST && has_grown(r.at.file, size))
        verification_find_file(v, CHECK_FILE_GROWS, r.at.file, "%s", "");
    else
        tell_flaws(v, reader, r.at, more);
    r.doubtful = has_flaw(reader, RULE_PAYLOAD_DIGEST);
    v->summary->records++;
    if (end == WARC_OK || end == WARC_FLAWED) {
        tell_content(&r);
        payload_check(&r);
        check_filename(&r);
        learn_claims(&r);
        learn(&r, file, &place);
    }
    leave_scratch(v);
}

/* What is wrong where nothing could be read.  It is told once it is known where reading goes on. */
struct lost_range {
    struct warc_flaw flaws[8];
    size_t count;
};

static void note_lost(struct lost_range *lost, const struct warc_reader *reader)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; lost->count < sizeof lost->flaws / sizeof *lost->flaws &&
                       (flaw = warc_reader_flaw(reader, i));
         i++)
        lost->flaws[lost->count++] = *flaw;
}

/* The range ends before `end`. */
static void tell_lost(struct verification *v, struct lost_range *lost,
                      const struct finding_place *whole, int64_t size, int64_t end)
{
    if (lost->count && has_grown(whole->file, size))
        verification_find_file(v, CHECK_FILE_GROWS, whole->file, "%s", "");
    for (size_t i = 0; i < lost->count && !has_grown(whole->file, size); i++) {
        const struct warc_flaw *flaw = &lost->flaws[i];
        int rule = check_rule_by_name(text_of(flaw->rule));
        struct finding_place at = *whole;
        at.offset = flaw->offset;
        at.length = end > flaw->offset ? end - flaw->offset : 0;
        if (at.length)
            verification_find(v, rule, &at, "%s; bytes %lld to %lld are lost",
                              detail_of(flaw, rule), (long long)flaw->offset, (long long)end - 1);
        else
            verification_find(v, rule, &at, "%s", detail_of(flaw, rule));
    }
    lost->count = 0;
}

static void check_from(struct check_unit *unit, struct warc_reader *reader)
{
    struct verification *v = &unit->v;
    const struct finding_place whole = {.file = v->files[unit->file], .offset = -1};
    const struct warc_record *record;
    enum warc_result got;
    bool first = unit->from == 0;
    int64_t size = disk_file_size(whole.file);
    struct lost_range lost = {.count = 0};
    while ((got = warc_reader_next(reader, &record)) != WARC_END && got != WARC_BROKEN &&
           !v->out_of_memory && !give_up_asked(&v->options->give_up)) {
        if (warc_reader_offset(reader) >= unit->to) { /* of the next unit */
            unit->stopped = warc_reader_offset(reader);
            return;
        }
        if (got == WARC_LOST) {
            tell_lost(v, &lost, &whole, size, warc_reader_offset(reader));
            note_lost(&lost, reader);
            first = false;
            continue;
        }
        tell_lost(v, &lost, &whole, size, warc_reader_offset(reader));
        if (first && record->type != WARC_WARCINFO)
            verification_find_file(v, CHECK_NO_WARCINFO, v->files[unit->file], "%s", "");
        first = false;
        read_record(v, reader, record, unit->file, size);
    }
    if (got == WARC_BROKEN)
        verification_find_file(v, CHECK_UNREADABLE, v->files[unit->file], "%s",
                               warc_reader_words(reader));
    else {
        tell_lost(v, &lost, &whole, size, size);
        tell_flaws(v, reader, whole, "");
    }
}

void check_unit_records(struct check_unit *unit)
{
    struct verification *v = &unit->v;
    struct file_start start = {.length = 0};
    const char *path = v->files[unit->file], *kind = NULL;
    struct warc_reader *reader =
        unit->from ? warc_reader_open(path) : file_start_open(&start, path, &kind);
    unit->stopped = -1;
    if (kind) {
        verification_find_file(v, CHECK_FILE_KIND, path, "%s", kind);
        return;
    }
    if (!v->aside.check)
        v->aside.check = warc_check_new();
    if (!reader || !v->aside.check || !warc_reader_check_digests(reader) ||
        (unit->from && warc_reader_seek(reader, unit->from) != WARC_OK))
        v->out_of_memory = true;
    else
        check_from(unit, reader);
    warc_reader_close(reader);
}

void check_unit_learn(struct verification *v, const struct unit_event *event)
{
    const struct warc_field type = {"Content-Type", "application/warc-fields"};
    const struct warc_record record = {.type = event->type, .fields = &type, .field_count = 1};
    struct record_check r = {.v = v, .record = &record, .date_ms = event->date_ms, .at = event->at};
    if (event->kind == EVENT_FAILED) {
        crawl_claims_add_failed(v->claims, text_of(event->at.url), event->date_ms);
        return;
    }
    buf_clear(&v->scratch);
    buf_add_text(&v->scratch, event->words);
    learn_claims(&r);
    leave_scratch(v);
}
