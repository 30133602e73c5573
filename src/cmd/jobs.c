/* Many runs as processes: starts them, passes signals on, collects their output, and sums up. */
#include <config.h>

#include "cmd/jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/system.h"
#include "base/text.h"
#include "base/wording.h"
#include "cmd/job_queue.h"
#include "crawl/run_figures.h"
#include "report/exit_code.h"
#include "report/live_line.h"

enum { LOOK_MS = 60000, COPY_PIECE = 65536 };

struct jobs {
    struct job *items;
    int count;
    const struct jobs_options *options;
    struct job_queue *queue;
    int *running; /* which */
    int running_count, ended_count;
    struct crawl_outcome *shared; /* one for each job, shared with its process */
    sigset_t watched, before;
    bool stopping;
    bool on_terminal; /* asked at the start: later the window may be closed */
    struct live_line line;
};

/* ---- one job ---- */

static void become(struct jobs *jobs, struct job *job, struct crawl_outcome *outcome, pid_t parent)
{
    int nothing = open("/dev/null", O_RDONLY);
    setpgid(0, 0); /* ^C on the terminal reaches the parent only, which passes it on once */
    system_follow_parent(SIGTERM);
    if (getppid() != parent)
        _exit(EXIT_SIGNAL);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(job->out, STDOUT_FILENO) < 0 ||
        dup2(job->err, STDERR_FILENO) < 0)
        _exit(EXIT_ERROR);
    for (int i = 0; i < jobs->running_count; i++) {
        close(jobs->items[jobs->running[i]].out);
        close(jobs->items[jobs->running[i]].err);
    }
    int code = job->run(job->context, outcome);
    fflush(stdout);
    fflush(stderr);
    _exit(code);
}

static void end_job(struct jobs *jobs, struct job *job, int exit_code, const char *reason)
{
    jobs->ended_count += job->state != JOB_ENDED;
    job->state = JOB_ENDED;
    job->outcome.exit_code = exit_code;
    snprintf(job->outcome.reason, sizeof job->outcome.reason, "%s", reason);
}

static void start(struct jobs *jobs, int at)
{
    struct job *job = &jobs->items[at];
    pid_t parent = getpid();
    job->out = system_open_memory("out");
    job->err = system_open_memory("err");
    fflush(stdout);
    fflush(stderr);
    job->pid = job->out < 0 || job->err < 0 ? -1 : fork();
    if (job->pid == 0)
        become(jobs, job, &jobs->shared[at], parent);
    if (job->pid > 0) {
        job->state = JOB_RUNNING;
        jobs->running[jobs->running_count++] = at;
        return;
    }
    end_job(jobs, job, EXIT_ERROR, "no process could be started for it");
    job_queue_ended(jobs->queue, at);
    if (job->out >= 0)
        close(job->out);
    if (job->err >= 0)
        close(job->err);
}

/* Prints all output of a job, below its name if `title` is not NULL, and closes the file. */
static void copy_out(int fd, FILE *out, const char *title)
{
    static char piece[COPY_PIECE];
    ssize_t got = lseek(fd, 0, SEEK_SET) == 0 ? read(fd, piece, sizeof piece) : 0;
    if (got > 0 && title)
        fprintf(out, "== %s\n", title);
    for (; got > 0; got = read(fd, piece, sizeof piece))
        fwrite(piece, 1, (size_t)got, out);
    fflush(out);
    close(fd);
}

static void take_ended(struct jobs *jobs, int at, int status)
{
    struct job *job = &jobs->items[at];
    const struct jobs_options *options = jobs->options;
    char words[64];
    live_line_clear(&jobs->line);
    job->outcome = jobs->shared[at];
    job->state = JOB_ENDED;
    jobs->ended_count++;
    job_queue_ended(jobs->queue, at);
    if (WIFSIGNALED(status)) {
        snprintf(words, sizeof words, "its process was killed by signal %d", WTERMSIG(status));
        end_job(jobs, job, EXIT_ERROR, words);
    } else if (WEXITSTATUS(status) != job->outcome.exit_code) {
        snprintf(words, sizeof words, "its process ended with exit code %d before the crawl began",
                 WEXITSTATUS(status));
        end_job(jobs, job, WEXITSTATUS(status), words);
    }
    copy_out(job->err, stderr, options->quiet ? NULL : job->name);
    copy_out(job->out, stdout, options->quiet || options->json ? NULL : job->name);
}

/* ---- all of them ---- */

/* Starts the jobs that may start; returns the time until the next one is due. */
static int64_t start_due(struct jobs *jobs)
{
    int64_t now = clock_steady_ms(), next = INT64_MAX;
    while (jobs->running_count < jobs->options->at_a_time) {
        int at = job_queue_next(jobs->queue, now, &next);
        if (at == JOB_QUEUE_NONE)
            break;
        start(jobs, at);
    }
    return next - now < LOOK_MS ? next - now : LOOK_MS;
}

