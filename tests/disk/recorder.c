/*
 * Preloaded into a program, it writes down what the program does to the files below $RECORD_ROOT:
 * which bytes went where, what was synced, created, renamed, removed, in that order.  powercut.py
 * makes of it the disks that a power cut could have left.  And it lets system calls fail on
 * purpose: see $RECORD_FAULT below.
 *
 * An event: one letter, three numbers of eight octets (first, second, length of what follows), that
 * many octets. O fd flags path     opened (flags: 1 it may have been made by this, 2 cut to
 * nothing) C fd                closed W fd offset bytes   written T fd length         cut or
 * lengthened S fd                synced (a file, or a directory that was opened) F fd a sync that
 * failed R from NUL to       renamed U path              removed M path              directory made
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { FDS = 4096 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool followed[FDS];
static int out = -1;
static char root[PATH_MAX];
static size_t root_length;

/* $RECORD_FAULT is "CALL:N:HOW", or "CALL:N:HOW:NAME": of write (pwrite too) or sync each N-th call
 * on files below the root, or those of them with NAME in their paths, fails with HOW: EIO, ENOSPC,
 * EDQUOT, EINTR, or writes half of it (short) or nothing. */
static char fault_call[16], fault_how[16], fault_name[64];
static bool spared[FDS]; /* files that the fault is not meant for */
static long fault_every, fault_count;

static ssize_t (*real_write)(int, const void *, size_t);

/* A process that was forked closes what it got, and its numbers come back for other files. */
static void stay_silent(void)
{
    out = -1;
    fault_every = 0;
    memset(followed, 0, sizeof followed);
}

__attribute__((constructor)) static void begin(void)
{
    const char *to = getenv("RECORD_TO"), *below = getenv("RECORD_ROOT"),
               *fault = getenv("RECORD_FAULT");
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (below && realpath(below, root))
        root_length = strlen(root);
    if (to && root_length)
        out = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    pthread_atfork(NULL, NULL, stay_silent);
    if (fault)
        sscanf(fault, "%15[^:]:%ld:%15[^:]:%63s", fault_call, &fault_every, fault_how, fault_name);
}

static bool is_below(const char *path)
{
    return root_length && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || !path[root_length]);
}

/* With the lock held. */
static void tell(char kind, int64_t first, int64_t second, const void *bytes, size_t length)
{
    char head[25] = {kind};
    int64_t size = (int64_t)length;
    if (out < 0)
        return;
    memcpy(head + 1, &first, 8);
    memcpy(head + 9, &second, 8);
    memcpy(head + 17, &size, 8);
    if (real_write(out, head, sizeof head) != (ssize_t)sizeof head ||
        real_write(out, bytes, length) != (ssize_t)length)
        abort(); /* a recording with a hole proves nothing */
}

static bool is_followed(int fd)
{
    return fd >= 0 && fd < FDS && followed[fd];
}

/* 0, or the errno that this call is to fail with; -1: it is to be short; -2: to write nothing. */
static int fault_of(const char *call, int fd)
{
    if (!fault_every || strcmp(call, fault_call) != 0 || spared[fd] || ++fault_count % fault_every)
        return 0;
    return strcmp(fault_how, "EIO") == 0       ? EIO
           : strcmp(fault_how, "ENOSPC") == 0  ? ENOSPC
           : strcmp(fault_how, "EDQUOT") == 0  ? EDQUOT
           : strcmp(fault_how, "EINTR") == 0   ? EINTR
           : strcmp(fault_how, "nothing") == 0 ? -2
                                               : -1;
}

#define REAL(name, ...)            \
    static __typeof__(name) *real; \
    if (!real)                     \
    real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int opened(int fd, const char *path, int flags, bool was_there)
{
    char whole[PATH_MAX], link[64];
    if (fd < 0 || fd >= FDS)
        return fd;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, whole, sizeof whole - 1);
    if (length < 0)
        return fd;
    whole[length] = '\0';
    followed[fd] = is_below(whole) &&
                   !strstr(whole, " (deleted)"); /* a file without a name goes with its process */
    spared[fd] = !strstr(whole, fault_name);
    if (followed[fd])
        tell('O', fd, (!was_there) | (flags & O_TRUNC ? 2 : 0), whole, (size_t)length);
    (void)path;
    return fd;
}

#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...)                                  \
    {                                                                           \
        REAL(name);                                                             \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                           \
        pthread_mutex_lock(&lock);                                              \
        bool there = access(path, F_OK) == 0;                                   \
        int fd = real(path, flags, mode);                                       \
        int kept = errno;                                                       \
        opened(fd, path, flags, there);                                         \
        pthread_mutex_unlock(&lock);                                            \
        errno = kept;                                                           \
        return fd;                                                              \
    }
