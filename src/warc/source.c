/*
 * Sources of bytes: files, memory, and streams.  A stream is kept in a ring of its last bytes,
 * because only there reading can go back.
 */
#include <config.h>

#include "warc/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "warc/structs.h"

enum { KEPT_BYTES = 8 * 1024 * 1024, STEP_BYTES = 64 * 1024 };

struct source {
    struct warc_source is; /* the description */
    char name[256];
    /* The last bytes of a stream; NULL for other sources.  The byte at offset n is at n %
     * kept_room.  The buffer grows up to KEPT_BYTES, and only then it becomes a ring. */
    char *kept;
    size_t kept_room;
    int64_t came; /* bytes read from the stream so far */
    bool ended;
};

struct source *source_new(const struct warc_source *description)
{
    struct warc_source is;
    if (!struct_take(&is, sizeof is, description, sizeof is))
        return NULL;
    struct source *source = calloc(1, sizeof *source);
    if (source && !is.read_at && is.read)
        source->kept = malloc(source->kept_room = STEP_BYTES);
    if (!source || (!is.read_at && !source->kept)) {
        errno = is.read_at || is.read ? ENOMEM : EINVAL;
        free(source);
        if (is.close)
            is.close(is.context);
        return NULL;
    }
    source->is = is;
    snprintf(source->name, sizeof source->name, "%s", is.name ? is.name : "");
    return source;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->is.close)
        source->is.close(source->is.context);
    free(source->kept);
    free(source);
}

int64_t source_earliest(const struct source *source)
{
    return source->kept && source->came > KEPT_BYTES ? source->came - KEPT_BYTES : 0;
}

int64_t source_size(const struct source *source)
{
    return source->ended ? source->came : source->kept ? -1 : source->is.size;
}

const char *source_name(const struct source *source)
{
    return source->name;
}

/* Doubles the buffer of a stream.  As long as it is not a ring, all bytes are at their own
 * offsets. */
static bool grow(struct source *source)
{
    if (source->kept_room == KEPT_BYTES || source->came < (int64_t)source->kept_room)
        return true;
    char *more = realloc(source->kept, 2 * source->kept_room);
    if (!more)
        return false;
    source->kept = more;
    source->kept_room *= 2;
    return true;
}

/* Reads the next bytes of the stream into the ring. */
static ptrdiff_t take_more(struct source *source)
{
    if (!grow(source)) {
        errno = ENOMEM;
        return -1;
    }
    size_t at = (size_t)(source->came % (int64_t)source->kept_room), room = source->kept_room - at;
    if (source->ended)
        return 0;
    ptrdiff_t got = source->is.read(source->is.context, source->kept + at,
                                    room < STEP_BYTES ? room : STEP_BYTES);
    source->ended = got == 0;
    source->came += got > 0 ? got : 0;
    return got;
}

ptrdiff_t source_read(struct source *source, void *out, size_t room, int64_t offset)
{
    if (!source->kept)
        return source->is.read_at(source->is.context, out, room, offset);
    while (offset >= source->came) {
        ptrdiff_t got = take_more(source);
        if (got <= 0)
            return got;
    }
    size_t at = (size_t)(offset % (int64_t)source->kept_room),
           there = (size_t)(source->came - offset);
    size_t length = room < there ? room : there;
    if (length > source->kept_room - at)
        length = source->kept_room - at;
    memcpy(out, source->kept + at, length);
    return (ptrdiff_t)length;
}

/* ---- files ---- */

struct opened {
    int fd;
    int error;         /* why it could not be opened */
    bool own;          /* close_file() closes fd */
    int64_t from, end; /* of a part; end 0: the whole file */
    struct give_up give_up;
};

static ptrdiff_t read_file_at(void *context, void *out, size_t room, int64_t offset)
{
    const struct opened *opened = context;
    ssize_t got;
    if (opened->error || give_up_asked(&opened->give_up)) {
        errno = opened->error ? opened->error : ECANCELED;
        return -1;
    }
    offset += opened->from;
    if (opened->end && (int64_t)room > opened->end - offset)
        room = offset < opened->end ? (size_t)(opened->end - offset) : 0;
    do
        got = pread(opened->fd, out, room, offset);
    while (got < 0 && errno == EINTR);
    return got;
}

static ptrdiff_t read_file_on(void *context, void *out, size_t room)
{
    const struct opened *opened = context;
    ssize_t got;
    if (give_up_asked(&opened->give_up)) {
        errno = ECANCELED;
        return -1;
    }
    do
        got = read(opened->fd, out, room);
    while (got < 0 && errno == EINTR);
    return got;
}

static void close_file(void *context)
{
    struct opened *opened = context;
    if (opened && opened->own && opened->fd >= 0)
        close(opened->fd);
    free(opened);
}

/* A descriptor that cannot seek, such as a pipe, is read as a stream. */
static struct warc_source source_of_opened(struct opened opened, const char *name)
{
    struct warc_source source = {.struct_size = sizeof source,
                                 .close = close_file,
                                 .name = name,
                                 .context = malloc(sizeof opened),
                                 .size = 0};
    struct stat facts;
    if (!opened.error && fstat(opened.fd, &facts) != 0)
        opened.error = errno;
    if (opened.error || lseek(opened.fd, 0, SEEK_CUR) >= 0) {
        source.read_at = read_file_at;
        source.size = opened.error ? 0 : facts.st_size;
    } else
        source.read = read_file_on;
    if (source.context)
        memcpy(source.context, &opened, sizeof opened);
    else if (opened.own && opened.fd >= 0)
        close(opened.fd);
    return source;
}

struct warc_source source_of_path_until(const char *path, struct give_up give_up)
{
    int fd = disk_open_to_read(path);
    return source_of_opened(
        (struct opened){.fd = fd, .error = fd < 0 ? errno : 0, .own = true, .give_up = give_up},
        path);
}

struct warc_source source_of_path(const char *path)
{
    return source_of_path_until(path, (struct give_up){NULL, NULL});
}

struct warc_source source_of_part(const char *path, int64_t from, int64_t length, const char *name,
                                  struct give_up give_up)
{
    int fd = disk_open_to_read(path);
    struct warc_source source = source_of_opened((struct opened){.fd = fd,
                                                                 .error = fd < 0 ? errno : 0,
                                                                 .own = true,
                                                                 .give_up = give_up,
                                                                 .from = from,
                                                                 .end = from + length},
                                                 name);
    source.size = length;
    return source;
}

struct warc_source source_of_fd(int fd, const char *name)
{
    return source_of_opened((struct opened){.fd = fd}, name);
}
