/*
 * The CDXJ index: writes and reads lines, makes them from records, and sorts and merges them into
 * the file.
 */
#include <config.h>

#include "collection/index_cdxj.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"
#include "collection/collection.h"
#include "collection/request_method.h"
#include "collection/wacz_parts.h"
#include "http/http_message.h"
#include "warc/mend.h"
#include "warc/reader_part.h"
#include "web/media_type.h"
#include "web/surt.h"

enum {
    MIME_MOST = 200,
    LINE_MOST = 1 << 20,
    MERGE_PIECE = 1 << 20,
};

/* ---- lines ---- */

static void add_member(struct buf *out, const char *name, struct text value)
{
    if (!value.length)
        return;
    buf_printf(out, "%s\"%s\": ", text_ends(buf_text(out), TEXT("{")) ? "" : ", ", name);
    json_write_string(out, value);
}

void cdxj_line_write(const struct cdxj_entry *entry, struct buf *out)
{
    char number[24];
    surt_write(entry->url, out);
    buf_add_char(out, ' ');
    buf_add_text(out, entry->timestamp);
    buf_add(out, " {");
    add_member(out, "url", entry->url);
    add_member(out, "mime", entry->mime);
    add_member(out, "status", entry->status);
    add_member(out, "digest", entry->digest);
    snprintf(number, sizeof number, "%lld", (long long)entry->length);
    add_member(out, "length", text_of(number));
    snprintf(number, sizeof number, "%lld", (long long)entry->offset);
    add_member(out, "offset", text_of(number));
    add_member(out, "filename", entry->filename);
    buf_add(out, "}\n");
}

/* The text in *scratch must not move while the entry points into it, so all room is allocated
 * first. */
static struct text keep(struct buf *scratch, struct text text)
{
    size_t from = scratch->length;
    buf_add_text(scratch, text);
    return buf_ok(scratch) ? text_skip(buf_text(scratch), from) : TEXT("");
}

/* A decoded value lives only until the next member, so it is copied. */
static struct text keep_value(struct text value, struct text line, struct buf *scratch)
{
    bool in_line = value.at >= line.at && value.at <= line.at + line.length;
    return in_line ? value : keep(scratch, value);
}

static bool read_members(struct text line, struct text rest, struct cdxj_entry *entry,
                         struct buf *scratch, struct buf *member)
{
    struct text name, value;
    int more;
    uint64_t number;
    while ((more = json_next_member(&rest, &name, &value, member)) > 0) {
        value = keep_value(value, line, scratch);
        if (text_equal(name, TEXT("url")))
            entry->url = value;
        else if (text_equal(name, TEXT("mime")))
            entry->mime = value;
        else if (text_equal(name, TEXT("status")))
            entry->status = value;
        else if (text_equal(name, TEXT("digest")))
            entry->digest = value;
        else if (text_equal(name, TEXT("filename")))
            entry->filename = value;
        else if (text_equal(name, TEXT("recordDigest")))
            entry->record_digest = value;
        else if (text_equal(name, TEXT("length")) && text_to_number(value, &number) &&
                 number <= INT64_MAX)
            entry->length = (int64_t)number;
        else if (text_equal(name, TEXT("offset")) && text_to_number(value, &number) &&
                 number <= INT64_MAX)
            entry->offset = (int64_t)number;
    }
    return more == 0;
}

bool cdxj_line_read(struct text line, struct cdxj_entry *entry, struct buf *scratch)
{
    struct text rest = line;
    struct buf member;
    *entry = (struct cdxj_entry){.length = -1, .offset = -1};
    /* Decoded values are not longer than the line. With this much room, nothing moves. */
    if (!buf_room(scratch, line.length))
        return false;
    if (!text_split(&rest, ' ', &entry->key) || !text_split(&rest, ' ', &entry->timestamp) ||
        !rest.at)
        return false;
    buf_init(&member, LINE_MOST);
    bool whole = read_members(line, rest, entry, scratch, &member);
    buf_release(&member);
    return whole && entry->key.length > 0 && entry->timestamp.length >= 14;
}

/* ---- from records ---- */