static void pass_on(struct jobs *jobs, int number)
{
    if (number == SIGHUP && jobs->on_terminal) /* the terminal hung up: its user has left */
        number = SIGTERM;
    bool stop = number == SIGINT || number == SIGTERM;
    jobs->stopping = jobs->stopping || stop;
    for (int i = 0; i < jobs->count; i++) {
        struct job *job = &jobs->items[i];
        if (job->state == JOB_RUNNING)
            kill(job->pid, number);
        else if (job->state == JOB_WAITING && stop)
            end_job(jobs, job, EXIT_SIGNAL, "not started: stopped by a signal");
    }
}

static void reap(struct jobs *jobs)
{
    int status;
    for (int i = 0; i < jobs->running_count;) {
        int at = jobs->running[i];
        if (waitpid(jobs->items[at].pid, &status, WNOHANG) != jobs->items[at].pid) {
            i++;
            continue;
        }
        jobs->running[i] = jobs->running[--jobs->running_count];
        take_ended(jobs, at, status);
    }
}

static bool any_left(const struct jobs *jobs)
{
    return jobs->ended_count < jobs->count;
}

/* ---- the live line ---- */

/* The sums so far, of running and ended jobs. */
static struct crawl_outcome sum_figures(const struct jobs *jobs)
{
    struct crawl_outcome sum = {0};
    for (int i = 0; i < jobs->count; i++) {
        const struct crawl_outcome *one =
            jobs->items[i].state == JOB_ENDED ? &jobs->items[i].outcome : &jobs->shared[i];
        sum.pages += one->pages;
        sum.responses += one->responses;
        sum.stored_bytes += one->stored_bytes;
    }
    return sum;
}

static void show(struct jobs *jobs)
{
    enum { DONE, STOPPING, RUNNING, PAGES, RESPONSES, BYTES, PARTS };
    struct live_part parts[PARTS] = {
        [DONE].weight = 100, [STOPPING].weight = 90,  [RUNNING].weight = 50,
        [PAGES].weight = 70, [RESPONSES].weight = 30, [BYTES].weight = 40};
    if (!live_line_is_due(&jobs->line))
        return;
    struct crawl_outcome sum = sum_figures(jobs);
    snprintf(parts[DONE].full, LIVE_PART_SIZE, "%d of %d %s done", jobs->ended_count, jobs->count,
             wording_plural((uint64_t)jobs->count, "site", "sites"));
    snprintf(parts[DONE].brief, LIVE_PART_SIZE, "%d/%d %s", jobs->ended_count, jobs->count,
             wording_plural((uint64_t)jobs->count, "site", "sites"));
    if (jobs->stopping) {
        snprintf(parts[STOPPING].full, LIVE_PART_SIZE, "stopping (at once: Ctrl-C again)");
        snprintf(parts[STOPPING].brief, LIVE_PART_SIZE, "stopping");
    }
    snprintf(parts[RUNNING].full, LIVE_PART_SIZE, "%d running", jobs->running_count);
    snprintf(parts[PAGES].full, LIVE_PART_SIZE, "%llu %s", (unsigned long long)sum.pages,
             wording_plural(sum.pages, "page", "pages"));
    snprintf(parts[PAGES].brief, LIVE_PART_SIZE, "%s", parts[PAGES].full);
    snprintf(parts[RESPONSES].full, LIVE_PART_SIZE, "%llu %s", (unsigned long long)sum.responses,
             wording_plural(sum.responses, "response", "responses"));
    bytes_words((int64_t)sum.stored_bytes, parts[BYTES].full);
    live_line_draw(&jobs->line, parts, PARTS);
}

/* How long to sleep: `wait_ms`, or less if the live line is due before. */
static int64_t until_shown(const struct jobs *jobs, int64_t wait_ms)
{
    int64_t due_in_ms = live_line_due_in_ms(&jobs->line);
    return due_in_ms >= 0 && due_in_ms < wait_ms ? due_in_ms : wait_ms;
}

/* ---- the table ---- */

static bool went_well(const struct jobs *jobs, const struct job *job)
{
    return job->outcome.exit_code == EXIT_DONE ||
           (jobs->options->changed_exit && job->outcome.exit_code == jobs->options->changed_exit);
}

static void print_table(const struct jobs *jobs, int well, int worst)
{
    int width = 4;
    for (int i = 0; i < jobs->count; i++)
        if ((int)strlen(jobs->items[i].name) > width)
            width = (int)strlen(jobs->items[i].name);
    printf("\n%-*s %8s %8s %8s %8s %5s  %s\n", width, "site", "pages", "new", "changed", "gone",
           "exit", "why");
    for (int i = 0; i < jobs->count; i++) {
        const struct crawl_outcome *o = &jobs->items[i].outcome;
        printf("%-*s %8llu %8llu %8llu %8llu %5d  %s\n", width, jobs->items[i].name,
               (unsigned long long)o->pages, (unsigned long long)o->fresh,
               (unsigned long long)o->changed, (unsigned long long)o->gone, o->exit_code,
               o->reason[0] ? o->reason : "-");
    }
    printf("%d %s: %d went well, %d did not; exit %d\n", jobs->count,
           wording_plural((uint64_t)jobs->count, "site", "sites"), well, jobs->count - well, worst);
}

