/*
 * A WARC file of a few records in a directory of its own, and a command that makes another file of
 * it while memory runs out (failing.h).
 */
#ifndef TESTS_MEMORY_ONE_FILE_H
#define TESTS_MEMORY_ONE_FILE_H

#include <check.h>
#include <stdbool.h>

enum { ONE_FILE_RECORDS = 3 };

struct one_file {
    char directory[64], source[96], copy[96];
    /* The command sets it: what it made is not whole, something is left lying about, or nothing was
     * said of a failure. */
    bool wrong;
};

/* Runs the command with a struct one_file, for every allocation that fails.  The source has whole
 * records, and `rest` behind them.  The copy, of this name, must not stay there.  `kind`: an index
 * of failing.h's kinds. */
void one_file_check(bool (*command)(void *file), const char *copy_name, const char *rest, int kind);

/* The main() of a test whose one test is run with each kind of failure. */
int one_file_main(const char *suite_name, const TTest *test);

#endif
