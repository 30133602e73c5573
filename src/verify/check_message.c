/*
 * Reads the block of a record and checks the HTTP message in it: its head, its framing, whether its
 * body can be decoded, and whether a request asks for the URL that its record has.
 */
#include <config.h>

#include "http/body_reader.h"
#include "http/http_short.h"
#include "verify/record_check.h"
#include "web/url.h"

enum { FIELDS_MOST = 1 << 20 }; /* bytes of a block of fields that are read */

static void find(struct record_check *r, int rule, const char *detail)
{
    verification_find(r->v, rule, &r->at, "%s", detail);
}

/* ---- reading ---- */

struct block_reading {
    struct record_check *check;
    struct warc_reader *reader;
    struct text rest;    /* of the piece that was read last */
    struct text pending; /* the beginning of the body, which was read with the head */
    enum body_error error;
    bool decoding; /* the payload is taken as it is decoded */
};

static void keep_fields(const struct record_check *r, struct text piece)
{
    if (r->record->type == WARC_METADATA || r->record->type == WARC_WARCINFO)
        buf_append(&r->v->scratch, piece.at,
                   piece.length < FIELDS_MOST ? piece.length : FIELDS_MOST);
}

/* The next bytes of the body as it is stored. */
static enum result next_of_body(void *context, struct text *bytes)
{
    struct block_reading *block = context;
    struct record_check *r = block->check;
    struct text payload;
    *bytes = block->pending;
    block->pending = TEXT("");
    while (!bytes->length) {
        if (!block->rest.length) {
            if (warc_reader_block(block->reader, &block->rest.at, &block->rest.length) != WARC_OK)
                return RESULT_END;
            keep_fields(r, block->rest);
            r->block_length += block->rest.length;
        }
        if (!r->http) {
            payload_take(r, block->rest);
            block->rest = TEXT("");
            continue;
        }
        http_split_take(&r->split, &block->rest, bytes, &payload);
        r->body_length += bytes->length;
        if (!block->decoding)
            payload_take(r, payload);
    }
    return RESULT_OK;
}

static bool is_coded(const struct record_check *r)
{
    int status = r->split.parsed.status;
    return r->record->type == WARC_RESPONSE && r->split.readable && status != 206 &&
           http_status_has_body(status) &&
           text_trim(http_field(&r->split.parsed, "Content-Encoding")).length;
}

static void try_decoding(struct block_reading *block)
{
    struct verification *v = block->check->v;
    struct text piece;
    if (!v->aside.body)
        v->aside.body = body_reader_new();
    if (!v->aside.body) {
        v->out_of_memory = true;
        return;
    }
    body_reader_begin(v->aside.body, &block->check->split.parsed, BODY_DECODED,
                      (struct body_source){next_of_body, block});
    payload_begin(block->check, false);
    block->decoding = true;
    while (body_reader_next(v->aside.body, &piece) == RESULT_OK)
        payload_take(block->check, piece);
    block->error = body_reader_error(v->aside.body);
}

void message_read(struct record_check *r, struct warc_reader *reader)
{
    struct block_reading block = {
        .check = r, .reader = reader, .rest = TEXT(""), .pending = TEXT("")};
    struct text piece;
    http_split_init(&r->split);
    http_split_begin(&r->split, r->record->type == WARC_REQUEST);
    payload_begin(r, false);
    buf_clear(&r->v->scratch);
    if (next_of_body(&block, &piece) == RESULT_OK && is_coded(r)) {
        block.pending = piece;
        try_decoding(&block);
        block.pending = TEXT("");
    }
    while (next_of_body(&block, &piece) == RESULT_OK)
        continue;
    http_split_end(&r->split);
    r->start.doubtful = block.decoding;
    r->start.coded = !block.decoding && r->split.readable &&
                     text_trim(http_field(&r->split.parsed, "Content-Encoding")).length;
    r->coding_error = block.error;
}

/* ---- checking ---- */

static void check_body(struct record_check *r, bool truncated)
{
    uint64_t said;
    const struct dechunker *dechunker = &r->split.dechunker;
    enum http_short how = truncated ? SHORT_NOT : http_short_of(&r->split, r->body_length);
    bool segment = warc_record_field(r->record, "WARC-Segment-Number") != NULL;
    if (segment)
        how = SHORT_NOT; /* the rest is in other records */
    /* correct if the request was HEAD, which is known only after all records */
    r->bodiless = how == SHORT_OF_ALL;
    if (r->split.chunked && dechunker->state == BODY_BAD)
        find(r, CHECK_HTTP_CHUNKS, "");
    else if (how == SHORT_OF_CHUNKS)
        find(r, CHECK_HTTP_SHORT, "the last chunk is missing");
    else if (how == SHORT_OF_LENGTH)
        find(r, CHECK_HTTP_SHORT, "it is shorter than its Content-Length");
    else if (http_short_announces(&r->split, &said) && r->body_length > said)
        verification_find(r->v, CHECK_HTTP_LONG, &r->at, "%llu bytes instead of %llu",
                          (unsigned long long)r->body_length, (unsigned long long)said);
    if (r->split.chunked && dechunker->state == BODY_WHOLE && r->body_length > dechunker->consumed)
        verification_find(r->v, CHECK_HTTP_AFTER_CHUNKS, &r->at, "%llu bytes",
                          (unsigned long long)(r->body_length - dechunker->consumed));
    if (r->split.chunked && dechunker->has_trailers)
        find(r, CHECK_HTTP_TRAILERS, "");
    if (r->coding_error == BODY_CODING_BROKEN)
        find(r, CHECK_BODY_CODING_BROKEN, "");
    else if (r->coding_error == BODY_ENDS_EARLY && how == SHORT_NOT && !truncated && !segment)
        find(r, CHECK_BODY_ENDS_EARLY, "");
}

