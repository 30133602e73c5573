/* Writes gzip members, one after the other. */
#include <config.h>

#include "repair/part.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/disk.h"

enum { COPY_BYTES = 1 << 17, COMPRESSED_MOST = 1 << 24 };

enum result part_create(struct record_part *part, const char *path, struct give_up give_up,
                        struct trouble *trouble)
{
    *part = (struct record_part){.fd = -1, .path = path, .give_up = give_up, .trouble = trouble};
    buf_init(&part->compressed, COMPRESSED_MOST);
    part->gzip = gzip_new();
    if (!part->gzip)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to write %s", path);
    part->fd = disk_create(path, trouble);
    return part->fd < 0 ? RESULT_BROKEN : RESULT_OK;
}

enum result part_sync(struct record_part *part)
{
    return disk_sync(part->fd, part->path, part->trouble);
}

void part_close(struct record_part *part)
{
    if (part->fd >= 0)
        close(part->fd);
    part->fd = -1;
    gzip_free(part->gzip);
    part->gzip = NULL;
    buf_release(&part->compressed);
}

static enum result write_out(struct record_part *part, struct text bytes)
{
    if (give_up_asked(&part->give_up))
        return trouble_say(part->trouble, RESULT_BROKEN, "stopped while %s was written",
                           part->path);
    enum result result = disk_write(part->fd, bytes.at, bytes.length, part->path, part->trouble);
    if (result == RESULT_OK)
        part->length += (int64_t)bytes.length;
    return result;
}

enum result part_copy(struct record_part *part, int from, int64_t offset, int64_t length)
{
    char *piece = malloc(COPY_BYTES);
    enum result result = RESULT_OK;
    if (!piece)
        return trouble_say(part->trouble, RESULT_BROKEN, "no memory to write %s", part->path);
    while (result == RESULT_OK && length > 0) {
        size_t want = length < COPY_BYTES ? (size_t)length : COPY_BYTES;
        ssize_t got = pread(from, piece, want, offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            result = trouble_say_os(part->trouble, RESULT_BROKEN, "cannot read what is copied");
        else if (!got)
            result = trouble_say(part->trouble, RESULT_BROKEN,
                                 "the file that is copied has become shorter");
        else
            result = write_out(part, (struct text){piece, (size_t)got});
        offset += got;
        length -= got;
    }
    free(piece);
    return result;
}

static enum result no_memory(const struct record_part *part)
{
    return trouble_say(part->trouble, RESULT_BROKEN, "no memory to compress for %s", part->path);
}

static enum result write_compressed(struct record_part *part)
{
    enum result result = write_out(part, buf_text(&part->compressed));
    buf_clear(&part->compressed);
    return result;
}

enum result part_begin_member(struct record_part *part)
{
    buf_clear(&part->compressed);
    return gzip_stream_begin(part->gzip, GZIP_SMALL) ? RESULT_OK : no_memory(part);
}

enum result part_add(struct record_part *part, struct text bytes)
{
    if (!gzip_stream_add(part->gzip, bytes, &part->compressed))
        return no_memory(part);
    return part->compressed.length < COPY_BYTES ? RESULT_OK : write_compressed(part);
}

enum result part_end_member(struct record_part *part)
{
    return gzip_stream_end(part->gzip, &part->compressed) ? write_compressed(part)
                                                          : no_memory(part);
}

enum result part_cut(struct record_part *part, int64_t length)
{
    buf_clear(&part->compressed);
    if (part->length == length)
        return RESULT_OK;
    part->length = length;
    if (ftruncate(part->fd, length) != 0 || lseek(part->fd, length, SEEK_SET) < 0)
        return trouble_say_os(part->trouble, RESULT_BROKEN, "cannot cut %s", part->path);
    return RESULT_OK;
}
