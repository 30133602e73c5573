/*
 * The whole line, from the bytes of a connection to a verified archive.  Whatever a server sends,
 * in pieces of any size, its records have no errors; what is read of the archive are the bytes as
 * they were kept; and the links that a player would find are those that the crawler found.
 */
#include <config.h>

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "capture/capture_records.h"
#include "collection/capture_reader.h"
#include "crawl/response_body.h"
#include "fetch/raw_response.h"
#include "links/links.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "verify/check_rules.h"
#include "verify/verify.h"

#define URL "http://blog.test/a/"

enum { BEGAN_YEAR = 2026, LINES_MOST = 1 << 24, LIMIT_STEP = 32, SETTINGS = 2 };

static const int64_t began_ms = INT64_C(1790000000000);

/* The first two bytes of the input. */
struct settings {
    bool strip_chunks;
    size_t piece;  /* bytes that come at once */
    int64_t limit; /* of the body; 0: none */
};

static struct warc_writer *writer;
static struct capture_scratch scratch[2];
static struct response_body *live_body;

static void end_writing(void)
{
    result_ignore(warc_writer_close(writer));
    capture_scratch_release(&scratch[0]);
    capture_scratch_release(&scratch[1]);
    response_body_free(live_body);
}

static void begin_writing(void)
{
    const struct warc_writer_options options = {
        .struct_size = sizeof options,
        .directory = stored_directory()->directory,
        .prefix = "wire",
        .warcinfo = "software: warccap/0.1\r\nformat: WARC File Format 1.1\r\n"};
    if (writer)
        return;
    writer = warc_writer_new(&options);
    live_body = response_body_new(NULL);
    FUZZ_CHECK(writer && live_body && capture_scratch_init(&scratch[0], NULL, false) &&
               capture_scratch_init(&scratch[1], NULL, true));
    warc_writer_set_effort(writer, WARC_EFFORT_FAST);
    atexit(end_writing);
}

/* ---- from the wire ---- */

static struct settings read_settings(struct text *input)
{
    unsigned char flags = input->length ? (unsigned char)input->at[0] : 0,
                  limit = input->length > 1 ? (unsigned char)input->at[1] : 0;
    *input = text_skip(*input, SETTINGS);
    return (struct settings){.strip_chunks = flags & 1,
                             .piece = flags >> 1 ? flags >> 1 : input->length + 1,
                             .limit = limit * LIMIT_STEP};
}

static enum fetch_end receive(struct exchange *exchange, const struct settings *settings,
                              struct text input)
{
    static const struct fetch_options options = {.timeout_ms = 60000};
    struct transfer_limits limits;
    struct raw_response response;
    transfer_limits_begin(&limits, &options, 0, false);
    limits.size_limit = settings->limit;
    buf_add(&exchange->url, URL);
    buf_add(&exchange->request, "GET /a/ HTTP/1.1\r\nHost: blog.test\r\n\r\n");
    exchange->began_ms = began_ms;
    raw_response_init(&response, exchange, &limits);
    while (input.length && !raw_response_take(&response, text_first(input, settings->piece)))
        input = text_skip(input, settings->piece);
    if (!response.ended)
        raw_response_disconnect(&response, NULL);
    FUZZ_CHECK(response.ended && !response.failed);
    FUZZ_CHECK((int64_t)exchange->head_length <= exchange->response.length);
    enum fetch_end end = raw_response_end(&response);
    int64_t body = exchange->response.length - (int64_t)exchange->head_length;
    /* what looked like a head, and was none, may be longer */
    FUZZ_CHECK(!settings->limit || body <= settings->limit || end == FETCH_NOT_HTTP);
    raw_response_release(&response);
    if (end == FETCH_RESPONSE)
        raw_response_settle(exchange, false);
    return end;
}

/* ---- links ---- */

static void write_links(const struct http_head *head, struct text body, struct buf *lines)
{
    struct url url;
    struct link link;
    enum body_error error = BODY_SOUND;
    struct text type = http_field(head, "Content-Type");
    url_init(&url);
    FUZZ_CHECK(url_parse(&url, TEXT(URL), NULL, TEXT("")) == URL_OK);
    struct links_source source = {.url = &url,
                                  .charset = media_type_charset(type),
                                  .bytes = body,
                                  .head = head,
                                  .error = &error,
                                  .year = BEGAN_YEAR};
    source.kind = media_kind_of(type, url_path(&url), body);
    struct links *links = links_open(&source);
    while (links && links_next(links, &link))
        buf_printf(lines, "%d %d %.*s %.*s\n", link.class, link.certainty, TEXT_ARGS(link.url),
                   TEXT_ARGS(link.where));
    FUZZ_CHECK(links_close(links) && buf_ok(lines));
    url_release(&url);
}

/* As the crawl does before it writes. */
static void read_live(struct capture *capture, enum fetch_end *end, struct buf *lines)
{
    struct exchange *exchange = capture->exchange;
    struct http_head head = {0};
    if (*end == FETCH_RESPONSE && !http_response_read(&head, spool_bytes(&exchange->response)))
        *end = FETCH_NOT_HTTP;
    if (*end == FETCH_RESPONSE) {
        struct text body;
        struct trouble trouble;
        FUZZ_CHECK(response_body_read(live_body, exchange, &head, PAGE_FOR_LINKS, &body,
                                      &trouble) == RESULT_OK);
        capture->body.error = response_body_error(live_body);
        capture->body.read_bytes = (int64_t)body.length;
        write_links(&head, body, lines);
        response_body_leave(live_body);
    }
    capture->failed = *end == FETCH_FAILED;
    capture->not_http = *end == FETCH_NOT_HTTP;
    http_head_release(&head);
}

