/* Formats the log line of one attempt. */
#include <config.h>

#include "crawl/attempt_line.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/plain_text.h"

enum {
    NO_RESPONSE = -2, /* Heritrix: connection failed */
    FIELD_BYTES = 8192,
};

/* A media type has neither blanks nor control characters.  What a server sends in its place must
 * not look like other columns. */
static void write_type(const char *type, struct buf *out)
{
    struct text rest = text_of(type);
    for (struct text word; text_split(&rest, ' ', &word);) {
        buf_add(out, out->length ? "_" : "");
        plain_text_add(out, word);
    }
    buf_add(out, out->length ? "" : "-");
}

void attempt_line_write(FILE *out, const struct capture *capture, const char *annotation)
{
    char date[DATE_WARC_SIZE], began[DATE_17_SIZE];
    const struct exchange *exchange = capture->exchange;
    struct buf type, error;
    buf_init(&type, FIELD_BYTES);
    buf_init(&error, FIELD_BYTES);
    write_type(capture->body.type, &type);
    plain_text_add(&error, text_of(exchange->error));
    date_write_warc(exchange->began_ms + exchange->took_ms, date);
    date_write_17(exchange->began_ms, began);
    fprintf(out, "%s %5d %10lld %s %s %s %s - %s+%lld %s - %s%s%s\n", date,
            exchange->status ? exchange->status : NO_RESPONSE, (long long)capture->body.length,
            exchange->url.length ? exchange->url.data : "-", capture->hops[0] ? capture->hops : "-",
            capture->via.length ? capture->via.data : "-", type.length ? type.data : "-", began,
            (long long)exchange->took_ms,
            capture->written.digest[0] ? capture->written.digest : "-",
            *annotation ? annotation : "-", error.length ? ": " : "",
            error.length ? error.data : "");
    buf_release(&type);
    buf_release(&error);
}
