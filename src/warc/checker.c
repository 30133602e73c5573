/*
 * Checks what one record contains: its fields and digests, its dates, and its block.  The HTTP
 * message in the block is taken apart in check_message.c.
 */
#include <config.h>

#include "warc/checker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

enum { FIELDS_MOST = 1 << 20, SHOWN_MOST = 60, YEAR_FIRST = 1996, DAY_MS = 86400000 };

/* ---- findings ---- */

static void find(struct warc_check *check, enum rule rule, const char *format, va_list arguments)
{
    char detail[RULE_WORDS];
    vsnprintf(detail, sizeof detail, format, arguments);
    flaws_add(&check->flaws, check->flaws.offset, rule, "%s", detail);
}

void checker_find(struct warc_check *check, enum rule rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    find(check, rule, format, arguments);
    va_end(arguments);
}

void checker_note(struct warc_check *check, enum rule rule, const char *format, ...)
{
    size_t before = check->flaws.count;
    va_list arguments;
    va_start(arguments, format);
    find(check, rule, format, arguments);
    va_end(arguments);
    if (check->flaws.count > before)
        check->flaws.list[before].level = WARC_NOTE;
}

const struct warc_flaw *warc_check_flaw(const struct warc_check *check, size_t number)
{
    return number < check->flaws.count ? &check->flaws.list[number] : NULL;
}

static bool is_flawed(const struct warc_check *check)
{
    bool flawed = false;
    for (size_t i = 0; i < check->flaws.count; i++)
        flawed = flawed || check->flaws.list[i].level > WARC_NOTE;
    return flawed;
}

/* ---- the block ---- */

static bool has_fields(const struct warc_record *record)
{
    const char *type = warc_record_field(record, "Content-Type");
    return (record->type == WARC_METADATA || record->type == WARC_WARCINFO) && type &&
           text_starts_nocase(text_of(type), TEXT("application/warc-fields"));
}

bool checker_block(struct warc_check *check, struct text *piece)
{
    struct block_source *source = &check->source;
    enum warc_result result = WARC_END;
    if (!source->lost)
        result = source->block.next(source->block.context, &piece->at, &piece->length);
    if (result != WARC_OK) {
        source->lost = source->lost || result != WARC_END;
        return false;
    }
    source->length += piece->length;
    if (check->with_digests)
        digests_add(check->digests, *piece);
    if (has_fields(check->record) && check->record->content_length <= FIELDS_MOST)
        buf_add_text(&check->fields, *piece);
    return true;
}

/* ---- what needs no message ---- */

static void check_fields(struct warc_check *check)
{
    struct text block = buf_text(&check->fields);
    const char *name, *value;
    size_t name_length, value_length;
    enum warc_result result = WARC_OK;
    while (result == WARC_OK)
        result =
            warc_fields_next(&block.at, &block.length, &name, &name_length, &value, &value_length);
    if (result == WARC_FLAWED)
        checker_find(check, RULE_WARC_FIELDS, "%.*s",
                     value_length > SHOWN_MOST ? SHOWN_MOST : (int)value_length, value);
}

/* In milliseconds since 1970; 0 when there is none. */
static int64_t check_date(struct warc_check *check)
{
    int64_t date_ms = 0;
    const char *date = warc_record_field(check->record, "WARC-Date");
    if (!date || !date_read_warc(text_of(date), &date_ms))
        return 0;
    if (date_year(date_ms) < YEAR_FIRST || date_ms > clock_wall_ms() + DAY_MS)
        checker_find(check, RULE_DATE_ABSURD, "%s", date);
    return date_ms;
}

/* What is known only with the whole block. */
static void check_content(struct warc_check *check)
{
    if (!warc_record_field(check->record, "WARC-Block-Digest"))
        checker_find(check, RULE_BLOCK_DIGEST_MISSING, "%s", "");
    message_check(check);
    start_check(check, check_date(check));
    check_fields(check);
}

/* ---- a record ---- */

struct warc_check *warc_check_new(void)
{
    struct warc_check *check = calloc(1, sizeof *check);
    if (!check)
        return NULL;
    http_split_init(&check->split);
    buf_init(&check->fields, 2 * FIELDS_MOST);
    check->flaws.trouble = &check->trouble;
    check->body = body_reader_new();
    if (!check->body) {
        warc_check_free(check);
        return NULL;
    }
    return check;
}

void warc_check_free(struct warc_check *check)
{
    if (!check)
        return;
    digests_free(check->digests);
    http_split_release(&check->split);
    buf_release(&check->fields);
    body_reader_free(check->body);
    free(check);
}

/* Fields and digests: what a reader looks at, too. */
static void begin_rest(struct warc_check *check)
{
    struct rule_listener listener = flaws_listener(&check->flaws);
    rules_check(check->record, &listener);
    if (!check->digests)
        check->digests = digests_new();
    check->with_digests = check->digests && digests_begin(check->digests, check->record);
    check->no_memory = !check->with_digests;
}

static void end_rest(struct warc_check *check)
{
    struct rule_listener listener = flaws_listener(&check->flaws);
    uint64_t said = check->record->content_length > 0 ? (uint64_t)check->record->content_length : 0;
    check->source.lost = check->source.lost || check->source.length < said;
    if (check->source.length > said)
        checker_find(check, RULE_LENGTH_TOO_SHORT, "%llu bytes",
                     (unsigned long long)(check->source.length - said));
    if (check->with_digests && !check->source.lost)
        digests_end(check->digests, &listener);
}

enum warc_result warc_check_record(struct warc_check *check, const struct warc_record *record,
                                   const struct warc_block *block, int flags)
{
    bool all = !(flags & WARC_CHECK_CONTENT);
    if (block->struct_size < sizeof *block)
        return WARC_BROKEN;
    check->record = record;
    check->source = (struct block_source){.block = *block, .rest = TEXT("")};
    check->with_digests = check->no_memory = false;
    flaws_clear(&check->flaws);
    check->flaws.offset = -1;
    buf_clear(&check->fields);
    if (all)
        begin_rest(check);
    message_read(check);
    if (all)
        end_rest(check);
    if (!check->source.lost)
        check_content(check);
    if (check->no_memory || check->split.no_memory || !buf_ok(&check->fields))
        return WARC_BROKEN;
    return check->source.lost ? WARC_LOST : is_flawed(check) ? WARC_FLAWED : WARC_OK;
}

static enum warc_result next_of_reader(void *reader, const char **bytes, size_t *length)
{
    return warc_reader_block(reader, bytes, length);
}

enum warc_result warc_check_read(struct warc_check *check, struct warc_reader *reader,
                                 const struct warc_record *record)
{
    const struct warc_block block = {sizeof block, next_of_reader, reader};
    enum warc_result result = warc_check_record(check, record, &block, WARC_CHECK_CONTENT);
    for (size_t i = 0; i < check->flaws.count; i++)
        check->flaws.list[i].offset = warc_reader_offset(reader);
    return result;
}

/* ---- what is known of it ---- */

int warc_check_status(const struct warc_check *check)
{
    return check->http && check->split.readable ? check->split.parsed.status : 0;
}

const char *warc_check_head(const struct warc_check *check, size_t *length)
{
    bool readable = check->http && check->split.readable;
    *length = readable ? check->split.head.length : 0;
    return readable ? check->split.head.data : NULL;
}

const char *warc_check_start(const struct warc_check *check, size_t *length, bool *decoded)
{
    *length = check->start.coded ? 0 : check->start.length;
    *decoded = check->start.decoded;
    return *length ? check->start.bytes : NULL;
}
