/*
 * Which of many jobs may begin next. Two jobs that share a host never run at the same time.  Giving
 * out and ending cost the number of a job's hosts, however many jobs wait for the same one.
 */
#ifndef CMD_JOB_QUEUE_H
#define CMD_JOB_QUEUE_H

#include <stdint.h>

#include "base/text.h"

struct job_queue;

/* What a job needs. */
struct job_needs {
    struct text hosts; /* " host host " */
    int64_t due_ms;    /* not before; any clock */
};

/* For jobs 0 to count - 1; `needs` is read now.  Those of which skip[i] is true are never given
 * out. NULL without memory. */
struct job_queue *job_queue_new(const struct job_needs *needs, const bool *skip, int count);
void job_queue_free(struct job_queue *queue);

enum { JOB_QUEUE_NONE = -1 };

/* Gives out the next job, whose hosts are then its own; JOB_QUEUE_NONE when none may begin now.
 * Then *next_due_ms is when another becomes due, or INT64_MAX when only an end can change anything.
 */
int job_queue_next(struct job_queue *queue, int64_t now_ms, int64_t *next_due_ms);

/* A job that was given out has ended: its hosts are free again. */
void job_queue_ended(struct job_queue *queue, int job);

#endif
