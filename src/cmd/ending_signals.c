/* A blocked signal stays pending until it is looked for. */
#include <config.h>

#include "cmd/ending_signals.h"

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

void ending_signals_wait(void)
{
    const sigset_t signals = ending_set();
    int number;
    while (sigwait(&signals, &number) != 0)
        ;
}