OPEN(open)
OPEN(open64)

int close(int fd)
{
    REAL(close);
    pthread_mutex_lock(&lock);
    if (is_followed(fd)) {
        tell('C', fd, 0, "", 0);
        followed[fd] = false;
    }
    int result = real(fd);
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    if (!is_followed(fd))
        return real_write(fd, bytes, length);
    pthread_mutex_lock(&lock);
    int fault = fault_of("write", fd);
    ssize_t written = -1;
    if (fault <= 0)
        written = real_write(fd, bytes,
                             fault == -2               ? 0
                             : fault < 0 && length > 1 ? length / 2
                                                       : length);
    int kept = fault > 0 ? fault : errno;
    if (written > 0)
        tell('W', fd, lseek(fd, 0, SEEK_CUR) - written, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return written;
}

#define PWRITE(name, offset_type)                                                               \
    ssize_t name(int fd, const void *bytes, size_t length, offset_type offset)                  \
    {                                                                                           \
        REAL(name);                                                                             \
        if (!is_followed(fd))                                                                   \
            return real(fd, bytes, length, offset);                                             \
        pthread_mutex_lock(&lock);                                                              \
        int fault = fault_of("write", fd);                                                      \
        ssize_t written =                                                                       \
            fault > 0 ? -1                                                                      \
                      : real(fd, bytes, fault < 0 && length > 1 ? length / 2 : length, offset); \
        int kept = fault > 0 ? fault : errno;                                                   \
        if (written > 0)                                                                        \
            tell('W', fd, offset, bytes, (size_t)written);                                      \
        pthread_mutex_unlock(&lock);                                                            \
        errno = kept;                                                                           \
        return written;                                                                         \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                                                        \
    int name(int fd)                                                                      \
    {                                                                                     \
        REAL(name);                                                                       \
        if (!is_followed(fd))                                                             \
            return real(fd);                                                              \
        pthread_mutex_lock(&lock);                                                        \
        int fault = fault_of("sync", fd), result = fault > 0                  ? -1        \
                                                   : getenv("RECORD_NO_SYNC") ? 0         \
                                                                              : real(fd); \
        int kept = fault > 0 ? fault : errno;                                             \
        tell(result == 0 ? 'S' : 'F', fd, 0, "", 0);                                      \
        pthread_mutex_unlock(&lock);                                                      \
        errno = kept;                                                                     \
        return result;                                                                    \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset_type)                  \
    int name(int fd, offset_type length)             \
    {                                                \
        REAL(name);                                  \
        pthread_mutex_lock(&lock);                   \
        int result = real(fd, length), kept = errno; \
        if (result == 0 && is_followed(fd))          \
            tell('T', fd, length, "", 0);            \
        pthread_mutex_unlock(&lock);                 \
        errno = kept;                                \
        return result;                               \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* The path with its directory resolved: the file itself may be gone by now. */
static bool resolve(const char *path, char whole[PATH_MAX])
{
    char directory[PATH_MAX], real_directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) : 1,
             slash ? path : ".");
    if (!realpath(*directory ? directory : "/", real_directory))
        return false;
    return snprintf(whole, PATH_MAX, "%s/%s", real_directory, slash ? slash + 1 : path) <
               PATH_MAX &&
           is_below(whole);
}

static void tell_rename(const char *from, const char *to)
{
    char pair[2 * PATH_MAX];
    char a[PATH_MAX], b[PATH_MAX];
    if (!resolve(from, a) || !resolve(to, b))
        return;
    size_t first = strlen(a) + 1;
    memcpy(pair, a, first);
    memcpy(pair + first, b, strlen(b));
    tell('R', 0, 0, pair, first + strlen(b));
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    pthread_mutex_lock(&lock);
    int result = real(from, to), kept = errno;
    if (result == 0)
        tell_rename(from, to);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}

int renameat2(int from_directory, const char *from, int to_directory, const char *to,
              unsigned flags)
{
    REAL(renameat2);
    pthread_mutex_lock(&lock);
    int result = real(from_directory, from, to_directory, to, flags), kept = errno;
    if (result == 0)
        tell_rename(from, to);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}

int unlink(const char *path)
{
    REAL(unlink);
    char whole[PATH_MAX];
    pthread_mutex_lock(&lock);
    int result = real(path), kept = errno;
    if (result == 0 && resolve(path, whole))
        tell('U', 0, 0, whole, strlen(whole));
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    char whole[PATH_MAX];
    pthread_mutex_lock(&lock);
    int result = real(path, mode), kept = errno;
    if (result == 0 && resolve(path, whole))
        tell('M', 0, 0, whole, strlen(whole));
    pthread_mutex_unlock(&lock);
    errno = kept;
    return result;
}
