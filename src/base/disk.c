/*
 * Files and directories.  Every call is repeated after EINTR, and every failure is reported with
 * the path, because a lost write is a lost capture.
 */
#include <config.h>

#include "base/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/system.h"

enum { READ_PIECE = 65536 };

bool disk_is_directory(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool disk_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool disk_is_locked(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool locked = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (fd >= 0)
        close(fd);
    return locked;
}

int64_t disk_file_size(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? (int64_t)facts.st_size : -1;
}

int64_t disk_free_bytes(const char *path)
{
    struct statvfs facts;
    return statvfs(path, &facts) == 0 ? (int64_t)facts.f_bavail * (int64_t)facts.f_frsize : -1;
}

static void directory_of(const char *path, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(out, size, ".");
    else if (slash == path)
        snprintf(out, size, "/");
    else
        snprintf(out, size, "%.*s", (int)(slash - path), path);
}

/* The parent is synced too.  Otherwise a power cut could lose the new directory's name, and with it
 * everything that was synced inside. */
static enum result make_one_directory(const char *path, struct trouble *trouble)
{
    char parent[PATH_MAX];
    if (mkdir(path, 0777) != 0) {
        int why = errno;
        if (disk_is_directory(path))
            return RESULT_OK;
        if (why == EEXIST)
            return trouble_say(trouble, RESULT_BROKEN,
                               "cannot make the directory %s: a file, or a link that leads "
                               "nowhere, has that name",
                               path);
        errno = why;
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot make the directory %s", path);
    }
    directory_of(path, parent, sizeof parent);
    return disk_sync_directory(parent, trouble);
}

enum result disk_make_directory(const char *path, struct trouble *trouble)
{
    char *copy = text_copy(text_of(path));
    if (!copy)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to make the directory %s", path);
    enum result result = RESULT_OK;
    for (char *end = copy + 1; result == RESULT_OK; end++) {
        if (*end && *end != '/')
            continue;
        char kept = *end;
        *end = '\0';
        result = make_one_directory(copy, trouble);
        *end = kept;
        if (!kept)
            break;
    }
    free(copy);
    return result;
}

int disk_create(const char *path, struct trouble *trouble)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0)
        trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", path);
    return fd;
}

enum result disk_write(int fd, const void *bytes, size_t length, const char *path,
                       struct trouble *trouble)
{
    const char *next = bytes;
    while (length) {
        ssize_t written = write(fd, next, length);
        if (written < 0 && errno == EINTR)
            continue;
        /* Nothing was written, without an error: the disk is full.  Retrying would never end. */
        if (written == 0)
            errno = ENOSPC;
        if (written <= 0)
            return trouble_say_os(trouble, RESULT_BROKEN, "cannot write %s", path);
        next += written;
        length -= (size_t)written;
    }
    return RESULT_OK;
}

enum result disk_sync(int fd, const char *path, struct trouble *trouble)
{
    while (system_sync(fd) != 0)
        if (errno != EINTR) /* after EINTR, as on network disks, the sync has not begun */
            return trouble_say_os(trouble, RESULT_BROKEN, "cannot sync %s", path);
    return RESULT_OK;
}

enum result disk_sync_directory(const char *directory, struct trouble *trouble)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open the directory %s", directory);
    enum result result = RESULT_OK;
    int synced;
    while ((synced = fsync(fd)) != 0 && errno == EINTR)
        ;
    /* Some file systems cannot sync directories and return EINVAL; nothing more can be done. */
    if (synced != 0 && errno != EINVAL)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot sync the directory %s", directory);
    close(fd);
    return result;
}

enum result disk_rename(const char *from, const char *to, struct trouble *trouble)
{
    if (system_rename_new(from, to) == 0)
        return RESULT_OK;
    return trouble_say_os(trouble, RESULT_BROKEN, "cannot rename %s to %s", from, to);
}

enum result disk_replace(const char *path, struct text bytes, struct trouble *trouble)
{
    char temporary[PATH_MAX], directory[PATH_MAX];
    if (snprintf(temporary, sizeof temporary, "%s.new", path) >= (int)sizeof temporary)
        return trouble_say(trouble, RESULT_BROKEN, "the path is too long: %s", path);
    directory_of(path, directory, sizeof directory);
    int fd = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot create %s", temporary);
    enum result result = disk_write(fd, bytes.at, bytes.length, temporary, trouble);
    if (result == RESULT_OK)
        result = disk_sync(fd, temporary, trouble);
    close(fd);
    if (result == RESULT_OK && rename(temporary, path) != 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot rename %s to %s", temporary, path);
    if (result != RESULT_OK) {
        unlink(temporary);
        return result;
    }
    return disk_sync_directory(directory, trouble);
}

static bool starts(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

int disk_open_to_read(const char *path)
{
    struct stat facts;
    bool open_already = strcmp(path, "/dev/null") == 0 || strcmp(path, "/dev/stdin") == 0 ||
                        starts(path, "/dev/fd/") || starts(path, "/proc/self/fd/");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (open_already ? 0 : O_NONBLOCK));
    if (fd < 0 && errno == ENXIO) /* a socket */
        errno = ENOTSUP;
    if (fd < 0 || open_already || fstat(fd, &facts) != 0 || S_ISREG(facts.st_mode) ||
        S_ISDIR(facts.st_mode))
        return fd;
    close(fd);
    errno = ENOTSUP;
    return -1;
}

enum result disk_read(const char *path, struct buf *out, struct trouble *trouble)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : disk_open_to_read(path);
    if (fd < 0 && errno == ENOTSUP)
        return trouble_say(trouble, RESULT_BROKEN,
                           "%s is a FIFO, a device or a socket, and not a file", path);
    if (fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", path);
    enum result result = RESULT_OK;
    buf_clear(out);
    for (;;) {
        size_t left = out->limit - out->length;
        char beyond; /* at the limit, one more byte is read: is this the end, or is it too long? */
        char *room = left ? buf_room(out, left < READ_PIECE ? left : READ_PIECE) : &beyond;
        if (!room) {
            result = trouble_say(trouble, RESULT_BROKEN, "no memory to read %s", path);
            break;
        }
        ssize_t got = read(fd, room, !left ? 1 : left < READ_PIECE ? left : READ_PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read %s", path);
        else if (got > 0 && !left)
            result =
                trouble_say(trouble, RESULT_BROKEN,
                            "%s is longer than the %zu bytes that can be read", path, out->limit);
        if (got <= 0 || !left)
            break;
        buf_grew(out, (size_t)got);
    }
    if (!standard)
        close(fd);
    return result;
}

static int not_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

enum result disk_list(const char *directory, void (*visit)(void *context, const char *name),
                      void *context, struct trouble *trouble)
{
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, not_dots, by_bytes);
    if (count < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot list the directory %s", directory);
    for (int i = 0; i < count; i++) {
        visit(context, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return RESULT_OK;
}
