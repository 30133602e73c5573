/*
 * Many runs, some at a time, each in its own process, so that a crash of one does not harm the
 * others.  The output of each is collected and printed whole when it has ended; one table follows.
 *
 * This process passes its signals on.  SIGINT and SIGTERM end the running jobs cleanly and start no
 * others; SIGHUP and SIGUSR1 reach all running jobs.
 */
#ifndef CMD_JOBS_H
#define CMD_JOBS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buf.h"
#include "report/exit_status.h"

enum job_state { JOB_WAITING, JOB_RUNNING, JOB_ENDED };

struct job {
    const char *name;      /* what the user calls it */
    const char *directory; /* its collection */
    struct buf hosts; /* " host host ": jobs with a host in common never run at the same time */
    int64_t due_ms;   /* steady clock: it does not start before */
    /* Called in the new process with the watched signals blocked; it unblocks them once it can
     * handle them.  Returns the exit code, which is in the outcome too. */
    int (*run)(void *context, struct crawl_outcome *outcome);
    void *context;
    /* How it went.  A job that cannot be run is ENDED from the beginning. */
    enum job_state state;
    pid_t pid;
    int out, err; /* files in memory that collect its output */
    struct crawl_outcome outcome;
};

struct jobs_options {
    int at_a_time;
    bool quiet, json;
    int changed_exit;
};

/* Runs all jobs and prints everything.  Returns the worst exit code (exit_code_worse). */
int jobs_run(struct job *jobs, int count, const struct jobs_options *options);

#endif
