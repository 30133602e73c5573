/*
 * Calls that not every system has, with their substitutes.  The HAVE_... macros come from
 * configure.  SYSTEM_PLAIN, from --disable-system-calls or a test, selects every substitute.
 */
#include <config.h>

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef SYSTEM_PLAIN
#ifdef __linux__
#include <sys/syscall.h>
#endif
#ifdef HAVE_GETRANDOM
#include <sys/random.h>
#endif
#ifdef HAVE_MEMFD_CREATE
#include <sys/mman.h>
#endif
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif
#ifdef HAVE_SYS_PROCCTL_H
#include <sys/procctl.h>
#endif
#endif

enum { LOOK_MS = 20, PATH_BYTES = 4096 };

/* ---- files ---- */

int system_open_nameless(const char *directory)
{
    char path[PATH_BYTES];
#if defined O_TMPFILE && !defined SYSTEM_PLAIN
    /* Not every file system supports it. */
    int nameless = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (nameless >= 0)
        return nameless;
#endif
    if (snprintf(path, sizeof path, "%s/spool-XXXXXX", directory) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkstemp(path);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        unlink(path);
    }
    return fd;
}

int system_open_memory(const char *name)
{
#if defined HAVE_MEMFD_CREATE && !defined SYSTEM_PLAIN
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd >= 0 || errno != ENOSYS)
        return fd;
#else
    (void)name;
#endif
    const char *directory = getenv("TMPDIR");
    return system_open_nameless(directory && *directory ? directory : "/tmp");
}

int system_sync(int fd)
{
#if defined F_FULLFSYNC && !defined SYSTEM_PLAIN
    if (fcntl(fd, F_FULLFSYNC) == 0)
        return 0;
#endif
#if defined HAVE_FDATASYNC && !defined SYSTEM_PLAIN && !defined F_FULLFSYNC
    return fdatasync(fd);
#else
    return fsync(fd);
#endif
}

void system_close_from(int first)
{
    enum { MOST = 65536 };
#if defined __linux__ && defined SYS_close_range && !defined SYSTEM_PLAIN
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0)
        return;
#endif
    long most = sysconf(_SC_OPEN_MAX);
    for (int fd = first; fd < (most < 0 || most > MOST ? MOST : (int)most); fd++)
        close(fd);
}

/* Not every file system reserves. */
static int write_zeros(int fd, int64_t from, int64_t length)
{
    static const char zeros[64 * 1024];
    while (length > 0) {
        size_t piece = length < (int64_t)sizeof zeros ? (size_t)length : sizeof zeros;
        ssize_t written = pwrite(fd, zeros, piece, (off_t)from);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        from += written;
        length -= written;
    }
    return 0;
}

int system_reserve(int fd, int64_t from, int64_t length)
{
#if defined HAVE_POSIX_FALLOCATE && !defined SYSTEM_PLAIN
    int error = posix_fallocate(fd, (off_t)from, (off_t)length);
    if (error != EINVAL && error != EOPNOTSUPP && error != ENOSYS) {
        errno = error;
        return error ? -1 : 0;
    }
#endif
    return write_zeros(fd, from, length);
}

/* A directory cannot be linked.  It is renamed only to a name that does not exist; rename()
 * itself never replaces a file or a directory that is not empty. */
static int rename_directory(const char *from, const char *to)
{
    struct stat state;
    if (lstat(to, &state) == 0) {
        errno = EEXIST;
        return -1;
    }
    return errno == ENOENT ? rename(from, to) : -1;
}

int system_rename_new(const char *from, const char *to)
{
#if defined RENAME_NOREPLACE && defined HAVE_RENAMEAT2 && !defined SYSTEM_PLAIN
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
#endif
    struct stat state;
    if (stat(from, &state) == 0 && S_ISDIR(state.st_mode))
        return rename_directory(from, to);
    if (link(from, to) != 0)
        return -1;
    unlink(from);
    return 0;
}

/* ---- random bytes ---- */

#if defined HAVE_GETRANDOM && !defined SYSTEM_PLAIN

static ssize_t random_piece(void *out, size_t length)
{
    return getrandom(out, length, 0);
}

#else

static ssize_t random_piece(void *out, size_t length)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, out, length) : -1;
    int kept = errno;
    if (fd >= 0)
        close(fd);
    errno = got == 0 ? EIO : kept;
    return got == 0 ? -1 : got;
}

#endif

bool system_random(void *out, size_t length)
{
    char *next = out;
    while (length) {
        ssize_t got = random_piece(next, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        next += got;
        length -= (size_t)got;
    }
    return true;
}

/* ---- sockets ---- */

int system_socket(int family, int type, int protocol)
{
#if defined SOCK_CLOEXEC && !defined SYSTEM_PLAIN
    return socket(family, type | SOCK_CLOEXEC, protocol);
#else
    int fd = socket(family, type, protocol);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
#endif
}

#if defined MSG_NOSIGNAL && !defined SYSTEM_PLAIN

ssize_t system_send(int fd, const void *bytes, size_t length, int flags)
{
    return send(fd, bytes, length, flags | MSG_NOSIGNAL);
}

#else

ssize_t system_send(int fd, const void *bytes, size_t length, int flags)
{
    sigset_t one, before, pending;
    int taken;
    sigemptyset(&one);
    sigaddset(&one, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &one, &before);
    sigpending(&pending);
    ssize_t sent = send(fd, bytes, length, flags);
    int kept = errno;
    /* One that was there before is not ours to take. */
    if (sent < 0 && kept == EPIPE && sigismember(&pending, SIGPIPE) == 0 &&
        sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1)
        sigwait(&one, &taken);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = kept;
    return sent;
}

#endif

/* ---- streams: there is no substitute, so SYSTEM_PLAIN changes nothing ---- */

#ifdef HAVE_FOPENCOOKIE

FILE *system_open_writer(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t))
{
    return fopencookie(cookie, "w", (cookie_io_functions_t){.write = write});
}

