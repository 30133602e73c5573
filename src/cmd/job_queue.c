/* Each host has the job that runs on it, and the jobs that wait for it in their order. */
#include <config.h>

#include "cmd/job_queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"

enum { NOBODY = -1 };

/* A host, the job that has it, and the jobs that wait for it in their order. */
struct job_host {
    uint64_t hash; /* of its name; 0: a free slot of the table */
    int holder;
    int first, last; /* NOBODY: none */
};

struct queued_job {
    int *hosts; /* slots of the table */
    int host_count;
    int next; /* after it, in the list of a host or of those that were let go */
};

struct due_job {
    int64_t due_ms;
    int job;
};

struct job_queue {
    struct queued_job *jobs;
    int job_count;
    struct job_host *table; /* open addressing */
    size_t table_size;
    struct hash_key key;
    struct due_job *due; /* by time, then by number */
    int due_count, due_next;
    int first_ready, last_ready; /* they have their hosts and only wait to be given out */
};

/* ---- making ---- */

static int host_slot(struct job_queue *queue, struct text name)
{
    uint64_t hash = hash_text(&queue->key, name) | 1;
    size_t slot = hash & (queue->table_size - 1);
    while (queue->table[slot].hash && queue->table[slot].hash != hash)
        slot = (slot + 1) & (queue->table_size - 1);
    if (!queue->table[slot].hash)
        queue->table[slot] = (struct job_host){hash, NOBODY, NOBODY, NOBODY};
    return (int)slot;
}

static int count_words(struct text words)
{
    struct text word;
    int count = 0;
    while (text_split(&words, ' ', &word))
        count += word.length > 0;
    return count;
}

static bool note_hosts(struct job_queue *queue, int job, struct text hosts)
{
    struct queued_job *queued = &queue->jobs[job];
    struct text host;
    queued->hosts = calloc((size_t)count_words(hosts) + 1, sizeof *queued->hosts);
    if (!queued->hosts)
        return false;
    while (text_split(&hosts, ' ', &host)) {
        int slot = host.length ? host_slot(queue, host) : NOBODY;
        bool known = slot == NOBODY;
        for (int i = 0; i < queued->host_count && !known; i++)
            known = queued->hosts[i] == slot;
        if (!known)
            queued->hosts[queued->host_count++] = slot;
    }
    return true;
}

static int by_due(const void *a, const void *b)
{
    const struct due_job *one = a, *other = b;
    if (one->due_ms != other->due_ms)
        return one->due_ms < other->due_ms ? -1 : 1;
    return one->job - other->job;
}

static size_t table_size_for(const struct job_needs *needs, int count)
{
    size_t hosts = 0, size = 64;
    for (int i = 0; i < count; i++)
        hosts += (size_t)count_words(needs[i].hosts);
    while (size < 2 * hosts)
        size *= 2;
    return size;
}

struct job_queue *job_queue_new(const struct job_needs *needs, const bool *skip, int count)
{
    struct job_queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    queue->job_count = count;
    queue->first_ready = queue->last_ready = NOBODY;
    queue->table_size = table_size_for(needs, count);
    queue->jobs = calloc((size_t)count + 1, sizeof *queue->jobs);
    queue->due = calloc((size_t)count + 1, sizeof *queue->due);
    queue->table = calloc(queue->table_size, sizeof *queue->table);
    entropy_fill(&queue->key, sizeof queue->key);
    bool fine = queue->jobs && queue->due && queue->table;
    for (int i = 0; fine && i < count; i++) {
        if (skip[i])
            continue;
        queue->due[queue->due_count++] = (struct due_job){needs[i].due_ms, i};
        fine = note_hosts(queue, i, needs[i].hosts);
    }
    if (!fine) {
        job_queue_free(queue);
        return NULL;
    }
    qsort(queue->due, (size_t)queue->due_count, sizeof *queue->due, by_due);
    return queue;
}

void job_queue_free(struct job_queue *queue)
{
    if (!queue)
        return;
    for (int i = 0; queue->jobs && i < queue->job_count; i++)
        free(queue->jobs[i].hosts);
    free(queue->jobs);
    free(queue->due);
    free(queue->table);
    free(queue);
}

/* ---- hosts ---- */

static void append(struct job_queue *queue, int *first, int *last, int job)
{
    queue->jobs[job].next = NOBODY;
    if (*first == NOBODY)
        *first = job;
    else
        queue->jobs[*last].next = job;
    *last = job;
}

/* The job gets all its hosts and becomes ready, or waits for the first that another has. */
static void place(struct job_queue *queue, int job)
{
    const struct queued_job *queued = &queue->jobs[job];
    for (int i = 0; i < queued->host_count; i++) {
        struct job_host *host = &queue->table[queued->hosts[i]];
        if (host->holder != NOBODY) {
            append(queue, &host->first, &host->last, job);
            return;
        }
    }
    for (int i = 0; i < queued->host_count; i++)
        queue->table[queued->hosts[i]].holder = job;
    append(queue, &queue->first_ready, &queue->last_ready, job);
}

void job_queue_ended(struct job_queue *queue, int job)
{
    const struct queued_job *queued = &queue->jobs[job];
    for (int i = 0; i < queued->host_count; i++)
        queue->table[queued->hosts[i]].holder = NOBODY;
    for (int i = 0; i < queued->host_count; i++) {
        struct job_host *host = &queue->table[queued->hosts[i]];
        /* Those that wait for it move on, until one of them has it. */
        while (host->holder == NOBODY && host->first != NOBODY) {
            int waiting = host->first;
            host->first = queue->jobs[waiting].next;
            place(queue, waiting);
        }
    }
}

int job_queue_next(struct job_queue *queue, int64_t now_ms, int64_t *next_due_ms)
{
    while (queue->due_next < queue->due_count && queue->due[queue->due_next].due_ms <= now_ms)
        place(queue, queue->due[queue->due_next++].job);
    *next_due_ms =
        queue->due_next < queue->due_count ? queue->due[queue->due_next].due_ms : INT64_MAX;
    int job = queue->first_ready;
    if (job != NOBODY)
        queue->first_ready = queue->jobs[job].next;
    return job;
}
