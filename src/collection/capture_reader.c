/*
 * Pages that follow each other in the index are mostly in the same WARC file, so one file stays
 * open from call to call. warc_payload decodes the bodies.
 */
#include <config.h>

#include "collection/capture_reader.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "http/http_coding.h"
#include "warc/reader_part.h"
#include "warccap/warc.h"
#include "web/media_type.h"
#include "web/url.h"

enum { DIGEST_MOST = 160 }; /* letters of a payload digest; SHA-512 in hexadecimal digits has 135 */

struct capture_reader {
    struct cdxj_lookup *lookup;
    char *directory;
    const char *package; /* NULL: files are in the directory */
    const struct wacz_parts *parts;
    struct warc_reader *warc; /* of the last file read */
    char path[PATH_MAX];
    bool broken; /* see capture_reader_is_broken() */
    struct http_head parsed;
    struct buf head, body;
    struct capture_decoder decoder; /* all zero: bodies are decoded here */
};

enum result capture_reader_open(struct capture_reader **out, const char *index_path,
                                const char *archive_directory, struct trouble *trouble)
{
    struct capture_reader *reader = calloc(1, sizeof *reader);
    *out = NULL;
    if (!reader)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    buf_init(&reader->head, BODY_READ_MOST);
    buf_init(&reader->body, BODY_READ_MOST);
    reader->directory = text_copy(text_of(archive_directory));
    if (!reader->directory) {
        capture_reader_close(reader);
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    }
    reader->lookup = cdxj_lookup_open(index_path, trouble);
    if (!reader->lookup) {
        capture_reader_close(reader);
        return RESULT_BROKEN;
    }
    *out = reader;
    return RESULT_OK;
}

void capture_reader_close(struct capture_reader *reader)
{
    if (!reader)
        return;
    cdxj_lookup_close(reader->lookup);
    warc_reader_close(reader->warc);
    free(reader->directory);
    http_head_release(&reader->parsed);
    buf_release(&reader->head);
    buf_release(&reader->body);
    free(reader);
}

void capture_reader_use(struct capture_reader *reader, struct capture_decoder decoder)
{
    reader->decoder = decoder;
}

void capture_reader_use_package(struct capture_reader *reader, const char *package,
                                const struct wacz_parts *parts)
{
    reader->package = package;
    reader->parts = parts;
}

/* Opens a file that the index names.  NULL: no memory, or it is not in the package. */
static struct warc_reader *open_file(const struct capture_reader *reader, struct text name,
                                     const char *path)
{
    const struct wacz_part *part = reader->package ? wacz_parts_find(reader->parts, name) : NULL;
    if (part)
        return warc_reader_open_part(reader->package, part->from, part->length, part->name);
    return reader->package ? NULL : warc_reader_open(path);
}

/* Reads the header of the record that a line points to. NULL: it can't be read. */
static const struct warc_record *read_header(struct capture_reader *reader,
                                             const struct cdxj_entry *entry)
{
    char path[PATH_MAX];
    const struct warc_record *record = NULL;
    int length =
        snprintf(path, sizeof path, "%s/%.*s", reader->directory, TEXT_ARGS(entry->filename));
    if (length < 0 || length >= (int)sizeof path)
        return NULL;
    if (!reader->warc || strcmp(path, reader->path) != 0) {
        warc_reader_close(reader->warc);
        reader->warc = open_file(reader, entry->filename, path);
        memcpy(reader->path, path, sizeof path);
    }
    reader->broken = !reader->warc;
    if (!reader->warc)
        return NULL;
    enum warc_result got = warc_reader_seek(reader->warc, entry->offset);
    if (got == WARC_OK)
        got = warc_reader_next(reader->warc, &record);
    if (got == WARC_OK || got == WARC_FLAWED)
        return record;
    reader->broken = got == WARC_BROKEN;
    /* Don't keep the file: it may still be being written, or its disk may not be there yet. */
    warc_reader_close(reader->warc);
    reader->warc = NULL;
    return NULL;
}

