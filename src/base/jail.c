/*
 * Three processes: we, the starter, and the worker.  We tell the starter what to do with one byte;
 * it replies with how the last worker ended, and with a socket to the new one.  It reads nothing of
 * strangers.
 */
#include <config.h>

#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/box.h"
#include "base/clock.h"
#include "base/system.h"

#define WORKER_WORD "--worker-in-jail"

enum {
    SILENT_MS = 30 * 1000,
    ALL_MS = 120 * 1000,
    REAP_MS = 2000, /* for a worker that has closed its socket to be gone */
    LINE_FD = STDERR_FILENO + 1,
};
#define ANSWER_MOST (UINT64_C(256) * 1024 * 1024)
#define MEMORY_MOST (UINT64_C(1024) * 1024 * 1024)

/* To the starter. */
enum order {
    ORDER_START = 's', /* start a worker; there is none */
    ORDER_REAP = 'r',  /* it has ended by itself */
    ORDER_KILL = 'k',
    ORDER_WEIGH = 'w', /* tell how much memory it holds */
};

struct report {
    int32_t error;  /* errno: there is no worker */
    int32_t status; /* how the last one ended, as of waitpid() */
    int32_t killed; /* by the starter */
    int64_t bytes;  /* of memory, of the worker that goes on; -1: not known */
};

static const struct report no_report = {.bytes = -1};

/* The first message of a worker; words follow. */
enum { MESSAGE_HELLO = 0x4a41494c };
struct hello {
    int32_t result; /* of box_enter() */
};

struct jail {
    const struct jail_task *task;
    pid_t starter;
    int fd; /* to the starter */
    struct messages *worker;
    struct give_up give_up;
    struct trouble holds;
};

/* ---- the worker ---- */

static void limit(int what, rlim_t most)
{
    const struct rlimit limits = {most, most};
    result_ignore(setrlimit(what, &limits));
}

/* The sanitizers' memory is elsewhere, and far larger. */
static void limit_all(void)
{
    limit(RLIMIT_AS, MEMORY_MOST);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 0);
    system_hide_memory();
}

static bool say_hello(struct messages *line, enum result result, const struct trouble *trouble)
{
    const struct hello hello = {result};
    return messages_put(line, MESSAGE_HELLO, (struct text){(const char *)&hello, sizeof hello},
                        text_of(trouble->words)) &&
           messages_flush(line);
}

bool jail_is_worker(int argc, char **argv)
{
    return argc == 2 && strcmp(argv[1], WORKER_WORD) == 0;
}

void jail_serve(const struct jail_task *task)
{
    static const struct messages_patience for_ever;
    struct trouble trouble = trouble_none();
    struct messages *line = messages_new(LINE_FD, &for_ever);
    struct box *box = box_new(BOX_SEALED);
    void *state = task->prepare();
    if (!line || !box || !state)
        _exit(1);
    if (!box_is_left_off(box))
        limit_all();
    if (say_hello(line, box_enter(box, &trouble), &trouble))
        task->work(state, line);
    _exit(0);
}

/* ---- the starter ---- */

static void keep_nothing_open(int but)
{
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
#ifndef WITH_SANITIZER /* it tells there what it found */
        dup2(null, STDERR_FILENO);
#endif
    }
    int kept = fcntl(but, F_DUPFD_CLOEXEC, LINE_FD + 1);
    if (kept < 0)
        _exit(1);
    dup2(kept, LINE_FD);
    system_close_from(LINE_FD + 1);
}

/* What a program needs to find its libraries, and sanitizers their options. */
static bool is_kept(const char *variable)
{
    static const char *const kept[] = {"LD_",           "GCONV_PATH=",   "GLIBC_TUNABLES=",
                                       "ASAN_OPTIONS=", "TSAN_OPTIONS=", "UBSAN_OPTIONS="};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strncmp(variable, kept[i], strlen(kept[i])) == 0)
            return true;
    return false;
}

extern char **environ;

static void become_worker(int line, const struct jail_task *task)
{
    static char name[] = "warccap", word[] = WORKER_WORD;
    char *const words[] = {name, word, NULL};
    size_t kept = 0;
    system_follow_parent(SIGKILL);
    if (dup2(line, LINE_FD) != LINE_FD)
        _exit(1);
    system_close_from(LINE_FD + 1);
    for (size_t i = 0; environ && environ[i]; i++)
        if (is_kept(environ[i]))
            environ[kept++] = environ[i];
    if (environ)
        environ[kept] = NULL;
    system_run_again(words, environ);
    jail_serve(task); /* in the memory that we have, as it was before any secret was read */
}

