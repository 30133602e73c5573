/* What a person sees of a run while it goes.  Each part has a weight: a narrow terminal shows how
 * many pages of how many are kept, and nothing else. */
#include <config.h>

#include "report/progress.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/wording.h"

enum {
    REST_TOLD_MS = 2000, /* shorter rests are the usual politeness */
    HOST_MOST = 60,
    PARTS = 8,
    COUNT_EVERY_MS = 400,
};

void progress_init(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.pages_kept = 0};
    live_line_init(&progress->line, wanted);
    pace_init(&progress->pace);
}

/* ---- the parts ---- */

static void write_rate(struct live_part *part, double rate)
{
    if (rate >= 10)
        snprintf(part->full, sizeof part->full, "%.0f/s", rate);
    else if (rate >= 1)
        snprintf(part->full, sizeof part->full, "%.1f/s", rate);
    else if (rate > 0)
        snprintf(part->full, sizeof part->full, "%.0f/min", rate * 60);
    snprintf(part->brief, sizeof part->brief, "%s", part->full);
}

/* A time as people say it.  `left_ms` is not exact, and so are the words. */
static void write_left(struct live_part *part, int64_t left_ms)
{
    int minutes = (int)((left_ms + 30000) / 60000), hours = (minutes + 30) / 60;
    char words[32] = "days left";
    if (left_ms < 0)
        return;
    if (minutes < 1)
        snprintf(words, sizeof words, "1 min left");
    else if (minutes <= 10)
        snprintf(words, sizeof words, "%d min left", minutes);
    else if (minutes < 90)
        snprintf(words, sizeof words, "%d min left", (minutes + 2) / 5 * 5);
    else if (hours <= 36)
        snprintf(words, sizeof words, "%d h left", hours);
    snprintf(part->full, sizeof part->full, "%s%s",
             minutes < 1   ? "less than "
             : hours <= 36 ? "about "
                           : "",
             words);
    snprintf(part->brief, sizeof part->brief, "%s", words);
}

static void write_rest(struct live_part *part, const struct run_figures *figures)
{
    long long seconds = (long long)(figures->waits_ms + 999) / 1000;
    if (!figures->waits_for[0] || (figures->waits_ms < REST_TOLD_MS && !figures->suspicion))
        return;
    if (figures->suspicion) {
        snprintf(part->full, sizeof part->full, "%.*s %s: probed in %lld s", HOST_MOST,
                 figures->waits_for, figures->suspicion, seconds);
        snprintf(part->brief, sizeof part->brief, "probes in %lld s", seconds);
        return;
    }
    snprintf(part->full, sizeof part->full, "next to %.*s in %lld s", HOST_MOST, figures->waits_for,
             seconds);
    snprintf(part->brief, sizeof part->brief, "rests %lld s", seconds);
}

static void write_stop(struct live_part *part, const struct run_figures *figures)
{
    if (!figures->stopping)
        return;
    snprintf(part->full, sizeof part->full, "stopping%s",
             figures->by_signal ? " (at once: Ctrl-C again)" : "");
    snprintf(part->brief, sizeof part->brief, "stopping");
}

static void write_parts(const struct progress *progress, const struct run_figures *figures,
                        struct live_part parts[PARTS])
{
    enum { PAGES, STOP, RESPONSES, RATE, BYTES, WAITING, REST, LEFT };
    static const int weights[PARTS] = {
        [PAGES] = 100, [STOP] = 90,    [RESPONSES] = 30, [RATE] = 50,
        [BYTES] = 40,  [WAITING] = 20, [REST] = 70,      [LEFT] = 60};
    unsigned long long kept = progress->pages_kept, known = progress->pages_known;
    for (int i = 0; i < PARTS; i++)
        parts[i] = (struct live_part){.weight = weights[i]};
    snprintf(parts[PAGES].full, LIVE_PART_SIZE, "%llu of %llu %s kept", kept, known,
             wording_plural(known, "page", "pages"));
    snprintf(parts[PAGES].brief, LIVE_PART_SIZE, "%llu/%llu %s", kept, known,
             wording_plural(known, "page", "pages"));
    snprintf(parts[RESPONSES].full, LIVE_PART_SIZE, "%llu %s",
             (unsigned long long)figures->responses,
             wording_plural(figures->responses, "response", "responses"));
    write_rate(&parts[RATE], pace_rate(&progress->pace));
    bytes_words(figures->bytes, parts[BYTES].full);
    bytes_words(figures->bytes, parts[BYTES].brief);
    snprintf(parts[WAITING].full, LIVE_PART_SIZE, "%lld waiting", (long long)figures->waiting);
    write_stop(&parts[STOP], figures);
    if (figures->stopping)
        return;
    write_rest(&parts[REST], figures);
    write_left(&parts[LEFT], pace_left_ms(&progress->pace));
}

/* ---- the line ---- */

/* Counting takes no more than a hundredth of the time. */
static void count_pages(struct progress *progress, const struct run_figures *figures)
{
    int64_t now_ms = clock_steady_ms();
    uint64_t kept, known;
    struct trouble trouble;
    if (now_ms < progress->count_due_ms)
        return;
    if (run_figures_count_pages(figures, &kept, &known, &trouble) == RESULT_OK) {
        progress->pages_kept = kept;
        progress->pages_known = known;
    } /* else the run itself will meet the trouble, and tell it */
    progress->count_due_ms = now_ms + COUNT_EVERY_MS + (clock_steady_ms() - now_ms) * 100;
}

void progress_words(struct progress *progress, const struct run_figures *figures,
                    char out[RUN_FIGURES_WORDS])
{
    struct live_part parts[PARTS];
    progress->count_due_ms = 0;
    count_pages(progress, figures);
    write_parts(progress, figures, parts);
    live_parts_join(parts, PARTS, RUN_FIGURES_WORDS - 1, out);
}

void progress_show(struct progress *progress, const struct run_figures *figures)
{
    struct live_part parts[PARTS];
    pace_note(&progress->pace, clock_steady_ms(), (int64_t)figures->responses, figures->waiting);
    if (!live_line_is_due(&progress->line))
        return;
    count_pages(progress, figures);
    write_parts(progress, figures, parts);
    live_line_draw(&progress->line, parts, PARTS);
}

void progress_clear(struct progress *progress)
{
    live_line_clear(&progress->line);
}
