/* Checks each line of the index against the record that it points at, and each record against the
 * index. */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/digest_value.h"
#include "base/disk.h"
#include "base/utf8.h"
#include "collection/cdxj_lookup.h"
#include "collection/index_cdxj.h"
#include "http/http_message.h"
#include "verify/check.h"
#include "verify/index_key.h"
#include "verify/newest_captures.h"

struct indexing {
    struct verification *v;
    const char *index_path, *archive_directory;
    struct warc_reader *reader; /* of the last file read */
    uint32_t reader_file;
    struct newest_captures newest;
    struct buf head, scratch;
};

static void at_line(struct indexing *x, int64_t offset, const struct cdxj_entry *entry, int rule)
{
    char url[512];
    const struct finding_place at = {.file = x->index_path, .offset = offset, .url = url};
    snprintf(url, sizeof url, "%.*s", TEXT_ARGS(entry->url));
    verification_find(x->v, rule, &at, "%s", "");
}

/* The file of that name in the collection's archive; -1 when there is none. */
static int64_t file_named(const struct indexing *x, struct text name)
{
    for (size_t i = 0; i < x->v->file_count; i++) {
        struct text path = text_of(x->v->files[i]);
        const char *slash = strrchr(x->v->files[i], '/');
        struct text base = slash ? text_of(slash + 1) : path;
        if (text_equal(base, name) && text_starts(path, text_of(x->archive_directory)))
            return (int64_t)i;
    }
    return -1;
}

/* Records are in the order of reading: by file, then by offset. */
static struct seen_record *record_at(const struct verification *v, uint32_t file, int64_t offset)
{
    size_t low = 0, high = v->record_count;
    if (v->aside.record_list)
        spilled_touch(v->aside.record_list, 1 << 15);
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct seen_record *record = &v->records[middle];
        if (record->file < file || (record->file == file && record->offset < offset))
            low = middle + 1;
        else
            high = middle;
    }
    struct seen_record *found = &v->records[low];
    return low < v->record_count && found->file == file && found->offset == offset ? found : NULL;
}

static bool differs(struct text line, struct text record)
{
    return !text_equal(line, record);
}

/* Whether a line has this text of a record.  JSON has U+FFFD where the record has bytes that are
 * not UTF-8. */
static bool is_written_as(struct text line, struct text record)
{
    while (line.length && record.length) {
        uint32_t written, real;
        size_t length = utf8_read(line, &written), taken = utf8_read(record, &real);
        if (!length || written != (taken ? real : 0xfffd))
            return false;
        line = text_skip(line, length);
        record = text_skip(record, taken ? taken : 1);
    }
    return !line.length && !record.length;
}

/* Whether the stored bytes of the record have the digest that the line says, which covers the
 * header too. */
static bool has_record_digest(struct indexing *x, const struct cdxj_entry *entry, uint32_t file)
{
    struct digest_value said, is = {.kind = DIGEST_SHA256};
    char bytes[1 << 14];
    int64_t at = entry->offset, end = at + entry->length;
    ssize_t got = 1;
    if (digest_value_read(entry->record_digest, &said) != DIGEST_IS_READ)
        return false;
    int fd = disk_open_to_read(x->v->files[file]);
    struct digester *digester = digester_new(said.kind);
    x->v->out_of_memory = x->v->out_of_memory || !digester;
    for (; fd >= 0 && digester && at < end && got > 0; at += got) {
        size_t room = end - at < (int64_t)sizeof bytes ? (size_t)(end - at) : sizeof bytes;
        got = pread(fd, bytes, room, at);
        if (got > 0)
            digester_add(digester, bytes, (size_t)got);
    }
    if (digester)
        digester_end(digester, is.bytes);
    digester_free(digester);
    if (fd >= 0)
        close(fd);
    return fd < 0 || !digester || memcmp(is.bytes, said.bytes, said.length) == 0;
}

/* Reads the record that the line points at and compares what the line says.  False: something is
 * wrong, and reported. */
static bool compare(struct indexing *x, const struct cdxj_entry *entry, int64_t line_offset,
                    uint32_t file)
{
    const struct warc_record *record;
    struct warc_place place;
    struct cdxj_entry real;
    if (!x->reader || x->reader_file != file) {
        warc_reader_close(x->reader);
        x->reader = warc_reader_open(x->v->files[file]);
        x->reader_file = file;
    }
    if (!x->reader || warc_reader_seek(x->reader, entry->offset) != WARC_OK)
        return true;
    enum warc_result got = warc_reader_next(x->reader, &record);
    if (got != WARC_OK && got != WARC_FLAWED)
        return false; /* reported when the file was checked */
    cdxj_read_head(x->reader, &x->head);
    got = warc_reader_finish(x->reader, &place);
    if (got != WARC_OK && got != WARC_FLAWED)
        return false;
    buf_clear(&x->scratch);
    if (!cdxj_entry_from_record(record, buf_text(&x->head), &place, &real, &x->scratch))
        at_line(x, line_offset, entry, CHECK_CDXJ_RECORD);
    else if (differs(entry->url, real.url))
        at_line(x, line_offset, entry, CHECK_CDXJ_URL);
    else if (differs(text_first(entry->timestamp, 14), real.timestamp))
        at_line(x, line_offset, entry, CHECK_CDXJ_DATE);
    else if (differs(entry->status, real.status) || !is_written_as(entry->mime, real.mime))
        at_line(x, line_offset, entry, CHECK_CDXJ_STATUS);
    else if (real.digest.length && !digest_value_same(entry->digest, real.digest))
        at_line(x, line_offset, entry, CHECK_CDXJ_DIGEST);
    else if (entry->record_digest.length && !has_record_digest(x, entry, file))
        at_line(x, line_offset, entry, CHECK_CDXJ_RECORD_DIGEST);
    else
        return true;
    return false;
}

