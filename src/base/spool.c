/* A spool begins in memory and moves to a temporary file when it exceeds its memory limit. */
#include <config.h>

#include "base/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/system.h"

enum { KEEP_BYTES = 256 * 1024, FIRST_BYTES = 64 * 1024 };

void spool_init(struct spool *spool, size_t memory_limit, const char *directory)
{
    *spool = (struct spool){.fd = -1, .memory_limit = memory_limit, .directory = directory};
    buf_init(&spool->memory, memory_limit);
}

void spool_clear(struct spool *spool)
{
    if (spool->map)
        munmap(spool->map, (size_t)spool->length);
    if (spool->fd >= 0)
        close(spool->fd);
    if (spool->memory.capacity > KEEP_BYTES)
        buf_release(&spool->memory);
    buf_clear(&spool->memory);
    spool->map = NULL;
    spool->fd = -1;
    spool->length = 0;
}

void spool_release(struct spool *spool)
{
    spool_clear(spool);
    buf_release(&spool->memory);
}

/* The file never has a name where the system allows that, so a kill leaves nothing on the disk. */
static enum result move_to_file(struct spool *spool, struct trouble *trouble)
{
    spool->fd = system_open_nameless(spool->directory);
    if (spool->fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot make a temporary file in %s",
                              spool->directory);
    enum result result =
        disk_write(spool->fd, spool->memory.data, spool->memory.length, spool->directory, trouble);
    buf_release(&spool->memory);
    return result;
}

enum result spool_append(struct spool *spool, const void *bytes, size_t length,
                         struct trouble *trouble)
{
    if (spool->fd < 0 && length <= spool->memory_limit - spool->memory.length) {
        if (!spool->memory.data && spool->memory_limit >= FIRST_BYTES)
            buf_room(&spool->memory, FIRST_BYTES);
        buf_append(&spool->memory, bytes, length);
        if (!buf_ok(&spool->memory))
            return trouble_say(trouble, RESULT_BROKEN, "no memory for %zu bytes", length);
        spool->length += (int64_t)length;
        return RESULT_OK;
    }
    if (spool->fd < 0) {
        enum result result = move_to_file(spool, trouble);
        if (result != RESULT_OK)
            return result;
    }
    if (spool->map) {
        munmap(spool->map, (size_t)spool->length);
        spool->map = NULL;
    }
    spool->length += (int64_t)length;
    return disk_write(spool->fd, bytes, length, spool->directory, trouble);
}

void spool_shorten(struct spool *spool, int64_t length)
{
    if (length >= spool->length)
        return;
    if (spool->map)
        munmap(spool->map, (size_t)spool->length);
    spool->map = NULL;
    if (spool->fd < 0)
        spool->memory.length = (size_t)length;
    else if (ftruncate(spool->fd, length) != 0)
        return; /* then the file stays as long as it was, and only its disk room is lost */
    spool->length = length;
}

struct text spool_piece(const struct spool *spool, int64_t offset, char *room, size_t size)
{
    if (spool->fd < 0)
        return text_skip(buf_text(&spool->memory), (size_t)offset);
    ssize_t got;
    do
        got = pread(spool->fd, room, size, offset);
    while (got < 0 && errno == EINTR);
    return (struct text){room, got > 0 ? (size_t)got : 0};
}

struct text spool_bytes(struct spool *spool)
{
    if (spool->fd < 0)
        return buf_text(&spool->memory);
    if (!spool->map && spool->length) {
        void *map = mmap(NULL, (size_t)spool->length, PROT_READ, MAP_SHARED, spool->fd, 0);
        spool->map = map == MAP_FAILED ? NULL : map;
    }
    return (struct text){spool->map, spool->map ? (size_t)spool->length : 0};
}
