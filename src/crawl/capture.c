#include <config.h>

#include "crawl/capture.h"

#include <string.h>

#include "archive/index_cdxj.h"
#include "base/clock.h"
#include "base/text.h"
#include "web/http_body.h"
#include "web/http_message.h"
#include "web/media_type.h"

enum { METADATA_BYTES = 64 * 1024 * 1024, FIELDS_MOST = 12 };

bool capture_desk_init(struct capture_desk *desk)
{
    desk->digester = digester_new(DIGEST_SHA1);
    buf_init(&desk->metadata, METADATA_BYTES);
    buf_init(&desk->scratch, METADATA_BYTES);
    return desk->digester != NULL;
}

void capture_desk_release(struct capture_desk *desk)
{
    digester_free(desk->digester);
    buf_release(&desk->metadata);
    buf_release(&desk->scratch);
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

/* SHA-1 of the payload: the body without transfer coding, content coding left on (WARC 1.1, 5.9). */
static bool payload_digest(struct capture_desk *desk, const struct http_head *head, struct text body,
                           char out[DIGEST_SHA1_TEXT])
{
    unsigned char sha1[DIGEST_MOST_BYTES];
    bool trailers = false;
    digester_begin(desk->digester);
    if (http_body_is_chunked(head)) {
        struct dechunker dechunker;
        dechunker_init(&dechunker);
        while (body.length && dechunker.state == BODY_MORE) {
            struct text piece;
            dechunker_take(&dechunker, &body, &piece);
            digester_add(desk->digester, piece.at, piece.length);
        }
        trailers = dechunker.has_trailers;
    } else
        digester_add(desk->digester, body.at, body.length);
    digester_end(desk->digester, sha1);
    digest_sha1_text(sha1, out);
    return trailers;
}

/* Types whose bytes don't shrink further. */
static bool is_compressed(const struct http_head *head)
{
    static const char *const starts[] = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/",
                                         "audio/",    "font/woff",  "application/zip", "application/gzip",
                                         "application/pdf"};
    struct text type = http_field(head, "Content-Type");
    struct text coding = http_field(head, "Content-Encoding");
    if (coding.length && !text_equal_nocase(coding, TEXT("identity")))
        return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts_nocase(type, text_of(starts[i])))
            return true;
    return false;
}

/* The block of the metadata record (application/warc-fields); the words behind "outlink:" are Heritrix's three. */
static void build_metadata(struct capture_desk *desk, const struct capture *capture, bool trailers)
{
    struct buf *out = &desk->metadata;
    const struct exchange *exchange = capture->exchange;
    buf_clear(out);
    if (capture->via.length) {
        buf_add(out, "via: ");
        buf_add_text(out, buf_text(&capture->via));
        buf_add(out, "\r\n");
    } else
        buf_add(out, "seed:\r\n");
    if (capture->hops[0])
        buf_printf(out, "hopsFromSeed: %s\r\n", capture->hops);
    buf_printf(out, "class: %s\r\ndepth: %d\r\nfetchTimeMs: %lld\r\n", visit_kind_name(capture->kind), capture->depth,
               (long long)exchange->took_ms);
    if (capture->period)
        buf_printf(out, "period: %d\r\n", capture->period);
    if (capture->attempts > 1)
        buf_printf(out, "tries: %d\r\n", capture->attempts);
    if (exchange->interim)
        buf_printf(out, "interim: %d\r\n", exchange->interim);
    if (trailers)
        buf_add(out, "trailers: yes\r\n");
    if (capture->wish[0])
        buf_printf(out, "robotsWish: %s\r\n", capture->wish);
    if (exchange->certificate_unchecked)
        buf_add(out, "certificate: not checked\r\n");
    if (exchange->error[0])
        buf_printf(out, "error: %s\r\n", exchange->error);
    buf_add_text(out, buf_text(&capture->outlinks));
}

static struct warc_draft draft_of(enum warc_type type, const struct capture *capture, const char *content_type,
                                  const struct fields *fields)
{
    struct warc_draft draft = {.type = type,
                               .date_ms = capture->exchange->began_ms,
                               .target_uri = capture->exchange->url.data,
                               .content_type = content_type,
                               .fields = fields->list,
                               .field_count = fields->count,
                               .block_fd = -1};
    warc_id_make(draft.id);
    return draft;
}