static struct text lower_type(struct buf *scratch, struct text content_type)
{
    struct text kept = keep(scratch, text_first(media_type_essence(content_type), MIME_MOST));
    for (size_t i = 0; i < kept.length; i++)
        scratch->data[(size_t)(kept.at - scratch->data) + i] = ascii_lower(kept.at[i]);
    return kept;
}

static bool fill_http(struct text block_head, bool revisit, struct cdxj_entry *entry,
                      struct buf *scratch)
{
    struct http_head head = {0};
    char status[8] = "";
    bool read = http_response_read(&head, block_head);
    if (head.no_memory)
        buf_fail(scratch);
    /* 304 and 206 would be replayed in place of the whole response. */
    bool wanted = revisit || (read && head.status != 304 && head.status != 206);
    if (read && wanted) {
        snprintf(status, sizeof status, "%d", head.status);
        if (!revisit)
            entry->mime = lower_type(scratch, http_field(&head, "Content-Type"));
        entry->status = keep(scratch, text_of(status));
    }
    http_head_release(&head);
    return wanted;
}

bool cdxj_entry_from_record(const struct warc_record *record, struct text block_head,
                            const struct warc_place *place, struct cdxj_entry *entry,
                            struct buf *scratch)
{
    struct text url = text_of(warc_record_field(record, "WARC-Target-URI"));
    struct text type = text_of(warc_record_field(record, "Content-Type"));
    int64_t date_ms;
    char date[DATE_14_SIZE];
    *entry = (struct cdxj_entry){.length = place->length, .offset = place->offset};
    if (record->type != WARC_RESPONSE && record->type != WARC_REVISIT &&
        record->type != WARC_RESOURCE && record->type != WARC_METADATA)
        return false;
    if (!url.length || text_starts_nocase(type, TEXT("application/warc-fields")) ||
        !date_read_warc(text_of(warc_record_field(record, "WARC-Date")), &date_ms))
        return false;
    /* wget writes <address>. */
    if (url.length > 2 && url.at[0] == '<' && url.at[url.length - 1] == '>')
        url = (struct text){url.at + 1, url.length - 2};
    if (!buf_room(scratch, 1024))
        return false;
    date_write_14(date_ms, date);
    entry->timestamp = keep(scratch, text_of(date));
    entry->url = url;
    entry->digest = text_of(warc_record_field(record, "WARC-Payload-Digest"));
    entry->filename = text_of(place->file);
    bool http = text_starts_nocase(type, TEXT("application/http"));
    if (record->type == WARC_REVISIT) {
        entry->mime = TEXT("warc/revisit");
        return !http || !block_head.length || fill_http(block_head, true, entry, scratch);
    }
    if (http)
        return fill_http(block_head, false, entry, scratch);
    entry->mime = lower_type(scratch, type);
    return true;
}

/* ---- files ---- */

void cdxj_read_head(struct warc_reader *reader, struct buf *head)
{
    const char *bytes;
    size_t length;
    buf_clear(head);
    while (head->length < CDXJ_HEAD_BYTES &&
           warc_reader_block(reader, &bytes, &length) == WARC_OK) {
        struct text piece =
            text_first((struct text){bytes, length}, CDXJ_HEAD_BYTES - head->length);
        buf_add_text(head, piece);
        /* Enough, once the HTTP head is complete. */
        if (text_find(buf_text(head), TEXT("\r\n\r\n")) >= 0 ||
            text_find(buf_text(head), TEXT("\n\n")) >= 0)
            break;
    }
}

/* A file that is being indexed. */
struct indexed_file {
    const char *path;
    struct warc_reader *reader;
    struct line_sort *sort;
    struct buf head, line, scratch;
    struct request_method method;
    struct give_up give_up;
    bool is_ours;    /* then all was asked for with GET */
    int64_t last;    /* offset of the record before; -1: none */
    uint64_t shared; /* records that cannot be reached at an offset */
    struct trouble *trouble;
};

static enum result add_line(struct indexed_file *file, const struct cdxj_entry *entry)
{
    buf_clear(&file->line);
    cdxj_line_write(entry, &file->line);
    return !buf_ok(&file->line)
               ? RESULT_OK /* told at the end, or too long for any reader */
               : line_sort_add(file->sort, text_first(buf_text(&file->line), file->line.length - 1),
                               file->trouble);
}