/* Ends with waiting for the worker.  `by_itself`: it is ending. */
static void end_worker(pid_t *worker, bool by_itself, struct report *report)
{
    int status = 0;
    int64_t until_ms = clock_steady_ms() + (by_itself ? REAP_MS : 0);
    if (*worker <= 0)
        return;
    pid_t ended = waitpid(*worker, &status, WNOHANG);
    while (ended == 0 && clock_steady_ms() < until_ms) {
        poll(NULL, 0, 1);
        ended = waitpid(*worker, &status, WNOHANG);
    }
    if (ended == 0) {
        report->killed = 1;
        kill(*worker, SIGKILL);
        waitpid(*worker, &status, 0);
    }
    report->status = status;
    *worker = -1;
}

static int start_worker(pid_t *worker, const struct jail_task *task, struct report *report)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        report->error = errno;
        return -1;
    }
    *worker = fork();
    if (*worker == 0)
        become_worker(ends[1], task);
    report->error = *worker < 0 ? errno : 0;
    close(ends[1]);
    if (*worker > 0)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* One descriptor beside a message. */
union passing {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
};

static bool send_report(int fd, struct report *report, int passed)
{
    struct iovec bytes = {report, sizeof *report};
    union passing passing = {.room = {0}};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (passed >= 0) {
        message.msg_control = passing.room;
        message.msg_controllen = sizeof passing.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof passed);
        memcpy(CMSG_DATA(head), &passed, sizeof passed);
    }
    return sendmsg(fd, &message, 0) == sizeof *report;
}

/* Signals to all of us are the run's to act on. */
static void ignore_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGQUIT, SIGPIPE};
    sigset_t none;
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Never returns. */
static void start_workers(int run, const struct jail_task *task)
{
    pid_t worker = -1;
    char order;
    system_follow_parent(SIGKILL);
    ignore_signals();
    keep_nothing_open(run);
    run = fcntl(LINE_FD, F_DUPFD_CLOEXEC, LINE_FD + 1); /* the worker's socket takes its place */
    while (run >= 0 && read(run, &order, 1) == 1) {
        struct report report = no_report;
        int passed = -1;
        if (order == ORDER_WEIGH)
            report.bytes = system_memory_of(worker);
        else
            end_worker(&worker, order == ORDER_REAP, &report);
        if (order == ORDER_START)
            passed = start_worker(&worker, task, &report);
        if (!send_report(run, &report, passed))
            break;
        if (passed >= 0)
            close(passed);
    }
    end_worker(&worker, false, &(struct report){.bytes = -1});
    _exit(0);
}

/* ---- the run ---- */

enum result jail_new(struct jail **out, const struct jail_task *task, struct trouble *trouble)
{
    int ends[2];
    struct jail *jail = calloc(1, sizeof *jail);
    *out = NULL;
    if (!jail || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        free(jail);
        return trouble_say_os(trouble, RESULT_BROKEN,
                              "cannot start the process that reads what servers send");
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    *jail = (struct jail){.task = task, .fd = ends[0], .holds = trouble_none(), .starter = fork()};
    if (jail->starter == 0) {
        close(ends[0]);
        start_workers(ends[1], task);
    }
    int error = errno;
    close(ends[1]);
    if (jail->starter > 0) {
        *out = jail;
        return RESULT_OK;
    }
    close(jail->fd);
    free(jail);
    errno = error;
    return trouble_say_os(trouble, RESULT_BROKEN,
                          "cannot start the process that reads what servers send");
}

struct jail *jail_played(int fd)
{
    const struct messages_patience patience = {.silent_ms = SILENT_MS,
                                               .all_ms = ALL_MS,
                                               .most_bytes = ANSWER_MOST};
    struct jail *jail = calloc(1, sizeof *jail);
    if (!jail)
        return NULL;
    *jail = (struct jail){.fd = -1, .holds = trouble_none(), .starter = -1};
    jail->worker = messages_new(fd, &patience);
    if (jail->worker)
        return jail;
    free(jail);
    return NULL;
}

void jail_free(struct jail *jail)
{
    if (!jail)
        return;
    messages_free(jail->worker);
    if (jail->fd >= 0)
        close(jail->fd);
    while (jail->starter > 0 && waitpid(jail->starter, NULL, 0) < 0 && errno == EINTR)
        ;
    free(jail);
}

void jail_give_up_when(struct jail *jail, struct give_up give_up)
{
    jail->give_up = give_up;
}

/* Whether the starter has done as told.  *passed gets the socket that it passed; -1: none. */
static bool order_starter(struct jail *jail, enum order order, struct report *report, int *passed)
{
    char byte = (char)order;
    struct iovec bytes = {report, sizeof *report};
    union passing passing = {.room = {0}};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = passing.room,
                             .msg_controllen = sizeof passing.room};
    ssize_t got;
    *passed = -1;
    if (system_send(jail->fd, &byte, 1, 0) != 1)
        return false;
    do
        got = recvmsg(jail->fd, &message, 0);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *head = got == sizeof *report ? CMSG_FIRSTHDR(&message) : NULL;
    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        memcpy(passed, CMSG_DATA(head), sizeof *passed);
    return got == sizeof *report;
}

