/* The exit codes, their meanings, and which of two is worse. */
#include <config.h>

#include "report/exit_code.h"

static const struct exit_code_row table[] = {
    {EXIT_DONE, "the run did what it was asked to do"},
    {EXIT_ERROR, "other error"},
    {EXIT_USAGE, "wrong use: options, configuration"},
    {EXIT_FILES, "file input or output failed, or the disk is full; what was captured is safe"},
    {EXIT_MISSING, "some URLs in scope are refused or broken, or nothing was kept; they are "
                   "listed, and the next run tries them again"},
    {EXIT_ERRORS, "verify found errors; repair could not save everything"},
    {EXIT_WARNINGS, "verify --strict found warnings only"},
    {EXIT_SIGNAL, "stopped by a signal, or because the name servers were replaced (see SANDBOX); "
                  "the next run goes on"},
    {EXIT_SIZE_LIMIT, "a size or page limit was reached; the next run goes on"},
    {EXIT_TIME_LIMIT, "the time limit was reached; the next run goes on"},
    {EXIT_DISK_LIMIT, "the disk limit was reached; the next run goes on"},
    {EXIT_LEFT_ALONE, "the site asked us to come back later, or shut us out (429, 503, bans)"},
    {EXIT_HELD, "another run is using the collection"},
};

const struct exit_code_row *exit_code_table(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

enum exit_code exit_code_of_end(enum crawl_end end)
{
    static const enum exit_code codes[CRAWL_ENDS] = {
        [CRAWL_FINISHED] = EXIT_DONE,         [CRAWL_FINISHED_CHANGED] = EXIT_DONE,
        [CRAWL_INCOMPLETE] = EXIT_MISSING,    [CRAWL_STOPPED] = EXIT_SIGNAL,
        [CRAWL_PAGE_LIMIT] = EXIT_SIZE_LIMIT, [CRAWL_SIZE_LIMIT] = EXIT_SIZE_LIMIT,
        [CRAWL_TIME_LIMIT] = EXIT_TIME_LIMIT, [CRAWL_DISK_LIMIT] = EXIT_DISK_LIMIT,
        [CRAWL_LEFT_ALONE] = EXIT_LEFT_ALONE, [CRAWL_HELD] = EXIT_HELD,
        [CRAWL_WRONG_OPTIONS] = EXIT_USAGE,   [CRAWL_BROKEN] = EXIT_FILES,
    };
    return codes[end];
}

/* 0 is the worst. */
static int rank(int code)
{
    static const enum exit_code worst_first[] = {
        EXIT_FILES,      EXIT_ERROR, EXIT_USAGE,      EXIT_DISK_LIMIT, EXIT_MISSING,
        EXIT_LEFT_ALONE, EXIT_HELD,  EXIT_TIME_LIMIT, EXIT_SIZE_LIMIT, EXIT_SIGNAL,
    };
    enum { RANKED = sizeof worst_first / sizeof *worst_first };
    for (int i = 0; i < RANKED; i++)
        if ((int)worst_first[i] == code)
            return i;
    return code == EXIT_DONE ? RANKED + 1 : RANKED;
}

int exit_code_worse(int one, int other)
{
    return rank(other) < rank(one) ? other : one;
}
