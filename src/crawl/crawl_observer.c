/* Empty functions, in place of those that an observer does not have. */
#include <config.h>

#include "crawl/crawl_observer.h"

static void no_attempt(void *context, const struct capture *capture, const char *annotation)
{
    (void)context, (void)capture, (void)annotation;
}

static void no_mending(void *context, enum crawl_mending mending, const char *words)
{
    (void)context, (void)mending, (void)words;
}

static void no_note(void *context, const char *words)
{
    (void)context, (void)words;
}

static void no_change(void *context, uint64_t left_out, uint64_t added)
{
    (void)context, (void)left_out, (void)added;
}

static void no_warning(void *context, const char *words)
{
    (void)context, (void)words;
}

static void no_progress(void *context, const struct run_figures *figures)
{
    (void)context, (void)figures;
}

static void no_file(void *context, const char *file, int64_t bytes)
{
    (void)context, (void)file, (void)bytes;
}

static int no_exit_code(void *context, enum crawl_end end)
{
    (void)context, (void)end;
    return -1;
}

static void no_end(void *context, const struct crawl_ended *ended)
{
    (void)context, (void)ended;
}

struct crawl_observer crawl_observer_whole(const struct crawl_observer *observer)
{
    struct crawl_observer whole = observer ? *observer : (struct crawl_observer){.context = NULL};
    whole.attempt_made = whole.attempt_made ? whole.attempt_made : no_attempt;
    whole.mended = whole.mended ? whole.mended : no_mending;
    whole.noted = whole.noted ? whole.noted : no_note;
    whole.options_changed = whole.options_changed ? whole.options_changed : no_change;
    whole.warned = whole.warned ? whole.warned : no_warning;
    whole.progressed = whole.progressed ? whole.progressed : no_progress;
    whole.progress_wanted = whole.progress_wanted ? whole.progress_wanted : no_progress;
    whole.file_finished = whole.file_finished ? whole.file_finished : no_file;
    whole.exit_code = whole.exit_code ? whole.exit_code : no_exit_code;
    whole.ended = whole.ended ? whole.ended : no_end;
    return whole;
}
