/*
 * Writes one event per capture: the records that a WARC file has of one exchange, and the index
 * lines that point to them.
 */
#include <config.h>

#include "capture/capture_records.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "capture/curl_name.h"
#include "capture/dechunk.h"
#include "collection/index_cdxj.h"
#include "collection/provenance.h"
#include "http/http_message.h"
#include "web/media_type.h"

enum {
    METADATA_BYTES = CAPTURE_OUTLINKS_MOST + 16 * 1024 * 1024,
    FIELDS_MOST = 12,
    HEADERS_BYTES = 4 * 1024, /* more than what else an event has takes, URLs apart */
};

static const char HTTP_RESPONSE[] = "application/http;msgtype=response",
                  OCTETS[] = "application/octet-stream",
                  CERTIFICATES[] = "urn:warccap:certificates:";

bool capture_scratch_init(struct capture_scratch *scratch, struct dedup *dedup, bool strip_chunks)
{
    scratch->strip_chunks = strip_chunks;
    scratch->dedup = dedup;
    scratch->trouble = trouble_none();
    buf_init(&scratch->metadata, METADATA_BYTES);
    buf_init(&scratch->text, METADATA_BYTES);
    return payload_reader_init(&scratch->payload, dedup ? PAYLOAD_SHA256 : PAYLOAD_SHA1);
}

void capture_scratch_release(struct capture_scratch *scratch)
{
    payload_reader_release(&scratch->payload);
    buf_release(&scratch->metadata);
    buf_release(&scratch->text);
}

struct fields {
    struct warc_field list[FIELDS_MOST];
    size_t count;
};

static void add(struct fields *fields, const char *name, const char *value)
{
    if (value && *value && fields->count < FIELDS_MOST)
        fields->list[fields->count++] = (struct warc_field){name, value};
}

/* Types whose bytes don't compress further. */
static bool is_compressed(const struct http_head *head)
{
    static const char *const starts[] = {"image/png",        "image/jpeg",     "image/gif",
                                         "image/webp",       "image/avif",     "video/",
                                         "audio/",           "font/woff",      "application/zip",
                                         "application/gzip", "application/pdf"};
    struct text type = http_field(head, "Content-Type");
    struct text coding = http_field(head, "Content-Encoding");
    if (coding.length && !text_equal_nocase(coding, TEXT("identity")))
        return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts_nocase(type, text_of(starts[i])))
            return true;
    return false;
}

static enum warc_result no_memory(struct capture_scratch *scratch, const struct capture *capture)
{
    trouble_say(&scratch->trouble, RESULT_BROKEN, "no memory for the records of %s",
                capture->exchange->url.data);
    return WARC_BROKEN;
}

/* Builds the metadata record without the lines of its links.  `collision` is another body with the
 * same SHA-1, or NULL. */