static void print_json(const struct jobs *jobs, int worst)
{
    struct buf out;
    buf_init(&out, 64 << 20);
    buf_printf(&out, "{\"exit\": %d, \"sites\": [", worst);
    for (int i = 0; i < jobs->count; i++) {
        const struct job *job = &jobs->items[i];
        const struct crawl_outcome *o = &job->outcome;
        buf_add(&out, i ? ", {\"name\": " : "{\"name\": ");
        json_write_string(&out, text_of(job->name));
        buf_add(&out, ", \"collection\": ");
        json_write_string(&out, text_of(job->directory));
        buf_printf(&out, ", \"exit\": %d, \"reason\": ", o->exit_code);
        json_write_string(&out, text_of(o->reason[0] ? o->reason : "finished"));
        buf_printf(&out,
                   ", \"pages\": %llu, \"responses\": %llu, \"answers\": %llu, "
                   "\"stored_bytes\": %llu, \"new\": %llu, \"changed\": %llu, \"gone\": %llu, "
                   "\"moved\": %llu, \"waiting\": %llu, \"failed\": %llu}",
                   (unsigned long long)o->pages, (unsigned long long)o->responses,
                   (unsigned long long)o->responses, (unsigned long long)o->stored_bytes,
                   (unsigned long long)o->fresh, (unsigned long long)o->changed,
                   (unsigned long long)o->gone, (unsigned long long)o->moved,
                   (unsigned long long)o->waiting, (unsigned long long)o->failed);
    }
    buf_add(&out, "]}\n");
    fputs(out.data, stdout);
    buf_release(&out);
}

/* With --quiet, one line; the paragraphs above it have the details. */
static void print_bad(const struct jobs *jobs, int well)
{
    fprintf(stderr, "warccap: %d of %d sites did not go well:", jobs->count - well, jobs->count);
    for (int i = 0; i < jobs->count; i++)
        if (!went_well(jobs, &jobs->items[i]))
            fprintf(stderr, " %s (exit %d)", jobs->items[i].name, jobs->items[i].outcome.exit_code);
    fprintf(stderr, "\n");
}

static int sum_up(const struct jobs *jobs)
{
    int worst = EXIT_DONE, well = 0;
    for (int i = 0; i < jobs->count; i++) {
        worst = exit_code_worse(worst, jobs->items[i].outcome.exit_code);
        well += went_well(jobs, &jobs->items[i]);
    }
    if (jobs->options->quiet && well < jobs->count)
        print_bad(jobs, well);
    else if (!jobs->options->quiet && jobs->options->json)
        print_json(jobs, worst);
    else if (!jobs->options->quiet)
        print_table(jobs, well, worst);
    return worst;
}

/* The queue of those that can be run, and room for what runs.  False without memory. */
static bool make_queue(struct jobs *jobs)
{
    size_t count = (size_t)jobs->count + 1;
    struct job_needs *needs = calloc(count, sizeof *needs);
    bool *skip = calloc(count, sizeof *skip);
    jobs->running = calloc(count, sizeof *jobs->running);
    for (int i = 0; needs && skip && i < jobs->count; i++) {
        needs[i] = (struct job_needs){buf_text(&jobs->items[i].hosts), jobs->items[i].due_ms};
        skip[i] = jobs->items[i].state == JOB_ENDED;
        jobs->ended_count += skip[i];
    }
    if (needs && skip && jobs->running)
        jobs->queue = job_queue_new(needs, skip, jobs->count);
    free(needs);
    free(skip);
    return jobs->queue != NULL;
}

int jobs_run(struct job *items, int count, const struct jobs_options *options)
{
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGCHLD};
    struct jobs jobs = {.items = items, .count = count, .options = options};
    size_t size = (size_t)count * sizeof *jobs.shared;
    jobs.shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (jobs.shared == MAP_FAILED || !make_queue(&jobs)) {
        free(jobs.running);
        fprintf(stderr, "warccap crawl: no memory for %d sites\n", count);
        return EXIT_ERROR;
    }
    jobs.on_terminal = isatty(STDERR_FILENO);
    live_line_init(&jobs.line, !options->quiet);
    sigemptyset(&jobs.watched);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        sigaddset(&jobs.watched, watched[i]);
    signal(SIGCHLD, SIG_DFL); /* if it were ignored, waitpid() would report nothing */
    sigprocmask(SIG_BLOCK, &jobs.watched, &jobs.before);
    while (any_left(&jobs)) {
        int64_t wait_ms = until_shown(&jobs, jobs.stopping ? LOOK_MS : start_due(&jobs));
        int number = any_left(&jobs) ? system_wait_signal(&jobs.watched, wait_ms) : -1;
        if (number > 0 && number != SIGCHLD)
            pass_on(&jobs, number);
        reap(&jobs);
        show(&jobs);
    }
    live_line_clear(&jobs.line);
    sigprocmask(SIG_SETMASK, &jobs.before, NULL);
    munmap(jobs.shared, size);
    job_queue_free(jobs.queue);
    free(jobs.running);
    return sum_up(&jobs);
}
