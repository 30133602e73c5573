/* A page waits until its metadata record has said what it was requested as. */
#include <config.h>

#include "pack/packed_records.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "collection/provenance.h"
#include "collection/request_method.h"
#include "html/page_title.h"
#include "warccap/warc.h"
#include "web/visit_kind.h"

enum {
    SCRATCH_MOST = 4 * 1024 * 1024,
    PAGE_MOST = 80 * 1024 * 1024, /* a title and the words */
    METADATA_MOST = 16 * 1024 * 1024,
};

/* A page whose metadata may still come.  Its texts are offsets in `bytes`. */
struct pending_page {
    bool waits;
    char id[WARC_ID_SIZE];
    struct buf bytes; /* URL, timestamp, title and words, one after the other */
    size_t lengths[4];
};

struct records {
    const struct packed_records_wish *wish;
    const struct packed_records_sink *sink;
    struct warc_reader *reader;
    struct request_method method;
    struct buf head, scratch;
    struct buf body, title, words;
    struct pending_page page;
    struct warc_payload *payload; /* while a body is read */
    enum result sink_result;      /* not OK: the sink ended it */
    struct trouble *trouble;
    bool ours; /* the file was written by warccap: all was asked for with GET */
    bool is_page;
};

/* ---- pages ---- */

static void give_page(struct records *own, bool seed)
{
    struct packed_page page = {.seed = seed};
    struct text *parts[] = {&page.url, &page.timestamp, &page.title, &page.words};
    struct text rest = buf_text(&own->page.bytes);
    if (!own->page.waits)
        return;
    for (size_t i = 0; i < 4; i++) {
        *parts[i] = text_first(rest, own->page.lengths[i]);
        rest = text_skip(rest, own->page.lengths[i]);
    }
    own->page.waits = false;
    if (own->sink_result == RESULT_OK)
        own->sink_result = own->sink->page(own->sink->context, &page, own->trouble);
}

static void keep_page(struct records *own, const struct warc_record *record,
                      const struct cdxj_entry *entry)
{
    const struct text parts[] = {entry->url, entry->timestamp, buf_text(&own->title),
                                 buf_text(&own->words)};
    const char *id = warc_record_field(record, "WARC-Record-ID");
    buf_clear(&own->page.bytes);
    for (size_t i = 0; i < 4; i++) {
        buf_add_text(&own->page.bytes, parts[i]);
        own->page.lengths[i] = parts[i].length;
    }
    snprintf(own->page.id, sizeof own->page.id, "%s", id ? id : "");
    own->page.waits = buf_ok(&own->page.bytes);
}

/* Whether a person would open what was requested as this. */
static bool is_for_people(enum visit_kind kind)
{
    return kind == VISIT_SEED || kind == VISIT_PAGER || kind == VISIT_ARCHIVE ||
           kind == VISIT_PAGE || kind == VISIT_SPECULATIVE;
}

static bool is_about_page(const struct records *own, const struct warc_record *record)
{
    const char *with = warc_record_field(record, "WARC-Concurrent-To");
    const char *of = warc_record_field(record, "WARC-Refers-To");
    return own->page.waits && own->page.id[0] &&
           ((with && strcmp(with, own->page.id) == 0) || (of && strcmp(of, own->page.id) == 0));
}

static void read_metadata(struct records *own, const struct warc_record *record)
{
    const char *type = warc_record_field(record, "Content-Type"), *bytes;
    struct provenance_record provenance;
    size_t length;
    if (!is_about_page(own, record) || !type ||
        !text_starts_nocase(text_of(type), TEXT("application/warc-fields")))
        return;
    buf_clear(&own->head);
    while (own->head.length < METADATA_MOST &&
           warc_reader_block(own->reader, &bytes, &length) == WARC_OK)
        buf_append(&own->head, bytes, length);
    provenance_read(buf_text(&own->head), &provenance, NULL);
    if (is_for_people(provenance.kind))
        give_page(own, provenance.kind == VISIT_SEED);
    own->page.waits = false;
}

/* ---- bodies ---- */

static enum result next_piece(void *context, struct text *bytes)
{
    struct records *own = context;
    switch (warc_payload_read(own->payload, &bytes->at, &bytes->length)) {
    case WARC_OK:
        return RESULT_OK;
    case WARC_END:
        return RESULT_END;
    default:
        return RESULT_LOST;
    }
}

