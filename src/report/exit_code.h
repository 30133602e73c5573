/*
 * Every exit code of the program, defined once.  Scripts, cron and systemd rely on them, so a
 * number never changes its meaning.  `man warccap` prints this table.
 */
#ifndef REPORT_EXIT_CODE_H
#define REPORT_EXIT_CODE_H

#include <stddef.h>

#include "crawl/crawl.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_ERROR = 1, /* no memory, a crash, anything without a code of its own */
    EXIT_USAGE = 2,
    EXIT_FILES = 3,
    EXIT_MISSING = 4,
    EXIT_ERRORS = 9,
    EXIT_WARNINGS = 10,
    EXIT_SIGNAL = 11,
    EXIT_SIZE_LIMIT = 14, /* of bytes or pages */
    EXIT_TIME_LIMIT = 15,
    EXIT_DISK_LIMIT = 16,
    EXIT_LEFT_ALONE = 18,
    EXIT_HELD = 75, /* EX_TEMPFAIL of sysexits.h */
};

/* A row of the table in the manual. */
struct exit_code_row {
    enum exit_code code;
    const char *meaning; /* a phrase, without a full stop */
};

/* All codes, rising; *count is set. */
const struct exit_code_row *exit_code_table(size_t *count);

/* The exit code for this end of a run.  CRAWL_FINISHED_CHANGED is EXIT_DONE too. */
enum exit_code exit_code_of_end(enum crawl_end end);

/* The worse of two, for the exit code of many runs.  What the machine's owner must repair first is
 * worst: 3 1 2 16 4 18 75 15 14 11, then any other, and EXIT_DONE last. */
int exit_code_worse(int one, int other);

#endif