static enum result index_record(struct indexed_file *file, const struct warc_record *record)
{
    struct warc_place place;
    struct cdxj_entry entry;
    /* It follows another in its gzip member.  Players go to the offset, and find the other. */
    bool shared = warc_reader_offset(file->reader) == file->last;
    file->last = warc_reader_offset(file->reader);
    cdxj_read_head(file->reader, &file->head);
    if (warc_reader_finish(file->reader, &place) <= WARC_LOST)
        return trouble_say(file->trouble, RESULT_LOST, "%s: %s", file->path,
                           warc_reader_words(file->reader));
    buf_clear(&file->scratch);
    if (record->type == WARC_WARCINFO)
        file->is_ours = text_find(buf_text(&file->head), TEXT("software: warccap/")) >= 0;
    if (record->type == WARC_REQUEST)
        request_method_note(&file->method, record, buf_text(&file->head));
    if (!cdxj_entry_from_record(record, buf_text(&file->head), &place, &entry, &file->scratch) ||
        (!file->is_ours && record->type == WARC_RESPONSE &&
         !request_method_is_get(&file->method, record, &place)))
        return RESULT_OK;
    if (!shared)
        return add_line(file, &entry);
    file->shared++;
    return RESULT_OK;
}

/* The worst of all records. */
static enum result index_records(struct indexed_file *file)
{
    const struct warc_record *record;
    enum warc_result got;
    enum result result = RESULT_OK;
    while ((got = warc_reader_next(file->reader, &record)) != WARC_END && got != WARC_BROKEN) {
        enum result one = got == WARC_LOST
                              ? trouble_say(file->trouble, RESULT_LOST, "%s: %s", file->path,
                                            warc_reader_words(file->reader))
                              : index_record(file, record);
        result = one < result ? one : result;
        if (result == RESULT_BROKEN || buf_is_out_of_memory(&file->head))
            break;
    }
    if (give_up_asked(&file->give_up))
        return trouble_say(file->trouble, RESULT_BROKEN, "stopped while %s was read", file->path);
    if (got == WARC_BROKEN)
        result = trouble_say(file->trouble, RESULT_LOST, "%s: %s", file->path,
                             warc_reader_words(file->reader));
    if (file->shared && result == RESULT_OK)
        result =
            trouble_say(file->trouble, RESULT_LOST,
                        "%s: %llu record%s cannot be reached by players, behind another in one "
                        "gzip member, and not in the index. Give each its own member: warccap "
                        "repair",
                        file->path, (unsigned long long)file->shared, file->shared == 1 ? "" : "s");
    return result;
}

/* Takes the reader over; NULL is lack of memory. */
static enum result index_opened(struct warc_reader *reader, const char *path,
                                const struct wacz_part *part, struct give_up give_up,
                                struct line_sort *sort, struct trouble *trouble)
{
    struct indexed_file file = {
        .path = path, .reader = reader, .sort = sort, .last = -1, .trouble = trouble};
    if (!file.reader)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to index %s", path);
    buf_init(&file.head, CDXJ_HEAD_BYTES);
    buf_init(&file.line, 2 * LINE_MOST);
    buf_init(&file.scratch, LINE_MOST);
    request_method_init(&file.method, path);
    file.method.part = part;
    file.give_up = give_up;
    enum result result = index_records(&file);
    if (result != RESULT_BROKEN &&
        (buf_is_out_of_memory(&file.line) || buf_is_out_of_memory(&file.head) ||
         buf_is_out_of_memory(&file.scratch) || file.method.no_memory))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to index %s", path);
    warc_reader_close(file.reader);
    request_method_release(&file.method);
    buf_release(&file.head);
    buf_release(&file.line);
    buf_release(&file.scratch);
    return result;
}

enum result cdxj_index_file(const char *path, struct line_sort *sort, struct trouble *trouble)
{
    return cdxj_index_file_until(path, (struct give_up){NULL, NULL}, sort, trouble);
}