static struct body_source open_body(void *context)
{
    return (struct body_source){next_piece, context};
}

/* Whether a response may be a page, as far as its head tells. */
static bool may_be_page(const struct http_head *head)
{
    struct text type = media_type_essence(http_field(head, "Content-Type"));
    return head->status == 200 && (!type.length || text_equal_nocase(type, TEXT("text/html")) ||
                                   text_equal_nocase(type, TEXT("application/xhtml+xml")));
}

/* What a page says of itself. */
static void read_page(struct records *own, const struct http_head *head, struct text html)
{
    struct text charset = media_type_charset(http_field(head, "Content-Type"));
    own->is_page = true;
    page_title_read(html, charset, &own->title, own->wish->words ? &own->words : NULL);
}

/* A body without codings needs nobody to take them off. */
static void read_plain_body(struct records *own, const struct warc_record *record,
                            const struct http_head *head)
{
    const size_t most = body_read_most((uint64_t)record->content_length);
    struct text piece;
    buf_clear(&own->body);
    while (own->body.length < most && next_piece(own, &piece) == RESULT_OK)
        buf_add_text(&own->body, text_first(piece, most - own->body.length));
    if (media_kind_of(http_field(head, "Content-Type"), TEXT("/"), buf_text(&own->body)) ==
        MEDIA_HTML)
        read_page(own, head, buf_text(&own->body));
}

static enum result read_body(struct records *own, const struct warc_record *record,
                             const struct http_head *head)
{
    if (!http_field(head, "Content-Encoding").length) {
        read_plain_body(own, record, head);
        return RESULT_OK;
    }
    struct body_facts facts;
    enum body_error error;
    const struct page_source source = {.url = text_of(warc_record_field(record, "WARC-Target-URI")),
                                       .head = head,
                                       .head_bytes = buf_text(&own->head),
                                       .use = PAGE_FOR_LINKS,
                                       .response_bytes = (uint64_t)record->content_length,
                                       .dechunked = true,
                                       .open = open_body,
                                       .context = own};
    enum result result = page_reader_read(own->wish->reader, &source, &facts, own->trouble);
    if (result != RESULT_OK)
        return result;
    if (facts.kind == MEDIA_HTML)
        read_page(own, head, page_reader_text(own->wish->reader, &error));
    page_reader_leave(own->wish->reader);
    return RESULT_OK;
}

/* Reads the head of a response into own->head, and its body if it may be a page. */
static enum result read_response(struct records *own, const struct warc_record *record)
{
    struct http_head head = {0};
    enum result result = RESULT_OK;
    size_t length = 0;
    own->payload = warc_payload_open(own->reader, record, 0);
    if (!own->payload)
        return trouble_say(own->trouble, RESULT_BROKEN, "no memory to read records");
    const char *bytes = warc_payload_head(own->payload, &length);
    buf_clear(&own->head);
    if (bytes)
        buf_append(&own->head, bytes, length);
    if (bytes && http_response_read(&head, buf_text(&own->head)) && may_be_page(&head))
        result = read_body(own, record, &head);
    http_head_release(&head);
    warc_payload_close(own->payload);
    own->payload = NULL;
    return result;
}

/* ---- records ---- */

static bool is_http(const struct warc_record *record)
{
    const char *type = warc_record_field(record, "Content-Type");
    return type && text_starts_nocase(text_of(type), TEXT("application/http"));
}

/* What a revisit refers to. */
static void original_of(const struct warc_record *record, struct packed_page *original,
                        char date[DATE_14_SIZE])
{
    int64_t ms;
    const char *url = warc_record_field(record, "WARC-Refers-To-Target-URI");
    *original = (struct packed_page){0};
    if (record->type != WARC_REVISIT || !url ||
        !date_read_warc(text_of(warc_record_field(record, "WARC-Refers-To-Date")), &ms))
        return;
    date_write_14(ms, date);
    original->url = text_of(url);
    original->timestamp = text_of(date);
}

/* Whether the bytes of the record are not those that were written. */
static bool is_damaged(const struct records *own, const char *path)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(own->reader, i)); i++)
        if (flaw->level == WARC_ERROR && text_starts(text_of(flaw->rule), TEXT("gzip-"))) {
            trouble_say(own->trouble, RESULT_LOST, "%s, at %lld: %s. See warccap verify", path,
                        (long long)flaw->offset, flaw->words);
            return true;
        }
    return false;
}

