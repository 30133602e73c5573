/* How many capture events (request, response of 30 KB, metadata) a second one core writes: bench_writer FILE DIRECTORY,
 * where FILE gives the bytes of the bodies.  No test: run by hand. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/gzip.h"
#include "warccap/warc.h"

enum { BODY = 30000, SECONDS_MS = 3000 };

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                           "Date: Wed, 04 Mar 2026 05:06:07 GMT\r\nServer: nginx\r\nCache-Control: max-age=60\r\n"
                           "Content-Length: 30000\r\n\r\n";
static const char request[] = "GET /some/page?with=query HTTP/1.1\r\nHost: example.com\r\nUser-Agent: bench\r\n"
                              "Accept: */*\r\nAccept-Encoding: gzip\r\n\r\n";
static const char metadata[] = "via: https://example.com/\r\nhopsFromSeed: LL\r\nfetchTimeMs: 37\r\n"
                               "outlink: https://example.com/next L a/@href\r\n"
                               "outlink: https://example.com/x.png E img/@src\r\n";

static struct warc_draft draft_of(enum warc_type type, const char *content_type, const struct warc_field *fields)
{
    struct warc_draft draft = {.struct_size = sizeof draft, .type = type,
                               .date_ms = 1772600767123,
                               .target_uri = "https://example.com/some/page?with=query",
                               .content_type = content_type,
                               .fields = fields,
                               .field_count = 2,
                               .block_fd = -1};
    warc_id_make(draft.id);
    return draft;
}

static bool write_event(struct warc_writer *writer, const char *body)
{
    struct warc_field beside[] = {{"WARC-IP-Address", "192.0.2.1"}, {"WARC-Concurrent-To", NULL}};
    struct warc_field own[] = {{"WARC-IP-Address", "192.0.2.1"}, {"WARC-Protocol", "http/1.1"}};
    struct warc_draft response = draft_of(WARC_RESPONSE, "application/http;msgtype=response", own);
    response.block[0] = head;
    response.block_length[0] = sizeof head - 1;
    response.block[1] = body;
    response.block_length[1] = BODY;
    response.payload_digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";
    beside[1].value = response.id;
    struct warc_draft asked = draft_of(WARC_REQUEST, "application/http;msgtype=request", beside);
    asked.block[0] = request;
    asked.block_length[0] = sizeof request - 1;
    struct warc_draft about = draft_of(WARC_METADATA, "application/warc-fields", beside);
    about.block[0] = metadata;
    about.block_length[0] = sizeof metadata - 1;
    return warc_writer_begin_event(writer) == WARC_OK && warc_writer_put(writer, &asked, NULL) == WARC_OK &&
           warc_writer_put(writer, &response, NULL) == WARC_OK && warc_writer_put(writer, &about, NULL) == WARC_OK;
}

int main(int count, char **words)
{
    struct buf bytes;
    buf_init(&bytes, 1 << 28);
    if (count != 3 || disk_read(words[1], &bytes, NULL) != ANSWER_OK || bytes.length < BODY * 2)
        return 2;
    struct warc_writer_options options = {.struct_size = sizeof options, .directory = words[2], .prefix = "bench", .hostname = "host",
                                          .file_size_bytes = 1000000000, .warcinfo = "software: bench\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    printf("%s\n", gzip_backends());
    for (enum warc_effort effort = WARC_EFFORT_SMALL; effort <= WARC_EFFORT_FAST; effort++) {
        warc_writer_set_effort(writer, effort);
        int64_t begin = clock_steady_ms(), spent;
        int events = 0;
        size_t at = 0;
        while ((spent = clock_steady_ms() - begin) < SECONDS_MS) {
            if (!write_event(writer, bytes.data + at)) {
                fprintf(stderr, "%s\n", warc_writer_words(writer));
                return 1;
            }
            at = (at + 12345) % (bytes.length - BODY);
            events++;
        }
        printf("%s: %.0f events/s, %.0f records/s\n", effort == WARC_EFFORT_FAST ? "fast" : "small",
               events * 1000.0 / (double)spent, events * 3000.0 / (double)spent);
    }
    return warc_writer_close(writer) == WARC_OK ? 0 : 1;
}
