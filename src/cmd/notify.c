/* --notify: runs a shell command and waits for it, but not for ever. */
#include <config.h>

#include "cmd/notify.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/system.h"

enum { LOOK_MS = 20 };

/* The bytes as a file in memory: unlike a pipe, it does not block us if the command reads slowly.
 */
static int as_file(struct text bytes, struct trouble *trouble)
{
    int fd = system_open_memory("run.json");
    if (fd < 0) {
        trouble_say_os(trouble, RESULT_LOST, "cannot make the input of --notify");
        return -1;
    }
    if (disk_write(fd, bytes.at, bytes.length, "the input of --notify", trouble) != RESULT_OK ||
        lseek(fd, 0, SEEK_SET) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void become(const char *command, int input)
{
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(input, STDIN_FILENO) == STDIN_FILENO)
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* Waits for the command; false when its time is over or a signal tells us to end. */
static bool ends_within(pid_t pid, int most_seconds, const volatile sig_atomic_t *stop,
                        sig_atomic_t before, int *status)
{
    int64_t until = clock_steady_ms() + (int64_t)most_seconds * 1000;
    for (;;) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return ended == pid;
        if (clock_steady_ms() >= until || *stop != before)
            return false;
        nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
    }
}

enum result notify_run(const char *command, struct text json, int most_seconds,
                       const volatile sig_atomic_t *stop, struct trouble *trouble)
{
    sig_atomic_t before =
        *stop; /* the run itself may have been stopped: the command is told that */
    int status = 0, input = as_file(json, trouble);
    if (input < 0)
        return RESULT_LOST;
    pid_t pid = fork();
    if (pid == 0)
        become(command, input);
    close(input);
    if (pid < 0)
        return trouble_say_os(trouble, RESULT_LOST, "--notify: cannot start %s", command);
    setpgid(pid, pid); /* whichever of the two comes first */
    if (!ends_within(pid, most_seconds, stop, before, &status)) {
        kill(-pid, SIGKILL);
        waitpid(pid, &status, 0);
        if (*stop != before)
            return trouble_say(
                trouble, RESULT_LOST,
                "--notify: a signal came before the command had ended; it was killed: %s", command);
        return trouble_say(trouble, RESULT_LOST,
                           "--notify: the command had not ended after %d s and was killed: %s",
                           most_seconds, command);
    }
    if (WIFSIGNALED(status))
        return trouble_say(trouble, RESULT_LOST,
                           "--notify: the command was killed by signal %d: %s", WTERMSIG(status),
                           command);
    if (WEXITSTATUS(status) != 0)
        return trouble_say(trouble, RESULT_LOST, "--notify: the command ended with exit %d: %s",
                           WEXITSTATUS(status), command);
    return RESULT_OK;
}
