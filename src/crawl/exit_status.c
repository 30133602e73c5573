#include <config.h>

#include "crawl/exit_status.h"

#include "base/buf.h"

/* From worst to least: what the machine's owner must mend first comes first. */
static const struct verdict {
    int exit_code;
    const char *next;
} verdicts[] = {
    {3, "Next: mend what is named (space, rights, the disk), then give the same command again; it "
        "mends the archive by "
        "itself and goes on."},
    {1, "Next: give the same command again; it goes on where this run ended. If it happens again, "
        "report it."},
    {2, "Nothing was fetched. Next: correct the option or the configuration file that is named."},
    {16, "Next: make room on that disk, or lower --disk-reserve; the next run goes on by itself."},
    {4, "The next run tries them again. Next: look at the addresses and reasons below; when they "
        "fail night after night, "
        "the site has lost them or keeps us out."},
    {18, "The site's wish is kept, also by the next run. Next: nothing, unless this goes on for "
         "days; then raise --wait."},
    {75, "Nothing was done. Next: let the other run end; if it should have ended long ago, stop "
         "the process that is named."},
    {15, "The next run goes on by itself. Next: nothing, or raise --time-limit if this goes on for "
         "days."},
    {14,
     "The next run goes on by itself. Next: nothing, or raise the limit if this goes on for days."},
    {11, "The next run goes on by itself. Next: nothing, if the machine was shut down or somebody "
         "stopped it."},
};

enum { VERDICTS = sizeof verdicts / sizeof *verdicts };

/* 0 is the worst. */
static int place_of(int exit_code)
{
    for (int i = 0; i < VERDICTS; i++)
        if (verdicts[i].exit_code == exit_code)
            return i;
    return exit_code ? VERDICTS : VERDICTS + 1;
}

int exit_status_worse(int one, int other)
{
    return place_of(other) < place_of(one) ? other : one;
}

void exit_status_print(FILE *out, const struct crawl_outcome *outcome, const char *name,
                       const char *directory)
{
    struct buf words;
    int place = place_of(outcome->exit_code);
    if (place >= VERDICTS)
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
    buf_printf(&words, " %s\n", verdicts[place].next);
    fwrite(words.data, 1, words.length, out);
    buf_release(&words);
}
