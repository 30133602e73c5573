#include <config.h>

#include "crawl/progress.h"

#include <unistd.h>

#include "base/clock.h"

enum { REDRAW_MS = 200 };

void progress_init(struct progress *progress, bool wanted)
{
    *progress =
        (struct progress){.live = wanted && isatty(STDERR_FILENO), .began_ms = clock_steady_ms()};
}

const char *progress_bytes(int64_t bytes, char *out, int size)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double amount = (double)bytes;
    int unit = 0;
    while (amount >= 1000 && unit < 4) {
        amount /= 1000;
        unit++;
    }
    snprintf(out, (size_t)size, unit ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    return out;
}

void progress_words(const struct progress *progress, const struct progress_figures *figures,
                    char out[PROGRESS_WORDS])
{
    double seconds = (double)(clock_steady_ms() - progress->began_ms) / 1000.0;
    double rate = seconds > 0.5 ? (double)figures->answers / seconds : 0;
    char bytes[24], end[48] = "";
    if (rate > 0 && figures->waiting > 0) {
        int64_t left = (int64_t)((double)figures->waiting / rate);
        snprintf(end, sizeof end, ", about %lld:%02lld to go", (long long)(left / 60),
                 (long long)(left % 60));
    }
    snprintf(out, PROGRESS_WORDS, "%llu pages, %llu answers, %s, %.1f/s, %lld waiting%s%s%s",
             (unsigned long long)figures->pages, (unsigned long long)figures->answers,
             progress_bytes(figures->bytes, bytes, sizeof bytes), rate, (long long)figures->waiting,
             end,
             figures->running        ? ""
             : figures->waits_for[0] ? ", resting: "
                                     : "",
             figures->running ? "" : figures->waits_for);
}

void progress_show(struct progress *progress, const struct progress_figures *figures)
{
    int64_t now = clock_steady_ms();
    char words[PROGRESS_WORDS];
    if (!progress->live || now < progress->next_ms)
        return;
    progress_words(progress, figures, words);
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
