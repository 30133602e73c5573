/* Prints what the engine tells of a run. */
#include <config.h>

#include "report/run_reporter.h"

#include <stdio.h>

#include "base/wording.h"
#include "crawl/attempt_line.h"
#include "report/exit_code.h"
#include "report/run_text.h"

enum { JSON_BYTES = 64 * 1024 * 1024 };

void run_reporter_init(struct run_reporter *reporter, const struct report_options *options)
{
    *reporter = (struct run_reporter){.options = *options};
    progress_init(&reporter->progress, options->progress && !options->quiet);
    buf_init(&reporter->json, JSON_BYTES);
}

void run_reporter_release(struct run_reporter *reporter)
{
    buf_release(&reporter->json);
}

static void say(struct run_reporter *reporter, const char *words)
{
    progress_clear(&reporter->progress);
    fprintf(stderr, "warccap: %s\n", words);
}

static void attempt_made(void *context, const struct capture *capture, const char *annotation)
{
    struct run_reporter *reporter = context;
    if (!reporter->options.verbose)
        return;
    progress_clear(&reporter->progress);
    attempt_line_write(stderr, capture, annotation);
}

static void mended(void *context, enum crawl_mending mending, const char *words)
{
    struct run_reporter *reporter = context;
    if (mending == MENDING_DAMAGE || !reporter->options.quiet)
        say(reporter, words);
}

static void noted(void *context, const char *words)
{
    struct run_reporter *reporter = context;
    if (!reporter->options.quiet)
        say(reporter, words);
}

/* "the options are not those of the last run: 3 URLs that waited are left out, 5 more wait" */
static void options_changed(void *context, uint64_t left_out, uint64_t added)
{
    enum { WORDS = 256 };
    struct run_reporter *reporter = context;
    struct buf words;
    if (reporter->options.quiet || (!left_out && !added))
        return;
    buf_init(&words, WORDS);
    buf_add(&words, "the options or seeds are not those of the last run: ");
    if (left_out) {
        wording_add_count(&words, left_out, "URL that waited is left out",
                          "URLs that waited are left out");
        buf_add(&words, added ? ", " : "");
    }
    if (added)
        wording_add_count(&words, added, "URL that was left out waits now",
                          "URLs that were left out wait now");
    say(reporter, words.data ? words.data : "");
    buf_release(&words);
}

static void warned(void *context, const char *words)
{
    say(context, words);
}

static void progressed(void *context, const struct run_figures *figures)
{
    struct run_reporter *reporter = context;
    progress_show(&reporter->progress, figures);
    if (!reporter->seen)
        return;
    reporter->seen->pages = figures->pages;
    reporter->seen->responses = figures->responses;
    reporter->seen->stored_bytes = (uint64_t)figures->bytes;
}

static void progress_wanted(void *context, const struct run_figures *figures)
{
    struct run_reporter *reporter = context;
    char words[RUN_FIGURES_WORDS];
    progress_words(&reporter->progress, figures, words);
    if (!reporter->options.quiet)
        say(reporter, words);
}

static int exit_code(void *context, enum crawl_end end)
{
    const struct run_reporter *reporter = context;
    return end == CRAWL_FINISHED_CHANGED && reporter->options.changed_exit
               ? reporter->options.changed_exit
               : (int)exit_code_of_end(end);
}

static void ended(void *context, const struct crawl_ended *ended)
{
    struct run_reporter *reporter = context;
    const struct report_options *options = &reporter->options;
    exit_status_fill(ended, exit_code(reporter, ended->end), &reporter->outcome);
    buf_add_text(&reporter->json, ended->json);
    progress_clear(&reporter->progress);
    if (options->quiet || ended->result != RESULT_OK)
        exit_status_print(stderr, &reporter->outcome, ended->title, ended->options->directory);
    if (!ended->has_begun || ended->result != RESULT_OK)
        return;
    if (options->json && !options->quiet)
        fwrite(ended->json.at, 1, ended->json.length, stdout);
    else if (!options->quiet)
        run_text_print(ended);
    run_text_print_failures(ended, options->quiet);
    if (!options->quiet && !options->json)
        run_text_print_verdict(ended);
}

struct crawl_observer run_reporter_observer(struct run_reporter *reporter)
{
    return (struct crawl_observer){.context = reporter,
                                   .attempt_made = attempt_made,
                                   .mended = mended,
                                   .noted = noted,
                                   .options_changed = options_changed,
                                   .warned = warned,
                                   .progressed = progressed,
                                   .progress_wanted = progress_wanted,
                                   .exit_code = exit_code,
                                   .ended = ended};
}
