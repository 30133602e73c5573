/* Records for tests of the writer, and what is read back of them. */
#include <config.h>

#include "tests/warc/written.h"

#include <check.h>

#include "base/digest.h"

const char written_head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";

struct warc_writer *writer_in(const struct scratch *scratch, int64_t file_size)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = scratch->directory,
                                          .prefix = "test",
                                          .hostname = "host.example",
                                          .file_size_bytes = file_size,
                                          .warcinfo =
                                              "software: test\r\nformat: WARC File Format 1.1\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    ck_assert_ptr_nonnull(writer);
    return writer;
}

struct warc_draft response_of(const char *body, size_t length)
{
    struct warc_draft draft = {.struct_size = sizeof draft,
                               .type = WARC_RESPONSE,
                               .date_ms = 1772600767123,
                               .target_uri = "http://example.com/a",
                               .content_type = "application/http;msgtype=response",
                               .block = {written_head, body},
                               .block_length = {sizeof written_head - 1, length},
                               .block_fd = -1};
    warc_id_make(draft.id);
    return draft;
}

void put_event(struct warc_writer *writer, const char *body, size_t length,
               struct warc_place *place)
{
    struct warc_draft response = response_of(body, length);
    const struct warc_field fields[] = {{"WARC-Concurrent-To", response.id}};
    struct warc_draft request = {.struct_size = sizeof request,
                                 .type = WARC_REQUEST,
                                 .date_ms = response.date_ms,
                                 .target_uri = response.target_uri,
                                 .content_type = "application/http;msgtype=request",
                                 .fields = fields,
                                 .field_count = 1,
                                 .block = {"GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n"},
                                 .block_length = {38},
                                 .block_fd = -1};
    warc_id_make(request.id);
    ck_assert_int_eq(warc_writer_begin_event(writer), WARC_OK);
    ck_assert_msg(warc_writer_put(writer, &request, NULL) == WARC_OK, "%s",
                  warc_writer_words(writer));
    ck_assert_int_eq(warc_writer_put(writer, &response, place), WARC_OK);
}

void check_record(const struct scratch *scratch, const struct warc_place *place, const char *body,
                  size_t length)
{
    char path[SCRATCH_PATH], digest[DIGEST_SHA1_TEXT];
    unsigned char sha1[DIGEST_MOST_BYTES];
    const struct warc_record *record;
    struct warc_place found;
    const char *bytes;
    size_t count, at = 0;
    scratch_path(scratch, place->file, path);
    struct warc_reader *reader = warc_reader_open(path);
    struct digester *digester = digester_new(DIGEST_SHA1);
    ck_assert_int_eq(warc_reader_seek(reader, place->offset), WARC_OK);
    ck_assert_int_eq(warc_reader_next(reader, &record), WARC_OK);
    ck_assert_int_eq(record->content_length, (int64_t)(sizeof written_head - 1 + length));
    while (warc_reader_block(reader, &bytes, &count) == WARC_OK) {
        digester_add(digester, bytes, count);
        for (size_t i = 0; i < count; i++, at++) {
            char wanted = at < sizeof written_head - 1 ? written_head[at]
                                                       : body[at - (sizeof written_head - 1)];
            if (bytes[i] != wanted)
                ck_abort_msg("byte %zu differs", at);
        }
    }
    ck_assert_uint_eq(at, sizeof written_head - 1 + length);
    digester_end(digester, sha1);
    digest_sha1_text(sha1, digest);
    ck_assert_str_eq(warc_record_field(record, "warc-block-digest"), digest);
    ck_assert_int_eq(warc_reader_finish(reader, &found), WARC_OK);
    ck_assert_int_eq(found.offset, place->offset);
    ck_assert_int_eq(found.length, place->length);
    ck_assert_str_eq(found.file, place->file);
    ck_assert_ptr_null(warc_reader_flaw(reader, 0));
    digester_free(digester);
    warc_reader_close(reader);
}

int count_good_records(const struct scratch *scratch, const char *name)
{
    char path[SCRATCH_PATH];
    const struct warc_record *record;
    enum warc_result result;
    int records = 0;
    scratch_path(scratch, name, path);
    struct warc_reader *reader = warc_reader_open(path);
    while ((result = warc_reader_next(reader, &record)) == WARC_OK &&
           warc_reader_finish(reader, NULL) == WARC_OK)
        records++;
    ck_assert_msg(result == WARC_END, "%s: %s", name, warc_reader_words(reader));
    warc_reader_close(reader);
    return records;
}