static enum warc_answer write_request(struct warc_writer *writer, const struct capture *capture,
                                      const char *response_id)
{
    struct warc_place place;
    struct fields fields = {.count = 0};
    add(&fields, "WARC-IP-Address", capture->exchange->ip);
    add(&fields, "WARC-Concurrent-To", response_id);
    struct warc_draft draft = draft_of(WARC_REQUEST, capture, "application/http;msgtype=request", &fields);
    draft.block[0] = capture->exchange->request.data;
    draft.block_length[0] = capture->exchange->request.length;
    return warc_writer_put(writer, &draft, &place);
}

static enum warc_answer write_metadata(struct capture_desk *desk, struct warc_writer *writer,
                                       const struct capture *capture, const char *response_id, bool trailers,
                                       struct warc_place *place)
{
    struct fields fields = {.count = 0};
    add(&fields, "WARC-IP-Address", capture->exchange->ip);
    add(&fields, "WARC-Concurrent-To", response_id);
    build_metadata(desk, capture, trailers);
    struct warc_draft draft = draft_of(WARC_METADATA, capture, "application/warc-fields", &fields);
    draft.block[0] = desk->metadata.data;
    draft.block_length[0] = desk->metadata.length;
    return warc_writer_put(writer, &draft, place);
}

/* The CDXJ line of the response, from what is at hand: the record need not be read again. */
static void build_line(struct capture_desk *desk, struct capture *capture, const struct http_head *head,
                       const char *digest)
{
    char date[DATE_WARC_SIZE];
    date_write_warc(capture->exchange->began_ms, date);
    const struct warc_field fields[] = {{"WARC-Target-URI", capture->exchange->url.data},
                                        {"WARC-Date", date},
                                        {"WARC-Payload-Digest", digest},
                                        {"Content-Type", "application/http;msgtype=response"}};
    const struct warc_record record = {.type = WARC_RESPONSE, .version = 11, .fields = fields, .field_count = 4};
    struct text bytes = spool_bytes(&capture->exchange->response);
    struct cdxj_entry entry;
    buf_clear(&desk->scratch);
    if (cdxj_entry_from_record(&record, text_first(bytes, head->length), &capture->place, &entry, &desk->scratch))
        cdxj_line_write(&entry, &capture->line);
}

enum warc_answer capture_write(struct capture_desk *desk, struct warc_writer *writer, struct capture *capture)
{
    struct exchange *exchange = capture->exchange;
    enum warc_answer answer = warc_writer_begin_event(writer);
    buf_clear(&capture->line);
    capture->digest[0] = '\0';
    if (answer == WARC_OK && capture->failed) {
        answer = write_metadata(desk, writer, capture, NULL, false, &capture->place);
        capture->file_end = capture->place.offset + capture->place.length;
    }
    if (answer != WARC_OK || capture->failed)
        return answer;

    struct text bytes = spool_bytes(&exchange->response);
    struct http_head head = {0};
    char *digest = capture->digest;
    struct fields fields = {.count = 0};
    http_response_read(&head, bytes);
    bool trailers = payload_digest(desk, &head, text_skip(bytes, exchange->head_length), digest);
    add(&fields, "WARC-IP-Address", exchange->ip);
    add(&fields, "WARC-Truncated", exchange_cut_name(exchange->cut));
    struct warc_draft draft = draft_of(WARC_RESPONSE, capture, "application/http;msgtype=response", &fields);
    draft.payload_digest = digest;
    draft.compressed_already = is_compressed(&head);
    if (exchange->response.fd >= 0) {
        draft.block_fd = exchange->response.fd;
        draft.block_fd_length = exchange->response.length;
    } else {
        draft.block[0] = bytes.at;
        draft.block_length[0] = bytes.length;
    }
    answer = write_request(writer, capture, draft.id);
    if (answer == WARC_OK)
        answer = warc_writer_put(writer, &draft, &capture->place);
    struct warc_place last = {.offset = 0};
    if (answer == WARC_OK)
        answer = write_metadata(desk, writer, capture, draft.id, trailers, &last);
    capture->file_end = last.offset + last.length;
    if (answer == WARC_OK)
        build_line(desk, capture, &head, digest);
    http_head_release(&head);
    return answer;
}