/* Gives the capture that ends at *place, and keeps its page. */
static void give_capture(struct records *own, const struct warc_record *record,
                         const struct warc_place *place)
{
    struct cdxj_entry entry;
    struct packed_page original;
    char date[DATE_14_SIZE];
    if (record->type == WARC_REQUEST)
        request_method_note(&own->method, record, buf_text(&own->head));
    if (!cdxj_entry_from_record(record, buf_text(&own->head), place, &entry, &own->scratch) ||
        (!own->ours && record->type == WARC_RESPONSE &&
         !request_method_is_get(&own->method, record, place)))
        return;
    original_of(record, &original, date);
    own->sink_result = own->sink->capture(own->sink->context, &entry, &original, own->trouble);
    if (own->is_page)
        keep_page(own, record, &entry);
}

/* Reads the block of a record as far as it is needed. */
static enum result read_block(struct records *own, const struct warc_record *record)
{
    own->is_page = false;
    buf_clear(&own->title);
    buf_clear(&own->words);
    buf_clear(&own->scratch);
    if (record->type == WARC_RESPONSE || record->type == WARC_REVISIT ||
        record->type == WARC_WARCINFO)
        give_page(own, false); /* nothing said what it was requested as */
    if (record->type == WARC_METADATA)
        read_metadata(own, record);
    else if (record->type == WARC_RESPONSE && is_http(record))
        return read_response(own, record);
    else
        cdxj_read_head(own->reader, &own->head);
    if (record->type == WARC_WARCINFO)
        own->ours = text_find(buf_text(&own->head), TEXT("software: warccap/")) >= 0;
    return RESULT_OK;
}

static bool has_memory(const struct records *own)
{
    return !buf_is_out_of_memory(&own->head) && !buf_is_out_of_memory(&own->scratch) &&
           !buf_is_out_of_memory(&own->body) && !buf_is_out_of_memory(&own->title) &&
           !buf_is_out_of_memory(&own->words) && !buf_is_out_of_memory(&own->page.bytes) &&
           !own->method.no_memory;
}

static enum result read_records(struct records *own, const char *path)
{
    const struct warc_record *record;
    enum result result = RESULT_OK;
    enum warc_result got;
    while ((got = warc_reader_next(own->reader, &record)) != WARC_END) {
        struct warc_place place;
        if (got <= WARC_LOST) {
            result = trouble_say(own->trouble, RESULT_LOST, "%s: %s", path,
                                 warc_reader_words(own->reader));
            if (got == WARC_BROKEN)
                return result;
            continue;
        }
        if (read_block(own, record) != RESULT_OK)
            return RESULT_BROKEN;
        enum warc_result end = warc_reader_finish(own->reader, &place);
        if (end == WARC_FLAWED && is_damaged(own, path)) {
            result = RESULT_LOST;
            continue;
        }
        if (end <= WARC_LOST) {
            result = trouble_say(own->trouble, RESULT_LOST, "%s: %s", path,
                                 warc_reader_words(own->reader));
            continue;
        }
        give_capture(own, record, &place);
        if (!has_memory(own))
            return trouble_say(own->trouble, RESULT_BROKEN, "no memory to read %s", path);
        if (own->sink_result != RESULT_OK)
            return own->sink_result;
    }
    give_page(own, false);
    return own->sink_result == RESULT_OK ? result : own->sink_result;
}

enum result packed_records_read(const char *path, const struct packed_records_wish *wish,
                                const struct packed_records_sink *sink, struct trouble *trouble)
{
    struct records own = {.wish = wish, .sink = sink, .trouble = trouble};
    own.reader = warc_reader_open(path);
    if (!own.reader)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read %s", path);
    request_method_init(&own.method, path);
    buf_init(&own.head, METADATA_MOST);
    buf_init(&own.scratch, SCRATCH_MOST);
    buf_init(&own.body, BODY_READ_MOST);
    buf_init(&own.title, SCRATCH_MOST);
    buf_init(&own.words, PAGE_MOST);
    buf_init(&own.page.bytes, PAGE_MOST + SCRATCH_MOST);
    enum result result = read_records(&own, path);
    warc_reader_close(own.reader);
    request_method_release(&own.method);
    buf_release(&own.head);
    buf_release(&own.scratch);
    buf_release(&own.body);
    buf_release(&own.title);
    buf_release(&own.words);
    buf_release(&own.page.bytes);
    return result;
}