static bool has_bare_line_end(struct text head)
{
    for (size_t i = 0; i < head.length; i++)
        if (head.at[i] == '\n' && (i == 0 || head.at[i - 1] != '\r'))
            return true;
    return false;
}

static void check_response(struct record_check *r)
{
    bool truncated = warc_record_field(r->record, "WARC-Truncated") != NULL;
    int status = r->split.parsed.status;
    if (!text_starts(r->split.parsed.version, TEXT("HTTP/1.")))
        verification_find(r->v, CHECK_HTTP_VERSION, &r->at, "%.*s",
                          TEXT_ARGS(r->split.parsed.version));
    if (status < 200)
        verification_find(r->v, CHECK_HTTP_INTERIM, &r->at, "status %d", status);
    if (has_bare_line_end(buf_text(&r->split.head)))
        find(r, CHECK_HTTP_LINE_ENDS, "");
    if (r->record->type != WARC_RESPONSE)
        return;
    if (http_status_has_body(status))
        check_body(r, truncated);
    else if (status >= 200 && r->body_length)
        verification_find(r->v, CHECK_HTTP_UNWANTED_BODY, &r->at, "status %d, %llu bytes", status,
                          (unsigned long long)r->body_length);
}

/* The URL that a request asks for (RFC 9112, 3.3), as far as its head tells; the record's own URL
 * fills in the rest.  False when the target is neither a path nor a URL, as with CONNECT. */
static bool add_asked_url(const struct record_check *r, const struct url *own, struct buf *out)
{
    struct text target = r->split.parsed.target,
                host = text_trim(http_field(&r->split.parsed, "Host"));
    if (!target.length || (target.at[0] != '/' && text_find(target, TEXT("://")) < 0))
        return false;
    if (target.at[0] == '/') {
        buf_add(out, own->https ? "https://" : "http://");
        buf_add_text(out, host.length ? host : url_authority(own));
    }
    buf_add_text(out, target);
    return true;
}

/* One character of a target, of which escapes may be written in two ways (RFC 3986, 6.2.2). */
static int take_character(struct text *target)
{
    int high = target->length > 2 && target->at[0] == '%' ? hex_value(target->at[1]) : -1;
    int low = high >= 0 ? hex_value(target->at[2]) : -1;
    unsigned char c = low >= 0 ? (unsigned char)(high << 4 | low) : (unsigned char)target->at[0];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '.' || c == '_' || c == '~';
    *target = text_skip(*target, low >= 0 ? 3 : 1);
    return low >= 0 && !plain ? 256 + c : c;
}

static bool same_target(struct text one, struct text other)
{
    while (one.length && other.length)
        if (take_character(&one) != take_character(&other))
            return false;
    return !one.length && !other.length;
}

static void check_request(struct record_check *r)
{
    struct url own, asked;
    struct buf address;
    struct text uri = text_of(r->at.url ? r->at.url : "");
    if (text_starts(uri, TEXT("<")) && text_ends(uri, TEXT(">"))) /* as in WARC 1.0 */
        uri = text_first(text_skip(uri, 1), uri.length - 2);
    url_init(&own);
    url_init(&asked);
    buf_init(&address, 4 * URL_LONGEST);
    if (url_parse(&own, uri, NULL, TEXT("")) == URL_OK && add_asked_url(r, &own, &address) &&
        (url_parse(&asked, buf_text(&address), NULL, TEXT("")) != URL_OK ||
         !text_equal(url_authority(&own), url_authority(&asked)) ||
         !same_target(url_target(&own), url_target(&asked))))
        verification_find(r->v, CHECK_REQUEST_URL, &r->at, "it asks for %.*s",
                          address.length > 200 ? 200 : (int)address.length, address.data);
    buf_release(&address);
    url_release(&own);
    url_release(&asked);
}

void message_check(struct record_check *r)
{
    enum warc_type type = r->record->type;
    if (!r->http)
        return;
    if (!r->record->content_length) {
        if (type == WARC_RESPONSE || type == WARC_REQUEST)
            find(r, CHECK_HTTP_EMPTY, "");
    } else if (!r->split.readable)
        find(r, CHECK_HTTP_HEAD, "");
    else if (type == WARC_REQUEST)
        check_request(r);
    else
        check_response(r);
}
