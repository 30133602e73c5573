#include <config.h>

#include "report/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { REDRAW_MS = 200 };

void progress_init(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.live = wanted && isatty(STDERR_FILENO)};
}

void progress_show(struct progress *progress, const struct run_figures *figures)
{
    int64_t now = clock_steady_ms();
    char words[RUN_FIGURES_WORDS];
    if (!progress->live || now < progress->next_ms)
        return;
    run_figures_words(figures, words);
    fprintf(stderr, "\r\033[K%s", words);
    fflush(stderr);
    progress->drawn = true;
    progress->next_ms = now + REDRAW_MS;
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