/* As a player does. Only what has a line in the index is shown: a part (206) has none,
 * nor has what says that nothing has changed. */
static void read_stored(const struct capture *capture, struct buf *lines)
{
    const struct scratch *directory = stored_directory();
    struct capture_reader *reader;
    struct stored_response response;
    struct trouble trouble;
    char index[SCRATCH_PATH], date[DATE_WARC_SIZE];
    struct text line = buf_text(&capture->written.line);
    int status = capture->exchange->status;
    FUZZ_CHECK((line.length == 0) == (status == 206 || status == 304));
    if (!line.length)
        return;
    scratch_write(directory, "index.cdxj", line.at, line.length);
    scratch_path(directory, "index.cdxj", index);
    date_write_warc(began_ms, date);
    FUZZ_CHECK(capture_reader_open(&reader, index, directory->directory, &trouble) == RESULT_OK);
    FUZZ_CHECK(capture_reader_read(reader, TEXT(URL), date, &response));
    FUZZ_CHECK((response.error == BODY_SOUND) == (capture->body.error == BODY_SOUND) ||
               capture->exchange->cut != CUT_NONE);
    write_links(response.head, response.body, lines);
    capture_reader_close(reader);
    unlink(index);
}

/* ---- to the archive ---- */

static void found(void *context, const struct finding *finding)
{
    (void)context;
    if (finding->level == WARC_ERROR)
        fprintf(stderr, "%s: %s\n", check_rule_row(finding->rule).name, finding->detail);
}

static void verify(const char *path)
{
    static const struct verify_options options = {.temporary = NULL};
    static const struct verify_observer observer = {.found = found};
    struct verify_summary summary;
    struct trouble trouble;
    char *paths[] = {(char *)(uintptr_t)path};
    FUZZ_CHECK(verify_paths(paths, 1, &options, &observer, &summary, &trouble) == RESULT_OK);
    FUZZ_CHECK(summary.errors == 0 && summary.records > 1);
}

/* The block of the main record is what came. */
static void check_block(const char *path, const struct capture *capture, struct text bytes)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    const char *piece;
    size_t length;
    enum warc_type wanted = capture->not_http ? WARC_RESOURCE : WARC_RESPONSE;
    FUZZ_CHECK(reader);
    do
        FUZZ_CHECK(warc_reader_next(reader, &record) == WARC_OK);
    while (record->type != wanted);
    FUZZ_CHECK(record->content_length == (int64_t)bytes.length);
    while (warc_reader_block(reader, &piece, &length) == WARC_OK) {
        FUZZ_CHECK(text_starts(bytes, (struct text){piece, length}));
        bytes = text_skip(bytes, length);
    }
    FUZZ_CHECK(!bytes.length);
    warc_reader_close(reader);
}

static void write_and_check(struct capture *capture, const struct settings *settings,
                            struct buf *stored)
{
    const struct scratch *directory = stored_directory();
    char name[256], path[SCRATCH_PATH];
    struct buf kept;
    buf_init(&kept, LINES_MOST);
    buf_add_text(&kept, spool_bytes(&capture->exchange->response));
    struct capture_scratch *how = &scratch[settings->strip_chunks];
    FUZZ_CHECK(capture_write(how, writer, capture) == WARC_OK);
    snprintf(name, sizeof name, "%s", warc_writer_file(writer));
    FUZZ_CHECK(warc_writer_finish_file(writer) == WARC_OK);
    scratch_path(directory, name, path);
    verify(path);
    if (!capture->failed && !settings->strip_chunks)
        check_block(path, capture, buf_text(&kept));
    if (!capture->failed && !capture->not_http)
        read_stored(capture, stored);
    unlink(path);
    buf_release(&kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = fuzz_text(data, size);
    struct settings settings = read_settings(&input);
    struct capture capture = {.kind = VISIT_PAGE, .attempts = 1, .hops = "L"};
    struct buf live, stored;
    begin_writing();
    buf_init(&live, LINES_MOST);
    buf_init(&stored, LINES_MOST);
    buf_init(&capture.via, LINES_MOST);
    buf_init(&capture.rules.host_name, LINES_MOST);
    buf_init(&capture.target, LINES_MOST);
    buf_init(&capture.outlinks.last, LINES_MOST);
    buf_init(&capture.written.line, LINES_MOST);
    buf_init(&capture.original_url, LINES_MOST);
    capture.exchange = exchange_new(stored_directory()->directory);
    FUZZ_CHECK(capture.exchange);
    enum fetch_end end = receive(capture.exchange, &settings, input);
    read_live(&capture, &end, &live);
    write_and_check(&capture, &settings, &stored);
    FUZZ_CHECK(!capture.written.line.length || text_equal(buf_text(&live), buf_text(&stored)));
    exchange_free(capture.exchange);
    buf_release(&capture.via);
    buf_release(&capture.rules.host_name);
    buf_release(&capture.target);
    buf_release(&capture.outlinks.last);
    buf_release(&capture.written.line);
    buf_release(&capture.original_url);
    buf_release(&live);
    buf_release(&stored);
    return 0;
}