static void build_metadata(struct capture_scratch *scratch, const struct capture *capture,
                           enum payload_besides besides, const struct dedup_original *collision)
{
    const struct exchange *exchange = capture->exchange;
    const struct exchange_facts *facts = &exchange->facts;
    char library[CURL_NAME_SIZE];
    bool http2 = facts->first_octet_us && facts->protocol && strcmp(facts->protocol, "h2") == 0;
    buf_clear(&scratch->text);
    if (exchange->certificates.length)
        buf_printf(&scratch->text, "%s%.*s", CERTIFICATES, TEXT_ARGS(exchange_host(exchange)));
    struct provenance_record provenance = {
        .via = buf_text(&capture->via),
        .hops = text_of(capture->hops),
        .rules_of = buf_text(&capture->rules.host_name),
        .kind = capture->kind,
        .depth = capture->depth,
        .period = capture->period,
        .attempts = capture->attempts,
        .took_ms = exchange->took_ms,
        .times = {.reused = facts->reused,
                  .looked_up_us = facts->looked_up_us,
                  .connected_us = facts->connected_us,
                  .secured_us = facts->secured_us,
                  .first_octet_us = facts->first_octet_us},
        .heads_by = http2 ? text_of(curl_name(library)) : TEXT(""),
        .refused = text_of(exchange->refused),
        .not_http = capture->not_http,
        .change = capture->change,
        .trailers = besides == PAYLOAD_TRAILERS,
        .chunks = besides == PAYLOAD_RUBBISH ? CHUNKS_BROKEN
                  : scratch->dechunked       ? CHUNKS_TAKEN_OFF
                                             : CHUNKS_AS_SENT,
        .body_error = capture->body.error,
        .body_read_bytes = capture->body.read_bytes,
        .robots_meta = text_of(capture->robots_meta),
        .collision.date = text_of(collision ? collision->date : ""),
        .collision.url = text_of(collision ? collision->url : ""),
        .redacted = buf_text(&exchange->left_out),
        .resolved_host = buf_text(&exchange->dns_name),
        .resolved = buf_text(&exchange->resolved),
        .certificates = buf_text(&scratch->text),
        .just_ended = exchange->just_ended,
        .certificate_unchecked = exchange->certificate_unchecked,
        .error = text_of(exchange->error),
        .redirect = buf_text(&capture->target)};
    buf_clear(&scratch->metadata);
    provenance_write(&provenance, &scratch->metadata);
    provenance_write_head(&scratch->metadata, PROVENANCE_INTERIM, buf_text(&exchange->interim));
    provenance_write_head(&scratch->metadata, PROVENANCE_TRAILER, buf_text(&exchange->trailers));
    if (capture->not_modified)
        provenance_write_head(&scratch->metadata, PROVENANCE_NOT_MODIFIED_HEAD,
                              text_first(spool_bytes(&capture->exchange->response),
                                         exchange->head_length));
}

static struct warc_draft draft_of(enum warc_type type, const struct capture *capture,
                                  const char *content_type, const struct fields *fields)
{
    struct warc_draft draft = {.struct_size = sizeof draft,
                               .type = type,
                               .date_ms = capture->exchange->began_ms,
                               .target_uri = capture->exchange->url.data,
                               .content_type = content_type,
                               .fields = fields->list,
                               .field_count = fields->count,
                               .block_fd = -1};
    warc_id_make(draft.id);
    return draft;
}

/* Adds the fields of the connection, for the records that went over it (the last two fields are
 * proposals of the community). */
static void add_connection(struct fields *fields, const struct exchange *exchange)
{
    add(fields, "WARC-IP-Address", exchange->ip);
    add(fields, "WARC-Protocol", exchange->facts.protocol);
    add(fields, "WARC-Protocol", exchange->facts.tls);
    add(fields, "WARC-Cipher-Suite", exchange->facts.cipher);
}

static enum warc_result write_request(struct warc_writer *writer, const struct capture *capture,
                                      const char *response_id)
{
    struct warc_place place;
    struct fields fields = {.count = 0};
    add_connection(&fields, capture->exchange);
    add(&fields, "WARC-Concurrent-To", response_id);
    struct warc_draft draft =
        draft_of(WARC_REQUEST, capture, "application/http;msgtype=request", &fields);
    draft.block[0] = capture->exchange->request.data;
    draft.block_length[0] = capture->exchange->request.length;
    return warc_writer_put(writer, &draft, &place);
}

/* Sets the links' lines as the end of the block: those in memory follow those on the disk. */
static enum result put_lines(struct capture_scratch *scratch, struct warc_draft *draft,
                             struct capture *capture)
{
    struct spool *spilled = &capture->outlinks.spilled;
    struct buf *last = &capture->outlinks.last;
    if (!spilled->length) {
        draft->block[1] = last->data;
        draft->block_length[1] = last->length;
        return RESULT_OK;
    }
    enum result result = spool_append(spilled, last->data, last->length, &scratch->trouble);
    buf_clear(last);
    draft->block_fd = spilled->fd;
    draft->block_fd_length = spilled->length;
    return result;
}

