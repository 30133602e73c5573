/* Formats the log line of one attempt. */
#include <config.h>

#include "crawl/attempt_line.h"

#include "base/clock.h"

enum { NOT_ANSWERED = -2 /* Heritrix: connection failed */ };

void attempt_line_write(FILE *out, const struct capture *capture, const char *annotation)
{
    char date[DATE_WARC_SIZE], began[DATE_17_SIZE];
    const struct exchange *exchange = capture->exchange;
    date_write_warc(exchange->began_ms + exchange->took_ms, date);
    date_write_17(exchange->began_ms, began);
    fprintf(out, "%s %5d %10lld %s %s %s %s - %s+%lld %s - %s%s%s\n", date,
            exchange->status ? exchange->status : NOT_ANSWERED, (long long)capture->body.length,
            exchange->url.length ? exchange->url.data : "-", capture->hops[0] ? capture->hops : "-",
            capture->via.length ? capture->via.data : "-",
            capture->body.type[0] ? capture->body.type : "-", began, (long long)exchange->took_ms,
            capture->written.digest[0] ? capture->written.digest : "-",
            *annotation ? annotation : "-", exchange->error[0] ? ": " : "", exchange->error);
}
