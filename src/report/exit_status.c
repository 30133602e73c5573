/* One paragraph on a run that did not go well. */
#include <config.h>

#include "report/exit_status.h"

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/wording.h"
#include "report/exit_code.h"

static const struct next_step {
    enum exit_code code;
    const char *words;
} steps[] = {
    {EXIT_FILES, "Next: correct what is named, then run the same command again. It repairs the "
                 "archive and goes on."},
    {EXIT_ERROR,
     "Next: run the same command again; it goes on where this run ended. If it happens again, "
     "report it."},
    {EXIT_USAGE,
     "Nothing was requested. Next: correct the option or the configuration file that is named."},
    {EXIT_DISK_LIMIT,
     "Next: make room on that disk, or lower --disk-reserve; the next run goes on by itself."},
    {EXIT_MISSING,
     "The next run tries them again. Next: look at the URLs and reasons below. If they fail night "
     "after night, the site has lost them or refuses us."},
    {EXIT_LEFT_ALONE,
     "The next run waits, too. Next: nothing; if this goes on for days, raise --wait."},
    {EXIT_HELD, "Nothing was done. Next: wait until the other run ends. If it hangs, stop the "
                "process that is named."},
    {EXIT_TIME_LIMIT,
     "The next run goes on by itself. Next: nothing, or raise --time-limit if this goes on for "
     "days."},
    {EXIT_SIZE_LIMIT,
     "The next run goes on by itself. Next: nothing, or raise the limit if this goes on for days."},
    {EXIT_SIGNAL,
     "The next run goes on by itself. Next: nothing, if the machine was shut down or somebody "
     "stopped it."},
};

/* What to do about the failure of a system call; NULL: what any other cause needs. */
static const char *next_step_for(int os_error)
{
    switch (os_error) {
    case ENOSPC:
    case EDQUOT:
        return "Next: make room on that disk, then run the same command again. It repairs the "
               "archive and goes on.";
    case EACCES:
    case EPERM:
    case EROFS:
        return "Next: let the user who runs this write there, then run the same command again.";
    case EIO:
        return "Next: the disk is failing. Copy the collection to another disk, then run the "
               "same command with it.";
    case EMFILE:
    case ENFILE:
        return "Next: allow more open files (ulimit -n), then run the same command again.";
    default:
        return NULL;
    }
}

/* What to do after that end; NULL: nothing. */
static const char *next_step(const struct crawl_outcome *outcome)
{
    int exit_code = outcome->exit_code;
    const char *own = exit_code == EXIT_FILES ? next_step_for(outcome->os_error) : NULL;
    if (own)
        return own;
    if (exit_code == EXIT_MISSING && !outcome->failed)
        return "The next run tries again. Next: open the URL in a browser. If it is not what you "
               "meant, correct it.";
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
                                      .responses = summary->responses,
                                      .stored_bytes = (uint64_t)summary->stored_bytes,
                                      .fresh = summary_count_change(summary, CHANGE_NEW),
                                      .changed = summary_count_change(summary, CHANGE_CHANGED),
                                      .gone = summary_count_change(summary, CHANGE_GONE),
                                      .moved = summary_count_change(summary, CHANGE_MOVED),
                                      .waiting = summary->waiting,
                                      .failed = summary->failed,
                                      .os_error = ended->os_error};
    if (ended->result != RESULT_OK)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", ended->trouble);
    else if (summary->reason)
        snprintf(outcome->reason, sizeof outcome->reason, "%s", summary->reason);
    else if (summary->completeness.nothing_kept)
        snprintf(outcome->reason, sizeof outcome->reason, "nothing is kept%s%s",
                 summary->completeness.why_nothing[0] ? ": " : "",
                 summary->completeness.why_nothing);
    else if (summary->failed)
        snprintf(outcome->reason, sizeof outcome->reason, "%llu %s could not be captured",
                 (unsigned long long)summary->failed,
                 wording_plural(summary->failed, "URL", "URLs"));
}

void exit_status_print(FILE *out, const struct crawl_outcome *outcome, const char *name,
                       const char *directory)
{
    struct buf words;
    const char *next = next_step(outcome);
    if (!next)
        return;
    buf_init(&words, 1 << 16);
    buf_printf(&words, "warccap: %s did not end well (exit %d): %s.", name, outcome->exit_code,
               outcome->reason);
    if (outcome->responses) {
        buf_add(&words, " ");
        wording_add_count(&words, outcome->pages, "page", "pages");
        buf_add(&words, " (");
        wording_add_count(&words, outcome->responses, "response", "responses");
        buf_add(&words, outcome->pages == 1 ? ") was captured in this run and is safe in "
                                            : ") were captured in this run and are safe in ");
        wording_add_path(&words, directory);
        if (outcome->waiting) {
            buf_add(&words, "; ");
            wording_add_count(&words, outcome->waiting, "URL is waiting", "URLs are waiting");
        }
        buf_add(&words, ".");
    }
    buf_printf(&words, " %s\n", next);
    fwrite(words.data, 1, words.length, out);
    buf_release(&words);
}
