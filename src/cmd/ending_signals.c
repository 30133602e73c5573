/* A blocked signal stays pending until it is looked for. */
#include <config.h>

#include "cmd/ending_signals.h"

#include <unistd.h>

#include "report/exit_code.h"
#include "report/terminal.h"

static const int ending[] = {SIGTERM, SIGINT, SIGHUP};

enum { ENDING_SIGNALS = sizeof ending / sizeof *ending };

static sigset_t ending_set(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    for (int i = 0; i < ENDING_SIGNALS; i++)
        sigaddset(&signals, ending[i]);
    return signals;
}

bool ending_signals_block(void)
{
    const sigset_t signals = ending_set();
    return sigprocmask(SIG_BLOCK, &signals, NULL) == 0;
}

bool ending_signals_came(void)
{
    sigset_t pending;
    if (sigpending(&pending) != 0)
        return false;
    for (int i = 0; i < ENDING_SIGNALS; i++)
        if (sigismember(&pending, ending[i]) == 1)
            return true;
    return false;
}

static void end_now(const char *words, size_t length)
{
    terminal_write(words, length);
    _exit(EXIT_SIGNAL);
}

static void end_plain(int number)
{
    static const char words[] = "warccap: stopped by a signal before the end\n";
    (void)number;
    end_now(words, sizeof words - 1);
}

static void end_drawn(int number)
{
    static const char words[] = "\r\033[Kwarccap: stopped by a signal before the end\n";
    (void)number;
    end_now(words, sizeof words - 1);
}

void ending_signals_end(void)
{
    struct sigaction action = {.sa_handler = terminal_can_erase() ? end_drawn : end_plain};
    for (int i = 0; i < ENDING_SIGNALS; i++) {
        struct sigaction before;
        bool ignored = sigaction(ending[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN;
        if (!ignored) /* nohup wants it so */
            sigaction(ending[i], &action, NULL);
    }
}

void ending_signals_wait(void)
{
    const sigset_t signals = ending_set();
    int number;
    while (sigwait(&signals, &number) != 0)
        ;
}