static enum warc_result write_metadata(struct capture_scratch *scratch, struct warc_writer *writer,
                                       struct capture *capture, const char *response_id,
                                       enum payload_besides besides,
                                       const struct dedup_original *collision,
                                       struct warc_place *place)
{
    struct fields fields = {.count = 0};
    add(&fields, "WARC-IP-Address", capture->exchange->ip);
    add(&fields, "WARC-Concurrent-To", response_id);
    build_metadata(scratch, capture, besides, collision);
    if (!buf_ok(&scratch->metadata) || buf_is_out_of_memory(&scratch->text))
        return no_memory(scratch, capture);
    struct warc_draft draft = draft_of(WARC_METADATA, capture, "application/warc-fields", &fields);
    draft.block[0] = scratch->metadata.data;
    draft.block_length[0] = scratch->metadata.length;
    return put_lines(scratch, &draft, capture) == RESULT_OK ? warc_writer_put(writer, &draft, place)
                                                            : WARC_BROKEN;
}

/* Adds the CDXJ line of a record that was just written, without reading it again. */
static enum warc_result add_line(struct capture_scratch *scratch, struct capture *capture,
                                 const struct warc_draft *draft, const struct warc_place *place,
                                 const char *payload_digest, struct text block_head)
{
    char date[DATE_WARC_SIZE];
    date_write_warc(draft->date_ms, date);
    const struct warc_field fields[] = {{"WARC-Target-URI", draft->target_uri},
                                        {"WARC-Date", date},
                                        {"WARC-Payload-Digest", payload_digest},
                                        {"Content-Type", draft->content_type ? draft->content_type
                                                                             : HTTP_RESPONSE}};
    const struct warc_record record = {
        .type = draft->type, .version = 11, .fields = fields, .field_count = 4};
    struct cdxj_entry entry;
    buf_clear(&scratch->text);
    if (cdxj_entry_from_record(&record, block_head, place, &entry, &scratch->text))
        cdxj_line_write(&entry, &capture->written.line);
    return buf_ok(&capture->written.line) && !buf_is_out_of_memory(&scratch->text)
               ? WARC_OK
               : no_memory(scratch, capture);
}

/* Writes a resource record beside an event, under a URL of its own: prefix and host. */
static enum warc_result write_beside(struct capture_scratch *scratch, struct warc_writer *writer,
                                     struct capture *capture, const char *prefix, struct text host,
                                     const char *type, const struct fields *fields,
                                     struct text block)
{
    struct warc_place place;
    if (!block.length)
        return WARC_OK;
    struct warc_draft draft = draft_of(WARC_RESOURCE, capture, type, fields);
    buf_clear(&scratch->metadata);
    buf_printf(&scratch->metadata, "%s%.*s", prefix, TEXT_ARGS(host));
    if (!buf_ok(&scratch->metadata))
        return no_memory(scratch, capture);
    draft.target_uri = scratch->metadata.data;
    draft.block[0] = block.at;
    draft.block_length[0] = block.length;
    enum warc_result result = warc_writer_put(writer, &draft, &place);
    return result == WARC_OK ? add_line(scratch, capture, &draft, &place,
                                        warc_writer_payload_digest(writer), TEXT(""))
                             : result;
}

/* Once per host and run: the result of its DNS lookup (WARC 1.1, 6.3.3). */
static enum warc_result write_dns(struct capture_scratch *scratch, struct warc_writer *writer,
                                  struct capture *capture)
{
    struct exchange *exchange = capture->exchange;
    struct fields fields = {.count = 0};
    add(&fields, "WARC-IP-Address", exchange->dns_server);
    add(&fields, "WARC-Protocol", "dns");
    if (!buf_ok(&exchange->dns))
        add(&fields, "WARC-Truncated", exchange_cut_name(CUT_LENGTH));
    return write_beside(scratch, writer, capture, "dns:", buf_text(&exchange->dns_name), "text/dns",
                        &fields, buf_text(&exchange->dns));
}

/* Once per host and run: the server's certificates.  Their URL is one of our own, so that it can't
 * replace a page. */
static enum warc_result write_certificates(struct capture_scratch *scratch,
                                           struct warc_writer *writer, struct capture *capture)
{
    struct fields fields = {.count = 0};
    add_connection(&fields, capture->exchange);
    return write_beside(scratch, writer, capture, CERTIFICATES, exchange_host(capture->exchange),
                        "application/pem-certificate-chain", &fields,
                        buf_text(&capture->exchange->certificates));
}

