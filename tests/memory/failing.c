/* Makes allocations fail, and counts the pieces that are not freed. */
#include <config.h>

#include "tests/memory/failing.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS_MOST = 200000, THREADS_END_MS = 10000 };

/* Allocations of all threads are counted. */
static _Thread_local bool is_own_thread;
static atomic_bool counting;
static atomic_long allocated; /* pieces that are not freed yet */
static struct {
    atomic_long until_failure; /* allocations that still succeed */
    bool in_all_threads;
    enum failing_kind kind;
    atomic_bool relented; /* allocations succeed again, in this run */
    atomic_bool failed;   /* some allocation did */
} state;

static bool is_time_to_fail(void)
{
    if (!counting || !(is_own_thread || state.in_all_threads) || state.relented)
        return false;
    long left = state.until_failure--;
    bool now = state.kind == FAILING_ONCE ? left == 0 : left <= 0;
    if (now)
        state.failed = true;
    return now;
}

static void *count(void *piece)
{
    if (counting && piece)
        allocated++;
    return piece;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *piece);
char *__real_strdup(const char *string);
/* What getline() becomes where headers inline it. */
ssize_t __real___getdelim(char **line, size_t *room, int end, FILE *file);
int __real_scandir(const char *directory, struct dirent ***entries,
                   int (*wanted)(const struct dirent *entry),
                   int (*compare)(const struct dirent **a, const struct dirent **b));
int __wrap_scandir(const char *directory, struct dirent ***entries,
                   int (*wanted)(const struct dirent *entry),
                   int (*compare)(const struct dirent **a, const struct dirent **b));
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *piece);
char *__wrap_strdup(const char *string);
ssize_t __wrap___getdelim(char **line, size_t *room, int end, FILE *file);
ssize_t __wrap_getline(char **line, size_t *room, FILE *file);
int __wrap_asprintf(char **out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same, as headers have it that fortify the source. */
int __wrap___asprintf_chk(char **out, int flag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void *__wrap_malloc(size_t size)
{
    return is_time_to_fail() ? NULL : count(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
    return is_time_to_fail() ? NULL : count(__real_calloc(number, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (is_time_to_fail())
        return NULL;
    void *piece = __real_realloc(old, size);
    return old ? piece : count(piece);
}

void __wrap_free(void *piece)
{
    if (counting && piece)
        allocated--;
    __real_free(piece);
}

char *__wrap_strdup(const char *string)
{
    return is_time_to_fail() ? NULL : count(__real_strdup(string));
}

ssize_t __wrap___getdelim(char **line, size_t *room, int end, FILE *file)
{
    char *before = *line;
    if (is_time_to_fail()) {
        errno = ENOMEM;
        return -1;
    }
    ssize_t length = __real___getdelim(line, room, end, file);
    if (!before)
        count(*line);
    return length;
}

ssize_t __wrap_getline(char **line, size_t *room, FILE *file)
{
    return __wrap___getdelim(line, room, '\n', file);
}

int __wrap_scandir(const char *directory, struct dirent ***entries,
                   int (*wanted)(const struct dirent *entry),
                   int (*compare)(const struct dirent **a, const struct dirent **b))
{
    if (is_time_to_fail()) {
        errno = ENOMEM;
        return -1;
    }
    int found = __real_scandir(directory, entries, wanted, compare);
    for (int i = 0; i < found; i++)
        count((*entries)[i]);
    if (found >= 0)
        count(*entries);
    return found;
}

__attribute__((format(printf, 2, 0))) static int print(char **out, const char *format,
                                                       va_list arguments)
{
    if (is_time_to_fail())
        return -1;
    int length = vasprintf(out, format, arguments);
    if (length >= 0)
        count(*out);
    return length;
}

int __wrap_asprintf(char **out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print(out, format, arguments);
    va_end(arguments);
    return length;
}

int __wrap___asprintf_chk(char **out, int flag, const char *format, ...)
{
    va_list arguments;
    (void)flag;
    va_start(arguments, format);
    int length = print(out, format, arguments);
    va_end(arguments);
    return length;
}

void failing_relent(void)
{
    state.relented = true;
}

static int count_threads(void)
{
    int threads = 0;
    DIR *directory = opendir("/proc/self/task");
    while (directory && readdir(directory))
        threads++;
    if (directory)
        closedir(directory);
    return threads;
}

/* A thread that nobody waits for, as one of libcurl's that looks up a name, frees its own soon.
 * While there are more threads than before the run, one may still allocate, or free in the next
 * run what was counted in this one. */
static void wait_for_threads(int before)
{
    const struct timespec ms = {.tv_nsec = 1000 * 1000};
    for (int i = 0; (allocated != 0 || count_threads() > before) && i < THREADS_END_MS; i++)
        nanosleep(&ms, NULL);
}

/* Runs the scenario with a failure at allocation `number`; -1: with none. */
static bool run_with(scenario *run_once, void *context, long number)
{
    int threads = count_threads();
    is_own_thread = true;
    state.until_failure = number;
    state.failed = false;
    state.relented = number < 0;
    allocated = 0;
    counting = true;
    bool done = run_once(context);
    wait_for_threads(threads);
    counting = false;
    ck_assert_msg(allocated == 0, "%ld pieces leak when allocation %ld fails", (long)allocated,
                  number);
    ck_assert_msg(done || state.failed, "run %ld fails though no allocation did", number);
    return done;
}

void failing_in_all_threads(void)
{
    state.in_all_threads = true;
}

void failing_never(scenario *run_once, void *context)
{
    run_with(run_once, context, -1);
}

long failing_run(scenario *run_once, void *context, enum failing_kind kind)
{
    return failing_run_some(run_once, context, kind, 1);
}

long failing_run_some(scenario *run_once, void *context, enum failing_kind kind, int step)
{
    state.kind = kind;
    for (long run = 0; run < RUNS_MOST; run += step) {
        run_with(run_once, context, run);
        if (!state.failed)
            return run;
    }
    ck_abort_msg("the scenario never succeeds");
    return 0;
}
