/*
 * What writing costs beside its two inevitable parts: bench_writer WARC DIRECTORY takes the
 * response records of a file and writes each as an event of three records (request, response,
 * metadata); and beside it compresses the same records with the same library and digests their
 * blocks with SHA-1, and does nothing else.  In turn, medians of a processor's time.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/gzip.h"
#include "warccap/warc.h"

enum { RESPONSES_MOST = 20000, OCTETS_MOST = 100 << 20, RUNS = 9, ROUNDS = 3 };

static const char request[] =
    "GET /some/page?with=query HTTP/1.1\r\nHost: example.com\r\nUser-Agent: bench\r\n"
    "Accept: */*\r\nAccept-Encoding: gzip\r\n\r\n";
static const char metadata[] =
    "via: https://example.com/\r\nhopsFromSeed: LL\r\nfetchTimeMs: 37\r\n"
    "outlink: https://example.com/next L a/@href\r\n"
    "outlink: https://example.com/x.png E img/@src\r\n";
static const char digest[] = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";

static struct text responses[RESPONSES_MOST];
static size_t response_count;
static struct buf octets; /* of all of them */

static void learn_responses(const char *path)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    buf_init(&octets, OCTETS_MOST);
    buf_room(&octets, OCTETS_MOST - 1); /* so that it stays where it is */
    while (reader && response_count < RESPONSES_MOST &&
           warc_reader_next(reader, &record) == WARC_OK) {
        const char *bytes;
        size_t length, before = octets.length;
        if (record->type != WARC_RESPONSE ||
            octets.length + (size_t)record->content_length >= OCTETS_MOST - 1)
            continue;
        while (warc_reader_block(reader, &bytes, &length) == WARC_OK)
            buf_append(&octets, bytes, length);
        responses[response_count++] = (struct text){octets.data + before, octets.length - before};
    }
    warc_reader_close(reader);
}

/* ---- the writer ---- */

static bool put(struct warc_writer *writer, enum warc_type type, const char *content_type,
                struct text block, const char *payload_digest)
{
    static const struct warc_field fields[] = {{"WARC-IP-Address", "192.0.2.1"},
                                               {"WARC-Protocol", "http/1.1"}};
    const struct warc_draft draft = {.struct_size = sizeof draft,
                                     .type = type,
                                     .date_ms = 1772600767123,
                                     .target_uri = "https://example.com/some/page?with=query",
                                     .content_type = content_type,
                                     .fields = fields,
                                     .field_count = 2,
                                     .block = {block.at},
                                     .block_length = {block.length},
                                     .payload_digest = payload_digest};
    return warc_writer_put(writer, &draft, NULL) == WARC_OK;
}

static double write_all(const char *directory, enum warc_effort effort, bool computes)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = directory,
                                          .prefix = "bench",
                                          .warcinfo = "software: bench\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    char path[4096];
    int64_t begin = clock_thread_ms();
    bool ok = writer != NULL;
    warc_writer_set_effort(writer, effort);
    for (size_t i = 0; i < ROUNDS * response_count && ok; i++)
        ok = warc_writer_begin_event(writer) == WARC_OK &&
             put(writer, WARC_REQUEST, "application/http;msgtype=request", text_of(request), "") &&
             put(writer, WARC_RESPONSE, "application/http;msgtype=response",
                 responses[i % response_count], computes ? NULL : digest) &&
             put(writer, WARC_METADATA, "application/warc-fields", text_of(metadata), NULL);
    if (!ok) {
        fprintf(stderr, "%s\n", writer ? warc_writer_words(writer) : "no memory");
        exit(1);
    }
    double took = (double)(clock_thread_ms() - begin);
    snprintf(path, sizeof path, "%s/%s", directory, warc_writer_file(writer));
    if (warc_writer_close(writer) != WARC_OK) {
        fprintf(stderr, "the file cannot be finished\n");
        exit(1);
    }
    remove(path);
    return took;
}

/* ---- its inevitable parts ---- */