static bool read_head(struct capture_reader *reader, const struct warc_payload *payload)
{
    size_t length;
    const char *bytes = warc_payload_head(payload, &length);
    http_head_release(&reader->parsed);
    buf_clear(&reader->head);
    buf_append(&reader->head, bytes ? bytes : "", length);
    return buf_ok(&reader->head) && http_response_read(&reader->parsed, buf_text(&reader->head));
}

static enum body_error error_of(const struct warc_payload *payload)
{
    switch (warc_payload_error(payload)) {
    case WARC_PAYLOAD_SOUND:
        return BODY_SOUND;
    case WARC_PAYLOAD_ENDS_EARLY:
        return BODY_ENDS_EARLY;
    case WARC_PAYLOAD_CHUNKS_BROKEN:
        return BODY_CHUNKS_BROKEN;
    case WARC_PAYLOAD_CODING_BROKEN:
        return BODY_CODING_BROKEN;
    case WARC_PAYLOAD_CODING_UNKNOWN:
        return BODY_CODING_UNKNOWN;
    default:
        return BODY_UNREADABLE;
    }
}

/* Judged by the bytes gathered so far. */
static bool is_sitemap(const struct capture_reader *reader, struct text address)
{
    struct url url;
    url_init(&url);
    bool sitemap = url_parse(&url, address, NULL, TEXT("")) == URL_OK &&
                   media_kind_of(http_field(&reader->parsed, "Content-Type"), url_path(&url),
                                 buf_text(&reader->body)) == MEDIA_SITEMAP;
    url_release(&url);
    return sitemap;
}

/* Adds to the body, up to `most` bytes in all.  BODY_SOUND: all of the piece fits. */
static enum body_error keep_piece(struct capture_reader *reader, const char *bytes, size_t length,
                                  size_t most)
{
    size_t left = most - reader->body.length;
    buf_append(&reader->body, bytes, length < left ? length : left);
    return !buf_ok(&reader->body) ? BODY_UNREADABLE : length > left ? BODY_TOO_LONG : BODY_SOUND;
}

/* Gathers the body up to `most` bytes. */
static enum body_error gather_body(struct capture_reader *reader, size_t most,
                                   struct warc_payload *payload)
{
    const char *bytes;
    size_t length;
    buf_clear(&reader->body);
    while (warc_payload_read(payload, &bytes, &length) == WARC_OK) {
        enum body_error error = keep_piece(reader, bytes, length, most);
        if (error)
            return error;
    }
    return error_of(payload);
}

/* Gathers the body up to the limit. A coded body that can't be decoded is not text to be read. */
static enum body_error read_body(struct capture_reader *reader, struct text url,
                                 uint64_t response_octets, struct warc_payload *payload)
{
    const char *bytes;
    size_t length, most = body_read_most(response_octets);
    buf_clear(&reader->body);
    if (warc_payload_error(payload) == WARC_PAYLOAD_CODING_UNKNOWN)
        return BODY_CODING_UNKNOWN;
    while (warc_payload_read(payload, &bytes, &length) == WARC_OK) {
        if (reader->body.length + length > most && most < BODY_READ_MOST && is_sitemap(reader, url))
            most = BODY_READ_MOST;
        enum body_error error = keep_piece(reader, bytes, length, most);
        if (error)
            return error;
    }
    return error_of(payload);
}

static bool is_plain(const struct http_head *head)
{
    return coding_of(http_field(head, "Content-Encoding")) == CODING_NONE;
}

/* Gathers the body as it is coded.  A plain one is as long as is read of its kind. */
static enum body_error gather_coded(struct capture_reader *reader, struct text url,
                                    uint64_t response_octets, struct warc_payload *payload,
                                    struct coded_body *body)
{
    *body = (struct coded_body){.url = url,
                                .head = &reader->parsed,
                                .head_bytes = buf_text(&reader->head),
                                .plain = is_plain(&reader->parsed),
                                .response_bytes = response_octets};
    enum body_error error = body->plain ? read_body(reader, url, response_octets, payload)
                                        : gather_body(reader, BODY_READ_MOST, payload);
    body->bytes = buf_text(&reader->body);
    return error;
}

