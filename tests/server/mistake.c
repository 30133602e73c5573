/*
 * Preloaded into a program, it is a mistake in the code that reads bodies: when the process in the
 * jail reads one of the marks below, a stranger has it in hand.  Elsewhere it does nothing.
 *
 * $LD_MISTAKE is the path of a file that a stranger would like to read and to change; variables
 * with this beginning are those that the process in the jail still has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

static bool in_jail;

__attribute__((constructor)) static void look_where_we_are(void)
{
    char words[256] = {0};
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, words, sizeof words - 1) : 0;
    if (fd >= 0)
        close(fd);
    in_jail = length > 0 && memmem(words, (size_t)length, "--worker-in-jail", 16);
}

static const char *wanted(void)
{
    const char *path = getenv("LD_MISTAKE");
    return path ? path : "/nowhere";
}

/* A link that tells what was read, which the crawl would follow. */
static void read_the_file(char *bytes, size_t length)
{
    char secret[64] = {0};
    int fd = open(wanted(), O_RDONLY);
    if (fd < 0 || read(fd, secret, sizeof secret - 1) <= 0)
        return;
    snprintf(bytes, length, "<a href=/stolen>%s</a>", secret);
}

static void change_the_file(char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    int fd = open(wanted(), O_WRONLY | O_APPEND);
    if (fd >= 0 && write(fd, "changed", 7) < 0)
        close(fd);
}

static void remove_the_file(char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    if (unlink(wanted()) != 0)
        _exit(99);
}

static void open_a_socket(char *bytes, size_t length)
{
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
        snprintf(bytes, length, "<a href=/stolen>socket</a>");
}

static void stop_the_parent(char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    kill(getppid(), SIGKILL);
}

static void trace_the_parent(char *bytes, size_t length)
{
    if (ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0)
        snprintf(bytes, length, "<a href=/stolen>parent</a>");
}

static void run_a_program(char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    execl("/bin/sh", "sh", "-c", "rm -f \"$LD_MISTAKE\"", (char *)NULL);
}

static void crash(char *bytes, size_t length)
{
    (void)bytes;
    *(volatile char *)(length - length) = 1;
}

/* What no worker says. */
static void lie(char *bytes, size_t length)
{
    static const unsigned head[] = {1, 0xffffffff};
    (void)bytes;
    (void)length;
    if (write(STDERR_FILENO + 1, head, sizeof head) != sizeof head)
        _exit(99);
    for (volatile bool silent = true; silent;)
        ;
}

static const struct {
    const char *mark;
    void (*make)(char *bytes, size_t length);
} mistakes[] = {
    {"mistake-read", read_the_file},
    {"mistake-change", change_the_file},
    {"mistake-remove", remove_the_file},
    {"mistake-socket", open_a_socket},
    {"mistake-kill", stop_the_parent},
    {"mistake-trace", trace_the_parent},
    {"mistake-run", run_a_program},
    {"mistake-crash", crash},
    {"mistake-lie", lie},
};

ssize_t read(int fd, void *bytes, size_t length)
{
    ssize_t (*next)(int, void *, size_t) =
        (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    ssize_t got = next(fd, bytes, length);
    for (size_t i = 0; in_jail && got > 0 && i < sizeof mistakes / sizeof *mistakes; i++)
        if (memmem(bytes, (size_t)got, mistakes[i].mark, strlen(mistakes[i].mark)))
            mistakes[i].make(memmem(bytes, (size_t)got, "<html", 5), 40);
    return got;
}