static void do_one(struct gzip *gzip, enum gzip_effort effort, struct digester *digester,
                   struct text header, struct text block, struct buf *record, struct buf *out)
{
    unsigned char sha1[DIGEST_MOST_BYTES];
    digester_begin(digester);
    digester_add(digester, block.at, block.length);
    digester_end(digester, sha1);
    buf_clear(record);
    buf_clear(out);
    buf_add_text(record, header);
    buf_add_text(record, block);
    buf_add(record, "\r\n\r\n");
    if (!gzip_member(gzip, effort, buf_text(record), out)) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
}

static double compress_and_digest(enum warc_effort effort)
{
    static const char header[] = /* as long as those that are written, and of as varied octets */
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: "
        "<urn:uuid:5a3e0b0c-97d1-4f8a-b7a0-0c1f7e2d9b64>\r\n"
        "WARC-Date: 2026-03-04T05:06:07.123Z\r\nWARC-Target-URI: "
        "https://example.com/some/page?with=query\r\n"
        "WARC-IP-Address: 192.0.2.1\r\nWARC-Protocol: http/1.1\r\n"
        "WARC-Warcinfo-ID: <urn:uuid:c0b1e6a2-3d4f-4a5b-8c9d-7e6f5a4b3c2d>\r\n"
        "WARC-Block-Digest: sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N\r\nWARC-Payload-Digest: "
        "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"
        "Content-Type: application/http;msgtype=response\r\nContent-Length: 30193\r\n\r\n";
    enum gzip_effort how = effort == WARC_EFFORT_FAST ? GZIP_FAST : GZIP_SMALL;
    struct gzip *gzip = gzip_new();
    struct digester *digester = digester_new(DIGEST_SHA1);
    struct buf record, out;
    buf_init(&record, OCTETS_MOST);
    buf_init(&out, OCTETS_MOST);
    int64_t begin = clock_thread_ms();
    for (size_t i = 0; i < ROUNDS * response_count; i++) {
        do_one(gzip, how, digester, text_of(header), text_of(request), &record, &out);
        do_one(gzip, how, digester, text_of(header), responses[i % response_count], &record, &out);
        do_one(gzip, how, digester, text_of(header), text_of(metadata), &record, &out);
    }
    double took = (double)(clock_thread_ms() - begin);
    buf_release(&record);
    buf_release(&out);
    digester_free(digester);
    gzip_free(gzip);
    return took;
}

static int by_number(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *numbers)
{
    qsort(numbers, RUNS, sizeof *numbers, by_number);
    return numbers[RUNS / 2];
}

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    learn_responses(words[1]);
    printf("%zu events, %zu MB of responses, %s, %d runs in turn\n", response_count,
           octets.length / 1000000, gzip_backends(), RUNS);
    if (!response_count)
        return 1;
    for (enum warc_effort effort = WARC_EFFORT_SMALL; effort <= WARC_EFFORT_FAST; effort++) {
        double alone[RUNS], writer[RUNS], computing[RUNS], ratio[RUNS], ratio_computing[RUNS];
        for (int i = 0; i < RUNS; i++) {
            alone[i] = compress_and_digest(effort);
            writer[i] = write_all(words[2], effort, false);
            computing[i] = write_all(words[2], effort, true);
            ratio[i] = writer[i] / alone[i];
            ratio_computing[i] = computing[i] / alone[i];
        }
        const char *name = effort == WARC_EFFORT_FAST ? "fast" : "small";
        double mb = ROUNDS * (double)octets.length / 1e6;
        printf("%-5s compress and SHA-1 alone       %6.0f MB/s\n", name, mb * 1000 / median(alone));
        printf("%-5s libwarccap                     %6.0f MB/s   %.2f of its time\n", name,
               mb * 1000 / median(writer), median(ratio));
        printf("%-5s ... and its payload digests    %6.0f MB/s   %.2f\n", name,
               mb * 1000 / median(computing), median(ratio_computing));
    }
    return 0;
}