/* Writes the main record of an event, after those that precede it. */
static enum warc_result write_main(struct capture_scratch *scratch, struct warc_writer *writer,
                                   struct capture *capture, const struct warc_draft *draft,
                                   struct text block_head)
{
    enum warc_result result = write_dns(scratch, writer, capture);
    if (result == WARC_OK)
        result = write_certificates(scratch, writer, capture);
    if (result == WARC_OK)
        result = write_request(writer, capture, draft->id);
    if (result == WARC_OK)
        result = warc_writer_put(writer, draft, &capture->written.place);
    if (result != WARC_OK)
        return result;
    snprintf(capture->written.digest, sizeof capture->written.digest, "%s",
             warc_writer_payload_digest(writer));
    return add_line(scratch, capture, draft, &capture->written.place, capture->written.digest,
                    block_head);
}

/* ---- responses and revisits ---- */

/* A cut response can't be an original.  robots.txt is stored in full in every run. */
static bool may_be_shared(const struct capture_scratch *scratch, const struct capture *capture,
                          const struct http_head *head)
{
    return scratch->dedup && payload_identity_may_be_shared(&capture->body.identity, head) &&
           capture->exchange->cut == CUT_NONE && !capture->exchange->just_ended &&
           capture->kind != VISIT_ROBOTS && capture->exchange->url.length <= ORIGINAL_URL_MOST;
}

