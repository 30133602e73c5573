/*
 * Many runs, some at a time, each in a process of its own: a crash of one harms none.  What each
 * prints is kept apart and comes out whole when it has ended; at the end stands one table.
 *
 * Signals that this process gets are passed on: SIGINT and SIGTERM end the runs cleanly and begin
 * no other, SIGHUP and SIGUSR1 reach all that run.
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
    struct buf hosts; /* " host host ": no two jobs with a host in common run at the same time */
    int64_t due_ms;   /* steady clock: not before */
    /* Called in the new process, with the watched signals blocked: it unblocks them once it can
     * take them.  Gives the exit code, which is in the outcome too. */
    int (*run)(void *context, struct crawl_outcome *outcome);
    void *context;
    /* how it went; a job that can't be run is ENDED from the beginning */
    enum job_state state;
    pid_t pid;
    int out, err; /* what it prints */
    struct crawl_outcome outcome;
};

struct jobs_options {
    int at_a_time;
    bool quiet, json;
    int changed_exit;
};

/* Runs all of them.  The exit code of the worst (exit_code_worse); everything was printed. */
int jobs_run(struct job *jobs, int count, const struct jobs_options *options);

#endif