enum result cdxj_index_file_until(const char *path, struct give_up give_up, struct line_sort *sort,
                                  struct trouble *trouble)
{
    return index_opened(warc_reader_open_until(path, give_up), path, NULL, give_up, sort, trouble);
}

enum result cdxj_index_part(const char *package, const struct wacz_part *part,
                            struct give_up give_up, struct line_sort *sort, struct trouble *trouble)
{
    struct warc_reader *reader =
        warc_reader_open_part_until(package, part->from, part->length, part->name, give_up);
    return index_opened(reader, package, part, give_up, sort, trouble);
}

/* ---- sorting and merging ---- */

static int by_bytes(const void *left, const void *right)
{
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

enum result cdxj_sort(struct buf *lines, struct trouble *trouble)
{
    size_t count = 0;
    struct text rest = buf_text(lines), line;
    struct buf sorted;
    for (size_t i = 0; i < lines->length; i++)
        count += lines->data[i] == '\n';
    struct text *list = malloc((count + 1) * sizeof *list);
    buf_init(&sorted, lines->limit);
    if (!list || (lines->length && !buf_room(&sorted, lines->length))) {
        free(list);
        buf_release(&sorted);
        return trouble_say(trouble, RESULT_BROKEN, "no memory to sort %zu lines of the index",
                           count);
    }
    count = 0;
    while (text_split(&rest, '\n', &line))
        if (line.length)
            list[count++] = line;
    qsort(list, count, sizeof *list, by_bytes);
    for (size_t i = 0; i < count; i++)
        if (!i || !text_equal(list[i], list[i - 1])) {
            buf_add_text(&sorted, list[i]);
            buf_add_char(&sorted, '\n');
        }
    free(list);
    buf_take(lines, &sorted);
    return RESULT_OK;
}

struct merge {
    FILE *old;
    char *old_line;
    size_t old_room;
    ssize_t old_length; /* of the current line, with its LF; -1: there is none */
    bool unread;        /* there is one, but it can't be read */
    int fd;
    struct buf out;
    const char *path;
};

static void next_old(struct merge *merge)
{
    merge->old_length = merge->old ? getline(&merge->old_line, &merge->old_room, merge->old) : -1;
    merge->unread = merge->old && merge->old_length < 0 && !feof(merge->old);
}

static enum result flush(struct merge *merge, size_t above, struct trouble *trouble)
{
    if (!buf_ok(&merge->out))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to merge into the index");
    if (merge->out.length <= above)
        return RESULT_OK;
    enum result result =
        disk_write(merge->fd, merge->out.data, merge->out.length, merge->path, trouble);
    buf_clear(&merge->out);
    return result;
}

static enum result merge_all(struct merge *merge, struct text lines, struct trouble *trouble)
{
    struct text line = TEXT("");
    bool has_new = text_split(&lines, '\n', &line) && line.length;
    enum result result = RESULT_OK;
    next_old(merge);
    while (result == RESULT_OK && (has_new || merge->old_length >= 0)) {
        struct text old = {merge->old_line, merge->old_length > 0 ? (size_t)merge->old_length : 0};
        if (old.length && old.at[old.length - 1] == '\n')
            old.length--;
        int order = !has_new ? -1 : merge->old_length < 0 ? 1 : text_compare(old, line);
        buf_add_text(&merge->out, order <= 0 ? old : line);
        buf_add_char(&merge->out, '\n');
        if (order >= 0)
            has_new = text_split(&lines, '\n', &line) && line.length;
        if (order <= 0)
            next_old(merge);
        result = flush(merge, MERGE_PIECE, trouble);
    }
    if (result == RESULT_OK && merge->unread)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot read the index beside %s",
                              merge->path);
    return result == RESULT_OK ? flush(merge, 0, trouble) : result;
}

/* The new index replaces the old one, if any, in one step. */
static enum result put_in_place(const char *temporary, const char *path, struct trouble *trouble)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (rename(temporary, path) != 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot rename %s to %s", temporary, path);
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) : 1,
             slash ? path : ".");
    return disk_sync_directory(directory, trouble);
}

