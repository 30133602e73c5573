#include <config.h>

#include "crawl/run_figures.h"

#include <stdio.h>

#include "base/clock.h"

const char *bytes_words(int64_t bytes, char out[BYTES_WORDS])
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double amount = (double)bytes;
    int unit = 0;
    while (amount >= 1000 && unit < 4) {
        amount /= 1000;
        unit++;
    }
    snprintf(out, BYTES_WORDS, unit ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    return out;
}

void run_figures_words(const struct run_figures *figures, char out[RUN_FIGURES_WORDS])
{
    double seconds = (double)(clock_steady_ms() - figures->began_ms) / 1000.0;
    double rate = seconds > 0.5 ? (double)figures->answers / seconds : 0;
    char bytes[BYTES_WORDS], end[48] = "";
    if (rate > 0 && figures->waiting > 0) {
        int64_t left = (int64_t)((double)figures->waiting / rate);
        snprintf(end, sizeof end, ", about %lld:%02lld to go", (long long)(left / 60),
                 (long long)(left % 60));
    }
    snprintf(out, RUN_FIGURES_WORDS, "%llu pages, %llu answers, %s, %.1f/s, %lld waiting%s%s%s",
             (unsigned long long)figures->pages, (unsigned long long)figures->answers,
             bytes_words(figures->bytes, bytes), rate, (long long)figures->waiting, end,
             figures->running        ? ""
             : figures->waits_for[0] ? ", resting: "
                                     : "",
             figures->running ? "" : figures->waits_for);
}