/* `coded` NULL: decodes the body here. */
static bool read_entry(struct capture_reader *reader, const struct cdxj_entry *entry,
                       struct coded_body *coded, struct stored_response *response)
{
    const struct warc_record *record = read_header(reader, entry);
    *response = (struct stored_response){.body = TEXT("")};
    if (!record || record->type != WARC_RESPONSE)
        return false;
    struct warc_payload *payload =
        warc_payload_open(reader->warc, record, coded ? 0 : WARC_PAYLOAD_DECODED);
    bool read = payload && read_head(reader, payload);
    reader->broken =
        !payload || buf_is_out_of_memory(&reader->head) || (!read && reader->parsed.no_memory);
    if (read) {
        uint64_t octets = (uint64_t)record->content_length;
        if (coded)
            response->error = gather_coded(reader, entry->url, octets, payload, coded);
        else {
            response->error = read_body(reader, entry->url, octets, payload);
            response->body = buf_text(&reader->body);
        }
        reader->broken = reader->broken || buf_is_out_of_memory(&reader->body);
        response->head = &reader->parsed;
        response->truncated = warc_record_field(record, "WARC-Truncated") != NULL;
    }
    warc_payload_close(payload);
    return read;
}

bool capture_reader_read_coded(struct capture_reader *reader, const struct cdxj_entry *entry,
                               struct coded_body *body, struct stored_response *response)
{
    return read_entry(reader, entry, body, response);
}

bool capture_reader_read_entry(struct capture_reader *reader, const struct cdxj_entry *entry,
                               struct stored_response *response)
{
    struct coded_body body;
    if (!reader->decoder.decode)
        return read_entry(reader, entry, NULL, response);
    if (!read_entry(reader, entry, &body, response))
        return false;
    enum body_error error = response->error;
    if (reader->decoder.decode(reader->decoder.context, &body, &response->body, &response->error) !=
        RESULT_OK)
        reader->broken = true;
    if (error != BODY_SOUND && response->error != BODY_UNDECODABLE &&
        response->error != BODY_CODING_UNKNOWN)
        response->error = error;
    return true;
}

bool capture_reader_is_broken(const struct capture_reader *reader)
{
    return reader->broken;
}

bool capture_reader_read(struct capture_reader *reader, struct text url, const char *date,
                         struct stored_response *response)
{
    struct cdxj_entry entry;
    char timestamp[DATE_14_SIZE];
    int64_t date_ms;
    if (!date_read_warc(text_of(date), &date_ms))
        return false;
    date_write_14(date_ms, timestamp);
    return cdxj_lookup_original(reader->lookup, url, text_of(timestamp), TEXT(""), &entry) ==
               RESULT_OK &&
           capture_reader_read_entry(reader, &entry, response);
}

bool capture_reader_find_original(struct capture_reader *reader, struct cdxj_entry *entry)
{
    char timestamp[DATE_14_SIZE], payload[DIGEST_MOST];
    int64_t date_ms;
    if (!text_equal(entry->mime, TEXT("warc/revisit")))
        return true;
    snprintf(payload, sizeof payload, "%.*s", TEXT_ARGS(entry->digest));
    const struct warc_record *record = read_header(reader, entry);
    if (!record)
        return false;
    const char *url = warc_record_field(record, "WARC-Refers-To-Target-URI");
    const char *date = warc_record_field(record, "WARC-Refers-To-Date");
    if (!url && !date) {
        const char *digest = warc_record_field(record, "WARC-Payload-Digest");
        return digest &&
               cdxj_lookup_payload(reader->lookup, entry->url, text_of(digest), entry) == RESULT_OK;
    }
    if (!url || !date || !date_read_warc(text_of(date), &date_ms))
        return false;
    date_write_14(date_ms, timestamp);
    return cdxj_lookup_original(reader->lookup, text_of(url), text_of(timestamp), text_of(payload),
                                entry) == RESULT_OK;
}
