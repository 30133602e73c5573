#include <config.h>

#include "report/exit_status.h"

#include <stdio.h>

#include "base/buf.h"
#include "report/exit_code.h"

static const struct next_step {
    enum exit_code code;
    const char *words;
} steps[] = {
    {EXIT_FILES,
     "Next: mend what is named (space, rights, the disk), then give the same command again; it "
     "mends the archive by "
     "itself and goes on."},
    {EXIT_ERROR,
     "Next: give the same command again; it goes on where this run ended. If it happens again, "
     "report it."},
    {EXIT_USAGE,
     "Nothing was fetched. Next: correct the option or the configuration file that is named."},
    {EXIT_DISK_LIMIT,
     "Next: make room on that disk, or lower --disk-reserve; the next run goes on by itself."},
    {EXIT_MISSING,
     "The next run tries them again. Next: look at the addresses and reasons below; when they "
     "fail night after night, "
     "the site has lost them or keeps us out."},
    {EXIT_LEFT_ALONE,
     "The site's wish is kept, also by the next run. Next: nothing, unless this goes on for "
     "days; then raise --wait."},
    {EXIT_HELD,
     "Nothing was done. Next: let the other run end; if it should have ended long ago, stop "
     "the process that is named."},
    {EXIT_TIME_LIMIT,
     "The next run goes on by itself. Next: nothing, or raise --time-limit if this goes on for "
     "days."},
    {EXIT_SIZE_LIMIT,
     "The next run goes on by itself. Next: nothing, or raise the limit if this goes on for days."},
    {EXIT_SIGNAL,
     "The next run goes on by itself. Next: nothing, if the machine was shut down or somebody "
     "stopped it."},
};

/* What is to be done after that exit code; NULL: nothing. */
static const char *next_step(int exit_code)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if ((int)steps[i].code == exit_code)
            return steps[i].words;
    return NULL;
}

void exit_status_fill(const struct crawl_ended *ended, int exit_code, struct crawl_outcome *outcome)
{
    const struct run_summary *summary = ended->summary;
    *outcome = (struct crawl_outcome){.exit_code = exit_code,
                                      .pages = summary->pages,
                                      .answers = summary->answers,
                                      .stored_bytes = (uint64_t)summary->stored_bytes,
                                      .fresh = summary_count_change(summary, CHANGE_NEW),
                                      .changed = summary_count_change(summary, CHANGE_CHANGED),
                                      .gone = summary_count_change(summary, CHANGE_GONE),
                                      .moved = summary_count_change(summary, CHANGE_MOVED),
                                      .waiting = summary->waiting,
                                      .failed = summary->failed};
    if (ended->result != RESULT_OK)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", ended->trouble);
    else if (summary->reason)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", summary->reason);
    else if (summary->failed)
        snprintf(outcome->reason, sizeof outcome->reason, "%llu addresses could not be captured",
                 (unsigned long long)summary->failed);
}

void exit_status_print(FILE *out, const struct crawl_outcome *outcome, const char *name,
                       const char *directory)
{
    struct buf words;
    const char *next = next_step(outcome->exit_code);
    if (!next)
        return;
    buf_init(&words, 1 << 16);
    buf_printf(&words, "warccap: %s did not end well (exit %d): %s.", name, outcome->exit_code,
               outcome->reason);
    if (outcome->answers)
        buf_printf(&words,
                   " %llu pages (%llu answers) were captured in this run and are safe in %s%s",
                   (unsigned long long)outcome->pages, (unsigned long long)outcome->answers,
                   directory, outcome->waiting ? "" : ".");
    if (outcome->answers && outcome->waiting)
        buf_printf(&words, "; %llu addresses wait.", (unsigned long long)outcome->waiting);
    buf_printf(&words, " %s\n", next);
    fwrite(words.data, 1, words.length, out);
    buf_release(&words);
}
