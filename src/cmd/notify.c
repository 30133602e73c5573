/* --notify: the process that runs the command, and what the run says to it and hears from it. */
#include <config.h>

#include "cmd/notify.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/system.h"

enum { LOOK_MS = 20, HANG_UP_MS = 5000 };

struct notify {
    const char *command;
    pid_t pid;
    int fd; /* a socket to the process */
};

/* To the process; the JSON follows. */
struct request {
    uint64_t length;
    int32_t most_seconds;
};

enum ending {
    ENDED,      /* number: its exit code */
    ENDED_BY,   /* number: the signal that ended it */
    KILLED,     /* by us: its time was over, or nobody waits any more */
    NO_INPUT,   /* number: errno */
    NO_PROCESS, /* number: errno */
};

struct reply {
    int32_t ending, number;
};

/* ---- both ---- */

/* False at the end, or when something failed. */
static bool receive(int fd, void *bytes, size_t length)
{
    char *at = bytes;
    while (length) {
        ssize_t got = read(fd, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

/* ---- the process outside of the box ---- */

static const int ignored_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGQUIT, SIGPIPE};

static void handle_signals(void (*handler)(int))
{
    for (size_t i = 0; i < sizeof ignored_signals / sizeof *ignored_signals; i++)
        signal(ignored_signals[i], handler);
}

/* The bytes as a file in memory: unlike a pipe, it does not block us if the command reads slowly.
 */
static int as_file(struct text bytes)
{
    struct trouble trouble;
    int fd = system_open_memory("run.json");
    if (fd < 0)
        return -1;
    if (disk_write(fd, bytes.at, bytes.length, "the input of --notify", &trouble) == RESULT_OK &&
        lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    close(fd);
    return -1;
}

static void become(const char *command, int input)
{
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    handle_signals(SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(input, STDIN_FILENO) == STDIN_FILENO)
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* Waits for the command; false when its time is over or the run hangs up. */
static bool ends_within(pid_t pid, int most_seconds, int run, int *status)
{
    int64_t until = clock_steady_ms() + (int64_t)most_seconds * 1000;
    struct pollfd heard = {.fd = run, .events = POLLIN};
    for (;;) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return ended == pid;
        /* After its message the run says nothing: what can be read is its end. */
        if (clock_steady_ms() >= until || poll(&heard, 1, LOOK_MS) > 0)
            return false;
    }
}

static struct reply run_command(const char *command, struct text json, int most_seconds, int run)
{
    int status = 0, input = as_file(json);
    if (input < 0)
        return (struct reply){NO_INPUT, errno};
    pid_t pid = fork();
    if (pid == 0)
        become(command, input);
    int error = errno;
    close(input);
    if (pid < 0)
        return (struct reply){NO_PROCESS, error};
    setpgid(pid, pid); /* whichever of the two comes first */
    if (!ends_within(pid, most_seconds, run, &status)) {
        kill(-pid, SIGKILL);
        waitpid(pid, &status, 0);
        return (struct reply){KILLED, 0};
    }
    return WIFSIGNALED(status) ? (struct reply){ENDED_BY, WTERMSIG(status)}
                               : (struct reply){ENDED, WEXITSTATUS(status)};
}

/* Never returns. */
static void serve(const char *command, int run)
{
    struct request request;
    handle_signals(SIG_IGN); /* a signal to all of us is the run's to act on */
    signal(SIGCHLD, SIG_DFL);
    if (!receive(run, &request, sizeof request) || request.length > NOTIFY_MOST_BYTES)
        _exit(0);
    char *json = malloc((size_t)request.length + 1);
    struct reply reply = {NO_INPUT, ENOMEM};
    if (json && !receive(run, json, (size_t)request.length))
        _exit(0);
    if (json)
        reply = run_command(command, (struct text){json, (size_t)request.length},
                            request.most_seconds, run);
    ssize_t sent = write(run, &reply, sizeof reply);
    _exit(sent == sizeof reply ? 0 : 1);
}

/* ---- the run ---- */

enum result notify_new(struct notify **out, const char *command, struct trouble *trouble)
{
    int ends[2];
    struct notify *notify = calloc(1, sizeof *notify);
    *out = NULL;
    if (!notify || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        free(notify);
        return trouble_say_os(trouble, RESULT_LOST, "--notify: cannot start %s", command);
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    *notify = (struct notify){.command = command, .fd = ends[0], .pid = fork()};
    if (notify->pid == 0) {
        close(ends[0]);
        serve(command, ends[1]);
    }
    int error = errno;
    close(ends[1]);
    if (notify->pid > 0) {
        *out = notify;
        return RESULT_OK;
    }
    close(notify->fd);
    free(notify);
    errno = error;
    return trouble_say_os(trouble, RESULT_LOST, "--notify: cannot start %s", command);
}

void notify_free(struct notify *notify)
{
    if (!notify)
        return;
    close(notify->fd);
    while (waitpid(notify->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    free(notify);
}

/* Waits for the reply.  False when there is none: the time is over, or a signal told us to end. */
static bool hear(const struct notify *notify, int64_t until_ms, const volatile sig_atomic_t *stop,
                 sig_atomic_t before, struct reply *reply)
{
    struct pollfd heard = {.fd = notify->fd, .events = POLLIN};
    while (*stop == before && clock_steady_ms() < until_ms)
        if (poll(&heard, 1, LOOK_MS) > 0)
            return receive(notify->fd, reply, sizeof *reply);
    return false;
}

static enum result say_reply(const struct notify *notify, struct reply reply, int most_seconds,
                             struct trouble *trouble)
{
    errno = reply.number;
    switch (reply.ending) {
    case ENDED:
        return reply.number ? trouble_say(trouble, RESULT_LOST,
                                          "--notify: the command ended with exit %d: %s",
                                          reply.number, notify->command)
                            : RESULT_OK;
    case ENDED_BY:
        return trouble_say(trouble, RESULT_LOST,
                           "--notify: the command was killed by signal %d: %s", reply.number,
                           notify->command);
    case KILLED:
        return trouble_say(trouble, RESULT_LOST,
                           "--notify: the command had not ended after %d s and was killed: %s",
                           most_seconds, notify->command);
    case NO_INPUT:
        return trouble_say_os(trouble, RESULT_LOST, "cannot make the input of --notify");
    default:
        return trouble_say_os(trouble, RESULT_LOST, "--notify: cannot start %s", notify->command);
    }
}

enum result notify_run(struct notify *notify, struct text json, int most_seconds,
                       const volatile sig_atomic_t *stop, struct trouble *trouble)
{
    /* The run itself may have been stopped: the command is told that. */
    sig_atomic_t before = *stop;
    struct request request = {json.length, most_seconds};
    struct reply reply;
    if (json.length > NOTIFY_MOST_BYTES)
        return trouble_say(
            trouble, RESULT_LOST,
            "--notify: the run's JSON is too long for the command; read it in runs/: "
            "%s",
            notify->command);
    if (disk_write(notify->fd, &request, sizeof request, "--notify", trouble) != RESULT_OK ||
        disk_write(notify->fd, json.at, json.length, "--notify", trouble) != RESULT_OK)
        return RESULT_LOST;
    int64_t until_ms = clock_steady_ms() + (int64_t)most_seconds * 1000 + HANG_UP_MS;
    if (hear(notify, until_ms, stop, before, &reply))
        return say_reply(notify, reply, most_seconds, trouble);
    shutdown(notify->fd, SHUT_WR);
    result_ignore(receive(notify->fd, &reply, sizeof reply)); /* after it has killed the command */
    return trouble_say(trouble, RESULT_LOST,
                       *stop == before
                           ? "--notify: the process that runs the command ended before it: %s"
                           : "--notify: a signal came before the command had ended; it was killed: "
                             "%s",
                       notify->command);
}