static bool hear_hello(struct jail *jail)
{
    struct message message;
    struct hello hello;
    if (messages_take(jail->worker, &message) != RESULT_OK || message.kind != MESSAGE_HELLO ||
        message.bytes.length < sizeof hello)
        return false;
    memcpy(&hello, message.bytes.at, sizeof hello);
    jail->holds = trouble_none();
    jail->holds.result = hello.result == RESULT_OK       ? RESULT_OK
                         : hello.result == RESULT_FLAWED ? RESULT_FLAWED
                                                         : RESULT_END;
    struct text words = text_first(text_skip(message.bytes, sizeof hello), TROUBLE_WORDS - 1);
    memcpy(jail->holds.words, words.at, words.length);
    return true;
}

struct messages *jail_worker(struct jail *jail, struct trouble *trouble)
{
    const struct messages_patience patience = {.silent_ms = SILENT_MS,
                                               .all_ms = ALL_MS,
                                               .most_bytes = ANSWER_MOST,
                                               .give_up = jail->give_up};
    struct report report = no_report;
    char words[JAIL_WORDS];
    int passed;
    if (jail->worker)
        return jail->worker;
    bool told = order_starter(jail, ORDER_START, &report, &passed);
    if (told && passed >= 0)
        jail->worker = messages_new(passed, &patience);
    if (passed >= 0 && !jail->worker)
        close(passed);
    if (jail->worker && hear_hello(jail))
        return jail->worker;
    errno = report.error;
    if (!told)
        result_ignore(trouble_say(trouble, RESULT_BROKEN,
                                  "the process that starts the reader of pages has ended"));
    else if (report.error)
        result_ignore(
            trouble_say_os(trouble, RESULT_BROKEN, "cannot start the process that reads pages"));
    else {
        jail_dismiss(jail, words);
        result_ignore(trouble_say(trouble, RESULT_BROKEN,
                                  "the process that reads pages does not start: it %s", words));
    }
    return NULL;
}

enum result jail_holds(const struct jail *jail, struct trouble *trouble)
{
    *trouble = jail->holds;
    return jail->holds.result;
}

static void say_end(const struct report *report, enum result state, char words[JAIL_WORDS])
{
    int number = WIFSIGNALED(report->status) ? WTERMSIG(report->status) : 0;
    if (report->killed && state == RESULT_LOST)
        snprintf(words, JAIL_WORDS, "was silent for too long");
    else if (report->killed)
        snprintf(words, JAIL_WORDS, "gave an answer that makes no sense");
    else if (number == SIGSYS)
        snprintf(words, JAIL_WORDS, "tried what its jail forbids (SIGSYS)");
    else if (number)
        snprintf(words, JAIL_WORDS, "was ended by signal %d", number);
    else
        snprintf(words, JAIL_WORDS, "ended with exit %d", WEXITSTATUS(report->status));
}

int64_t jail_worker_bytes(struct jail *jail)
{
    struct report report = no_report;
    int passed;
    return jail->worker && jail->fd >= 0 && order_starter(jail, ORDER_WEIGH, &report, &passed)
               ? report.bytes
               : -1;
}

/* Its line ends, and so it does. */
void jail_replace(struct jail *jail)
{
    struct report report = no_report;
    int passed;
    if (!jail->worker || jail->fd < 0)
        return;
    messages_free(jail->worker);
    jail->worker = NULL;
    result_ignore(order_starter(jail, ORDER_REAP, &report, &passed));
    if (passed >= 0)
        close(passed);
}

void jail_dismiss(struct jail *jail, char words[JAIL_WORDS])
{
    struct report report = no_report;
    int passed;
    enum result state = jail->worker ? messages_state(jail->worker) : RESULT_BROKEN;
    bool told =
        order_starter(jail, state == RESULT_END || state == RESULT_BROKEN ? ORDER_REAP : ORDER_KILL,
                      &report, &passed);
    if (passed >= 0)
        close(passed);
    messages_free(jail->worker);
    jail->worker = NULL;
    if (told)
        say_end(&report, state, words);
    else
        snprintf(words, JAIL_WORDS, "has ended");
}
