/* Lines are collected in memory.  When that is full, they are sorted and written as a part of the
 * temporary file; in the end all parts are merged.  A line on the disk has its length before it. */
#include <config.h>

#include "base/line_sort.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/system.h"

enum { LEAST_MEMORY = 64 * 1024, LEAST_READ = 4 * 1024, PARTS_MOST = 1 << 16 };

struct sort_line {
    union {
        size_t offset;  /* in `bytes`, which move while lines are added */
        const char *at; /* when they are sorted */
    };
    uint32_t length;
};

/* A sorted part of the temporary file that is being read. */
struct sort_part {
    int64_t at, end; /* what is not yet in `bytes` */
    struct buf bytes;
    size_t taken; /* of `bytes` */
    struct text line;
};

struct line_sort {
    const char *directory;
    size_t memory_bytes;
    struct buf bytes; /* of the lines in memory */
    struct sort_line *lines;
    size_t count, room, next; /* next: the first that was not returned, if all are in memory */
    int fd;                   /* -1: everything is in memory */
    int64_t written;
    struct sort_part *parts; /* a heap while merging: the least line is the first one's */
    size_t part_count, part_room;
    struct buf last;
    bool merging, has_last;
};

struct line_sort *line_sort_new(const char *directory, size_t memory_bytes)
{
    struct line_sort *sort = calloc(1, sizeof *sort);
    if (!sort)
        return NULL;
    *sort = (struct line_sort){.directory = directory,
                               .memory_bytes =
                                   memory_bytes < LEAST_MEMORY ? LEAST_MEMORY : memory_bytes,
                               .fd = -1};
    buf_init(&sort->bytes, SIZE_MAX);
    buf_init(&sort->last, SIZE_MAX);
    return sort;
}

void line_sort_free(struct line_sort *sort)
{
    if (!sort)
        return;
    for (size_t i = 0; i < sort->part_count; i++)
        buf_release(&sort->parts[i].bytes);
    free(sort->parts);
    free(sort->lines);
    buf_release(&sort->bytes);
    buf_release(&sort->last);
    if (sort->fd >= 0)
        close(sort->fd);
    free(sort);
}

static enum result say_no_memory(struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN, "no memory to sort lines");
}

/* ---- collecting ---- */

static struct text line_of(const struct sort_line *line)
{
    return (struct text){line->at, line->length};
}

static int compare_lines(const void *a, const void *b)
{
    return text_compare(line_of(a), line_of(b));
}

/* Afterwards lines are taken, and none is added. */
static void sort_lines(struct line_sort *sort)
{
    for (size_t i = 0; i < sort->count; i++)
        sort->lines[i].at = sort->bytes.data + sort->lines[i].offset;
    if (sort->count)
        qsort(sort->lines, sort->count, sizeof *sort->lines, compare_lines);
}

/* Adds to the parts one of the bytes of the temporary file from `from` on. */
static bool add_part(struct line_sort *sort, int64_t from, int64_t end)
{
    if (sort->part_count == sort->part_room) {
        size_t room = sort->part_room ? sort->part_room * 2 : 16;
        struct sort_part *more =
            room > PARTS_MOST ? NULL : realloc(sort->parts, room * sizeof *more);
        if (!more)
            return false;
        sort->parts = more;
        sort->part_room = room;
    }
    struct sort_part *part = &sort->parts[sort->part_count++];
    *part = (struct sort_part){.at = from, .end = end};
    buf_init(&part->bytes, SIZE_MAX);
    return true;
}

static enum result write_line(struct line_sort *sort, struct text line, struct buf *out,
                              struct trouble *trouble)
{
    const uint32_t length = (uint32_t)line.length;
    buf_append(out, &length, sizeof length);
    buf_add_text(out, line);
    if (!buf_ok(out))
        return say_no_memory(trouble);
    if (out->length < LEAST_MEMORY)
        return RESULT_OK;
    enum result result = disk_write(sort->fd, out->data, out->length, sort->directory, trouble);
    sort->written += (int64_t)out->length;
    buf_clear(out);
    return result;
}

/* Sorts the lines in memory, and moves them to the temporary file. */
static enum result write_part(struct line_sort *sort, struct trouble *trouble)
{
    const int64_t from = sort->written;
    struct buf out;
    enum result result = RESULT_OK;
    if (sort->fd < 0 && (sort->fd = system_open_nameless(sort->directory)) < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot make a temporary file in %s",
                              sort->directory);
    buf_init(&out, SIZE_MAX);
    sort_lines(sort);
    for (size_t i = 0; result == RESULT_OK && i < sort->count; i++)
        result = write_line(sort, line_of(&sort->lines[i]), &out, trouble);
    if (result == RESULT_OK && out.length) {
        result = disk_write(sort->fd, out.data, out.length, sort->directory, trouble);
        sort->written += (int64_t)out.length;
    }
    buf_release(&out);
    if (result == RESULT_OK && !add_part(sort, from, sort->written))
        result = say_no_memory(trouble);
    sort->count = 0;
    buf_clear(&sort->bytes);
    return result;
}

static bool is_full(const struct line_sort *sort, size_t more)
{
    return sort->count &&
           sort->bytes.length + more + (sort->count + 1) * sizeof *sort->lines > sort->memory_bytes;
}

