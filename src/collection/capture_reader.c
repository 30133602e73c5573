#include <config.h>

#include "collection/capture_reader.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "http/http_body.h"
#include "warccap/warc.h"

enum { BODY_MOST = 16 * 1024 * 1024 };

struct capture_reader {
    struct cdxj_lookup *lookup;
    char *directory;
    struct buf block, payload, body;
};

enum result capture_reader_open(struct capture_reader **out, const char *index_path,
                                const char *archive_directory, struct trouble *trouble)
{
    struct capture_reader *reading = calloc(1, sizeof *reading);
    *out = reading;
    if (!reading || !(reading->directory = text_copy(text_of(archive_directory))))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    buf_init(&reading->block, BODY_MOST);
    buf_init(&reading->payload, BODY_MOST);
    buf_init(&reading->body, BODY_MOST);
    reading->lookup = cdxj_lookup_open(index_path, trouble);
    return reading->lookup ? RESULT_OK : RESULT_BROKEN;
}

void capture_reader_close(struct capture_reader *reading)
{
    if (!reading)
        return;
    cdxj_lookup_close(reading->lookup);
    free(reading->directory);
    buf_release(&reading->block);
    buf_release(&reading->payload);
    buf_release(&reading->body);
    free(reading);
}

static bool read_block(struct capture_reader *reading, const struct cdxj_entry *entry)
{
    char path[PATH_MAX];
    const struct warc_record *record;
    const char *bytes;
    size_t length;
    snprintf(path, sizeof path, "%s/%.*s", reading->directory, TEXT_ARGS(entry->filename));
    struct warc_reader *reader = warc_reader_open(path);
    bool ok = reader && warc_reader_seek(reader, entry->offset) == WARC_OK;
    enum warc_result got = ok ? warc_reader_next(reader, &record) : WARC_END;
    ok = (got == WARC_OK || got == WARC_FLAWED) && record->type == WARC_RESPONSE;
    buf_clear(&reading->block);
    while (ok && buf_ok(&reading->block) && warc_reader_block(reader, &bytes, &length) == WARC_OK)
        buf_append(&reading->block, bytes, length);
    reading->block.failed = false; /* very large: its beginning is enough */
    warc_reader_close(reader);
    return ok;
}

/* Takes the codings off. */
static struct text decode(struct capture_reader *reading, const struct http_head *head)
{
    struct text body = text_skip(buf_text(&reading->block), head->length),
                codings = http_field(head, "Content-Encoding");
    if (http_body_is_chunked(head)) {
        buf_clear(&reading->payload);
        http_body_payload(head, body, &reading->payload);
        body = buf_text(&reading->payload);
    }
    if (codings.length && !text_equal_nocase(codings, TEXT("identity"))) {
        buf_clear(&reading->body);
        http_body_decode(codings, body, &reading->body);
        body = buf_text(&reading->body);
    }
    return body;
}

bool capture_reader_read(struct capture_reader *reading, struct text url, const char *date,
                         struct http_head *head, struct text *body)
{
    struct cdxj_entry entry;
    char timestamp[DATE_14_SIZE];
    int64_t date_ms;
    *head = (struct http_head){0};
    if (!date_read_warc(text_of(date), &date_ms))
        return false;
    date_write_14(date_ms, timestamp);
    if (cdxj_lookup_original(reading->lookup, url, text_of(timestamp), &entry) != RESULT_OK ||
        !read_block(reading, &entry) || !http_response_read(head, buf_text(&reading->block)))
        return false;
    *body = decode(reading, head);
    return true;
}