#elif defined HAVE_FUNOPEN

struct writer {
    void *cookie;
    ssize_t (*write)(void *cookie, const char *, size_t);
};

static int write_bytes(void *cookie, const char *bytes, int length)
{
    struct writer *writer = cookie;
    return (int)writer->write(writer->cookie, bytes, (size_t)length);
}

static int free_writer(void *cookie)
{
    free(cookie);
    return 0;
}

FILE *system_open_writer(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t))
{
    struct writer *writer = malloc(sizeof *writer);
    if (!writer)
        return NULL;
    *writer = (struct writer){cookie, write};
    FILE *stream = funopen(writer, NULL, write_bytes, NULL, free_writer);
    if (!stream)
        free(writer);
    return stream;
}

#else

FILE *system_open_writer(void *cookie, ssize_t (*write)(void *cookie, const char *, size_t))
{
    (void)cookie;
    (void)write;
    return NULL;
}

#endif

/* ---- processes, signals, threads ---- */

void system_follow_parent(int signal_number)
{
#if defined PR_SET_PDEATHSIG && !defined SYSTEM_PLAIN
    prctl(PR_SET_PDEATHSIG, signal_number);
#elif defined PROC_PDEATHSIG_CTL && !defined SYSTEM_PLAIN
    procctl(P_PID, 0, PROC_PDEATHSIG_CTL, &signal_number);
#else
    (void)signal_number;
#endif
}

void system_run_again(char *const words[], char *const variables[])
{
#if defined __linux__ && !defined SYSTEM_PLAIN
    execve("/proc/self/exe", words, variables);
#else
    (void)words;
    (void)variables;
#endif
}

void system_hide_memory(void)
{
#if defined PR_SET_DUMPABLE && !defined SYSTEM_PLAIN
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#elif defined PROC_TRACE_CTL && !defined SYSTEM_PLAIN
    int choice = PROC_TRACE_CTL_DISABLE;
    procctl(P_PID, 0, PROC_TRACE_CTL, &choice);
#endif
}

int64_t system_memory_of(pid_t process)
{
#if defined __linux__ && !defined SYSTEM_PLAIN
    char path[64];
    long long all, resident;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)process);
    FILE *file = process > 0 ? fopen(path, "re") : NULL;
    if (!file)
        return -1;
    int count = fscanf(file, "%lld %lld", &all, &resident);
    fclose(file);
    return count == 2 ? resident * sysconf(_SC_PAGESIZE) : -1;
#else
    (void)process;
    return -1;
#endif
}

int system_wait_signal(const sigset_t *signals, int64_t most_ms)
{
#if defined HAVE_SIGTIMEDWAIT && !defined SYSTEM_PLAIN
    struct timespec most = {.tv_sec = most_ms / 1000, .tv_nsec = most_ms % 1000 * 1000000};
    return sigtimedwait(signals, NULL, &most);
#else
    for (;; most_ms -= LOOK_MS) {
        sigset_t pending;
        if (sigpending(&pending) == 0)
            for (int number = 1; number < NSIG; number++)
                if (sigismember(&pending, number) == 1 && sigismember(signals, number) == 1) {
                    sigset_t one;
                    int taken;
                    sigemptyset(&one);
                    sigaddset(&one, number);
                    return sigwait(&one, &taken) == 0 ? taken : -1;
                }
        if (most_ms <= 0)
            return -1;
        struct timespec look = {.tv_nsec = (most_ms < LOOK_MS ? most_ms : LOOK_MS) * 1000000};
        if (nanosleep(&look, NULL) != 0)
            return -1;
    }
#endif
}

/* Glibc maps what is larger, and would raise this number itself with each large buffer that is
 * freed. */
enum { MAPPED_FROM = 1024 * 1024, KEPT_MOST = 4 * 1024 * 1024 };

#if defined HAVE_PTHREAD_CONDATTR_SETCLOCK && !defined SYSTEM_PLAIN
#define CONDITION_CLOCK CLOCK_MONOTONIC
#else
#define CONDITION_CLOCK CLOCK_REALTIME
#endif

void system_condition_init(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
#if defined HAVE_PTHREAD_CONDATTR_SETCLOCK && !defined SYSTEM_PLAIN
    pthread_condattr_setclock(&attributes, CONDITION_CLOCK);
#endif
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

void system_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t most_ms)
{
    struct timespec until;
    clock_gettime(CONDITION_CLOCK, &until);
    int64_t nanoseconds = until.tv_nsec + most_ms * 1000000;
    until.tv_sec += nanoseconds / 1000000000;
    until.tv_nsec = nanoseconds % 1000000000;
    pthread_cond_timedwait(condition, mutex, &until);
}

void system_return_memory(void)
{
#if defined M_MMAP_THRESHOLD && !defined SYSTEM_PLAIN
    mallopt(M_MMAP_THRESHOLD, MAPPED_FROM);
    mallopt(M_TRIM_THRESHOLD, KEPT_MOST); /* small memory is needed again at once */
#endif
}