/* Whether the line is not the first of its record.  One with the key of the URL and one with the
 * key of another player may stand beside each other. */
static bool is_twice(struct seen_record *record, enum index_key key)
{
    bool *seen = key == KEY_OF_OTHERS ? &record->lines.other_key : &record->lines.own_key;
    bool twice = *seen;
    *seen = record->lines.any = true;
    return twice;
}

/* pywb's lines of other methods have the method in their key, so that they are not in the way. */
static void check_key(struct indexing *x, const struct cdxj_entry *entry, int64_t line_offset,
                      const struct seen_record *record, enum index_key key)
{
    if (key == KEY_WRONG)
        at_line(x, line_offset, entry, CHECK_CDXJ_KEY);
    else if (record->not_get != (key == KEY_OF_METHOD) && (record->not_get || record->requested))
        at_line(x, line_offset, entry, CHECK_CDXJ_METHOD);
}

static void check_line(struct indexing *x, const struct cdxj_entry *entry, int64_t line_offset)
{
    int64_t file = file_named(x, entry->filename);
    if (file < 0) {
        at_line(x, line_offset, entry, CHECK_CDXJ_FILE);
        return;
    }
    struct seen_record *record = record_at(x->v, (uint32_t)file, entry->offset);
    enum index_key key = index_key_judge(entry->key, entry->url);
    x->v->out_of_memory = x->v->out_of_memory || key == KEY_UNKNOWN;
    if (!record)
        at_line(x, line_offset, entry, CHECK_CDXJ_OFFSET);
    else if (record->length != entry->length)
        at_line(x, line_offset, entry, CHECK_CDXJ_LENGTH);
    else if (is_twice(record, key))
        at_line(x, line_offset, entry, CHECK_CDXJ_TWICE);
    else {
        newest_captures_take(&x->newest, entry, record, line_offset);
        if (compare(x, entry, line_offset, (uint32_t)file))
            check_key(x, entry, line_offset, record, key);
    }
}

static void check_missing_lines(struct indexing *x)
{
    for (size_t i = 0; i < x->v->record_count; i++) {
        const struct seen_record *record = verification_record(x->v, i);
        if (record->indexed && !record->lines.any &&
            text_starts(text_of(x->v->files[record->file]), text_of(x->archive_directory)))
            verification_find(x->v, CHECK_CDXJ_MISSING,
                              &(struct finding_place){.file = x->v->files[record->file],
                                                      .offset = record->offset,
                                                      .length = record->length},
                              "%s", "");
    }
}

void check_index(struct verification *v, const char *index_path, const char *archive_directory)
{
    struct indexing x = {.v = v, .index_path = index_path, .archive_directory = archive_directory};
    struct trouble trouble;
    struct cdxj_entry entry;
    struct text line, before = TEXT("");
    int64_t offset;
    struct cdxj_lookup *lookup = cdxj_lookup_open(index_path, &trouble);
    if (!lookup) {
        verification_find_file(v, CHECK_CDXJ_UNREADABLE, index_path, "%s", trouble.words);
        return;
    }
    buf_init(&x.head, CDXJ_HEAD_BYTES);
    buf_init(&x.scratch, 1 << 22);
    newest_captures_begin(&x.newest, v, index_path);
    for (enum result got = cdxj_lookup_first(lookup, &entry, &line, &offset); got != RESULT_END;
         got = cdxj_lookup_next(lookup, &entry, &line, &offset)) {
        if (text_compare(line, before) < 0)
            verification_find(v, CHECK_CDXJ_ORDER,
                              &(struct finding_place){.file = index_path, .offset = offset}, "%s",
                              "");
        before = line;
        if (got == RESULT_OK)
            check_line(&x, &entry, offset);
        else
            verification_find(v, CHECK_CDXJ_LINE,
                              &(struct finding_place){.file = index_path, .offset = offset}, "%s",
                              "");
    }
    newest_captures_end(&x.newest);
    check_missing_lines(&x);
    warc_reader_close(x.reader);
    buf_release(&x.head);
    buf_release(&x.scratch);
    cdxj_lookup_close(lookup);
}