enum result line_sort_add(struct line_sort *sort, struct text line, struct trouble *trouble)
{
    if (line.length > UINT32_MAX)
        return say_no_memory(trouble);
    if (is_full(sort, line.length)) {
        enum result result = write_part(sort, trouble);
        if (result != RESULT_OK)
            return result;
    }
    if (sort->count == sort->room) {
        size_t room = sort->room ? sort->room * 2 : 256;
        struct sort_line *more = realloc(sort->lines, room * sizeof *more);
        if (!more)
            return say_no_memory(trouble);
        sort->lines = more;
        sort->room = room;
    }
    sort->lines[sort->count] =
        (struct sort_line){.offset = sort->bytes.length, .length = (uint32_t)line.length};
    buf_add_text(&sort->bytes, line);
    if (!buf_ok(&sort->bytes))
        return say_no_memory(trouble);
    sort->count++;
    return RESULT_OK;
}

/* ---- merging ---- */

/* Reads on until `need` bytes are there. */
static enum result fill_part(struct line_sort *sort, struct sort_part *part, size_t need,
                             struct trouble *trouble)
{
    size_t share = sort->memory_bytes / sort->part_count, left = part->bytes.length - part->taken;
    if (left >= need)
        return RESULT_OK;
    if (left)
        memmove(part->bytes.data, part->bytes.data + part->taken, left);
    part->bytes.length = left;
    part->taken = 0;
    size_t more = need - left > share ? need - left : share > LEAST_READ ? share : LEAST_READ;
    if ((int64_t)more > part->end - part->at)
        more = (size_t)(part->end - part->at);
    char *room = buf_room(&part->bytes, more);
    if (!room)
        return say_no_memory(trouble);
    for (size_t got = 0; got < more;) {
        ssize_t count = pread(sort->fd, room + got, more - got, part->at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return trouble_say_os(trouble, RESULT_BROKEN, "cannot read a temporary file in %s",
                                  sort->directory);
        got += (size_t)count;
        part->at += count;
    }
    buf_grew(&part->bytes, more);
    return RESULT_OK;
}

/* Takes the next line of a part.  END: there is none. */
static enum result next_of_part(struct line_sort *sort, struct sort_part *part,
                                struct trouble *trouble)
{
    uint32_t length;
    if (part->at == part->end && part->taken == part->bytes.length)
        return RESULT_END;
    enum result result = fill_part(sort, part, sizeof length, trouble);
    if (result != RESULT_OK)
        return result;
    memcpy(&length, part->bytes.data + part->taken, sizeof length);
    result = fill_part(sort, part, sizeof length + length, trouble);
    if (result != RESULT_OK)
        return result;
    part->line = (struct text){part->bytes.data + part->taken + sizeof length, length};
    part->taken += sizeof length + length;
    return RESULT_OK;
}

/* Moves the part at `at` of the heap down to its place. */
static void sink(struct line_sort *sort, size_t at)
{
    for (;;) {
        size_t least = at;
        for (size_t below = 2 * at + 1; below <= 2 * at + 2 && below < sort->part_count; below++)
            if (text_compare(sort->parts[below].line, sort->parts[least].line) < 0)
                least = below;
        if (least == at)
            return;
        struct sort_part moved = sort->parts[at];
        sort->parts[at] = sort->parts[least];
        sort->parts[least] = moved;
        at = least;
    }
}

/* Goes on in the first part of the heap, and takes it off when it is at its end. */
static enum result advance(struct line_sort *sort, struct trouble *trouble)
{
    enum result result = next_of_part(sort, &sort->parts[0], trouble);
    if (result == RESULT_END) {
        buf_release(&sort->parts[0].bytes);
        sort->parts[0] = sort->parts[--sort->part_count];
        result = RESULT_OK;
    }
    if (result == RESULT_OK && sort->part_count)
        sink(sort, 0);
    return result;
}

static enum result begin_merging(struct line_sort *sort, struct trouble *trouble)
{
    sort->merging = true;
    if (sort->fd < 0) {
        sort_lines(sort);
        return RESULT_OK;
    }
    enum result result = write_part(sort, trouble);
    buf_release(&sort->bytes);
    for (size_t i = sort->part_count; result == RESULT_OK && i-- > 0;) {
        result = next_of_part(sort, &sort->parts[i], trouble);
        if (result == RESULT_OK)
            sink(sort, i);
    }
    return result;
}

/* The least line that is left, twice if it was added twice. */
static enum result take_least(struct line_sort *sort, struct text *line, struct trouble *trouble)
{
    if (sort->fd < 0) {
        if (sort->next == sort->count)
            return RESULT_END;
        *line = line_of(&sort->lines[sort->next++]);
        return RESULT_OK;
    }
    if (sort->has_last && sort->part_count) {
        enum result result = advance(sort, trouble);
        if (result != RESULT_OK)
            return result;
    }
    if (!sort->part_count)
        return RESULT_END;
    *line = sort->parts[0].line;
    return RESULT_OK;
}

enum result line_sort_next(struct line_sort *sort, struct text *line, struct trouble *trouble)
{
    enum result result = sort->merging ? RESULT_OK : begin_merging(sort, trouble);
    while (result == RESULT_OK) {
        result = take_least(sort, line, trouble);
        if (result != RESULT_OK)
            return result;
        bool again = sort->has_last && text_equal(*line, buf_text(&sort->last));
        sort->has_last = true;
        if (again)
            continue;
        buf_clear(&sort->last);
        buf_add_text(&sort->last, *line);
        if (!buf_ok(&sort->last))
            return say_no_memory(trouble);
        *line = buf_text(&sort->last);
        return RESULT_OK;
    }
    return result;
}