/* WARC 1.1, 6.7.2: the head of the new response, and where its payload is. */
static enum warc_result write_revisit(struct capture_scratch *scratch, struct warc_writer *writer,
                                      struct capture *capture,
                                      const struct dedup_original *original, char id[WARC_ID_SIZE])
{
    struct text head =
        text_first(spool_bytes(&capture->exchange->response), capture->exchange->head_length);
    struct fields fields = {.count = 0};
    add_connection(&fields, capture->exchange);
    add(&fields, "WARC-Profile",
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
    add(&fields, "WARC-Refers-To", original->id);
    add(&fields, "WARC-Refers-To-Target-URI", original->url);
    add(&fields, "WARC-Refers-To-Date", original->date);
    add(&fields, "WARC-Truncated", "length");
    struct warc_draft draft = draft_of(WARC_REVISIT, capture, HTTP_RESPONSE, &fields);
    memcpy(id, draft.id, WARC_ID_SIZE);
    draft.payload_digest = capture->written.digest;
    draft.block[0] = head.at;
    draft.block_length[0] = head.length;
    return write_main(scratch, writer, capture, &draft, head);
}

/* Sets the bytes of the response as the block: from memory, or from the spool's file. */
static void put_response(struct warc_draft *draft, struct exchange *exchange)
{
    if (exchange->response.fd >= 0) {
        draft->block_fd = exchange->response.fd;
        draft->block_fd_length = exchange->response.length;
    } else {
        struct text bytes = spool_bytes(&exchange->response);
        draft->block[0] = bytes.at;
        draft->block_length[0] = bytes.length;
    }
}

static enum warc_result write_response(struct capture_scratch *scratch, struct warc_writer *writer,
                                       struct capture *capture, const struct http_head *head,
                                       char id[WARC_ID_SIZE])
{
    struct exchange *exchange = capture->exchange;
    struct fields fields = {.count = 0};
    add_connection(&fields, exchange);
    add(&fields, "WARC-Truncated", exchange_cut_name(exchange->cut));
    struct warc_draft draft = draft_of(WARC_RESPONSE, capture, HTTP_RESPONSE, &fields);
    memcpy(id, draft.id, WARC_ID_SIZE);
    draft.payload_digest = capture->written.digest;
    draft.compressed_already = is_compressed(head);
    put_response(&draft, exchange);
    return write_main(scratch, writer, capture, &draft,
                      text_first(spool_bytes(&exchange->response), head->length));
}

/* 304: a revisit without a block, because players would show the 304 in place of the page.  Its
 * head goes into the metadata. */
static enum warc_result write_not_modified(struct capture_scratch *scratch,
                                           struct warc_writer *writer, struct capture *capture,
                                           char id[WARC_ID_SIZE])
{
    struct fields fields = {.count = 0};
    add_connection(&fields, capture->exchange);
    add(&fields, "WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified");
    add(&fields, "WARC-Refers-To", capture->before.original_id);
    add(&fields, "WARC-Refers-To-Target-URI", capture->original_url.data);
    add(&fields, "WARC-Refers-To-Date", capture->before.original_date);
    struct warc_draft draft = draft_of(WARC_REVISIT, capture, NULL, &fields);
    memcpy(id, draft.id, WARC_ID_SIZE);
    snprintf(capture->written.digest, sizeof capture->written.digest, "%s", capture->before.digest);
    draft.payload_digest = capture->written.digest;
    return write_main(scratch, writer, capture, &draft, TEXT(""));
}

static enum warc_result write_unchanged(struct capture_scratch *scratch, struct warc_writer *writer,
                                        struct capture *capture)
{
    char id[WARC_ID_SIZE];
    struct warc_place last = {.offset = 0};
    enum warc_result result = write_not_modified(scratch, writer, capture, id);
    if (result == WARC_OK)
        result = write_metadata(scratch, writer, capture, id, PAYLOAD_ALONE, NULL, &last);
    capture->written.file_end = last.offset + last.length;
    return result;
}

/* Bytes that are not an HTTP response, such as HTTP/0.9.  In a response record they would be false,
 * and would break readers. */
static enum warc_result write_not_http(struct capture_scratch *scratch, struct warc_writer *writer,
                                       struct capture *capture)
{
    struct exchange *exchange = capture->exchange;
    struct fields fields = {.count = 0};
    struct warc_place last = {.offset = 0};
    add_connection(&fields, exchange);
    add(&fields, "WARC-Truncated", exchange_cut_name(exchange->cut));
    struct warc_draft draft = draft_of(WARC_RESOURCE, capture, OCTETS, &fields);
    put_response(&draft, exchange);
    enum warc_result result = write_main(scratch, writer, capture, &draft, TEXT(""));
    if (result == WARC_OK)
        result = write_metadata(scratch, writer, capture, draft.id, PAYLOAD_ALONE, NULL, &last);
    capture->written.file_end = last.offset + last.length;
    return result;
}

/* Notes where the payload of the response just written is, for a later 304. */
static void note_original(struct capture *capture, const char *id, const char *date,
                          const char *url)
{
    struct held_capture *now = &capture->now;
    snprintf(now->original_id, sizeof now->original_id, "%s", id);
    snprintf(now->original_date, sizeof now->original_date, "%s", date);
    snprintf(now->digest, sizeof now->digest, "%s", capture->written.digest);
    buf_clear(&capture->original_url);
    buf_add(&capture->original_url, url);
}

static void remember_original(struct capture_scratch *scratch, const struct capture *capture,
                              const struct payload *payload, const char *id)
{
    struct dedup_original original;
    snprintf(original.id, sizeof original.id, "%s", id);
    date_write_warc(capture->exchange->began_ms, original.date);
    snprintf(original.url, sizeof original.url, "%s", capture->exchange->url.data);
    dedup_add(scratch->dedup, payload, &original);
}

/* Reads head and payload of a response.  Takes chunk framing off if that is wanted and nothing else
 * would be lost.  The payload's identity may be known already: see recrawl_compare. */
static enum result read_response(struct capture_scratch *scratch, struct capture *capture,
                                 struct http_head *head)
{
    struct exchange *exchange = capture->exchange;
    struct payload_identity *identity = &capture->body.identity;
    enum result result = RESULT_OK;
    /* What is not a head has no fields, and that is all we need to know. */
    result_ignore(http_response_read(head, text_first(spool_bytes(&exchange->response),
                                                      exchange->head_length)));
    if (head->no_memory)
        return trouble_say(&scratch->trouble, RESULT_BROKEN, "no memory for the head of %s",
                           exchange->url.data);
    if (!identity->known)
        result = payload_read_spool(&scratch->payload, head, &exchange->response,
                                    exchange->head_length, identity, &scratch->trouble);
    if (result != RESULT_OK || !scratch->strip_chunks || !dechunk_may(head, identity->besides))
        return result;
    result = dechunk(&scratch->payload, exchange, head, &scratch->trouble);
    if (result != RESULT_OK)
        return result;
    http_head_release(head);
    result_ignore(http_response_read(head, text_first(spool_bytes(&exchange->response),
                                                      exchange->head_length)));
    if (head->no_memory)
        return trouble_say(&scratch->trouble, RESULT_BROKEN, "no memory for the head of %s",
                           exchange->url.data);
    payload_identity_set_framing(identity, head);
    scratch->dechunked = true;
    return RESULT_OK;
}

static enum warc_result write_response_or_revisit(struct capture_scratch *scratch,
                                                  struct warc_writer *writer,
                                                  struct capture *capture)
{
    struct http_head head = {0};
    const struct payload *payload = &capture->body.identity.payload;
    struct dedup_original original;
    char id[WARC_ID_SIZE];
    struct warc_place last = {.offset = 0};
    if (read_response(scratch, capture, &head) != RESULT_OK) {
        http_head_release(&head);
        return WARC_BROKEN;
    }
    digest_sha1_text(payload->sha1, capture->written.digest);
    bool shared = may_be_shared(scratch, capture, &head);
    enum dedup_result known = shared ? dedup_find(scratch->dedup, payload, &original) : DEDUP_NONE;
    enum warc_result result = known == DEDUP_FOUND
                                  ? write_revisit(scratch, writer, capture, &original, id)
                                  : write_response(scratch, writer, capture, &head, id);
    if (result == WARC_OK)
        result = write_metadata(scratch, writer, capture, id, capture->body.identity.besides,
                                known == DEDUP_COLLISION ? &original : NULL, &last);
    capture->written.file_end = last.offset + last.length;
    char date[DATE_WARC_SIZE];
    date_write_warc(capture->exchange->began_ms, date);
    if (head.status != 200 || capture->exchange->cut != CUT_NONE)
        ; /* the archive keeps what it had before */
    else if (known == DEDUP_FOUND)
        note_original(capture, original.id, original.date, original.url);
    else
        note_original(capture, id, date, capture->exchange->url.data);
    if (result == WARC_OK && !buf_ok(&capture->original_url))
        result = no_memory(scratch, capture);
    /* Last: a capture that fails is taken out of the file again, so nothing may refer to it. */
    if (result == WARC_OK && shared && known == DEDUP_NONE)
        remember_original(scratch, capture, payload, id);
    http_head_release(&head);
    return result;
}

/* How many bytes the records of an event have at most. */
static int64_t most_bytes(const struct capture *capture)
{
    const struct exchange *exchange = capture->exchange;
    return exchange->response.length + capture->outlinks.spilled.length +
           (int64_t)(exchange->request.length + exchange->interim.length +
                     exchange->trailers.length + exchange->dns.length +
                     exchange->certificates.length + capture->outlinks.last.length +
                     20 * exchange->url.length) +
           HEADERS_BYTES;
}

enum warc_result capture_write(struct capture_scratch *scratch, struct warc_writer *writer,
                               struct capture *capture)
{
    warc_writer_expect(writer, most_bytes(capture));
    enum warc_result result = warc_writer_begin_event(writer);
    buf_clear(&capture->written.line);
    capture->written.digest[0] = '\0';
    scratch->dechunked = false;
    if (result == WARC_OK && capture->failed)
        result = write_dns(scratch, writer, capture);
    if (result == WARC_OK && capture->failed) {
        result = write_metadata(scratch, writer, capture, NULL, PAYLOAD_ALONE, NULL,
                                &capture->written.place);
        capture->written.file_end = capture->written.place.offset + capture->written.place.length;
        return result;
    }
    if (result != WARC_OK)
        return result;
    if (capture->not_http)
        return write_not_http(scratch, writer, capture);
    return capture->not_modified ? write_unchanged(scratch, writer, capture)
                                 : write_response_or_revisit(scratch, writer, capture);
}