enum result cdxj_merge(const char *path, struct text lines, struct trouble *trouble)
{
    char temporary[PATH_MAX];
    int old = disk_open_to_read(path);
    struct merge merge = {.old = old < 0 ? NULL : fdopen(old, "r"),
                          .old_length = -1,
                          .path = temporary};
    snprintf(temporary, sizeof temporary, "%s.new", path);
    if (!merge.old && errno != ENOENT)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", path);
    merge.fd = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
    enum result result = merge.fd < 0
                             ? trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", temporary)
                             : RESULT_OK;
    buf_init(&merge.out, 4 * MERGE_PIECE);
    if (result == RESULT_OK)
        result = merge_all(&merge, lines, trouble);
    if (result == RESULT_OK)
        result = disk_sync(merge.fd, temporary, trouble);
    if (merge.fd >= 0)
        close(merge.fd);
    if (result == RESULT_OK)
        result = put_in_place(temporary, path, trouble);
    else
        unlink(temporary);
    if (merge.old)
        fclose(merge.old);
    free(merge.old_line);
    buf_release(&merge.out);
    return result;
}

struct rebuild {
    const char *directory;
    struct line_sort *sort;
    const struct index_observer *observer;
    enum result result; /* the worst of all files, with its trouble */
    struct trouble *trouble;
};

static void index_one(void *context, const char *name)
{
    struct rebuild *rebuild = context;
    char path[PATH_MAX];
    if (!collection_is_archive_file(name) || rebuild->result == RESULT_BROKEN)
        return;
    snprintf(path, sizeof path, "%s/%s", rebuild->directory, name);
    struct trouble trouble = trouble_none();
    const struct give_up give_up =
        rebuild->observer ? rebuild->observer->give_up : (struct give_up){NULL, NULL};
    enum result result = cdxj_index_file_until(path, give_up, rebuild->sort, &trouble);
    if (result == RESULT_LOST && rebuild->observer && rebuild->observer->damaged)
        rebuild->observer->damaged(rebuild->observer->context, trouble.words);
    if (result < rebuild->result) {
        rebuild->result = result;
        *rebuild->trouble = trouble;
    }
}

static enum result write_sorted(struct line_sort *sort, int fd, const char *path,
                                struct trouble *trouble)
{
    struct merge out = {.fd = fd, .path = path};
    struct text line;
    enum result result;
    buf_init(&out.out, 4 * MERGE_PIECE);
    while ((result = line_sort_next(sort, &line, trouble)) == RESULT_OK) {
        buf_add_text(&out.out, line);
        buf_add_char(&out.out, '\n');
        result = flush(&out, MERGE_PIECE, trouble);
        if (result != RESULT_OK)
            break;
    }
    if (result == RESULT_END)
        result = flush(&out, 0, trouble);
    buf_release(&out.out);
    return result;
}

enum result cdxj_replace(const char *path, struct line_sort *sort, struct trouble *trouble)
{
    char temporary[PATH_MAX];
    snprintf(temporary, sizeof temporary, "%s.new", path);
    int fd = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", temporary);
    enum result result = write_sorted(sort, fd, temporary, trouble);
    if (result == RESULT_OK)
        result = disk_sync(fd, temporary, trouble);
    close(fd);
    if (result == RESULT_OK)
        result = put_in_place(temporary, path, trouble);
    if (result != RESULT_OK)
        unlink(temporary);
    return result;
}

enum result cdxj_rebuild(const char *archive_directory, const char *path,
                         const struct index_observer *observer, struct trouble *trouble)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) : 1,
             slash ? path : ".");
    struct rebuild rebuild = {.directory = archive_directory,
                              .sort = line_sort_new(directory, CDXJ_SORT_BYTES),
                              .observer = observer,
                              .result = RESULT_OK,
                              .trouble = trouble};
    if (!rebuild.sort)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to make an index");
    enum result result = disk_list(archive_directory, index_one, &rebuild, trouble);
    struct trouble writing;
    if (result == RESULT_OK && rebuild.result != RESULT_BROKEN) {
        result = cdxj_replace(path, rebuild.sort, &writing);
        if (result != RESULT_OK)
            *trouble = writing;
    }
    line_sort_free(rebuild.sort);
    return result == RESULT_OK ? rebuild.result : result;
}
