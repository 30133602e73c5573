/*
 * Preloaded into a program, it is the mistake that lets strangers' bytes run: as soon as the
 * program reads $INTRUDER_MARK, from a file or a server, it tries from inside what an intruder
 * would try.
 *
 * $INTRUDER_OUTSIDE  a directory that is none of the program's business, with a file "secret" in it
 * $INTRUDER_LOG      a line for each attempt: "ATTEMPT done" or "ATTEMPT refused"; opened at the
 *                    start, before the program is in its box
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int log_file = -1;
static bool inside; /* once is enough, and what we read ourselves is no mark */

__attribute__((constructor)) static void open_log(void)
{
    const char *path = getenv("INTRUDER_LOG");
    if (path)
        log_file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

/* ---- attempts: each returns whether it got what it wanted ---- */

static char path_there[4096];

static const char *there(const char *name)
{
    const char *outside = getenv("INTRUDER_OUTSIDE");
    snprintf(path_there, sizeof path_there, "%s/%s", outside ? outside : "/nowhere", name);
    return path_there;
}

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool read_a_file(void)
{
    return opens(there("secret"), O_RDONLY);
}

static bool read_a_file_by_another_way(void)
{
    char path[5000];
    snprintf(path, sizeof path, "/proc/self/root%s", there("secret"));
    return opens(path, O_RDONLY);
}

static bool list_a_directory(void)
{
    return opens(there("."), O_RDONLY | O_DIRECTORY);
}

static bool make_a_file(void)
{
    return opens(there("made"), O_WRONLY | O_CREAT);
}

static bool change_a_file(void)
{
    return opens(there("secret"), O_WRONLY | O_APPEND);
}

static bool shorten_a_file(void)
{
    return truncate(there("secret"), 1) == 0;
}

static bool make_a_directory(void)
{
    return mkdir(there("directory"), 0700) == 0;
}

static bool rename_a_file(void)
{
    char other[5000];
    snprintf(other, sizeof other, "%s-renamed", there("victim"));
    return rename(there("victim"), other) == 0;
}

static bool change_rights(void)
{
    return chmod(there("secret"), 0644) == 0;
}

static bool run_a_program(void)
{
    char word[] = "true";
    char *const words[] = {word, NULL};
    int status = 0;
    pid_t pid;
    return posix_spawn(&pid, "/bin/true", NULL, NULL, words, environ) == 0 &&
           waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run_the_shell(void)
{
    return system("exit 0") == 0;
}

static bool become_two(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static bool has_socket(int family, int type)
{
    int fd = socket(family, type, 0);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool open_a_socket(void)
{
    return has_socket(AF_INET, SOCK_STREAM);
}

static bool ask_a_name_server(void)
{
    return has_socket(AF_INET, SOCK_DGRAM);
}

static bool talk_to_a_service(void)
{
    return has_socket(AF_UNIX, SOCK_STREAM);
}

static bool wait_for_connections(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool done =
        fd >= 0 && bind(fd, (const struct sockaddr *)&here, sizeof here) == 0 && listen(fd, 1) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

static bool signal_the_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool look_into_the_parent(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", (long)getppid());
    return opens(path, O_RDONLY);
}

static bool make_code(void)
{
    void *code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (code != MAP_FAILED)
        munmap(code, 4096);
    return code != MAP_FAILED;
}

static const struct {
    const char *name;
    bool (*get)(void);
} attempts[] = {
    {"read-a-file", read_a_file},
    {"read-a-file-by-another-way", read_a_file_by_another_way},
    {"list-a-directory", list_a_directory},
    {"make-a-file", make_a_file},
    {"change-a-file", change_a_file},
    {"shorten-a-file", shorten_a_file},
    {"make-a-directory", make_a_directory},
    {"rename-a-file", rename_a_file},
    {"change-rights", change_rights},
    {"run-a-program", run_a_program},
    {"run-the-shell", run_the_shell},
    {"become-two", become_two},
    {"open-a-socket", open_a_socket},
    {"ask-a-name-server", ask_a_name_server},
    {"talk-to-a-service", talk_to_a_service},
    {"wait-for-connections", wait_for_connections},
    {"signal-the-parent", signal_the_parent},
    {"look-into-the-parent", look_into_the_parent},
    {"make-code", make_code},
};

static void intrude(const void *bytes, ssize_t length)
{
    const char *mark = getenv("INTRUDER_MARK");
    int error = errno;
    if (inside || log_file < 0 || !mark || length <= 0 ||
        !memmem(bytes, (size_t)length, mark, strlen(mark)))
        return;
    inside = true;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        dprintf(log_file, "%s %s\n", attempts[i].name, attempts[i].get() ? "done" : "refused");
    errno = error;
}

/* ---- where bytes come in ---- */

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

ssize_t read(int fd, void *bytes, size_t length)
{
    ssize_t (*real)(int, void *, size_t) = (ssize_t(*)(int, void *, size_t))next("read");
    ssize_t got = real(fd, bytes, length);
    intrude(bytes, got);
    return got;
}

ssize_t pread(int fd, void *bytes, size_t length, off_t offset)
{
    ssize_t (*real)(int, void *, size_t, off_t) =
        (ssize_t(*)(int, void *, size_t, off_t))next("pread");
    ssize_t got = real(fd, bytes, length, offset);
    intrude(bytes, got);
    return got;
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset)
{
    ssize_t (*real)(int, void *, size_t, off64_t) =
        (ssize_t(*)(int, void *, size_t, off64_t))next("pread64");
    ssize_t got = real(fd, bytes, length, offset);
    intrude(bytes, got);
    return got;
}

ssize_t recv(int fd, void *bytes, size_t length, int flags)
{
    ssize_t (*real)(int, void *, size_t, int) = (ssize_t(*)(int, void *, size_t, int))next("recv");
    ssize_t got = real(fd, bytes, length, flags);
    intrude(bytes, got);
    return got;
}
