/* Notes what is changed in a file, and writes the finished file from its part. */
#include <config.h>

#include "repair/repaired_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/manifest.h"
#include "repair/made_from.h"
#include "repair/part.h"

enum { TOLD_MOST = 1 << 20 }; /* bytes of lines; what does not fit is counted */

void repaired_file_init(struct repaired_file *file, const char *source)
{
    *file = (struct repaired_file){.records = 0};
    snprintf(file->source, sizeof file->source, "%s", source);
    buf_init(&file->told, 2 * (size_t)TOLD_MOST);
}

void repaired_file_release(struct repaired_file *file)
{
    buf_release(&file->told);
    free(file->dropped);
    file->dropped = NULL;
}

/* ---- what was changed ---- */

/* Ends the line for changes that follow each other. */
static void end_line(struct repaired_file *file)
{
    if (file->told_count)
        buf_printf(&file->told, "repairChange: %s at %lld, %lld time%s\r\n", file->told_last,
                   (long long)file->told_from, (long long)file->told_count,
                   file->told_count == 1 ? "" : "s");
    file->told_count = 0;
}

static void tell(struct repaired_file *file, const struct repair_change *change)
{
    const struct change_row *row = change_row(change->kind);
    if (file->told.length > TOLD_MOST)
        return;
    if (!row->loses && change->offset >= 0) {
        if (strcmp(file->told_last, row->name) != 0 || !file->told_count) {
            end_line(file);
            snprintf(file->told_last, sizeof file->told_last, "%s", row->name);
            file->told_from = change->offset;
        }
        file->told_count++;
        return;
    }
    struct repair_change place = *change;
    place.file = NULL;
    end_line(file);
    buf_printf(&file->told, "%s: %s", row->loses ? "repairLost" : "repairChange", row->name);
    change_write_text(&place, &file->told);
    buf_add(&file->told, "\r\n");
    if (file->told.length > TOLD_MOST)
        buf_add(&file->told, "repairLost: and more, which are not listed here\r\n");
}

void repaired_file_note(struct repaired_file *file, struct repair_change *change,
                        const struct repair_observer *observer)
{
    if (!change->file)
        change->file = file->source;
    file->changes[change->kind]++;
    file->changed = file->changed || change->kind != CHANGE_FILE_ALTERED;
    file->stale = true;
    file->loses = file->loses || change_row(change->kind)->loses;
    tell(file, change);
    if (observer && observer->changed)
        observer->changed(observer->context, change);
}

enum result repaired_file_digest(struct repaired_file *file, struct trouble *trouble)
{
    return file->sha256[0]
               ? RESULT_OK
               : manifest_digest_file(file->source, file->sha256, &file->bytes, trouble);
}

/* ---- what the copy does not get ---- */

/* The offset in the part of a byte of the finished file. */
static int64_t offset_in_part(const struct repaired_file *file, int64_t offset)
{
    offset -= file->before;
    for (size_t i = 0; i < file->applied && file->dropped[i].offset <= offset; i++)
        offset += file->dropped[i].length;
    return offset;
}

enum result repaired_file_drop(struct repaired_file *file, int64_t offset, int64_t length,
                               struct trouble *trouble)
{
    if (offset < file->before || length <= 0)
        return RESULT_END;
    int64_t place = offset_in_part(file, offset);
    for (size_t i = file->applied; i < file->dropped_count; i++)
        if (file->dropped[i].offset == place)
            return RESULT_END;
    struct dropped *more =
        realloc(file->dropped, (file->dropped_count + 1) * sizeof *file->dropped);
    if (!more)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to repair %s", file->source);
    file->dropped = more;
    more[file->dropped_count++] = (struct dropped){place, length};
    file->records--;
    if (!file->records)
        file->is_arc =
            false; /* an ARC file cannot say that all of it is lost, a warcinfo record can */
    return RESULT_OK;
}

static int order_dropped(const void *left, const void *right)
{
    const struct dropped *a = left, *b = right;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* ---- the finished file ---- */

static enum result write_made_from(struct repaired_file *file, struct record_part *out,
                                   struct trouble *trouble)
{
    struct made_from made = {.file = file->name,
                             .source = file->source,
                             .source_sha256 = file->sha256};
    struct buf member;
    end_line(file);
    enum result result = repaired_file_digest(file, trouble);
    made.source_bytes = file->bytes;
    made.lines = buf_text(&file->told);
    buf_init(&member, 4 * (size_t)TOLD_MOST);
    if (result == RESULT_OK && !buf_ok(&file->told))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to repair %s", file->source);
    if (result == RESULT_OK)
        result = made_from_write(&made, &member, trouble);
    if (result == RESULT_OK)
        result = disk_write(out->fd, member.data, member.length, out->path, trouble);
    file->before = (int64_t)member.length;
    buf_release(&member);
    return result;
}

/* Copies the part without what was dropped. */
static enum result copy_part(const struct repaired_file *file, struct record_part *out,
                             struct trouble *trouble)
{
    int from = disk_open_to_read(file->part);
    int64_t size = disk_file_size(file->part), at = 0;
    if (from < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", file->part);
    enum result result = RESULT_OK;
    for (size_t i = 0; i < file->dropped_count && result == RESULT_OK; i++) {
        result = part_copy(out, from, at, file->dropped[i].offset - at);
        at = file->dropped[i].offset + file->dropped[i].length;
    }
    if (result == RESULT_OK)
        result = part_copy(out, from, at, size - at);
    close(from);
    return result;
}

enum result repaired_file_finish(struct repaired_file *file, struct give_up give_up,
                                 struct trouble *trouble)
{
    struct record_part out;
    if (unlink(file->finished) != 0 && errno != ENOENT)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot remove %s", file->finished);
    file->before = 0;
    if (file->dropped_count)
        qsort(file->dropped, file->dropped_count, sizeof *file->dropped, order_dropped);
    file->applied = file->dropped_count;
    file->stale = false;
    enum result result = part_create(&out, file->finished, give_up, trouble);
    if (result == RESULT_OK && file->changed && !file->is_arc)
        result = write_made_from(file, &out, trouble);
    if (result == RESULT_OK)
        result = copy_part(file, &out, trouble);
    if (result == RESULT_OK)
        result = part_sync(&out);
    part_close(&out);
    return result;
}
